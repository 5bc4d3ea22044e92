/**
 * How often to draw: thirty times a second where that costs little, else so seldom that most of the time is to spare.
 *
 * @typedef {{last: number, interval: number}} Pace milliseconds
 */

const FASTEST_MS = 33;
const SLOWEST_MS = 500;
/** A display that comes back within this draws easily. */
const EASY_MS = 25;
const SPARE = 4;

/** @returns {Pace} */
export const newPace = () => ({ last: -Infinity, interval: FASTEST_MS });

/** @param {Pace} pace @param {number} now @returns {boolean} whether it is time for the next picture */
export const isDue = (pace, now) => now - pace.last >= pace.interval - 4; // half of a display's frame

/**
 * A picture was drawn at `now`, and the browser came back after `took`.
 * @param {Pace} pace @param {number} now @param {number} took @returns {Pace}
 */
export function drew(pace, now, took) {
  const wanted = took <= EASY_MS ? FASTEST_MS : Math.min(SLOWEST_MS, SPARE * took);
  return { last: now, interval: pace.interval + (wanted - pace.interval) / 4 };
}
