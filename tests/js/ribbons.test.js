// The lines of the base map as triangles in one piece.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ribbonsOf } from "../../assets/desk/ribbons.js";

const METRE = { x: 1, y: 1 };
/** @param {number[][]} path @param {number} width */
const line = (path, width = 1) => ({ path: /** @type {[number, number][]} */ (path), width, color: [1, 2, 3] });

/** What the triangles of a mesh cover, where none lies upon another. @param {import("../../assets/desk/ribbons.js").Mesh} mesh */
function areaOf({ positions, indices }) {
  let area = 0;
  for (let i = 0; i < indices.length; i += 3) {
    const [a, b, c] = [0, 1, 2].map((j) => [positions[2 * indices[i + j]], positions[2 * indices[i + j] + 1]]);
    area += Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2;
  }
  return area;
}

test("a street is as long and as wide as it is, in metres, to the east and to the north", () => {
  const degrees = { x: 0.5, y: 0.25 };
  assert.equal(areaOf(ribbonsOf([line([[0, 0], [5, 0]])], degrees, 1, 0)), 10 * 1 * degrees.x * degrees.y);
  assert.equal(areaOf(ribbonsOf([line([[0, 0], [0, 5]])], degrees, 1, 0)), 20 * 1 * degrees.x * degrees.y);
});

test("what would be too narrow to see is as wide as it must be", () => {
  assert.equal(areaOf(ribbonsOf([line([[0, 0], [100, 0]], 0.4)], METRE, 10, 0.5)), 100 * 5);
});

test("a bend keeps the width, with one corner on each side", () => {
  const { positions, indices } = ribbonsOf([line([[0, 0], [10, 0], [20, 10]])], METRE, 1, 0);
  assert.equal(positions.length / 2, 6);
  assert.equal(indices.length / 3, 4);
  const [x, y] = [positions[4] - 10, positions[5]];
  assert.ok(Math.abs(y - 0.5) < 1e-9 && Math.abs((y - x) / Math.SQRT2 - 0.5) < 1e-9, `${x} ${y} is not half a metre from both`);
});

test("a sharp turn is cut, for its corner would stick out", () => {
  const { positions } = ribbonsOf([line([[0, 0], [10, 0], [0, 1]])], METRE, 1, 0);
  assert.equal(positions.length / 2, 8);
  assert.ok(Math.max(...positions.filter((_, i) => i % 2 === 0)) < 10.5);
});

test("ends that can be seen are round, those of a ring meet", () => {
  const round = areaOf(ribbonsOf([line([[0, 0], [10, 0]], 4)], METRE, 1, 0)) - 40;
  assert.ok(round > 0.85 * Math.PI * 4 && round < Math.PI * 4, `${round} of a disc's ${Math.PI * 4}`);
  const ring = [0, 1, 2, 3, 4, 5, 0].map((i) => [10 * Math.cos((i * Math.PI) / 3), 10 * Math.sin((i * Math.PI) / 3)]);
  const { positions } = ribbonsOf([line(ring, 4)], METRE, 1, 0);
  assert.deepEqual([...positions.slice(0, 4)].map((at) => at.toFixed(9)), [...positions.slice(-4)].map((at) => at.toFixed(9)));
});

test("points that lie upon each other, and colours that say nothing of light shining through, are taken as meant", () => {
  const { positions, colors } = ribbonsOf([line([[0, 0], [0, 0], [10, 0]]), line([[3, 3]])], METRE, 1, 0);
  assert.ok([...positions].every(Number.isFinite));
  assert.deepEqual([...colors.slice(0, 4)], [1, 2, 3, 255]);
});
