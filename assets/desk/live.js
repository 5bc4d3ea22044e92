/**
 * What comes over the line, put into the state: the protocol of feed.js and roster.js driven by a socket and a clock.
 *
 * @import { Line, Listener } from "./socket.js"
 * @import { State } from "./scene.js"
 * @import { Selected } from "./types.js"
 * @typedef {{board: () => void, places: () => void, trust: () => void, company: () => void, select: (selected: Selected) => void, connected: () => void}} Changed
 *   What is called after a change, by what changed; `select` when another window of the same person has selected something.
 */
import { takeArrivals } from "./arrivals.js";
import { idOf } from "./company.js";
import { asked, cut, isDead, link, missingAfter, takeEntry, takeHeartbeat, takeSnapshot, woke } from "./feed.js";
import { decodeFrame } from "./frame.js";
import { addSeats, reseat, showOnly, takeFrame } from "./roster.js";
import { boardIn } from "./scene.js";
import { openLine } from "./socket.js";
import { hearFrame, keepOnly } from "./trails.js";

/** So often it is asked whether anything is still heard, in ms. */
const LOOK_MS = 100;
/** Looked so late, the page was throttled, asleep or busy. */
const LATE_MS = 1000;
/** So often the server is told that somebody is here; it waits for two seconds. Asked for by the clock and by each heartbeat,
 * for clocks of pages that are out of sight go slowly. */
const HERE_MS = 900;
/** Frames are acknowledged when so much has come: each one costs the server more than the frame did. */
const ACKNOWLEDGED_EACH_BYTES = 2500;

/**
 * @param {(url: string, options: object) => any} io @param {State} state @param {Changed} changed
 * @returns {Line} its `dispose` ends all of it
 */
export function goLive(io, state, changed) {
  /** @type {Line} */
  const line = openLine(
    io,
    listener(state, { ...changed, trust: () => (changed.trust(), sayHere()) }, () => line),
  );
  const timer = setInterval(check, LOOK_MS);
  let lookedAt = state.clock.now();
  let saidAt = -Infinity;

  function sayHere() {
    const now = state.clock.now();
    if (now - saidAt < HERE_MS) return;
    saidAt = now;
    line.here();
  }

  function check() {
    const now = state.clock.now();
    if (now - lookedAt > LATE_MS) state.feed = woke(state.feed, now);
    lookedAt = now;
    const after = missingAfter(state.feed, now);
    if (after !== null) {
      state.feed = asked(state.feed, now);
      line.resume(after);
    }
    if (isDead(state.feed, now)) {
      state.feed = cut(state.feed);
      line.renew();
    }
    changed.trust();
    sayHere();
  }

  for (const event of WAKING) window.addEventListener(event, check);
  document.addEventListener("visibilitychange", check);
  return {
    ...line,
    dispose() {
      clearInterval(timer);
      for (const event of WAKING) window.removeEventListener(event, check);
      document.removeEventListener("visibilitychange", check);
      line.dispose();
    },
  };
}

/** When a machine or a tab comes back to life, what it shows is looked at before anybody else can. */
const WAKING = ["focus", "pageshow", "online", "offline"];

/** @param {State} state @param {Changed} changed @param {() => Line} line @returns {Listener} */
function listener(state, changed, line) {
  const { clock } = state;

  function boardMoved() {
    /** @param {string} courier */
    const isOnShift = (courier) => boardIn(state).couriers.get(courier)?.shift === "on";
    showOnly(state.roster, isOnShift);
    keepOnly(state.trails, isOnShift);
    changed.board();
  }

  let owed = 0;
  return {
    connect() {
      state.feed = link(state.feed, clock.now());
      if (state.selection.order) line().looking(state.selection.order);
      changed.connected();
    },
    disconnect() {
      state.feed = cut(state.feed);
      changed.trust();
    },
    snapshot(snapshot) {
      clock.hear(Date.parse(snapshot.at));
      state.feed = takeSnapshot(state.feed, snapshot, clock.now());
      state.roster = reseat(state.roster, snapshot.roster);
      state.me = snapshot.visitor.id ?? snapshot.visitor.name;
      state.arrivals = new Map();
      boardMoved();
      changed.trust();
    },
    journal(entry) {
      const before = state.feed.board;
      state.feed = takeEntry(state.feed, entry);
      if (state.feed.board !== before) boardMoved();
    },
    heartbeat(beat) {
      clock.hear(Date.parse(beat.at));
      state.feed = takeHeartbeat(state.feed, beat, clock.now());
      state.unwatchedSince = beat.unwatched_since ?? null;
      changed.trust();
    },
    roster(seats) {
      state.roster = addSeats(state.roster, seats);
      boardMoved();
    },
    presence(colleagues) {
      state.colleagues = colleagues.filter((one) => idOf(one) !== state.me);
      changed.board();
      changed.company();
    },
    arrivals(told) {
      state.arrivals = takeArrivals(state.arrivals, told.orders);
      changed.board();
    },
    select: changed.select,
    positions(bytes) {
      const frame = decodeFrame(bytes);
      takeFrame(state.roster, frame, clock.now());
      hearFrame(state.trails, state.roster, frame);
      state.frames += 1;
      changed.places();
      owed += bytes.byteLength;
      if (owed < ACKNOWLEDGED_EACH_BYTES) return;
      owed = 0;
      line().ack(frame.number);
    },
  };
}
