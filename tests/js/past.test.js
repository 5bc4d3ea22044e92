import assert from "node:assert/strict";
import { test } from "node:test";
import { createCalendar } from "../../assets/desk/past/calendar.js";
import { actOf } from "../../assets/desk/past/keys.js";
import { beside, newPlayer, paced, placed, SPEEDS, stopped, timeOf, toggled } from "../../assets/desk/past/player.js";
import { newReel, spliced, wound } from "../../assets/desk/past/reel.js";

const NOON = Date.UTC(2026, 10, 29, 12);
const SECOND = 1000;
/** @param {number} seq @param {number} seconds after noon */
const entry = (seq, seconds) => /** @type {any} */ ({ seq, at: new Date(NOON + seconds * SECOND).toISOString(), data: {} });
/** @param {number} seconds */
const point = (seconds) => ({ courier: "lea", at: new Date(NOON + seconds * SECOND).toISOString(), lat: 60, lon: 25 });

test("the clock of the past stands, runs so many times as fast, and stands again", () => {
  const standing = newPlayer(NOON, 0);
  assert.equal(timeOf(standing, 5000), NOON);
  const running = paced(toggled(standing, 5000), 30, 5000);
  assert.equal(timeOf(running, 7000), NOON + 60 * SECOND);
  const faster = paced(running, 60, 7000);
  assert.equal(timeOf(faster, 8000), NOON + 120 * SECOND);
  assert.equal(timeOf(stopped(faster, 8000), 99_000), NOON + 120 * SECOND);
});

test("it never runs beyond what is known, and does not catch up with what it waited for", () => {
  const running = paced(toggled(newPlayer(NOON, 0), 0), 10, 0);
  const end = NOON + 30 * SECOND;
  assert.equal(timeOf(running, 60_000, end), end);
  const waited = placed(running, end, 60_000);
  assert.equal(timeOf(waited, 61_000), end + 10 * SECOND);
});

test("slower and faster go from speed to speed and stay at the ends", () => {
  assert.equal(beside(10, 1), 30);
  assert.equal(beside(1, -1), 1);
  assert.equal(beside(60, 1), 60);
  assert.deepEqual(SPEEDS, [1, 2, 5, 10, 30, 60]);
});

test("what was written is played at its time, in order, and once", () => {
  const reel = spliced(newReel(3, NOON), { entries: [entry(4, 10), entry(5, 20)], points: [point(5), point(25)], next: null }, NOON, NOON + 60 * SECOND);
  assert.equal(reel.until, NOON + 60 * SECOND);
  const first = wound(reel, NOON + 10 * SECOND);
  assert.deepEqual(first.entries.map((one) => one.seq), [4]);
  assert.equal(first.points.length, 1);
  const then = wound(first.reel, NOON + 30 * SECOND);
  assert.deepEqual(then.entries.map((one) => one.seq), [5]);
  assert.deepEqual(wound(then.reel, NOON + 60 * SECOND).entries, []);
});

test("a slice that does not hold everything ends with its last entry, and the next goes on from there", () => {
  const part = spliced(newReel(3, NOON), { entries: [entry(4, 10)], points: [point(5), point(25)], next: 4 }, NOON, NOON + 60 * SECOND);
  assert.equal(part.until, NOON + 10 * SECOND);
  assert.equal(part.points.length, 1); // the later one comes again with the rest
  const whole = spliced(part, { entries: [entry(5, 10)], points: [point(25)], next: null }, part.until, NOON + 60 * SECOND);
  assert.deepEqual(whole.entries.map((one) => one.seq), [4, 5]);
  assert.equal(whole.points.length, 2);
});

test("a slice of a reel that is no longer played is left alone", () => {
  const reel = newReel(9, NOON + 600 * SECOND);
  assert.equal(spliced(reel, { entries: [entry(4, 10)], points: [], next: null }, NOON, NOON + 60 * SECOND), reel);
});

test("times are the co-op's, wherever the browser is, and the day before has the same clock", () => {
  const calendar = createCalendar("en-GB", "Europe/Helsinki");
  assert.equal(calendar.local(NOON), "2026-11-29T14:00:00");
  assert.equal(calendar.day(Date.UTC(2026, 10, 29, 23)), "2026-11-30");
  assert.equal(calendar.otherDay(Date.UTC(2026, 9, 25, 9), -1), "2026-10-24T11:00:00"); // the clocks went back that night
});

test("every control of the past has a key, and none takes a letter from somebody who types", () => {
  const page = { isTyping: false, isInList: false, isOnButton: false, isOnSlider: false };
  /** @param {string} key @param {object} [more] @param {object} [where] */
  const act = (key, more = {}, where = {}) =>
    actOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more }, { ...page, ...where });
  const keys = { " ": "play", ArrowLeft: "minute-back", ArrowRight: "minute-on", ",": "entry-back", ".": "entry-on", "[": "slower", "]": "faster" };
  for (const [key, meant] of Object.entries(keys)) assert.equal(act(key), meant);
  assert.equal(act("ArrowRight", { shiftKey: true }), "ten-on");
  assert.equal(act(" ", {}, { isOnButton: true }), null);
  assert.equal(act("ArrowDown"), null);
  assert.equal(act("ArrowDown", {}, { isInList: true }), "down");
  assert.equal(act("g", {}, { isTyping: true }), null);
  assert.equal(act("ArrowLeft", { ctrlKey: true }), null);
});
