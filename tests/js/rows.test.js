import assert from "node:assert/strict";
import { test } from "node:test";
import { boardOf } from "../../assets/desk/board.js";
import { ageOf, courierGroups } from "../../assets/desk/courier_rows.js";
import { orderGroups, orderRow, orderTrouble } from "../../assets/desk/order_rows.js";
import { remembering } from "../../assets/desk/row_memory.js";
import { alarm, at, courier, MINUTE, NOON, order, scene, snapshot } from "./values.js";

/** @typedef {import("../../assets/desk/types.js").Order} Order */
/** @typedef {import("../../assets/desk/types.js").Alarm} Alarm */

/** @param {number} ms */
const promised = (ms) => ({ ...order().dropoff, before: at(ms) });

test("who waits for a courier comes first, then what is ready, cooking, riding, done", () => {
  const orders = [
    order({ id: "a", state: "delivered", courier: "lea" }),
    order({ id: "b", state: "picked_up", courier: "lea" }),
    order({ id: "c", state: "preparing", courier: "lea" }),
    order({ id: "d", state: "ready", courier: "lea" }),
    order({ id: "e", state: "ready" }),
    order({ id: "f", state: "cancelled" }),
  ];
  assert.deepEqual(
    orderGroups(scene(orders)).map(({ title, rows }) => [title, rows.map(({ id }) => id).join()]),
    [
      ["Waiting for a courier (1)", "e"],
      ["Ready for pickup (1)", "d"],
      ["Not ready yet (1)", "c"],
      ["On the way (1)", "b"],
      ["Delivered (1)", "a"],
      ["Not delivered (1)", "f"],
    ],
  );
});

test("a drop-off of a shared pickup says which of how many it is, in full for who listens; its company leaving changes the row", () => {
  const orders = [1, 2, 3].map((n) => order({ id: `o${n}`, ref: `104${n}`, group: "g" }));
  const [row] = orderGroups(scene([orders[1], orders[0], orders[2]]))[0].rows;
  assert.equal(row.cells["order-to"], "1/3 · Home 1");
  assert.equal(row.cells["order-share"], "drop-off 1 of 3 from one pickup, with 1042, 1043");
  const rowOf = remembering(orderRow);
  const first = (/** @type {Order[]} */ some) => orderGroups(scene(some), rowOf)[0].rows[0].cells["order-to"];
  assert.deepEqual([first(orders), first(orders.slice(0, 2)), first(orders.slice(0, 1))], ["1/3 · Home 1", "1/2 · Home 1", "Home 1"]);
});

test("in a group the soonest promise comes first, those without one last, oldest first", () => {
  const orders = [
    order({ id: "a" }),
    order({ id: "b", dropoff: promised(20 * MINUTE) }),
    order({ id: "c", dropoff: promised(10 * MINUTE) }),
    order({ id: "d", placed_at: at(-MINUTE) }),
  ];
  assert.deepEqual(
    orderGroups(scene(orders))[0].rows.map(({ id }) => id),
    ["c", "b", "d", "a"],
  );
});

test("a row says its state by letter, its age, its promise, how late it is and who has it", () => {
  const late = order({ state: "ready", courier: "lea", placed_at: at(-42 * MINUTE), dropoff: promised(-5.5 * MINUTE) });
  const [row] = orderGroups(
    scene([late], { selection: { order: "o1", courier: null }, colleagues: [{ name: "Ana", looking: "o1" }] }),
  )[0].rows;
  assert.deepEqual(row.cells, {
    "order-state": "R",
    "order-ref": "1042",
    "order-restaurant": "Toscana",
    "order-to": "Home 1",
    "order-share": "",
    "order-age": "42 min",
    "order-promise": "11:54",
    "order-late": "+6 min",
    "order-arrival": "",
    "order-courier": "Léa",
    "order-tags": "",
    "order-problem": "",
    "order-looking": "AN",
  });
  assert.equal(row.classes, "order-row is-ready is-late is-in-company");
  assert.equal(row.isSelected, true);
  assert.equal(row.titles["order-state"], "ready");
  assert.equal(row.titles["order-looking"], "Ana is looking at it");
});

