/**
 * How often to draw: thirty times a second where that costs little, else so seldom that most of the time is to spare.
 *
 * @typedef {{last: number, interval: number, fastest: number}} Pace milliseconds
 */

const FASTEST_MS = 33;
/** Without a graphics card each picture of the page costs some 40 ms of a core, most of it where no script can measure it. */
const SOFTWARE_MS = 200;
const SLOWEST_MS = 500;
/** A display that comes back within this draws easily. */
const EASY_MS = 25;
const SPARE = 4;
/** Half of a display's picture. */
const HALF_MS = 4;

/** @param {boolean} isSoftware whether the processor has to draw @returns {Pace} */
export function newPace(isSoftware) {
  const fastest = isSoftware ? SOFTWARE_MS : FASTEST_MS;
  return { last: -Infinity, interval: fastest, fastest };
}

/** @param {Pace} pace @param {number} now @returns {number} milliseconds until it is time for the next picture */
export const dueIn = (pace, now) => Math.max(0, pace.last + pace.interval - HALF_MS - now);

/**
 * A picture was drawn at `now`, and the browser came back after `took`.
 * @param {Pace} pace @param {number} now @param {number} took @returns {Pace}
 */
export function drew(pace, now, took) {
  const wanted = took <= EASY_MS ? pace.fastest : Math.min(SLOWEST_MS, Math.max(pace.fastest, SPARE * took));
  return { ...pace, last: now, interval: pace.interval + (wanted - pace.interval) / 4 };
}
