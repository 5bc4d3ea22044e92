import assert from "node:assert/strict";
import { test } from "node:test";
import { actOf, nextAmong, stepTo } from "../../assets/desk/keys.js";

const page = { isTyping: false, isInDialog: false, isInList: false };
const list = { ...page, isInList: true };
/** @param {string} key @param {object} [more] */
const press = (key, more = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...more });

test("every act of the desk has a key", () => {
  const acts = [
    "ArrowDown",
    "ArrowUp",
    "Home",
    "End",
    "Enter",
    "a",
    "u",
    "c",
    "o",
    "f",
    "t",
    "v",
    "p",
    "s",
    "/",
    "?",
    "Escape",
    "j",
    "k",
  ].map((key) => actOf(press(key), list));
  assert.deepEqual(acts, [
    "next",
    "previous",
    "first",
    "last",
    "enter",
    "menu",
    "take-back",
    "couriers",
    "orders",
    "fit",
    "follow",
    "follow",
    "plan",
    "stops",
    "search",
    "help",
    "escape",
    "next",
    "previous",
  ]);
});

test("arrows and Enter belong to the page unless a list has the focus", () => {
  for (const key of ["ArrowDown", "ArrowUp", "Home", "End", "Enter"]) assert.equal(actOf(press(key), page), null);
  assert.equal(actOf(press("j"), page), "next");
});

test("who types or answers a dialog does not command the desk", () => {
  for (const key of ["a", "u", "Escape", "/", "Enter"]) {
    assert.equal(actOf(press(key), { ...list, isTyping: true }), null);
    assert.equal(actOf(press(key), { ...list, isInDialog: true }), null);
  }
});

test("the browser's own shortcuts stay its own", () => {
  for (const more of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }])
    for (const key of ["f", "c", "s", "p"]) assert.equal(actOf(press(key, more), list), null);
});

test("steps stop at the ends, and begin at an end", () => {
  const ids = ["a", "b", "c"];
  assert.equal(stepTo(ids, null, "next"), "a");
  assert.equal(stepTo(ids, null, "previous"), "c");
  assert.equal(stepTo(ids, "a", "next"), "b");
  assert.equal(stepTo(ids, "c", "next"), "c");
  assert.equal(stepTo(ids, "a", "previous"), "a");
  assert.equal(stepTo(ids, "b", "first"), "a");
  assert.equal(stepTo(ids, "b", "last"), "c");
  assert.equal(stepTo(ids, "gone", "next"), "a");
  assert.equal(stepTo([], "a", "next"), null);
});

test("the next one that is wanted comes round again, and is none when none is wanted", () => {
  const ids = ["a", "b", "c", "d"];
  assert.equal(nextAmong(ids, ["b", "d"], null), "b");
  assert.equal(nextAmong(ids, ["b", "d"], "b"), "d");
  assert.equal(nextAmong(ids, ["b", "d"], "d"), "b");
  assert.equal(nextAmong(ids, ["b"], "b"), "b");
  assert.equal(nextAmong(ids, [], "a"), null);
});
