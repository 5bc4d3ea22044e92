/**
 * One picture after the other, only while something changes.
 *
 * @typedef {ReturnType<typeof createLoop>} Loop
 */
import { drew, isDue, newPace } from "./pace.js";

/**
 * @param {(now: number) => boolean} draw draws what has changed; answers whether it moves on
 * @param {() => number} clock page ms
 */
export function createLoop(draw, clock) {
  let pace = newPace(false);
  let isWanted = false;
  let drawnAt = /** @type {number | null} */ (null);
  let handle = 0;

  function turn() {
    const now = clock();
    if (drawnAt !== null) pace = drew(pace, drawnAt, now - drawnAt);
    drawnAt = null;
    if (isWanted && isDue(pace, now)) {
      isWanted = false;
      drawnAt = now;
      if (draw(now)) isWanted = true;
    }
    handle = isWanted || drawnAt !== null ? requestAnimationFrame(turn) : 0;
  }

  return {
    /** Something has changed: draw it soon. */
    wake() {
      isWanted = true;
      if (!handle) handle = requestAnimationFrame(turn);
    },
    /** @param {boolean} isSoftware whether the processor has to draw */
    drawsWith(isSoftware) {
      pace = newPace(isSoftware);
    },
    dispose: () => cancelAnimationFrame(handle),
  };
}
