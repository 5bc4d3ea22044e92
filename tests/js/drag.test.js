import assert from "node:assert/strict";
import { test } from "node:test";
import { boardOf } from "../../assets/desk/board.js";
import { decideDrop, decideVerb, mayDrag, mayTake } from "../../assets/desk/drag.js";
import { courier, order, snapshot } from "./values.js";

const board = boardOf(
  snapshot({
    orders: [
      order({ version: 4 }),
      order({ id: "o2", ref: "1043", courier: "lea", version: 7 }),
      order({ id: "done", ref: "1001", state: "delivered", courier: "lea" }),
    ],
    couriers: [
      courier(),
      courier({ id: "noe", name: "Noé", shift: "break" }),
      courier({ id: "zoe", name: "Zoé", shift: "off" }),
      courier({ id: "ana", name: "Ana" }),
    ],
  }),
);
const nothing = { intent: null, refusal: null };

test("an order let go over a courier on shift is given, in the version that was seen", () => {
  assert.deepEqual(decideDrop(board, "o1", "ana"), {
    intent: { verb: "assign", order: "o1", courier: "ana", version: 4 },
    refusal: null,
  });
});

test("an order that has a courier is handed over the same way", () => {
  assert.deepEqual(decideDrop(board, "o2", "ana").intent, { verb: "assign", order: "o2", courier: "ana", version: 7 });
});

test("let go over nothing, over its own courier or over somebody unknown, nothing is meant", () => {
  for (const [what, whom] of [
    ["o1", null],
    ["o2", "lea"],
    ["o1", "nobody"],
    ["gone", "ana"],
  ]) {
    assert.deepEqual(decideDrop(board, /** @type {string} */ (what), whom), nothing);
  }
});

test("a courier on break or off shift is refused with a reason and what to do", () => {
  assert.deepEqual(decideDrop(board, "o1", "noe").refusal, {
    text: "{courier} is on break: wait for the break to end or choose another",
    facts: { courier: "Noé" },
  });
  assert.deepEqual(decideDrop(board, "o1", "zoe").refusal, {
    text: "{courier} is off shift: choose a courier who is on shift",
    facts: { courier: "Zoé" },
  });
  assert.equal(mayTake(board, "noe") || mayTake(board, "zoe") || mayTake(board, "nobody"), false);
  assert.equal(mayTake(board, "ana"), true);
});

test("what is closed is neither taken up nor given", () => {
  assert.equal(mayDrag(board, "done"), false);
  assert.equal(mayDrag(board, "gone"), false);
  assert.equal(mayDrag(board, "o1"), true);
  assert.equal(decideDrop(board, "done", "ana").refusal?.facts.ref, "1001");
});

test("menu and taking back are about the chosen order, and say so when there is none", () => {
  assert.deepEqual(decideVerb(board, "o2", "unassign").intent, { verb: "unassign", order: "o2", version: 7 });
  assert.deepEqual(decideVerb(board, "o1", "menu").intent, { verb: "menu", order: "o1", version: 4 });
  assert.equal(decideVerb(board, null, "menu").refusal?.text, "Choose an order first");
  assert.deepEqual(decideVerb(board, "o1", "unassign").refusal, {
    text: "{ref} has no courier: there is nothing to take back",
    facts: { ref: "1042" },
  });
});
