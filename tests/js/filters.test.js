import assert from "node:assert/strict";
import { test } from "node:test";
import { boardOf } from "../../assets/desk/board.js";
import { clockOf } from "../../assets/desk/filter_bar.js";
import { hiddenBy, hiddenText } from "../../assets/desk/filter_words.js";
import { lateness, NONE, readFilters, set, shows, sieveOf, spanOf, stanceOf, writeFilters } from "../../assets/desk/filters.js";
import { dayOf, instantOf, wallOf } from "../../assets/desk/wall.js";
import { at, courier, format, MINUTE, NOON, order, snapshot, words } from "./values.js";

const HELSINKI = "Europe/Helsinki";

/** @param {string} search */
const filters = (search) => readFilters(search).filters;
/** @param {string | null} before @param {string | null} [after] */
const due = (before, after = null) => ({ dropoff: { ...order().dropoff, before, after } });
/** @param {string} search @param {object} more @param {import("../../assets/desk/filters.js").More} [beside] */
const passes = (search, more = {}, beside = {}) => shows(order(more), filters(search), NOON, beside);
/** @param {number} ms after noon @returns {ReadonlyMap<string, import("../../assets/desk/types.js").Forecast>} */
const arrives = (ms) => new Map([
  ["o1", { dropoff: { earliest: at(ms), expected: at(ms), latest: at(ms), here: false, guessed: false } }],
]);

test("without filters everything shows; one of several values is enough, several facets have to hold together", () => {
  assert.ok(passes(""));
  assert.ok(passes("?state=ready,placed&kind=meal"));
  assert.ok(passes("?state=ready&state=placed"));
  assert.ok(!passes("?state=placed&kind=parcel"));
  assert.ok(!passes("?state=ready"));
});

test("each facet finds its orders", () => {
  const given = { courier: "lea", restaurant: "r1", tags: ["vip", "cold"], kind: "parcel", state: "ready" };
  for (const search of ["?courier=lea", "?restaurant=r1", "?tag=cold", "?kind=parcel", "?state=ready", "?courier=noe&courier=lea"])
    assert.ok(passes(search, given), search);
  for (const search of ["?courier=noe", "?restaurant=Toscana", "?tag=warm", "?kind=meal", "?state=waiting", "?courier=nobody"])
    assert.ok(!passes(search, given), search);
  assert.ok(passes("?restaurant=Toscana", { restaurant: null }), "one without an id goes by its name");
});

test("who waits can be asked for as a state and as a courier's name; with a courier's own, both show", () => {
  assert.ok(passes("?state=waiting"));
  assert.ok(passes("?courier=lea&courier=nobody"));
  assert.ok(!passes("?state=waiting", { state: "cancelled" }));
});

test("a value can be left out, alone or beside others", () => {
  assert.ok(!passes("?tag=not:vip", { tags: ["vip", "cold"] }));
  assert.ok(passes("?tag=not:vip", { tags: ["cold"] }));
  assert.ok(passes("?tag=not:vip"), "one without any tag");
  assert.ok(!passes("?tag=cold&tag=not:vip", { tags: ["vip", "cold"] }));
  assert.ok(passes("?state=not:delivered"));
});

test("late is a broken promise, will be late a forecast beyond it, due soon ten minutes before it", () => {
  const promised = order(due(at(8 * MINUTE)));
  assert.deepEqual(lateness(promised, null, NOON), ["soon"]);
  assert.deepEqual(lateness(promised, arrives(9 * MINUTE).get("o1") ?? null, NOON), ["will"]);
  assert.deepEqual(lateness(promised, arrives(7 * MINUTE).get("o1") ?? null, NOON), ["soon"]);
  assert.deepEqual(lateness(order(due(at(-1))), arrives(MINUTE).get("o1") ?? null, NOON), ["late"]);
  assert.deepEqual(lateness(order(due(at(11 * MINUTE))), null, NOON), []);
  assert.deepEqual(lateness(order({ ...due(at(-1)), state: "delivered" }), null, NOON), []);
  assert.ok(passes("?late=1", due(at(-1))));
  assert.ok(passes("?late=will", due(at(8 * MINUTE)), { arrivals: arrives(9 * MINUTE) }));
  assert.ok(!passes("?late=late,soon", due(at(8 * MINUTE)), { arrivals: arrives(9 * MINUTE) }));
});

