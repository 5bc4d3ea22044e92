import assert from "node:assert/strict";
import { test } from "node:test";
import { boxOf, isInside, isLargeEnough, longer, ordersIn } from "../../assets/desk/area.js";
import { mapActOf } from "../../assets/desk/map_keys.js";
import { createWalk, nearestFirst } from "../../assets/desk/walk.js";

/** @type {import("../../assets/desk/area.js").Area} */
const horseshoe = [
  [0, 0],
  [100, 0],
  [100, 100],
  [70, 100],
  [70, 30],
  [30, 30],
  [30, 100],
  [0, 100],
];
/** A degree is a pixel, north up. */
const view = { toPixels: (/** @type {number} */ lon, /** @type {number} */ lat) => [lon, -lat] };
/** @param {string} id @param {"pickup" | "dropoff"} kind @param {number} x @param {number} y @param {number} [dx] */
const mark = (id, kind, x, y, dx = 0) => ({
  kind,
  id,
  lon: x,
  lat: -y,
  dx,
  position: /** @type {[number, number]} */ ([x, -y]),
  icon: "",
  text: "",
  title: "",
  trouble: null,
});

test("inside is what the line goes round, not the bay of a horseshoe; a box may be drawn from any corner", () => {
  assert.deepEqual(
    [[10, 50], [50, 15], [90, 90], [50, 60], [120, 50], [-5, 15]].map(([x, y]) => isInside(horseshoe, x, y)),
    [true, true, true, false, false, false],
  );
  for (const [from, to] of [[[10, 10], [60, 40]], [[60, 40], [10, 10]], [[60, 10], [10, 40]]]) {
    const box = boxOf(/** @type {[number, number]} */ (from), /** @type {[number, number]} */ (to));
    assert.deepEqual([isInside(box, 30, 30), isInside(box, 70, 30), isInside(box, 30, 45)], [true, false, false]);
  }
});

test("an order with one end inside is marked, once, wherever its sign was moved to", () => {
  const marks = [
    mark("both", "pickup", 10, 10),
    mark("both", "dropoff", 20, 20),
    mark("one", "pickup", 10, 50),
    mark("one", "dropoff", 500, 500),
    mark("none", "pickup", 50, 60),
    mark("aside", "pickup", 95, 50, 55),
  ];
  assert.deepEqual(ordersIn(horseshoe, marks, view), ["both", "one", "aside"]);
});

test("a hand that trembles over a click has drawn nothing", () => {
  assert.equal(isLargeEnough(boxOf([10, 10], [13, 14])), false);
  assert.equal(isLargeEnough(boxOf([10, 10], [30, 10])), true);
  assert.deepEqual(longer([[0, 0]], [1, 1]), [[0, 0]]);
  assert.deepEqual(longer([[0, 0]], [5, 0]).length, 2);
});

test("what is in sight is stepped through from the middle outwards", () => {
  const things = [mark("far", "pickup", 190, 100), mark("out", "pickup", 300, 100), mark("near", "pickup", 105, 100)];
  const found = nearestFirst(things, view, { width: 200, height: 200 });
  assert.deepEqual(
    found.map(({ id }) => id),
    ["near", "far"],
  );
});

test("the way stays the same while things move: nothing is met twice, what comes anew is met last", () => {
  const walk = createWalk();
  assert.equal(walk.step(["a", "b", "c"], 1), "a");
  assert.equal(walk.step(["b", "a", "c"], 1), "b", "a has gone farther away meanwhile: it was met already");
  assert.equal(walk.step(["d", "a", "c"], 1), "c", "b is gone");
  assert.equal(walk.step(["d", "a", "c"], 1), "d");
  assert.equal(walk.step(["d", "a", "c"], 1), "d", "the end stays the end");
  assert.equal(walk.step(["d", "a", "c"], -1), "c");
  assert.equal(walk.step(["d", "a"], -1), "a", "over what has gone");
  walk.forget();
  assert.equal(walk.step(["d", "a"], 1), "d");
  assert.equal(createWalk().step([], 1), null);
});

test("the map's keys leave the browser's own alone", () => {
  const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
  /** @param {string} key */
  const act = (key, more = {}) => mapActOf({ key, ...plain, ...more });
  assert.deepEqual([act("ArrowLeft"), act("+"), act("Home"), act("x")], ["west", "nearer", "all", "mark-all"]);
  assert.deepEqual([act("F10"), act("F10", { shiftKey: true })], [null, "menu"]);
  assert.deepEqual([act("+", { ctrlKey: true }), act("Tab"), act("q")], [null, null, null]);
});
