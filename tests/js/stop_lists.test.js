import assert from "node:assert/strict";
import { test } from "node:test";
import { createStopLists } from "../../assets/desk/stop_lists.js";

test("a slow answer is waited for however much happens, and another courier's is not mixed with it", async (context) => {
  /** @type {{url: string, answer: (body: object) => void}[]} */
  const asked = [];
  context.mock.method(globalThis, "fetch", (/** @type {string} */ url, /** @type {{signal: AbortSignal}} */ { signal }) =>
    new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(new Error("aborted")));
      asked.push({ url, answer: (body) => resolve(Response.json(body)) });
    }),
  );
  let changes = 0;
  const lists = createStopLists("/live/stops", () => (changes += 1));
  for (let n = 0; n < 20; n += 1) lists.want("lea", null, n, n * 1000);
  assert.equal(asked.length, 1);
  asked[0].answer({ courier: "lea" });
  await new Promise((resolve) => setTimeout(resolve));
  assert.deepEqual([lists.now(), changes], [{ courier: "lea" }, 1]);
  lists.want("lea", null, 21, 21000);
  lists.want("noe", null, 21, 21001);
  assert.deepEqual([asked.length, lists.now()], [3, null]);
  asked[1].answer({ courier: "lea" });
  asked[2].answer({ courier: "noe" });
  await new Promise((resolve) => setTimeout(resolve));
  assert.deepEqual(lists.now(), { courier: "noe" });
  lists.dispose();
});
