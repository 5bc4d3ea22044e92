import assert from "node:assert/strict";
import { test } from "node:test";
import { staying } from "../../assets/desk/arrange.js";

test("of rows that are put into another order as few are moved as can be", () => {
  assert.deepEqual([...staying([0, 1, 2, 3])], [3, 2, 1, 0]);
  assert.equal(staying([1, 2, 3, 0]).size, 3, "the first goes to the end: it alone is moved");
  assert.ok(!staying([1, 2, 3, 0]).has(3));
  assert.equal(staying([3, 0, 1, 2]).size, 3, "the last goes to the front");
  assert.deepEqual([...staying([0, -1, 1])].sort(), [0, 2], "what is new is put in");
  assert.deepEqual(staying([]), new Set());
});

test("what stays is always in order, and no longer run of it exists", () => {
  const orders = [[4, 1, 3, 0, 2], [2, 0, 4, 1, 3], [5, 4, 3, 2, 1, 0], [0, 2, 1, 4, 3, 5], [-1, 1, -1, 0, 2]];
  for (const places of orders) {
    const still = [...staying(places)].sort((one, other) => one - other).map((at) => places[at]);
    assert.deepEqual(still, [...still].sort((one, other) => one - other), String(places));
    assert.equal(still.length, longest(places), String(places));
  }
});

/** By trying all. @param {number[]} places @param {number} [from] @returns {number} */
function longest(places, from = -1) {
  return Math.max(0, ...places.map((place, at) => (place > from ? 1 + longest(places.slice(at + 1), place) : 0)));
}
