import assert from "node:assert/strict";
import { test } from "node:test";
import { createTurn } from "../../assets/desk/one_window.js";

/** As a browser keeps one lock: a queue, and whoever steals it. @returns {LockManager} */
function newLocks() {
  /** @type {{run: () => void}[]} */
  let queue = [];
  let holder = /** @type {{fail: (error: Error) => void} | null} */ (null);
  const next = () => void (holder ?? queue.shift()?.run());
  /** @param {string} _name @param {{steal?: boolean, signal?: AbortSignal}} how @param {() => Promise<void>} held */
  const request = (_name, how, held) =>
    new Promise((done, fail) => {
      const mine = { fail };
      const run = () => {
        holder = mine;
        held().then(() => {
          if (holder === mine) holder = null;
          done(undefined);
          next();
        });
      };
      if (how.steal) {
        holder?.fail(new Error("stolen"));
        return run();
      }
      const waits = { run };
      queue.push(waits);
      how.signal?.addEventListener("abort", () => {
        queue = queue.filter((one) => one !== waits);
        fail(new Error("aborted"));
      });
      next();
    });
  return /** @type {any} */ ({ request });
}

const settled = () => new Promise((done) => setImmediate(done));

test("of several windows the one that took it last has it; when it closes, another one that had it before", async () => {
  const locks = newLocks();
  const [one, two, three] = ["a", "b", "c"].map(() => createTurn("sound", locks));
  const whose = async () => (await settled(), [one, two, three].map((turn) => turn.isMine()));
  assert.deepEqual(await whose(), [false, false, false]);
  one.take();
  two.take();
  assert.deepEqual(await whose(), [false, true, false]);
  one.take();
  one.take();
  assert.deepEqual(await whose(), [true, false, false]);
  three.take();
  three.dispose();
  const left = await whose();
  assert.deepEqual(left.filter(Boolean), [true]);
  (left[0] ? one : two).dispose();
  assert.deepEqual(await whose(), left.map((is, at) => at < 2 && !is));
});

test("a browser without locks does it in each window", () => {
  assert.equal(createTurn("sound", undefined).isMine(), true);
});
