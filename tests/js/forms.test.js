/** The form of an order as plain values: what is typed, what it means, what of it is sent. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isNext, nextOf, ordersOf, ownOf } from "../../assets/desk/forms/drop_offs.js";
import { nextStep } from "../../assets/desk/forms/meanwhile.js";
import { instant, local, readTime } from "../../assets/desk/forms/local_time.js";
import { laterDay } from "../../assets/desk/wall.js";
import {
  NOWHERE,
  changedFields,
  emptyFields,
  fieldOf,
  fieldsOf,
  patchOf,
  readCents,
  readFields,
  readGrams,
  readItems,
} from "../../assets/desk/forms/values.js";

const HERE = "Europe/Helsinki";
const NOW = Date.parse("2026-11-29T16:00:20Z"); // 18:00 there
const READING = { now: NOW, zone: HERE, words: (/** @type {string} */ text) => text, isNew: true };
const SPOT = { text: "Bulevardi 9", name: "", said: "Bulevardi 9", lat: 60.16, lon: 24.93, pinned: false, restaurant: null };
const WHOLE = /** @type {any} */ ({
  id: "o1", kind: "meal", restaurant: "kirja", note: "ring twice", weight_g: 1250, price_cents: 2450,
  delivery_fee_cents: 390, tip_cents: null, ready_at: "2026-11-29T16:45:33.000Z", items: [{ name: "Soup", quantity: 2 }],
  pickup: { lat: 60.17, lon: 24.94, name: "Kirja", address: "Keskuskatu 1", after: null, before: null },
  dropoff: { lat: 60.16, lon: 24.93, name: "Aino", address: "Bulevardi 9", after: null, before: "2026-11-29T17:30:00.000Z" },
});

test("a time on the city's walls is one instant, and back, in winter, in summer and on the day when clocks change", () => {
  assert.equal(instant("2026-11-29", "18:05", HERE), Date.parse("2026-11-29T16:05:00Z"));
  assert.equal(instant("2026-07-01", "18:05", HERE), Date.parse("2026-07-01T15:05:00Z"));
  assert.equal(instant("2026-03-29", "12:00", HERE), Date.parse("2026-03-29T09:00:00Z"));
  assert.deepEqual(local(Date.parse("2026-11-29T22:30:00Z"), HERE), { day: "2026-11-30", clock: "00:30" });
  assert.equal(laterDay("2026-12-31", 7), "2027-01-07");
});

test("times are read as people type them; what is none is not guessed", () => {
  const read = (/** @type {string} */ text) => readTime(text, "2026-11-29", NOW, HERE);
  for (const text of ["9:30", "930", "0930", "9h30", "9.30"]) assert.equal(read(text), Date.parse("2026-11-29T07:30:00Z"), text);
  assert.equal(read("9"), Date.parse("2026-11-29T07:00:00Z"));
  assert.equal(read("+20"), Date.parse("2026-11-29T16:21:00Z"));
  assert.equal(read("  "), null);
  for (const text of ["25", "9:61", "soon", "9:3", "-5"]) assert.ok(Number.isNaN(read(text)), text);
});

test("amounts and weights are read with comma or point, exactly", () => {
  assert.deepEqual(["12,50", "12.5", "12", "€ 1 234,05", "0,1"].map(readCents), [1250, 1250, 1200, 123405, 10]);
  assert.equal(readCents(" "), null);
  for (const text of ["1.234,50", "twelve", "-3", "1,234"]) assert.ok(Number.isNaN(readCents(text)), text);
  assert.deepEqual(["1,25", "1.25 kg", "3"].map(readGrams), [1250, 1250, 3000]);
  assert.deepEqual(readItems("2 Soup\n\n3 x Roll\n1×Tea\nBread 4"), [
    { name: "Soup", quantity: 2 },
    { name: "Roll", quantity: 3 },
    { name: "Tea", quantity: 1 },
    { name: "Bread 4", quantity: 1 },
  ]);
});

