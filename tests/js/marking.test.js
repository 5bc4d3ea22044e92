import assert from "node:assert/strict";
import { test } from "node:test";
import { boardOf } from "../../assets/desk/board.js";
import { actOf } from "../../assets/desk/keys.js";
import { decideDropOfAll, decideForAll, decideLetGo, markedOrders, rangeOf, targets } from "../../assets/desk/marking.js";
import { createMarks } from "../../assets/desk/marks_of_rows.js";
import { courier, order, snapshot } from "./values.js";

const IDS = ["o1", "o2", "o3", "o4", "o5"];
const orders = [
  ...IDS.slice(0, 4).map((id, n) => order({ id, version: n + 1, courier: id === "o2" ? "lea" : null })),
  order({ id: "o5", state: "delivered", courier: "lea" }),
];
const board = boardOf(snapshot({ orders, couriers: [courier(), courier({ id: "noe", name: "Noé", shift: "break" }), courier({ id: "ana", name: "Ana" })] }));

/** @param {string | null} selected */
function marks(selected = null) {
  const state = /** @type {any} */ ({ feed: { board }, config: { coop: "acme" }, chosen: new Set(), selection: { order: selected, courier: null } });
  const made = createMarks(state, () => IDS, (id) => (state.selection = { ...state.selection, order: id }), () => {});
  return { ...made, state, marked: () => [...state.chosen] };
}

test("a range is both ends and what lies between, in either direction; without a beginning it is the end alone", () => {
  assert.deepEqual(rangeOf(IDS, "o2", "o4"), ["o2", "o3", "o4"]);
  assert.deepEqual(rangeOf(IDS, "o4", "o2"), ["o2", "o3", "o4"]);
  assert.deepEqual(rangeOf(IDS, null, "o3"), ["o3"]);
  assert.deepEqual(rangeOf(IDS, "gone", "o3"), ["o3"]);
  assert.deepEqual(rangeOf(IDS, "o1", "gone"), []);
});

test("Ctrl marks and unmarks one, Shift marks from the last one on, and what is closed is never marked", () => {
  const { mark, marked, choose } = marks();
  mark("o1", "one");
  mark("o4", "one");
  assert.deepEqual(marked(), ["o1", "o4"]);
  mark("o2", "range");
  assert.deepEqual(marked(), ["o2", "o3", "o4"]);
  mark("o5", "range");
  assert.deepEqual(marked(), ["o4"], "o5 is delivered");
  mark("o4", "one");
  assert.deepEqual(marked(), []);
  choose(IDS, "only");
  assert.deepEqual(marked(), ["o1", "o2", "o3", "o4"]);
  choose(["o1", "o5"], "toggle");
  assert.deepEqual(marked(), ["o2", "o3", "o4"]);
});

test("Shift and the arrows go on from the chosen row, and back; marks that were cleared leave no beginning behind", () => {
  const { extend, choose, marked, state } = marks("o2");
  extend("next");
  extend("next");
  assert.deepEqual(marked(), ["o2", "o3", "o4"]);
  assert.equal(state.selection.order, "o4");
  extend("previous");
  assert.deepEqual(marked(), ["o2", "o3"]);
  choose([], "only");
  state.selection = { order: "o4", courier: null };
  extend("previous");
  assert.deepEqual(marked(), ["o3", "o4"]);
});

test("all marked orders are asked for in one wish, each as it was seen", () => {
  const marked = markedOrders(board, new Set(["o1", "o2", "o5", "gone"]));
  assert.deepEqual(targets(marked), [{ order: "o1", version: 1 }, { order: "o2", version: 2 }]);
  assert.deepEqual(decideForAll(marked, { verb: "delay", minutes: 10 }).intent, { verb: "delay", order: "", minutes: 10, orders: targets(marked) });
  assert.deepEqual(decideForAll(marked, { verb: "unassign" }).intent?.orders, [{ order: "o2", version: 2 }], "only what somebody has");
  assert.match(decideForAll([marked[0]], { verb: "unassign" }).refusal?.text ?? "", /Nobody has any/);
  assert.match(decideForAll([], { verb: "delay" }).refusal?.text ?? "", /Mark orders first/);
});

test("several let go over a courier are given at once, without those that the courier has; nobody off shift gets any", () => {
  const marked = markedOrders(board, new Set(["o1", "o2", "o3"]));
  assert.deepEqual(decideDropOfAll(board, marked, "lea").intent, {
    verb: "assign", order: "", courier: "lea", orders: [{ order: "o1", version: 1 }, { order: "o3", version: 3 }],
  });
  assert.match(decideDropOfAll(board, marked, "noe").refusal?.text ?? "", /on break/);
  assert.match(decideDropOfAll(board, [orders[1]], "lea").refusal?.text ?? "", /already/);
  assert.deepEqual(decideDropOfAll(board, marked, null), { intent: null, refusal: null });
});

test("what is let go takes all that are marked along only if it is marked itself", () => {
  const chosen = new Set(["o1", "o3"]);
  assert.deepEqual(decideLetGo(board, chosen, "o3", "ana").intent?.orders?.map(({ order }) => order), ["o1", "o3"]);
  assert.deepEqual(decideLetGo(board, chosen, "o4", "ana").intent, { verb: "assign", order: "o4", courier: "ana", version: 4 });
  assert.equal(decideLetGo(board, new Set(["o3"]), "o3", "ana").intent?.order, "o3", "one that is marked alone");
  for (const id of ["o3", "o4"]) assert.deepEqual(decideLetGo(board, chosen, id, null), { intent: null, refusal: null });
});

test("keys of marking belong to the list; undoing is heeded everywhere but where somebody types", () => {
  const page = { isTyping: false, isInDialog: false, isInList: false };
  const list = { ...page, isInList: true };
  /** @param {string} key @param {object} [more] */
  const press = (key, more = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });
  const control = { ctrlKey: true };
  assert.deepEqual(
    [press(" "), press("ArrowDown", { shiftKey: true }), press("ArrowUp", { shiftKey: true }), press("a", control), press("A", control)].map((one) => actOf(one, list)),
    ["mark", "mark-next", "mark-previous", "mark-all", "mark-all"],
  );
  assert.deepEqual([press(" "), press("a", control)].map((one) => actOf(one, page)), [null, null]);
  assert.deepEqual(
    [press("z", control), press("z", { metaKey: true }), press("Z", { ...control, shiftKey: true }), press("y", control)].map((one) => actOf(one, page)),
    ["undo", "undo", "redo", "redo"],
  );
  for (const key of ["z", "y", "a"]) assert.equal(actOf(press(key, control), { ...list, isTyping: true }), null);
  assert.equal(actOf(press("z", { ...control, altKey: true }), page), null);
  assert.deepEqual([press("b"), press("g"), press("G", { shiftKey: true })].map((one) => actOf(one, page)), ["bulk", "filters", "clear-filters"]);
});

test("marked orders get the pickup of what has company or a courier, else of the first; one alone is refused", () => {
  const [a, b, c] = ["a", "b", "c"].map((id) => order({ id, ref: id }));
  const to = (/** @type {any[]} */ orders) => decideForAll(orders, { verb: "attach" }).intent;
  assert.deepEqual([to([a, b, c])?.to, to([a, b, c])?.orders?.map(({ order }) => order)], ["a", ["b", "c"]]);
  assert.equal(to([a, { ...b, courier: "lea" }])?.to, "b");
  assert.deepEqual(to([a, { ...b, group: "g" }, { ...c, group: "g" }])?.orders, [{ order: "a", version: 1 }]);
  assert.equal(to([a]), null);
});
