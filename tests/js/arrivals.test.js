import assert from "node:assert/strict";
import { test } from "node:test";
import { arrivalText, forecastTitle, takeArrivals } from "../../assets/desk/arrivals.js";
import { orderGroups } from "../../assets/desk/order_rows.js";
import { at, format, MINUTE, NOON, order, scene, words } from "./values.js";

/** @param {number} early @param {number} likely @param {number} late minutes from now @param {object} [more] */
const comes = (early, likely, late, more = {}) => ({
  earliest: at(early * MINUTE),
  expected: at(likely * MINUTE),
  latest: at(late * MINUTE),
  here: false,
  guessed: false,
  ...more,
});

test("an arrival is one time where it is sure, a range where it is not, late once it is past, and never before now", () => {
  /** @param {ReturnType<typeof comes>} arrival */
  const text = (arrival) => arrivalText(arrival, NOON, words, format);
  assert.equal(text(comes(5, 6, 7)), "12:06");
  assert.equal(text(comes(5, 7, 10)), "12:05–12:10");
  assert.equal(text(comes(-4, 2, 6)), "12:00–12:06", "the early end is past");
  assert.equal(text(comes(-2, -0.5, 1)), "12:00");
  assert.equal(text(comes(-9, -4.5, 1)), "late by 4 min");
  assert.equal(text(comes(0, 0, 0, { here: true })), "at the door");
  assert.equal(text(comes(5, 6, 7, { guessed: true })), "about 12:06");
});

test("what is told is kept by order, until nobody has the order any more", () => {
  const first = takeArrivals(new Map(), { a: { dropoff: comes(5, 6, 7) }, b: null });
  const then = takeArrivals(first, { a: {}, c: null });
  assert.deepEqual([...then.keys()], ["b", "c"]);
  assert.deepEqual([...first.keys()], ["a", "b"], "what was drawn from does not change");
});

test("a row says when the customer is reached, that it will be late, or that there is no position", () => {
  const dropoff = { ...order().dropoff, before: at(10 * MINUTE) };
  const orders = [order({ id: "a", courier: "lea", dropoff }), order({ id: "b", courier: "lea", dropoff })];
  const counter = { seconds: 230, pickups: 37, own: true };
  /** @type {Map<string, import("../../assets/desk/types.js").Forecast | null>} */
  const arrivals = new Map([
    ["a", { pickup: comes(2, 3, 4), dropoff: comes(11, 12, 13), counter }],
    ["b", null],
  ]);
  const [a, b] = orderGroups(scene(orders, { arrivals }))[0].rows;
  assert.equal(a.cells["order-arrival"], "12:12");
  assert.match(a.classes, /is-behind/);
  assert.equal(
    a.titles["order-arrival"],
    "Restaurant: 12:03\nusually 4 min at the counter, 37 pickups\nCustomer: 12:12",
  );
  assert.equal(b.cells["order-arrival"], "no position");
  assert.equal(forecastTitle({}, NOON, words, format), "");
});
