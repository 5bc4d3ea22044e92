import assert from "node:assert/strict";
import { test } from "node:test";
import { boardOf } from "../../assets/desk/board.js";
import { gapsBetween, instantsOf, lanesOf, stacked } from "../../assets/desk/timeline_lanes.js";
import { offsetOf, rangeOf, shareOf, ticksOf } from "../../assets/desk/timeline_scale.js";
import { bandText, barLabel, laneLabel } from "../../assets/desk/timeline_texts.js";
import { stepOn } from "../../assets/desk/timeline_walk.js";
import { at, courier, format, MINUTE, NOON, order, snapshot, words } from "./values.js";

/** @typedef {import("../../assets/desk/timeline_lanes.js").Day} Day */
/** @typedef {import("../../assets/desk/types.js").Order} Order */

/** @param {number} minute */
const min = (minute) => NOON + minute * MINUTE;
/** @param {number} minute */
const wire = (minute) => at(minute * MINUTE);
/** @param {number} minute */
const arrival = (minute) => ({ earliest: wire(minute), expected: wire(minute), latest: wire(minute), here: false, guessed: false });
/** @param {number} minute */
const due = (minute) => ({ ...order().dropoff, before: wire(minute) });
/** @param {Partial<Day>} [more] @returns {Day} on shift for two hours */
const day = (more = {}) => ({ planned: [], worked: [{ from: wire(-120), to: null, breaks: [] }], ends_at: null, done: [], hands: [], ...more });

/** @param {Order[]} orders @param {Day} of @param {Record<string, [number, number]>} [foreseen] pickup and drop-off in minutes @param {object} [more] of the courier */
function lanes(orders, of, foreseen = {}, more = {}) {
  const arrivals = new Map(Object.entries(foreseen).map(([id, [pickup, dropoff]]) => [id, { pickup: arrival(pickup), dropoff: arrival(dropoff) }]));
  const board = boardOf(snapshot({ orders, couriers: [courier(more)] }));
  return lanesOf({ board, told: { seq: 10, at: at(0), couriers: { lea: of } }, arrivals, now: NOON }, 5 * MINUTE);
}

test("jobs are bars from pickup to drop-off: done ones as they went, open ones as foreseen", () => {
  const done = { order: "o0", ref: "1041", promise: wire(-25), assigned_at: wire(-50), picked_up_at: wire(-40), closed_at: wire(-30), outcome: "delivered" };
  const aboard = order({ id: "o1", courier: "lea", state: "picked_up" });
  const ahead = order({ id: "o2", ref: "1043", courier: "lea", dropoff: due(40) });
  const hands = [{ order: "o1", assigned_at: wire(-12), picked_up_at: wire(-4) }, { order: "o2", assigned_at: wire(-1), picked_up_at: null }];
  const [, lea] = lanes([aboard, ahead], day({ done: [done], hands }), { o1: [0, 6], o2: [15, 25] });
  assert.deepEqual(
    lea.bars.map(({ order: id, kind, since, from, to, trouble }) => [id, kind, since, from, to, trouble]),
    [
      ["o0", "done", min(-50), min(-40), min(-30), ""],
      ["o1", "aboard", min(-12), min(-4), min(6), ""],
      ["o2", "ahead", min(-1), min(15), min(25), ""],
    ],
  );
  assert.equal(lea.lines, 1);
  assert.match(barLabel(lea.bars[2], lea, words, format), /1043: pickup 12:15, drop-off 12:25, Léa, promised by 12:40/);
});

test("what comes after its promise is behind, once the promise is past it is late, and a late delivery stays so", () => {
  const behind = order({ id: "o1", courier: "lea", dropoff: due(20) });
  const late = order({ id: "o2", courier: "lea", dropoff: due(-1) });
  const done = { order: "o0", ref: "1", promise: wire(-35), assigned_at: wire(-50), picked_up_at: wire(-40), closed_at: wire(-30), outcome: "delivered" };
  const [, lea] = lanes([behind, late], day({ done: [done] }), { o1: [5, 25], o2: [1, 9] });
  const trouble = Object.fromEntries(lea.bars.map((one) => [one.order, one.trouble]));
  assert.deepEqual(trouble, { o0: "is-late", o1: "is-behind", o2: "is-late" });
});

