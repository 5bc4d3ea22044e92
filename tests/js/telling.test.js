/** A courier's report of an incident: what is said before it is sent, and after it was not taken; what is kept of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { forget, keep, kept } from "../../assets/desk/courier/draft.js";
import { mistakesIn, troubleIn } from "../../assets/desk/forms/mistakes.js";
import { LARGEST, fitting, photoOf } from "../../assets/desk/forms/photos.js";
import { createTelling } from "../../assets/desk/forms/telling.js";

/** @param {string} text */
const words = (text) => text;
const MEND = "Not sent yet: mend what is marked";

test("nothing is sent before there is a kind, and of another kind not without words", () => {
  assert.deepEqual(mistakesIn({ kind: "", note: "wet" }, words), { kind: "Choose what fits best" });
  assert.deepEqual(mistakesIn({ kind: "other", note: "" }, words), { note: "What happened? Write it down" });
  assert.deepEqual(mistakesIn({ kind: "damaged", note: "" }, words), {});
});

test("what was refused is said beside its field, or below when it is about none; silence is said as the page wants", () => {
  const photo = { field: "photo", detail: "This is no photo" };
  assert.deepEqual(troubleIn({ kind: "wrong", errors: [photo] }, words, ""), { fields: { photo: "This is no photo" }, text: MEND });
  const key = { field: "Idempotency-Key", detail: "Send a new key" };
  assert.deepEqual(troubleIn({ kind: "wrong", errors: [key] }, words, ""), { fields: {}, text: "Send a new key" });
  assert.deepEqual(troubleIn({ kind: "refused", name: "denied", detail: "Not yours" }, words, ""), { fields: {}, text: "Not yours" });
  assert.equal(troubleIn({ kind: "large" }, words, "").fields.photo, "The photo is larger than 2 MB: take a smaller one");
  assert.deepEqual(troubleIn({ kind: "unreachable" }, words, "Again?"), { fields: {}, text: "Again?" });
});

test("a report that nobody answered goes again under its key; another one, and the next one, under a key of its own", async (context) => {
  const keys = /** @type {string[]} */ ([]);
  const bodies = /** @type {any[]} */ ([]);
  let isHeard = false;
  context.mock.method(globalThis, "fetch", async (/** @type {string} */ _, /** @type {any} */ asked) => {
    keys.push(asked.headers["Idempotency-Key"]);
    bodies.push(JSON.parse(asked.body));
    if (!isHeard) throw new TypeError("no network");
    return new Response("{}", { status: 201 });
  });
  const telling = createTelling();
  const told = { kind: "damaged", note: "wet" };
  assert.equal((await telling.send("o1", told, undefined)).kind, "unreachable");
  isHeard = true;
  assert.equal((await telling.send("o1", told, undefined)).kind, "done");
  await telling.send("o1", told, undefined);
  await telling.send("o1", { ...told, note: "very wet" }, undefined);
  assert.equal(keys[0], keys[1]);
  assert.equal(new Set(keys).size, 3);
  assert.deepEqual(bodies[0], told);
});

test("a photo that is too large and cannot be made smaller is not sent; a small one goes as it is", async (context) => {
  Object.assign(globalThis, { createImageBitmap: () => Promise.reject(new TypeError("no picture")) });
  context.after(() => Reflect.deleteProperty(globalThis, "createImageBitmap"));
  assert.equal(await photoOf(new Blob([new Uint8Array(LARGEST + 1)])), null);
  assert.equal(await photoOf(new Blob(["ABC"])), "QUJD");
  assert.deepEqual(fitting(4000, 3000), [1600, 1200]);
  assert.deepEqual(fitting(320, 240), [320, 240]);
});

test("what was written is there after a reload, for that order alone, until it was sent", () => {
  const held = new Map();
  const storage = /** @type {any} */ ({
    getItem: (/** @type {string} */ key) => held.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => held.set(key, value),
    removeItem: (/** @type {string} */ key) => held.delete(key),
  });
  keep(storage, "acme", "o1", { kind: "theft", note: "the bag" });
  assert.deepEqual(kept(storage, "acme", "o1"), { kind: "theft", note: "the bag" });
  assert.deepEqual(kept(storage, "acme", "o2"), { kind: "", note: "" });
  forget(storage, "acme", "o1");
  assert.deepEqual(kept(storage, "acme", "o1"), { kind: "", note: "" });
});
