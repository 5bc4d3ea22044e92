import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { boardOf } from "../../assets/desk/board.js";
import { createWays } from "../../assets/desk/routes.js";
import { order, snapshot } from "./values.js";

/** @typedef {import("../../assets/desk/routes.js").Way} Way */

const way = /** @type {Way} */ ({
  points: [
    [24.94, 60.17],
    [24.95, 60.17],
  ],
  metres: 600,
  seconds: 130,
  guessed: false,
  ascent_metres: null,
});
const realFetch = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = realFetch;
});

/** A server that answers every question with `way` when it is told to. */
function server() {
  /** @type {string[]} */
  const asked = [];
  /** @type {((value: unknown) => void)[]} */
  const waiting = [];
  globalThis.fetch = /** @type {any} */ (
    (/** @type {string} */ url) => {
      asked.push(url);
      return new Promise((resolve) => waiting.push(() => resolve({ ok: true, json: async () => way })));
    }
  );
  return { asked, answer: async () => (waiting.splice(0).forEach((go) => go(null)), await new Promise(setImmediate)) };
}

function ways() {
  /** @type {{order: Way, courier: Way}} */
  const shown = { order: null, courier: null };
  return { shown, want: createWays("/live/route", (one, other) => Object.assign(shown, { order: one, courier: other })) };
}

const board = boardOf(snapshot({ orders: [order({ courier: "lea" }), order({ id: "o 2" })] }));

test("the way of what is chosen is asked for once, and shown when it is there", async () => {
  const { asked, answer } = server();
  const { shown, want } = ways();
  for (const now of [0, 100, 200]) want({ order: "o 2", courier: null }, board, now);
  assert.deepEqual(asked, ["/live/route?order=o%202"]);
  await answer();
  assert.deepEqual(shown, { order: way, courier: null });
  want({ order: null, courier: null }, board, 300);
  assert.equal(shown.order, null);
});

test("an answer that comes after something else was chosen is not shown", async () => {
  const { answer } = server();
  const { shown, want } = ways();
  want({ order: "o1", courier: null }, board, 0);
  want({ order: null, courier: null }, board, 10);
  await answer();
  assert.equal(shown.order, null);
});

test("a way is asked for anew when the order has moved on, and now and then because its courier has", async () => {
  const { asked, answer } = server();
  const { want } = ways();
  want({ order: "o1", courier: "lea" }, board, 0);
  await answer();
  const later = boardOf(snapshot({ orders: [order({ courier: "lea", state: "picked_up" })] }));
  want({ order: "o1", courier: "lea" }, later, 1000);
  assert.equal(asked.length, 4);
  await answer();
  want({ order: "o1", courier: "lea" }, later, 5000);
  assert.equal(asked.length, 4);
  want({ order: "o1", courier: "lea" }, later, 12000);
  assert.equal(asked.length, 6);
});
