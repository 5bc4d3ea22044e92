/**
 * One picture after the other, only while something changes. Between two of them it waits by the clock: whoever asks for
 * the display's next picture, and draws nothing then, has the browser put the page together for nothing.
 *
 * @typedef {ReturnType<typeof createLoop>} Loop
 */
import { drew, dueIn, newPace } from "./pace.js";

/**
 * @param {(now: number) => boolean} draw draws what has changed; answers whether it moves on
 * @param {() => number} clock page ms
 */
export function createLoop(draw, clock) {
  let pace = newPace(false);
  let isWanted = false;
  let drawnAt = /** @type {number | null} */ (null);
  let handle = 0;
  /** @type {ReturnType<typeof setTimeout> | null} */
  let rest = null;

  function turn() {
    handle = 0;
    const now = clock();
    if (drawnAt !== null) pace = drew(pace, drawnAt, now - drawnAt);
    drawnAt = null;
    if (isWanted && dueIn(pace, now) === 0) {
      isWanted = false;
      drawnAt = now;
      if (draw(now)) isWanted = true;
    }
    goOn();
  }

  /** With the next picture of the display, to draw or to see how long it took; or when it will be due. */
  function goOn() {
    if (handle || rest !== null || (drawnAt === null && !isWanted)) return;
    const wait = drawnAt === null ? dueIn(pace, clock()) : 0;
    if (wait === 0) handle = requestAnimationFrame(turn);
    else rest = setTimeout(rested, wait);
  }

  function rested() {
    rest = null;
    if (!handle) handle = requestAnimationFrame(turn);
  }

  return {
    /** Something has changed: draw it soon. */
    wake() {
      isWanted = true;
      goOn();
    },
    /** @param {boolean} isSoftware whether the processor has to draw */
    drawsWith(isSoftware) {
      pace = newPace(isSoftware);
    },
    dispose() {
      cancelAnimationFrame(handle);
      if (rest !== null) clearTimeout(rest);
    },
  };
}
