import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { createStep } from "../../assets/desk/in_step.js";

/** Windows of one person, and a server that tells everybody in one order. @param {number} count */
function windows(count) {
  let now = 0;
  const wire = /** @type {any[]} */ ([]);
  const all = Array.from({ length: count }, (_, window) => {
    const state = /** @type {any} */ ({ selection: { order: null, courier: null }, chosen: new Set(), clock: { now: () => now } });
    const adopted = /** @type {(string | null)[]} */ ([]);
    const step = createStep(state, {
      say: (said) => wire.push({ ...said, window }),
      adopt(selected) {
        state.selection = { order: selected.order, courier: selected.courier };
        adopted.push(selected.order);
      },
    });
    return {
      adopted,
      step,
      order: () => state.selection.order,
      /** @param {string} order */
      select(order) {
        state.selection = { order, courier: null };
        step.moved();
      },
    };
  });
  return {
    all,
    wire,
    /** @param {number} ms */
    pass(ms) {
      now += ms;
      mock.timers.tick(ms);
    },
    /** All that has been said so far goes to everybody. */
    deliver() {
      for (const { window, ...said } of wire.splice(0))
        all.forEach(({ step }, at) => step.hear({ ...said, own: at === window }));
    },
  };
}

test("what is selected in one window is selected in the others, and is not said again", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { all, wire, pass, deliver } = windows(3);
  all[0].select("o1");
  pass(100);
  deliver();
  pass(1000);
  assert.deepEqual(all.map(({ order }) => order()), ["o1", "o1", "o1"]);
  assert.deepEqual(wire, [], "no echo");
  assert.deepEqual(all[0].adopted, [], "nothing is done twice where it was done");
  mock.timers.reset();
});

test("two windows that select at once end with the same, the one that the server heard last, and neither flickers", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { all, pass, deliver } = windows(2);
  all[0].select("o1");
  all[1].select("o2");
  pass(100);
  deliver();
  assert.deepEqual(all.map(({ order }) => order()), ["o2", "o2"]);
  assert.deepEqual(all[1].adopted, [], "what was older than its own is passed over");
  all[0].select("o3");
  pass(100);
  deliver();
  assert.deepEqual(all.map(({ order }) => order()), ["o3", "o3"]);
  mock.timers.reset();
});

test("a key that is held down tells where it stops, not each row that it passes", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { all, wire, pass } = windows(1);
  for (let row = 0; row < 30; row += 1) {
    all[0].select(`o${row}`);
    pass(10);
  }
  pass(100);
  assert.ok(wire.length <= 6, `${wire.length} were told`);
  assert.equal(wire.at(-1).order, "o29");
  mock.timers.reset();
});

test("what was lost on its way is not waited for for ever", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { all, wire, pass, deliver } = windows(2);
  all[0].select("o1");
  pass(100);
  wire.splice(0);
  all[1].select("o2");
  pass(2500);
  deliver();
  assert.deepEqual(all.map(({ order }) => order()), ["o2", "o2"]);
  mock.timers.reset();
});