test("a time window holds what lies in it whole, not what only overlaps it, by the co-op's clocks", () => {
  // noon UTC is 14:00 in Helsinki
  const inside = due(at(30 * MINUTE), at(10 * MINUTE));
  assert.ok(passes("?from=14:00&until=15:00", inside, { zone: HELSINKI }));
  assert.ok(!passes("?from=14:00&until=15:00", inside, { zone: "Europe/Paris" }), "13:10 to 13:30 there");
  assert.ok(!passes("?from=14:15&until=15:00", inside, { zone: HELSINKI }), "it begins before");
  assert.ok(!passes("?from=14:00&until=14:20", inside, { zone: HELSINKI }), "it ends after");
  assert.ok(passes("?from=14:15", due(at(30 * MINUTE)), { zone: HELSINKI }), "a promise alone is its own window");
  assert.ok(!passes("?until=15:00", due(null), { zone: HELSINKI }), "no promise lies nowhere");
  assert.ok(!passes("?until=15:00", due(at(24 * 60 * MINUTE)), { zone: HELSINKI }), "tomorrow is another day");
});

test("hours over midnight begin today, or began yesterday until they are over", () => {
  const search = filters("?from=22:00&until=02:00");
  const late = Date.parse("2026-11-24T21:00:00Z");
  const small = Date.parse("2026-11-24T23:30:00Z");
  const wanted = ["2026-11-24T20:00:00.000Z", "2026-11-25T00:00:00.000Z"];
  for (const now of [late, small])
    assert.deepEqual(spanOf(search, now, HELSINKI)?.map((ms) => new Date(ms).toISOString()), wanted);
});

test("clocks go both ways on any day, the one included on which they are put back", () => {
  for (const text of ["2026-07-01T10:00:00Z", "2026-10-25T03:30:00Z", "2026-01-01T00:00:00Z"]) {
    const instant = Date.parse(text);
    assert.equal(instantOf(wallOf(instant, HELSINKI), HELSINKI), instant, text);
  }
  assert.equal(new Date(wallOf(NOON, HELSINKI) * MINUTE).toISOString(), "2026-11-24T14:00:00.000Z");
  assert.equal(dayOf(Date.parse("2026-11-24T22:30:00Z"), HELSINKI), "2026-11-25");
});

test("an address says the filters and what else it said, and reads back as the same", () => {
  const wanted = set(set(filters("?state=waiting&late=1&from=18:00&shift=on"), "courier", "léa,2", "only"), "tag", "vip", "not");
  const search = writeFilters(wanted, "?lang=fr&state=ready");
  assert.equal(new URLSearchParams(search).get("lang"), "fr");
  assert.deepEqual(readFilters(search), { filters: wanted, unknown: [] });
  assert.match(search, /from=18:00/);
  assert.equal(writeFilters(NONE, search), "?lang=fr");
  assert.equal(writeFilters(NONE, "?state=ready"), "");
});

test("what an address asks for that there is not is named, and the rest of it holds", () => {
  const { filters: read, unknown } = readFilters("?state=waitng,ready&from=25:00&late=never&courier=whoever");
  assert.deepEqual(unknown, ["state=waitng", "late=never", "from=25:00"]);
  assert.deepEqual([read.state, read.from, read.late, read.courier], [["ready"], "", [], ["whoever"]]);
});

test("a value is on, left out, or neither", () => {
  const on = set(NONE, "tag", "vip", "only");
  assert.deepEqual([stanceOf(on, "tag", "vip"), stanceOf(set(on, "tag", "vip", "not"), "tag", "vip")], ["only", "not"]);
  assert.equal(stanceOf(set(on, "tag", "vip", "off"), "tag", "vip"), "off");
});

test("a time is understood as people write it, and nothing else is", () => {
  assert.deepEqual(["18", "1830", "9:05", "18.30", "18h", "18h30", ""].map(clockOf), ["18:00", "18:30", "09:05", "18:30", "18:00", "18:30", ""]);
  assert.deepEqual(["25", "18:60", "soon", "1:2"].map(clockOf), [null, null, null, null]);
});

