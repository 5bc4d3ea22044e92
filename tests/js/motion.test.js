import assert from "node:assert/strict";
import { test } from "node:test";
import { advance, apart, bearing, forget, hide, moveTo, newFleet, withRoom } from "../../assets/desk/motion.js";
import { NOON } from "./values.js";

const METRE = 1 / 111320;

/** @param {import("../../assets/desk/motion.js").Fleet} fleet @param {number} place */
const drawnAt = (fleet, place) => [fleet.positions[2 * place], fleet.positions[2 * place + 1]];

/** @param {number} one @param {number} other */
const near = (one, other) => assert.ok(Math.abs(one - other) < 1e-6, `${one} is not near ${other}`);

test("a courier glides from fix to fix in the time between them", () => {
  const fleet = newFleet(4);
  moveTo(fleet, 2, 10, 50, NOON, 1000);
  moveTo(fleet, 2, 10, 50 + 10 * METRE, NOON + 1000, 2000);
  for (const [now, metres] of [
    [2000, 0],
    [2500, 5],
    [3000, 10],
    [9000, 10],
  ]) {
    advance(fleet, now);
    near(drawnAt(fleet, 0)[1], Math.fround(50 + metres * METRE));
  }
  assert.equal(fleet.slots[0], 2);
  assert.equal(fleet.places[2], 0);
});

test("a fix in the middle of a movement starts where the courier is drawn: nothing jumps", () => {
  const fleet = newFleet(1);
  moveTo(fleet, 0, 10, 50, NOON, 0);
  moveTo(fleet, 0, 10, 50 + 10 * METRE, NOON + 1000, 1000);
  advance(fleet, 1500);
  const before = drawnAt(fleet, 0);
  moveTo(fleet, 0, 10, 50 + 20 * METRE, NOON + 1500, 1500);
  advance(fleet, 1500);
  assert.deepEqual(drawnAt(fleet, 0), before);
});

test("a marker never goes back in time, and the same fix again is nothing new", () => {
  const fleet = newFleet(1);
  moveTo(fleet, 0, 10, 50, NOON, 0);
  moveTo(fleet, 0, 11, 51, NOON - 1, 10);
  moveTo(fleet, 0, 12, 52, NOON + 1, 20);
  advance(fleet, 5000);
  assert.deepEqual(drawnAt(fleet, 0), [10, 50]);
});

test("drawing goes on while somebody moves, and stops when all have arrived", () => {
  const fleet = newFleet(1);
  moveTo(fleet, 0, 10, 50, NOON, 0);
  assert.equal(advance(fleet, 5000), false);
  moveTo(fleet, 0, 10, 50 + 10 * METRE, NOON + 1000, 5000);
  assert.equal(advance(fleet, 5100), true);
  assert.equal(advance(fleet, 7000), false);
});

test("the heading is that of the last real movement", () => {
  const fleet = newFleet(1);
  moveTo(fleet, 0, 10, 50, NOON, 0);
  assert.equal(fleet.heads[0], 0, "one fix has no direction");
  moveTo(fleet, 0, 10 + (10 * METRE) / Math.cos(50 * (Math.PI / 180)), 50, NOON + 1000, 1000);
  assert.ok(Math.abs(fleet.heading[0] - 90) < 0.1);
  moveTo(fleet, 0, fleet.toLon[0], 50 + 0.5 * METRE, NOON + 2000, 2000);
  assert.ok(Math.abs(fleet.heading[0] - 90) < 0.1, "half a metre is noise");
  near(bearing(10, 50, 10, 49), 180);
  near(bearing(10, 50, 9, 50), 270);
});

test("nobody rides four hundred metres in a second: that is drawn as a jump", () => {
  const fleet = newFleet(1);
  moveTo(fleet, 0, 10, 50, NOON, 0);
  moveTo(fleet, 0, 10, 50.01, NOON + 1000, 1000);
  advance(fleet, 1001);
  near(drawnAt(fleet, 0)[1], Math.fround(50.01));
});

test("who is hidden is neither drawn nor remembered, and the others move up", () => {
  const fleet = newFleet(3);
  for (const index of [0, 1, 2]) moveTo(fleet, index, index, 50, NOON, 0);
  hide(fleet, 1, true);
  advance(fleet, 5000);
  assert.equal(fleet.shown, 2);
  assert.deepEqual([...fleet.slots.subarray(0, 2)], [0, 2]);
  assert.equal(fleet.places[1], -1);
  hide(fleet, 1, false);
  advance(fleet, 5000);
  assert.equal(fleet.shown, 2, "back on shift there is no place until the next fix");
  forget(fleet, 0);
  advance(fleet, 5000);
  assert.equal(fleet.shown, 1);
});

test("a fleet grows without forgetting anybody", () => {
  const fleet = newFleet(2);
  moveTo(fleet, 1, 10, 50, NOON, 0);
  const larger = withRoom(fleet, 100);
  assert.equal(larger.capacity, 128);
  advance(larger, 5000);
  assert.deepEqual(drawnAt(larger, 0), [10, 50]);
  assert.equal(withRoom(larger, 128), larger);
});

test("a picture makes no garbage: the arrays are the same ones", () => {
  const fleet = newFleet(2);
  const { positions, slots, angles } = fleet;
  moveTo(fleet, 0, 10, 50, NOON, 0);
  advance(fleet, 10);
  advance(fleet, 20);
  assert.equal(fleet.positions, positions);
  assert.equal(fleet.slots, slots);
  assert.equal(fleet.angles, angles);
});

test("twenty thousand couriers are eased in a fraction of a picture's time", () => {
  const fleet = newFleet(20000);
  for (let index = 0; index < 20000; index += 1) moveTo(fleet, index, 10 + index * 1e-5, 50, NOON, 0);
  const start = performance.now();
  for (let turn = 0; turn < 50; turn += 1) advance(fleet, turn);
  const each = (performance.now() - start) / 50;
  assert.ok(each < 10, `${each.toFixed(2)} ms`);
});

test("distances are in metres", () => {
  assert.ok(Math.abs(apart(24.94, 60.17, 24.95, 60.17) - 553.8) < 1);
});
