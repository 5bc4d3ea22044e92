import assert from "node:assert/strict";
import { test } from "node:test";
import { boardOf } from "../../assets/desk/board.js";
import { orderGroups, orderRow } from "../../assets/desk/order_rows.js";
import { remembering } from "../../assets/desk/row_memory.js";
import { at, courier, MINUTE, NOON, order, scene, snapshot } from "./values.js";

/** @param {import("../../assets/desk/order_rows.js").Group[]} groups */
const rows = (groups) => new Map(groups.flatMap((group) => group.rows.map((row) => [row.id, row])));
const promised = { ...order().dropoff, before: at(30 * MINUTE) };
const many = Array.from({ length: 40 }, (_, n) =>
  order({ id: `o${n}`, placed_at: at(-n * 7777 - MINUTE), dropoff: promised, courier: n % 2 ? "lea" : null }),
);

test("one event makes one row anew", () => {
  const rowOf = remembering(orderRow);
  const before = rows(orderGroups(scene(many, { now: NOON + 1234 }), rowOf));
  const changed = many.map((one) => (one.id === "o7" ? { ...one, state: "ready", version: 2 } : one));
  const after = rows(orderGroups(scene(changed, { now: NOON + 1300 }), rowOf));
  assert.deepEqual([...after].filter(([id, row]) => row !== before.get(id)).map(([id]) => id), ["o7"]);
});

test("a row is made anew when it is chosen or marked, when somebody looks at it, when its courier or its forecast changes", () => {
  const rowOf = remembering(orderRow);
  /** @param {object} more */
  const read = (more) => rows(orderGroups(scene(many, { now: NOON + 1234, ...more }), rowOf));
  let before = read({});
  /** Which rows are others than a moment ago. @param {object} more */
  function touched(more) {
    const after = read(more);
    const found = [...after].filter(([id, row]) => row !== before.get(id)).map(([id]) => id);
    before = after;
    return found.sort();
  }
  const forecast = { dropoff: { earliest: at(0), expected: at(0), latest: at(0), here: false, guessed: false } };
  assert.deepEqual(touched({ selection: { order: "o3", courier: null } }), ["o3"]);
  assert.deepEqual(touched({ arrivals: new Map([["o5", forecast]]) }), ["o3", "o5"], "o3 is not chosen any more");
  assert.deepEqual(touched({ colleagues: [{ name: "Ana", looking: "o4" }] }), ["o4", "o5"], "o5 has no forecast any more");
  const renamed = boardOf(snapshot({ orders: many, couriers: [courier({ name: "Léa B." })] }));
  assert.equal(touched({ board: renamed }).length, 21, "hers, and o4 that nobody looks at any more");
});

test("a row that is remembered always says what a fresh one says, whatever the time", () => {
  const rowOf = remembering(orderRow);
  const soon = { earliest: at(61234), expected: at(100001), latest: at(400500), here: false, guessed: false };
  const arrivals = new Map(many.filter((one) => one.courier).map((one) => [one.id, { dropoff: soon, pickup: soon }]));
  const young = [...many.slice(0, 8), order({ id: "new", placed_at: at(-1500), pickup: { ...promised, after: at(90001) } })];
  for (let now = NOON; now < NOON + 40 * MINUTE; now += 1999) {
    const at_ = scene(young, { now, arrivals });
    assert.deepEqual(rows(orderGroups(at_, rowOf)), rows(orderGroups(at_)), `${now - NOON} ms after noon`);
  }
});

test("marked rows are those that are acted upon, and none but them; without any, the chosen one is", () => {
  /** @param {object} more */
  const acted = (more) => [...rows(orderGroups(scene(many, more))).values()].filter((row) => row.isActedUpon).map(({ id }) => id).sort();
  const selection = { order: "o1", courier: null };
  assert.deepEqual(acted({ selection }), ["o1"]);
  assert.deepEqual(acted({ selection, chosen: new Set(["o2", "o3"]) }), ["o2", "o3"]);
  const marked = [...rows(orderGroups(scene(many, { chosen: new Set(["o2"]) }))).values()].filter((row) => row.classes.includes("is-marked"));
  assert.deepEqual(marked.map(({ id }) => id), ["o2"]);
});

test("a group says how many of its orders the filters leave", () => {
  const [waiting] = orderGroups(scene(many, { shows: (/** @type {{id: string}} */ one) => one.id === "o2" || one.id === "o4" }));
  assert.deepEqual([waiting.title, waiting.rows.length], ["Waiting for a courier (2 of 20)", 2]);
});
