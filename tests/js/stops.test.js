import assert from "node:assert/strict";
import { test } from "node:test";
import { boardOf } from "../../assets/desk/board.js";
import { brought, fits, keysOf, moved, placeFor } from "../../assets/desk/stop_order.js";
import { loadText, stopRows, summary, whatItDoes } from "../../assets/desk/stop_rows.js";
import { at, courier, format, MINUTE, NOON, order, snapshot, words } from "./values.js";

/** @typedef {import("../../assets/desk/stop_rows.js").StopList} StopList */

/** @param {string} text like "a↑ b↑ a↓" */
const marks = (text) => text.split(" ").map(([id, end]) => ({ order: id, end: end === "↑" ? "pickup" : "dropoff" }));
/** @param {import("../../assets/desk/stop_order.js").Mark[]} all */
const text = (all) => all.map((one) => one.order + (one.end === "pickup" ? "↑" : "↓")).join(" ");

test("a stop goes anywhere but a drop-off before its pickup, and a pickup after its drop-off", () => {
  const all = marks("a↑ b↑ a↓ b↓ c↓");
  assert.equal(text(moved(all, 4, 0)), "c↓ a↑ b↑ a↓ b↓");
  assert.equal(fits(all, 4, 0), true);
  assert.equal(fits(all, 2, 0), false);
  assert.equal(fits(all, 0, 2), false);
  assert.equal(fits(all, 0, 1), true);
});

test("keys move one place, or as far as it may go, and nowhere where it cannot go", () => {
  const all = marks("a↑ b↑ a↓ b↓ c↓");
  assert.equal(placeFor(all, 3, "up"), 2);
  assert.equal(placeFor(all, 3, "top"), 2); // b↓ stays behind b↑
  assert.equal(placeFor(all, 4, "top"), 0);
  assert.equal(placeFor(all, 0, "bottom"), 1);
  assert.equal(placeFor(all, 2, "bottom"), 4);
  assert.equal(placeFor(all, 0, "up"), null);
  assert.equal(placeFor(marks("a↑ a↓"), 1, "up"), null);
});

test("pickups of one group are moved in one go, and none behind a drop-off of theirs", () => {
  const groups = new Map([["a", "g"], ["b", "g"]]);
  const stops = marks("c↑ a↑ b↑ c↓ a↓ b↓");
  assert.equal(text(moved(stops, 2, 0, groups)), "b↑ a↑ c↑ c↓ a↓ b↓");
  assert.equal(text(moved(stops, 1, 3, groups)), "c↑ c↓ b↑ a↑ a↓ b↓");
  assert.equal(text(moved(stops, 3, 2, groups)), "c↑ a↑ b↑ c↓ a↓ b↓");
  assert.equal(fits(stops, 1, 4, groups), false);
  assert.equal(placeFor(stops, 1, "bottom", groups), 3);
});

test("an order that was thought of outlives what is done meanwhile and what comes", () => {
  const thought = marks("c↓ a↓ b↑ b↓");
  assert.equal(text(brought(thought, marks("a↓ b↑ d↑ b↓ d↓"))), "a↓ b↑ b↓ d↑ d↓");
});

const promised = { ...order().dropoff, before: at(20 * MINUTE) };
const board = boardOf(
  snapshot({ orders: [order({ id: "a", courier: "lea", dropoff: promised }), order({ id: "b", ref: "1043", courier: "lea", state: "picked_up" })] }),
);
/** @param {number} minute */
const arrival = (minute) => ({ earliest: at(minute * MINUTE), expected: at(minute * MINUTE), latest: at(minute * MINUTE), here: false, guessed: false });
const load = { orders: 2, items: 3, grams: 1400, unweighed: 0 };
/** @param {Partial<StopList>} [more] @returns {StopList} */
const list = (more = {}) => ({
  courier: "lea",
  version: 3,
  seq: 10,
  at: at(0),
  decided: false,
  guessed: false,
  stops: [
    { order: "a", end: "pickup", arrival: arrival(5), late_seconds: null, load },
    { order: "b", end: "dropoff", arrival: arrival(12), late_seconds: null, load: { ...load, orders: 1, unweighed: 1 } },
    { order: "a", end: "dropoff", arrival: arrival(24), late_seconds: 240, load: { orders: 0, items: 0, grams: 0, unweighed: 0 } },
  ],
  most_g: 8000,
  room_g: 6600,
  fullest: load,
  done_at: at(26 * MINUTE),
  ends_at: at(20 * MINUTE),
  beyond_seconds: 360,
  ...more,
});
const around = { board, now: NOON, words, format };

test("a row says where, when, against which promise, and what is carried on", () => {
  const rows = stopRows(list().stops, list(), null, around);
  assert.deepEqual(
    rows.map(({ place, ref, time, late, trouble }) => [place, ref, time, late, trouble]),
    [
      ["Toscana", "1042", "12:05", "", ""],
      ["Home 1", "1043", "12:12", "", ""],
      ["Home 1", "1042", "12:24", "+4 min", "is-behind"],
    ],
  );
  assert.equal(rows[2].promise, "promised by 12:20");
  assert.equal(rows[0].load, "2 orders · 3 items · 1.4 kg");
  assert.match(rows[1].label, /2 of 3: 1043, drop-off at Home 1/);
  assert.equal(stopRows(list().stops, list(), null, { ...around, now: NOON + 21 * MINUTE })[2].trouble, "is-late");
});

test("of another order each row says by how much it comes sooner or later, and one line what it does", () => {
  const thought = list({
    done_at: at(23 * MINUTE),
    stops: [
      { order: "a", end: "pickup", arrival: arrival(5), late_seconds: null, load },
      { order: "a", end: "dropoff", arrival: arrival(15), late_seconds: -300, load },
      { order: "b", end: "dropoff", arrival: arrival(21), late_seconds: null, load },
    ],
  });
  const rows = stopRows(thought.stops, thought, list(), around);
  assert.deepEqual(rows.map((row) => row.was), ["as now", "9 min sooner", "9 min later"]);
  assert.equal(whatItDoes(list(), thought, words, format), "done 3 min sooner · promises missed: 1 fewer");
});

test("a weight that nobody knows is not said to be nothing", () => {
  assert.equal(loadText({ orders: 1, items: 0, grams: 0, unweighed: 1 }, words, format), "1 order · weight unknown");
  assert.equal(loadText({ orders: 2, items: 1, grams: 900, unweighed: 1 }, words, format), "2 orders · 1 item · 0.9 kg · 1 of unknown weight");
  const unweighed = list({ fullest: { ...load, unweighed: 1 } });
  assert.equal(summary(unweighed, courier(), around)[0].text, "at most 6.6 kg of 8.0 kg: 1 of unknown weight");
});

test("above the rows: free room, the shift, the work that goes on beyond it in red, the break", () => {
  const said = summary(list(), courier({ shift: "break", break_until: at(10 * MINUTE) }), around);
  assert.deepEqual(
    said.map(({ name, text: told, trouble }) => [name, told, trouble]),
    [
      ["Free room", "6.6 kg of 8.0 kg", false],
      ["Shift", "until 12:20", false],
      ["Work ends", "12:26, +6 min beyond the shift", true],
      ["Break", "until about 12:10", false],
    ],
  );
  assert.deepEqual(summary(list({ most_g: null, room_g: null, ends_at: null, beyond_seconds: 0 }), courier(), around).map((one) => one.text), ["no limit set", "end not planned", "12:26"]);
  assert.equal(summary(list({ room_g: -500 }), courier(), around)[0].trouble, true);
  assert.equal(keysOf(marks("a↑ b↓")), "a:pickup,b:dropoff");
});
