/**
 * Time as the page needs it: one that never jumps back, counts the time that the machine slept, and knows the server's.
 *
 * @typedef {{now: () => number, server: () => number, hear: (serverMs: number) => void}} Clock
 */

const SLEPT_MS = 1000;
const HEARD = 20;

/**
 * @param {() => number} monotonic milliseconds that stand still while the machine sleeps @param {() => number} wall epoch milliseconds
 * @returns {Clock} `now` in milliseconds since some start; `server` in epoch milliseconds of the server's clock
 */
export function createClock(monotonic, wall) {
  const offsets = /** @type {number[]} */ ([]);
  let slept = 0;
  let lastMonotonic = monotonic();
  let lastWall = wall();
  let offset = lastWall - lastMonotonic;

  function now() {
    const here = monotonic();
    const there = wall();
    const jump = there - lastWall - (here - lastMonotonic);
    if (jump > SLEPT_MS) slept += jump;
    lastMonotonic = here;
    lastWall = there;
    return here + slept;
  }

  /** @param {number} serverMs what the server's clock said in a message that has just come in */
  function hear(serverMs) {
    offsets.push(serverMs - now());
    if (offsets.length > HEARD) offsets.shift();
    offset = Math.max(...offsets); // the least delayed message tells most
  }

  return { now, server: () => now() + offset, hear };
}