test("every field that cannot be read is named, and no other", () => {
  const fields = { ...emptyFields("2026-11-29"), dropoff: { ...SPOT, lat: null }, from: "19", until: "18:30", tip: "x", weight: "y", by: "17" };
  const { wrong } = readFields(fields, READING);
  assert.deepEqual(wrong.map((one) => one.field), ["pickup", "dropoff", "until", "by", "tip", "weight"]);
});

test("the least form is an order with two ends, and open windows", () => {
  const { order, wrong } = readFields({ ...emptyFields("2026-11-29"), pickup: SPOT, dropoff: { ...SPOT, text: "Bulevardi 9, door 4" } }, READING);
  assert.deepEqual(wrong, []);
  assert.equal(order.dropoff.address, "Bulevardi 9, door 4");
  assert.deepEqual([order.pickup.after, order.ready_at, order.tip_cents, order.items], [null, null, null, []]);
});

test("of an order that is changed only what was touched is sent", () => {
  const before = fieldsOf(WHOLE, { zone: HERE, locale: "fr-FR", today: "2026-11-29" });
  assert.deepEqual([before.price, before.weight, before.ready, before.by], ["24,50", "1,25", "18:45", "19:30"]);
  const fields = { ...before, tip: "2", by: "20:00", dropoff: { ...before.dropoff, text: "Bulevardi 9 B" } };
  const changed = changedFields(fields, before);
  const { order } = readFields(fields, { ...READING, isNew: false });
  assert.deepEqual(patchOf(order, changed), {
    dropoff: { before: "2026-11-29T18:00:00.000Z", lat: 60.16, lon: 24.93, address: "Bulevardi 9 B" },
    tip_cents: 200,
  });
});

test("another day takes every time that was given along", () => {
  const before = fieldsOf(WHOLE, { zone: HERE, locale: "en-GB", today: "2026-11-29" });
  const { order } = readFields({ ...before, day: "2026-12-01" }, { ...READING, isNew: false });
  assert.deepEqual(patchOf(order, ["day"]), {
    dropoff: { before: "2026-12-01T17:30:00.000Z" },
    ready_at: "2026-12-01T16:45:00.000Z",
  });
});

test("what the server says of a part of the document stands beside its field", () => {
  assert.deepEqual(["dropoff.before", "dropoff.lat", "items.3.name", "restaurant", "colour"].map(fieldOf), [
    "by", "dropoff", "items", "pickup", null,
  ]);
});

test("of several drop-offs each keeps what is its own, and the pickup as it is in the end is that of all", () => {
  const first = { ...emptyFields("2026-11-24"), pickup: { ...NOWHERE, text: "Florist" }, dropoff: { ...NOWHERE, text: "A" }, who: "Anna", by: "18:00", weight: "1" };
  const next = nextOf(first);
  assert.equal(isNext(next), true);
  assert.deepEqual([next.pickup.text, next.dropoff.text, next.who, next.by, next.weight], ["Florist", "", "", "18:00", ""]);
  const moved = { ...next, ready: "+20" };
  assert.deepEqual(ordersOf(moved, [ownOf(first)]), [{ ...first, ready: "+20" }]);
  const second = { ...moved, dropoff: { ...NOWHERE, text: "B" } };
  assert.deepEqual(ordersOf(second, [ownOf(first)]).map(({ dropoff, ready, who }) => [dropoff.text, ready, who]), [["A", "+20", "Anna"], ["B", "+20", ""]]);
  assert.equal(fieldOf("orders.1.dropoff.before"), "by");
});

test("a refusal is shown with its reason, then what to do; who was only late is sent to what has changed", () => {
  const seen = { reason: "1042 comes from elsewhere", isOver: false, isOther: false, ref: "1042", state: "ready" };
  assert.equal(nextStep(seen, READING.words), "1042 comes from elsewhere. What you typed is kept: change it, or start anew");
  assert.equal(nextStep({ ...seen, isOther: true }, READING.words), "1042 comes from elsewhere. Look at what has changed, then save again");
  assert.equal(nextStep({ ...seen, reason: "" }, READING.words), "Look at what has changed, then save again");
  assert.match(nextStep({ ...seen, isOver: true }, READING.words), /nothing of it can be changed/);
});