test("where nobody knows when, a bar says so; what was taken away or cancelled before the pickup is none", () => {
  const taken = { order: "o9", ref: "9", promise: null, assigned_at: wire(-50), picked_up_at: null, closed_at: wire(-30), outcome: "taken_back" };
  const [, lea] = lanes([order({ courier: "lea" })], day({ done: [taken] }));
  assert.deepEqual(lea.bars.map(({ order: id, kind }) => [id, kind]), [["o1", "unknown"]]);
});

test("what was delivered a moment ago stays where it was until the journal tells how it went", () => {
  const hands = [{ order: "o1", assigned_at: wire(-12), picked_up_at: wire(-4) }];
  const [, lea] = lanes([order({ courier: "lea", state: "delivered" })], day({ hands }));
  assert.deepEqual(lea.bars.map(({ kind, from, to }) => [kind, from, to]), [["done", min(-4), NOON]]);
});

test("work that goes on beyond the shift's planned end is told, and by how much", () => {
  const over = day({ ends_at: wire(20), planned: [[wire(-120), wire(20)]] });
  const [, late] = lanes([order({ courier: "lea" })], over, { o1: [10, 32] });
  assert.equal(late.beyond, 12 * MINUTE);
  const band = late.bands.find((one) => one.kind === "beyond");
  assert.deepEqual([band?.from, band?.to], [min(20), min(32)]);
  assert.equal(band && bandText(band, words, format), "+12 min");
  assert.match(laneLabel(late, words, format), /beyond the shift/);
  assert.equal(lanes([order({ courier: "lea" })], over, { o1: [5, 20] })[1].beyond, 0);
  assert.equal(lanes([], day({ ends_at: wire(-6) }))[1].beyond, 6 * MINUTE); // still there
  assert.equal(lanes([], day({ ends_at: wire(-6) }), {}, { shift: "off" })[1]?.beyond ?? 0, 0);
  assert.equal(lanes([order({ courier: "lea" })], day(), { o1: [10, 300] })[1].beyond, 0); // nobody planned it
});

test("breaks and gaps: what is between jobs, before them, and free until the shift's end", () => {
  assert.deepEqual(gapsBetween(min(0), min(60), [[min(20), min(30)], [min(25), min(40)], [min(45), min(50)]]), [[min(0), min(20)], [min(50), min(60)]]);
  const worked = [{ from: wire(-60), to: null, breaks: /** @type {[string, string | null][]} */ ([[wire(-50), wire(-30)]]) }];
  const [, lea] = lanes([order({ courier: "lea" })], day({ worked, ends_at: wire(60), hands: [{ order: "o1", assigned_at: wire(-10), picked_up_at: null }] }), { o1: [5, 15] });
  const gaps = lea.bands.filter((one) => one.kind === "gap").map(({ from, to }) => [from, to]);
  assert.deepEqual(gaps, [[min(-60), min(-50)], [min(-30), min(-10)], [min(15), min(60)]]);
  const running = lanes([], day({ worked: [{ from: wire(-60), to: null, breaks: [[wire(-5), null]] }] }), {}, { shift: "break", break_until: wire(15) })[1];
  assert.deepEqual(running.bands.filter((one) => one.kind === "break").map(({ from, to }) => [from, to]), [[min(-5), min(15)]]);
});

test("the lane of what nobody has stands first: each order as wide as its number, ending when it is due", () => {
  const waiting = [order({ id: "a", dropoff: due(30) }), order({ id: "b", dropoff: due(31) }), order({ id: "c", dropoff: due(-60) }), order({ id: "d" })];
  const [first] = lanes(waiting, day());
  assert.equal(first.id, "");
  assert.deepEqual(first.bars.map(({ order: id, to, line, trouble }) => [id, to, line, trouble]), [
    ["c", min(-20), 0, "is-late"],
    ["d", min(5), 0, ""],
    ["a", min(30), 0, ""],
    ["b", min(31), 1, ""],
  ]);
  assert.equal(first.lines, 2);
});

test("bars that overlap stand on lines of their own, and a line is used again when it is free", () => {
  const bar = (/** @type {string} */ id, /** @type {number} */ from, /** @type {number} */ to) => ({ key: id, order: id, ref: id, kind: /** @type {const} */ ("ahead"), from, to, since: from, promise: null, trouble: /** @type {const} */ (""), line: 0 });
  const { bars, lines } = stacked([bar("c", 20, 30), bar("a", 0, 10), bar("b", 5, 25), bar("d", 10, 20)]);
  assert.deepEqual(bars.map(({ order: id, line }) => [id, line]), [["a", 0], ["b", 1], ["d", 0], ["c", 0]]);
  assert.equal(lines, 2);
});

