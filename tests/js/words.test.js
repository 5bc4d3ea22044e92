import assert from "node:assert/strict";
import { test } from "node:test";
import { createClock } from "../../assets/desk/clock.js";
import { connectionLine } from "../../assets/desk/connection.js";
import { cut, link, newFeed, takeHeartbeat, takeSnapshot, trust } from "../../assets/desk/feed.js";
import { createFormat } from "../../assets/desk/format.js";
import { drew, dueIn, newPace } from "../../assets/desk/pace.js";
import { createWords } from "../../assets/desk/words.js";
import { at, format, MINUTE, NOON, snapshot, words } from "./values.js";

test("words come from the catalogue, else they are the English ones; gaps are filled", () => {
  const french = createWords({ "{n} min": "{n} mn", "Live, data {age} old": "En direct" }, "fr");
  assert.equal(french("{n} min", { n: 3 }), "3 mn");
  assert.equal(french("Couriers"), "Couriers");
  assert.equal(french("{a} and {b}", { a: "{b}", b: "x" }), "{b} and x", "what fills a gap is no gap");
});

test("a word goes with its number as the language has it", () => {
  const english = createWords({}, "en-GB");
  const french = createWords({ "{n} {n:order|orders}": "{n} {n:commande|commandes}" }, "fr-FR");
  const said = (/** @type {import("../../assets/desk/types.js").Words} */ words) => [0, 1, 2, "1,234"].map((n) => words("{n} {n:order|orders}", { n }));
  assert.deepEqual(said(english), ["0 orders", "1 order", "2 orders", "1,234 orders"]);
  assert.deepEqual(said(french), ["0 commande", "1 commande", "2 commandes", "1,234 commandes"]);
});

test("ages are short, and deviations round against the one who is late", () => {
  assert.deepEqual([900, 59999, 60000, 3599999, 3600000, 11520000].map(format.age), [
    "0 s",
    "59 s",
    "1 min",
    "59 min",
    "1 h 00",
    "3 h 12",
  ]);
  assert.equal(format.age(-5), "0 s");
  assert.equal(format.deviation(1), "+1 min");
  assert.equal(format.deviation(6 * MINUTE), "+6 min");
  assert.equal(format.briefAge(430), "0.4 s");
});

test("times and numbers are those of the locale and of the city's zone", () => {
  const helsinki = createFormat("fr-FR", "Europe/Helsinki", words);
  assert.equal(helsinki.clock(NOON), "14:00");
  assert.equal(helsinki.exactClock(NOON + 5000), "14:00:05");
  assert.equal(helsinki.briefAge(430), "0,4 s");
});

test("the connection is said in words, with the age of what is seen", () => {
  const live = takeSnapshot(link(newFeed(0), 0), snapshot(), 0);
  /** @param {import("../../assets/desk/feed.js").Feed} feed @param {number} now */
  const line = (feed, now) => connectionLine(feed, trust(feed, now), NOON + now, words, format);
  assert.equal(line(newFeed(0), 100), "Connecting…");
  assert.equal(line(live, 430), "Live, data 0.4 s old");
  assert.equal(line(cut(live), 60000), "No connection since 12:00:00: what you see may be old; trying again");
  assert.equal(line(live, 61000), "No connection since 12:00:00: what you see may be old; trying again");
  const bus = takeHeartbeat(live, { seq: 10, at: at(0), stale_since: at(-2000) }, 500);
  assert.equal(line(bus, 600), "No news from the street since 11:59:58: what you see may be old; mending it");
});

test("a machine that slept knows that time has passed; a clock that was put back changes nothing", () => {
  let mono = 0;
  let wall = NOON;
  const clock = createClock(
    () => mono,
    () => wall,
  );
  mono += 100;
  wall += 100;
  const before = clock.now();
  wall += 30000;
  assert.equal(clock.now() - before, 30000, "only the wall clock went on");
  wall -= 3600000;
  mono += 50;
  assert.equal(clock.now() - before, 30050);
});

test("the server's time is told by its least delayed message, whatever this machine's clock says", () => {
  let mono = 0;
  const clock = createClock(
    () => mono,
    () => NOON - 3600000,
  );
  for (const delay of [300, 20, 150]) {
    mono += 500;
    clock.hear(NOON + mono - delay);
  }
  assert.equal(clock.server(), NOON + mono - 20);
});

test("drawing is as frequent as the machine can bear, and no more", () => {
  let pace = newPace(false);
  assert.equal(dueIn(pace, 0), 0);
  for (let n = 0; n < 20; n += 1) pace = drew(pace, 1000, 16);
  assert.ok(pace.interval < 40);
  for (let n = 0; n < 20; n += 1) pace = drew(pace, 1000, 100);
  assert.ok(pace.interval > 390 && pace.interval <= 400);
  assert.ok(dueIn(pace, 1300) > 0);
  assert.equal(dueIn(pace, 1400), 0);
  assert.ok(drew(newPace(true), 0, 5).interval >= 200, "where the processor draws, ease is no invitation");
});
