import assert from "node:assert/strict";
import { test } from "node:test";
import {
  asked,
  cut,
  GIVE_UP_MS,
  isDead,
  link,
  missingAfter,
  newFeed,
  SILENCE_MS,
  takeEntry,
  takeHeartbeat,
  takeSnapshot,
  trust,
  woke,
} from "../../assets/desk/feed.js";
import { at, entry, NOON, snapshot } from "./values.js";

/** @param {number} seq @param {string | null} [stale_since] */
const beat = (seq, stale_since = null) => ({ seq, at: at(0), stale_since });
const live = () => takeSnapshot(link(newFeed(0), 0), snapshot(), 100);

test("entries are applied in order, each once, whatever order they come in", () => {
  const feed = [13, 11, 11, 12, 9, 13].reduce((state, seq) => takeEntry(state, entry(seq)), live());
  assert.equal(feed.board?.seq, 13);
  assert.equal(feed.board?.orders.get("o1")?.courier, "c13");
  assert.deepEqual(feed.ledger, [
    { first: 1, last: 10, by: "snapshot" },
    { first: 11, last: 13, by: "journal" },
  ]);
  assert.equal(feed.early.size, 0);
});

test("what is written about the weather is noticed, and a snapshot may hold some", () => {
  const dry = [11, 12].reduce((state, seq) => takeEntry(state, entry(seq)), live());
  assert.equal(dry.weather, 10);
  const rain = takeEntry(dry, entry(13, { kind: "coop.weather", subject: "weather", data: {} }));
  assert.equal(takeEntry(rain, entry(14)).weather, 13);
});

test("entries that come before the snapshot wait for it", () => {
  const early = takeEntry(takeEntry(link(newFeed(0), 0), entry(11)), entry(9));
  assert.equal(takeSnapshot(early, snapshot(), 50).board?.seq, 11);
});

test("a gap is asked for once, and once more when no answer comes", () => {
  const gap = takeEntry(asked(live(), 100), entry(12));
  assert.equal(missingAfter(gap, 600), null, "just asked for something");
  assert.equal(missingAfter(gap, 1200), 10);
  const waiting = asked(gap, 1200);
  assert.equal(missingAfter(waiting, 1700), null);
  assert.equal(missingAfter(waiting, 2300), 10);
  assert.equal(missingAfter(takeEntry(waiting, entry(11)), 2300), null, "the gap is closed");
});

test("the loss of the last entry is noticed by the heartbeat", () => {
  const behind = takeHeartbeat(live(), beat(11), 2000);
  assert.equal(missingAfter(behind, 2100), null, "it may be under way");
  assert.equal(missingAfter(behind, 2300), 10);
  assert.equal(trust(behind, 2500).why, null);
  assert.equal(trust(takeHeartbeat(behind, beat(11), 3000), 3001).why, "behind");
  assert.equal(trust(takeEntry(behind, entry(11)), 3001).why, null);
});

test("falling behind for ever is noticed even while entries trickle in", () => {
  let feed = live();
  for (let n = 1; n <= 4; n += 1) feed = takeEntry(takeHeartbeat(feed, beat(10 + 10 * n), 400 * n), entry(10 + n));
  assert.equal(trust(feed, 1700).why, "behind");
});

test("without a heartbeat the page says so before two seconds are over", () => {
  const feed = takeHeartbeat(live(), beat(10), 5000);
  assert.equal(trust(feed, 5000 + SILENCE_MS).why, null);
  assert.equal(trust(feed, 5000 + SILENCE_MS + 1).why, "silent");
  assert.ok(SILENCE_MS <= 1800);
  assert.equal(trust(takeHeartbeat(feed, beat(10), 9000), 9001).why, null, "it heals by itself");
});

test("a server that has lost its own source says so, and the page with it", () => {
  const stale = takeHeartbeat(live(), beat(10, at(0)), 200);
  assert.equal(trust(stale, 201).why, "bus");
  assert.equal(stale.staleSince, NOON);
  assert.equal(trust(takeHeartbeat(stale, beat(10), 700), 701).why, null);
});

