/**
 * What runs the past: a board is fetched and takes the place of the one that is shown; then, while it plays, what was
 * written next reaches it at its time, as it did then. The slices that it plays are fetched ahead of the clock.
 *
 * @import { Asking, Then } from "./asking.js"
 * @import { State } from "../scene.js"
 * @typedef {{shown: (then: Then) => void, played: () => void, moved: () => void, said: (text: string) => void, busy: (isBusy: boolean) => void}} On
 *   `shown`: another board is shown; `played`: something has happened on it; `moved`: time has; `said`: for the line of words.
 * @typedef {ReturnType<typeof createProjector>} Projector
 */
import { newFeed, takeEntry, takeSnapshot } from "../feed.js";
import { boardIn } from "../scene.js";
import { Refused } from "./asking.js";
import { beside, newPlayer, paced, placed, stopped, timeOf, toggled } from "./player.js";
import { newReel, spliced, wound } from "./reel.js";
import { clearStreet, move, seat } from "./street.js";

const SECOND_MS = 1000;
/** So much real time the reel is kept ahead of the clock, and so much is fetched at once, at least five minutes of the past. */
const AHEAD_MS = 8 * SECOND_MS;
const SLICE_MS = 20 * SECOND_MS;
const LEAST_SLICE_MS = 5 * 60 * SECOND_MS;

/** @param {State} state its clock is the projector's from now on @param {Asking} asking @param {On} on */
export function createProjector(state, asking, on) {
  const { words } = state;
  const pageMs = state.clock.now;
  let player = newPlayer(Date.now(), pageMs());
  let reel = newReel(0, 0);
  let playedAt = 0;
  let asked = 0;
  let isFetching = false;
  let isOver = false;
  const time = () => timeOf(player, pageMs(), reel.until);
  state.clock = { now: pageMs, server: time, hear() {} };

  /** @param {Then} then */
  function show(then) {
    const at = Date.parse(then.at);
    state.feed = takeSnapshot(newFeed(pageMs()), then, pageMs());
    player = placed(player, at, pageMs());
    reel = newReel(then.seq, at);
    playedAt = 0;
    clearStreet(state);
    move(state, then.points);
    on.shown(then);
    void fetchOn();
  }

  /** @param {() => Promise<Then | null>} ask the newest that was asked for counts @param {string} [ends] what to say when there is none */
  async function go(ask, ends = "") {
    asked += 1;
    const mine = asked;
    const isNewest = () => !isOver && mine === asked;
    on.busy(true);
    try {
      const then = await ask();
      if (!isNewest()) return;
      on.said(then ? "" : ends);
      if (then) show(then);
    } catch (error) {
      if (isNewest()) refused(error);
    } finally {
      if (isNewest()) on.busy(false);
    }
  }

  /** @param {unknown} error */
  function refused(error) {
    stop();
    on.said(error instanceof Refused ? error.message : words("The desk did not answer: try it again"));
  }

  /** Keep what is to be played ahead of the clock. */
  async function fetchOn() {
    const { seq, until } = reel;
    const end = Math.min(Date.now(), until + Math.max(LEAST_SLICE_MS, SLICE_MS * player.speed));
    if (isFetching || until - time() > AHEAD_MS * player.speed || end - until < SECOND_MS) return;
    isFetching = true;
    try {
      const slice = await asking.following(seq, until, end);
      if (reel.seq === seq) reel = spliced(reel, slice, until, end);
    } catch (error) {
      if (!isOver) refused(error);
    } finally {
      isFetching = false;
    }
  }

  function tick() {
    if (!player.isPlaying) return;
    const now = time();
    if (now >= reel.until) player = placed(player, now, pageMs()); // it waits for what is being fetched
    play(now);
    if (now >= Date.now() - SECOND_MS) {
      stop();
      on.said(words("This is the present: the past ends here"));
    }
    void fetchOn();
    on.moved();
  }

  /** @param {number} now epoch ms */
  function play(now) {
    const { entries, points, reel: rest } = wound(reel, now);
    reel = rest;
    for (const entry of entries) state.feed = takeEntry(state.feed, entry);
    const last = entries.at(-1);
    if (last) {
      playedAt = Date.parse(last.at);
      seat(state);
    }
    move(state, points);
    if (last || points.length) on.played();
  }

  function stop() {
    player = stopped(player, pageMs(), reel.until);
    on.moved();
  }

  /** @param {number} speed one of SPEEDS */
  function pace(speed) {
    player = paced(player, speed, pageMs(), reel.until);
    void fetchOn();
    on.moved();
  }

  return {
    time,
    isPlaying: () => player.isPlaying,
    speed: () => player.speed,
    go,
    /** @param {number} at epoch ms */
    seek: (at) => go(() => asking.at(new Date(Math.min(at, Date.now())).toISOString())),
    toggle() {
      player = toggled(player, pageMs(), reel.until);
      void fetchOn();
      on.moved();
    },
    /** From change to change. @param {1 | -1} step */
    step(step) {
      stop();
      const { seq } = boardIn(state);
      const from = step < 0 && playedAt > 0 && time() > playedAt ? seq + 1 : seq;
      const ends = step < 0 ? words("Nothing was written before") : words("Nothing was written since");
      return go(() => asking.beside(from, step), ends);
    },
    pace,
    /** @param {1 | -1} step */
    hurry: (step) => pace(beside(player.speed, step)),
    tick,
    refused,
    dispose: () => (isOver = true),
  };
}