/** One order of each sort that a dispatcher looks for. */
const sorts = [
  order({ id: "new", tags: ["vip"], ...due(at(60 * MINUTE)) }),
  order({ id: "late", state: "accepted", restaurant: "r2", ...due(at(-MINUTE)) }),
  order({ id: "given", state: "ready", courier: "lea", tags: ["cold", "vip"], ...due(at(60 * MINUTE)) }),
  order({ id: "slow", state: "picked_up", courier: "lea", restaurant: "r2", ...due(at(20 * MINUTE)) }),
  order({ id: "soon", state: "picked_up", courier: "noe", tags: ["cold"], ...due(at(5 * MINUTE)) }),
  order({ id: "done", state: "delivered", courier: "noe", restaurant: "r2", ...due(at(-MINUTE)) }),
  order({ id: "off", state: "cancelled", tags: ["vip"], ...due(at(-MINUTE)) }),
];
const forecast = new Map([["slow", /** @type {any} */ (arrives(30 * MINUTE).get("o1"))]]);

test("state, courier, tag, restaurant and lateness in company show what fits all of them", () => {
  for (const [search, expected] of [
    ["", "new late given slow soon done off"],
    ["?state=waiting", "new late"],
    ["?state=waiting&late=late", "late"],
    ["?state=waiting&tag=vip", "new"],
    ["?state=waiting&courier=lea", ""],
    ["?state=picked_up&courier=lea", "slow"],
    ["?state=picked_up,ready&courier=lea&courier=noe", "given slow soon"],
    ["?courier=nobody", "new late off"],
    ["?courier=nobody&state=not:cancelled", "new late"],
    ["?courier=not:nobody&tag=cold", "given soon"],
    ["?courier=lea&tag=not:vip", "slow"],
    ["?restaurant=r2", "late slow done"],
    ["?restaurant=r2&state=not:delivered&courier=not:nobody", "slow"],
    ["?restaurant=r2&tag=vip", ""],
    ["?late=late", "late"],
    ["?late=will,late&restaurant=r2", "late slow"],
    ["?late=soon&tag=cold", "soon"],
    ["?late=not:late&state=not:delivered&state=not:cancelled", "new given slow soon"],
    ["?tag=vip&state=cancelled", "off"],
    ["?state=delivered&late=late", ""],
  ]) {
    const found = sorts.filter(sieveOf(filters(search), NOON, { arrivals: forecast })).map(({ id }) => id);
    assert.equal(found.join(" "), expected, search);
  }
});

test("what is hidden of the work in hand is counted, late ones by themselves; what is closed does not count", () => {
  const board = boardOf(snapshot({ orders: sorts, couriers: [courier(), courier({ id: "zoe", shift: "off" })] }));
  /** @param {string} search */
  const hidden = (search) => hiddenBy(board, sieveOf(filters(search), NOON), filters(search).shift === "on", NOON);
  assert.deepEqual(hidden(""), { orders: 0, late: 0, couriers: 0 });
  assert.deepEqual(hidden("?state=not:delivered&state=not:cancelled"), { orders: 0, late: 0, couriers: 0 });
  assert.deepEqual(hidden("?tag=vip&shift=on"), { orders: 3, late: 1, couriers: 1 });
  assert.equal(hiddenText(hidden("?tag=vip&shift=on"), words, format), "Filters hide 3 open orders, 1 of them late · couriers off shift hidden: 1");
});

test("hours are the co-op's wherever the dispatcher's machine believes to be", () => {
  const before = process.env.TZ;
  const wanted = filters("?from=22:00&until=02:00");
  for (const zone of ["UTC", "Pacific/Auckland", "America/Los_Angeles", "Asia/Kathmandu"]) {
    process.env.TZ = zone;
    assert.deepEqual(spanOf(wanted, NOON, HELSINKI), [Date.parse("2026-11-24T20:00:00Z"), Date.parse("2026-11-25T00:00:00Z")], zone);
    assert.ok(passes("?from=14:00&until=15:00", due(at(30 * MINUTE), at(10 * MINUTE)), { zone: HELSINKI }), zone);
  }
  if (before === undefined) delete process.env.TZ;
  else process.env.TZ = before;
});