test("who is on shift, on break, has just gone or comes soon is shown, in that order", () => {
  const board = boardOf(snapshot({ orders: [], couriers: [
    courier({ id: "soon", name: "Soon", shift: "off" }), courier({ id: "gone", name: "Gone", shift: "off" }), courier({ id: "far", name: "Far", shift: "off" }),
    courier({ id: "rests", name: "Rests", shift: "break" }), courier({ id: "zoe", name: "Zoé" }), courier({ id: "ana", name: "Ana" }),
  ] })); // prettier-ignore
  const couriers = {
    soon: day({ worked: [], planned: [[wire(30), wire(200)]] }),
    gone: day({ worked: [{ from: wire(-200), to: wire(-20), breaks: [] }] }),
    far: day({ worked: [{ from: wire(-400), to: wire(-90), breaks: [] }], planned: [[wire(90), wire(200)]] }),
  };
  const found = lanesOf({ board, told: { seq: 1, at: at(0), couriers }, arrivals: new Map(), now: NOON }, MINUTE);
  assert.deepEqual(found.map((one) => one.id), ["", "ana", "zoe", "rests", "gone", "soon"]);
});

test("the range reaches from the half hour before the first to the one after the last, and no further than anybody plans", () => {
  assert.deepEqual(rangeOf([min(-50), min(95)], NOON), { from: min(-60), to: min(120) });
  assert.deepEqual(rangeOf([], NOON), { from: min(-30), to: min(60) });
  assert.deepEqual(rangeOf([min(-6000), min(6000)], NOON), { from: min(-600), to: min(480) });
  assert.equal(shareOf({ from: 0, to: 10 }, 5), 0.5);
  assert.deepEqual([shareOf({ from: 0, to: 10 }, -5), shareOf({ from: 0, to: 10 }, 15)], [0, 1]);
  assert.equal([...instantsOf(lanes([order({ courier: "lea" })], day(), { o1: [5, 15] }))].includes(min(15)), true);
});

test("ticks stand on round times of the city's clocks, as near as they can be read", () => {
  const range = { from: min(-60), to: min(120) };
  assert.deepEqual(ticksOf(range, 1500, 0).slice(0, 2), [min(-60), min(-50)]);
  assert.deepEqual(ticksOf(range, 300, 0), [min(-60), min(0), min(60), min(120)]);
  assert.equal(offsetOf(NOON, "Europe/Helsinki"), 120);
  assert.equal(offsetOf(NOON + 45000, "Asia/Kolkata"), 330, "late in a minute, too");
  assert.deepEqual(ticksOf(range, 300, 330), [min(-30), min(30), min(90)]);
});

test("arrows walk along a lane and to the nearest bar of the next one", () => {
  const waiting = order({ id: "w", dropoff: due(30) });
  const mine = [order({ id: "o1", courier: "lea" }), order({ id: "o2", courier: "lea" })];
  const all = lanes([waiting, ...mine], day(), { o1: [5, 15], o2: [20, 30] });
  const lea = { courier: "lea", order: /** @type {string | null} */ (null) };
  assert.deepEqual(stepOn(all, lea, "ArrowRight"), { courier: "lea", order: "o1" });
  assert.deepEqual(stepOn(all, { courier: "lea", order: "o1" }, "ArrowRight"), { courier: "lea", order: "o2" });
  assert.equal(stepOn(all, { courier: "lea", order: "o2" }, "ArrowRight"), null);
  assert.deepEqual(stepOn(all, { courier: "lea", order: "o1" }, "ArrowLeft"), lea);
  assert.deepEqual(stepOn(all, { courier: null, order: "w" }, "ArrowDown"), { courier: "lea", order: "o2" });
  assert.deepEqual(stepOn(all, { courier: "lea", order: "o2" }, "ArrowUp"), { courier: null, order: "w" });
  assert.deepEqual(stepOn(all, lea, "End"), { courier: "lea", order: "o2" });
  assert.deepEqual(stepOn(all, null, "ArrowDown"), { courier: null, order: null });
  assert.equal(stepOn([], null, "ArrowDown"), null);
});