test("trouble is a broken promise, one that is near, or nobody taking it for five minutes; closed orders have none", () => {
  assert.equal(orderTrouble(order({ dropoff: promised(-1) }), NOON), "late");
  assert.equal(orderTrouble(order({ dropoff: promised(9 * MINUTE), courier: "lea" }), NOON), "due");
  assert.equal(orderTrouble(order({ dropoff: promised(9 * MINUTE), courier: "lea", state: "picked_up" }), NOON), null);
  assert.equal(orderTrouble(order({ placed_at: at(-6 * MINUTE) }), NOON), "due");
  assert.equal(orderTrouble(order({ placed_at: at(-6 * MINUTE), courier: "lea" }), NOON), null);
  assert.equal(
    orderTrouble(order({ placed_at: at(-6 * MINUTE), pickup: { ...order().pickup, after: at(30 * MINUTE) } }), NOON),
    null,
    "a booking for later",
  );
  assert.equal(orderTrouble(order({ dropoff: promised(-1), state: "delivered" }), NOON), null);
});

test("the filter keeps what fits, by number, restaurant, address or courier", () => {
  const orders = [
    order({ courier: "lea" }),
    order({ id: "o2", ref: "2000", pickup: { ...order().pickup, name: "Goodwin" } }),
  ];
  /** @param {string} filter */
  const found = (filter) => orderGroups(scene(orders, { filter })).flatMap(({ rows }) => rows.map(({ id }) => id));
  assert.deepEqual(found("good"), ["o2"]);
  assert.deepEqual(found("LEA"), ["o1"]);
  assert.deepEqual(found("104 tosc"), ["o1"]);
  assert.deepEqual(found("nothing"), []);
});

test("couriers say state, load, time on shift and the age of their place", () => {
  const orders = [order({ courier: "lea" }), order({ id: "o2", courier: "lea", state: "delivered" })];
  const groups = courierGroups({ ...scene(orders), seen: () => NOON - 12000, target: "noe" });
  assert.deepEqual(
    groups.map(({ title }) => title),
    ["On shift (1)", "On break (1)"],
  );
  assert.deepEqual(groups[0].rows[0].cells, {
    "courier-state": "●",
    "courier-name": "Léa",
    "courier-load": "1",
    "courier-shift": "1 h 00",
    "courier-seen": "12 s",
  });
  assert.equal(groups[1].rows[0].classes, "courier-row is-break is-drop-target");
  assert.equal(groups[1].rows[0].cells["courier-seen"], "", "on break nobody is followed");
});

test("a place ages at a minute and is lost at three, and then says when", () => {
  assert.equal(ageOf(NOON - 59999, NOON), null);
  assert.equal(ageOf(NOON - 60000, NOON), "ageing");
  assert.equal(ageOf(NOON - 180000, NOON), "lost");
  assert.equal(ageOf(null, NOON), null);
  const row = (/** @type {number | null} */ seen) =>
    courierGroups({ ...scene([]), seen: () => seen, target: null })[0].rows[0];
  assert.equal(row(NOON - 61000).classes, "courier-row is-on is-ageing");
  assert.equal(row(NOON - 190000).cells["courier-seen"], "last seen 11:56");
  assert.equal(row(null).cells["courier-seen"], "no position");
});

test("of more couriers than anybody scrolls through the first are shown, and the title says so", () => {
  const couriers = Array.from({ length: 600 }, (_, n) =>
    courier({ id: `c${n}`, name: `Rider ${String(n).padStart(3, "0")}` }),
  );
  const [group] = courierGroups({
    ...scene([]),
    board: boardOf(snapshot({ couriers })),
    seen: () => null,
    target: null,
  });
  assert.equal(group.rows.length, 500);
  assert.equal(group.title, "On shift (500 of 600)");
});

test("an order with an incident that is not settled says so in its row; the row is made again when it is", () => {
  const told = alarm("A10", "damaged.i", { order: "o1" });
  /** @param {Alarm[]} alarms */
  const row = (alarms) => orderGroups({ ...scene([order()]), board: boardOf(snapshot({ orders: [order()], alarms })) })[0].rows[0];
  assert.equal(row([told]).cells["order-problem"], "incident");
  assert.match(row([told]).classes, /has-incident/);
  assert.equal(row([{ ...told, cleared_at: at(1) }]).cells["order-problem"], "");
});