test("a connection that is cut is known at once, and trusted again only with a new snapshot", () => {
  const lost = cut(takeHeartbeat(live(), beat(10), 1000));
  assert.deepEqual(trust(lost, 1400), { why: "cut", age: 400 });
  const back = takeHeartbeat(link(lost, 1500), beat(12), 1600);
  assert.equal(trust(back, 1601).why, "cut");
  const healed = takeSnapshot(back, snapshot({ seq: 12 }), 1700);
  assert.equal(trust(healed, 1701).why, null);
  assert.deepEqual(healed.ledger.at(-1), { first: 11, last: 12, by: "snapshot" });
});

test("the first seconds are connecting, then there is no connection", () => {
  assert.equal(trust(newFeed(0), 500).why, "connecting");
  assert.equal(trust(newFeed(0), 3000).why, "cut");
});

test("a snapshot from a process that lags does not take the board back", () => {
  const ahead = takeEntry(live(), entry(11));
  const same = takeSnapshot(link(cut(ahead), 200), snapshot({ seq: 9 }), 300);
  assert.equal(same.board?.seq, 11);
  assert.equal(trust(same, 301).why, null);
});

test("a journal that was put back (restored from a backup) is followed after a while", () => {
  let feed = live();
  for (const now of [1000, 2000, 3000, 4100]) feed = takeHeartbeat(feed, beat(4), now);
  assert.equal(missingAfter(feed, 4100), 10);
  const restored = takeSnapshot(feed, snapshot({ seq: 4 }), 4200);
  assert.equal(restored.board?.seq, 4);
  assert.deepEqual(restored.ledger, [{ first: 1, last: 4, by: "snapshot" }]);
});

test("a socket over which nothing is heard is given up, but not before it had time to speak", () => {
  const feed = live();
  assert.equal(isDead(feed, 100 + GIVE_UP_MS), false);
  assert.equal(isDead(feed, 101 + GIVE_UP_MS), true);
  assert.equal(isDead(link(cut(feed), 60000), 60100), false);
  assert.equal(isDead(cut(feed), 60000), false);
});

test("a page that stood still reads what came meanwhile before it gives up the line", () => {
  const slept = woke(live(), 60000);
  assert.equal(trust(slept, 60000).why, "silent", "but it says at once that it may be old");
  assert.equal(isDead(slept, 60001), false);
  assert.equal(isDead(slept, 60001 + GIVE_UP_MS), true);
});

test("an entry that this visitor may not read counts all the same", () => {
  const masked = takeEntry(live(), /** @type {any} */ ({ seq: 11 }));
  assert.equal(masked.board?.seq, 11);
  assert.equal(masked.board?.orders.size, 1);
});

test("a thousand random deliveries with losses, doubles and reorderings end where the journal ends", () => {
  let seed = 7;
  const random = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
  for (let round = 0; round < 20; round += 1) {
    let feed = live();
    const journal = Array.from({ length: 50 }, (_, n) => entry(11 + n));
    const sent = journal
      .filter(() => random() > 0.2)
      .flatMap((one) => (random() > 0.8 ? [one, one] : [one]))
      .sort(() => random() - 0.5);
    for (const one of sent) feed = takeEntry(feed, one);
    feed = takeHeartbeat(feed, beat(60), 5000);
    const after = missingAfter(feed, 9000);
    if (after !== null) for (const one of journal.filter(({ seq }) => seq > after)) feed = takeEntry(feed, one);
    assert.equal(feed.board?.seq, 60);
    assert.equal(feed.board?.orders.get("o1")?.courier, "c60");
    assert.deepEqual(feed.ledger, [
      { first: 1, last: 10, by: "snapshot" },
      { first: 11, last: 60, by: "journal" },
    ]);
  }
});
