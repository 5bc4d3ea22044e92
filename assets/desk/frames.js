/**
 * When deck.gl may look whether it has something to draw: when it was woken, and as long as it is busy by itself. Left
 * alone it asks for every picture of the display, and for each of them the browser puts the whole page together.
 *
 * @typedef {{requestAnimationFrame: (turn: FrameRequestCallback) => number, cancelAnimationFrame: (handle: number) => void}} Display
 */

/** @param {() => boolean} isBusy whether deck.gl goes on by itself @param {Display} display */
export function createFrames(isBusy, display) {
  /** @type {FrameRequestCallback | null} */
  let next = null;
  let handle = 0;
  let isWoken = true;

  /** @param {number} now */
  function turn(now) {
    const act = next;
    [next, handle, isWoken] = [null, 0, false];
    act?.(now);
  }

  function goOn() {
    if (next && !handle && (isWoken || isBusy())) handle = display.requestAnimationFrame(turn);
  }

  return {
    /** deck.gl's `animationFrameProvider`; it asks for one picture at a time. */
    provider: {
      /** @param {FrameRequestCallback} act */
      requestAnimationFrame(act) {
        next = act;
        goOn();
        return 1;
      },
      cancelAnimationFrame() {
        if (handle) display.cancelAnimationFrame(handle);
        [next, handle] = [null, 0];
      },
    },
    wake() {
      isWoken = true;
      goOn();
    },
  };
}
