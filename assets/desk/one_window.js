/**
 * What only one window of this browser does: the one that took it last, and when that is gone, one that waits for it.
 * The browser gives a lock back by itself when its window closes or crashes. Without locks (plain http by another name
 * than localhost) each window does it.
 *
 * @typedef {ReturnType<typeof createTurn>} Turn
 */

/** @param {string} name @param {LockManager | undefined} locks */
export function createTurn(name, locks) {
  let isMine = !locks;
  let waiting = /** @type {AbortController | null} */ (null);
  let giveBack = () => {};
  let isOver = false;

  /** The lock is held as long as this promise is open. */
  function held() {
    waiting = null;
    isMine = true;
    return /** @type {Promise<void>} */ (new Promise((done) => (giveBack = done)));
  }

  function lost() {
    isMine = false;
    if (!isOver && !waiting) wait();
  }

  /** @param {LockOptions} how */
  function ask(how) {
    let had = false; // else it was called off before it came
    locks?.request(name, how, () => ((had = true), held())).catch(() => had && lost());
  }

  function wait() {
    waiting = new AbortController();
    ask({ signal: waiting.signal });
  }

  return {
    isMine: () => isMine,
    /** From now on it is this window that does it. */
    take() {
      if (isMine || isOver) return;
      const before = waiting;
      ask({ steal: true });
      before?.abort();
    },
    dispose() {
      isOver = true;
      isMine = false;
      waiting?.abort();
      giveBack();
    },
  };
}
