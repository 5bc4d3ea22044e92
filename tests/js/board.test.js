import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { apply, boardOf, emptyBoard, isOpen, loads } from "../../assets/desk/board.js";
import { at, courier, entry, MINUTE, order, snapshot } from "./values.js";

/** @typedef {import("../../assets/desk/board.js").Board} Board */

const day = JSON.parse(readFileSync(new URL("../fixtures/journal.json", import.meta.url), "utf8"));

/** @param {Board} board as tests/unit/test_shared_journal.py writes it */
const plain = (board) => ({
  seq: board.seq,
  orders: Object.fromEntries(board.orders),
  couriers: Object.fromEntries(board.couriers),
  alarms: Object.fromEntries([...board.alarms].map(([id, { version: _, ...alarm }]) => [id, alarm])),
  closed_at: Object.fromEntries([...board.closedAt].map(([id, ms]) => [id, new Date(ms).toISOString()])),
});

test("the recorded day leads to the board that Python reaches", () => {
  assert.deepEqual(plain(day.entries.reduce(apply, emptyBoard(day.coop))), day.board);
});

test("wherever a snapshot is taken, the rest of the day leads to the same open orders and couriers", () => {
  for (let cut = 1; cut < day.entries.length; cut += 5) {
    const half = /** @type {Board} */ (day.entries.slice(0, cut).reduce(apply, emptyBoard(day.coop)));
    const taken = boardOf(
      snapshot({
        coop: day.coop,
        seq: half.seq,
        at: day.entries[cut - 1].at,
        orders: [...half.orders.values()],
        couriers: [...half.couriers.values()],
      }),
    );
    const end = /** @type {Board} */ (day.entries.slice(cut).reduce(apply, taken));
    assert.deepEqual(
      [...end.orders.values()]
        .filter(isOpen)
        .map(({ id, version }) => `${id} ${version}`)
        .sort(),
      Object.values(day.board.orders)
        .filter(isOpen)
        .map(({ id, version }) => `${id} ${version}`)
        .sort(),
    );
    assert.deepEqual(Object.fromEntries(end.couriers), day.board.couriers);
  }
});

test("a board is a value: what was there before an entry is there after it", () => {
  const before = boardOf(snapshot());
  const after = apply(before, entry(11));
  assert.equal(before.orders.get("o1")?.courier, null);
  assert.equal(after.orders.get("o1")?.courier, "c11");
  assert.equal(after.couriers, before.couriers);
});

test("an order that was closed a quarter of an hour ago is forgotten with the next entry", () => {
  const closed = apply(boardOf(snapshot()), entry(11, { at: at(0), data: { changes: { state: "delivered" } } }));
  const later = (/** @type {number} */ ms) =>
    apply(
      closed,
      entry(12, { at: at(ms), kind: "courier.break_started", subject: "lea", data: { changes: { shift: "break" } } }),
    );
  assert.equal(later(15 * MINUTE).orders.size, 1);
  assert.equal(later(15 * MINUTE + 1).orders.size, 0);
});

test("a correction of an order that is long gone changes nothing", () => {
  const after = apply(boardOf(snapshot()), entry(11, { subject: "old" }));
  assert.equal(after.seq, 11);
  assert.equal(after.orders.has("old"), false);
});

test("the load of a courier is the open orders alone", () => {
  const orders = [
    order({ courier: "lea" }),
    order({ id: "o2", courier: "lea", state: "delivered" }),
    order({ id: "o3" }),
  ];
  assert.deepEqual(
    [...loads(boardOf(snapshot({ orders, couriers: [courier()] })))].map(([who, held]) => [
      who,
      held.map(({ id }) => id),
    ]),
    [["lea", ["o1"]]],
  );
});
