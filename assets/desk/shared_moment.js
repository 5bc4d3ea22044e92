/**
 * A moment that all windows of this browser share, by the machine's own clock.
 *
 * @typedef {ReturnType<typeof createSharedMoment>} SharedMoment
 */

/** @param {string} name @param {() => void} changed in another window */
export function createSharedMoment(name, changed) {
  const undo = new AbortController();
  window.addEventListener("storage", ({ key }) => key === name && changed(), { signal: undo.signal });
  return {
    /** Milliseconds until then; below 0 it is past. */
    left: () => Number(localStorage.getItem(name) ?? 0) - Date.now(),
    /** @param {number} ms from now */
    set: (ms) => localStorage.setItem(name, String(Date.now() + ms)),
    dispose: () => undo.abort(),
  };
}
