import assert from "node:assert/strict";
import { test } from "node:test";
import { advance, moveTo, newFleet } from "../../assets/desk/motion.js";
import { couriersAt, marksAt, nextTaken } from "../../assets/desk/pick.js";
import { NOON } from "./values.js";

/** A map on which a degree is a thousand pixels, north up. */
const view = {
  toPixels: (/** @type {number} */ lon, /** @type {number} */ lat) => [1000 * lon, -1000 * lat],
  toDegrees: (/** @type {number} */ x, /** @type {number} */ y) => [x / 1000, -y / 1000],
};
/** @param {string} id @param {number} x @param {number} y @param {number} [dx] */
const mark = (id, x, y, dx = 0) => ({
  kind: /** @type {const} */ ("pickup"),
  id,
  lon: x / 1000,
  lat: -y / 1000,
  dx,
  position: /** @type {[number, number]} */ ([0, 0]),
  icon: "",
  text: "",
  title: "",
  trouble: null,
});

test("everything within reach is found, nearest first, and a courier hides no order", () => {
  const fleet = newFleet(3);
  [
    [100, 100],
    [106, 100],
    [200, 100],
  ].forEach(([x, y], index) => moveTo(fleet, index, x / 1000, -y / 1000, NOON, 0));
  advance(fleet, 1e6);
  assert.deepEqual(
    couriersAt(view, 104, 100, fleet, ["lea", "noe", "zoe"]).map(({ id }) => id),
    ["noe", "lea"],
  );
  assert.deepEqual(
    marksAt(view, 104, 100, [mark("far", 130, 100), mark("o1", 101, 100), mark("o2", 104, 101)]).map(({ id }) => id),
    ["o2", "o1"],
  );
});

test("a mark that stands beside its place is found where it is seen", () => {
  assert.equal(marksAt(view, 133, 100, [mark("o1", 100, 100, 33)]).length, 1);
  assert.equal(marksAt(view, 100, 100, [mark("o1", 100, 100, 33)]).length, 0);
});

test("of several marks at one place the one that is drawn over the others comes first", () => {
  const marks = ["undermost", "between", "topmost"].map((id) => mark(id, 100, 100));
  assert.deepEqual(
    marksAt(view, 101, 100, marks).map(({ id }) => id),
    ["topmost", "between", "undermost"],
  );
});

test("clicks at one place take one after the other, though what is chosen comes to lie on top", () => {
  const hits = ["a", "b", "c"].map((id) => ({ kind: /** @type {const} */ ("dropoff"), id, away: 0 }));
  const elsewhere = [{ kind: /** @type {const} */ ("dropoff"), id: "elsewhere", away: 0 }];
  let taken = nextTaken(elsewhere, []);
  const order = Array.from({ length: 6 }, () => {
    const chosen = taken.at(-1)?.id;
    taken = nextTaken([...hits].sort((one, other) => Number(other.id === chosen) - Number(one.id === chosen)), taken);
    return taken.at(-1)?.id;
  });
  assert.deepEqual(order, ["a", "b", "c", "a", "b", "c"]);
  assert.deepEqual(nextTaken(elsewhere, taken), elsewhere);
  assert.deepEqual(nextTaken([], taken), []);
});

test("among twenty thousand couriers the one under the pointer is found at once", () => {
  const fleet = newFleet(20000);
  const couriers = Array.from({ length: 20000 }, (_, index) => `c${index}`);
  couriers.forEach((_, index) => moveTo(fleet, index, (index % 200) * 0.1, Math.floor(index / 200) * 0.1, NOON, 0));
  advance(fleet, 1e6);
  const start = performance.now();
  for (let turn = 0; turn < 100; turn += 1) assert.equal(couriersAt(view, 500, -300, fleet, couriers)[0].id, "c605");
  assert.ok((performance.now() - start) / 100 < 5);
});
