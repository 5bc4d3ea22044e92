/**
 * Buttons that were pressed and are not with the server yet: kept in the browser, sent in turn, each once.
 *
 * @import { Press } from "./types.js"
 * @typedef {"done" | "unreachable" | {refused: string}} Outcome
 * @typedef {{getItem: (key: string) => string | null, setItem: (key: string, text: string) => void}} Storage
 * @typedef {ReturnType<typeof createPresses>} Presses
 */

/**
 * @param {Storage} storage @param {string} place under which they are kept
 * @param {(press: Press) => Promise<Outcome>} send
 * @param {(press: Press, outcome: Outcome | null) => void} told called when a press was made (null) and when it is known what came of it
 */
export function createPresses(storage, place, send, told) {
  let waiting = read(storage, place);
  /** @type {Press | null} */
  let onItsWay = null;

  function keep() {
    storage.setItem(place, JSON.stringify(waiting));
  }

  /** Send what waits, the oldest first, until all is gone or nobody answers. */
  async function flush() {
    if (onItsWay) return;
    while (waiting.length) {
      onItsWay = waiting[0];
      const outcome = await send(onItsWay);
      const sent = onItsWay;
      onItsWay = null;
      if (outcome === "unreachable") return;
      waiting = waiting.filter((one) => one.key !== sent.key);
      keep();
      told(sent, outcome);
    }
  }

  return {
    flush,
    /** @returns {readonly Press[]} */
    waiting: () => waiting,
    /** @param {Press} press */
    add(press) {
      waiting = [...waiting, press];
      keep();
      told(press, null);
      return flush();
    },
    /** Take a press back that nobody has been told of. @param {string} key @returns {boolean} whether that was possible */
    withdraw(key) {
      if (onItsWay?.key === key || !waiting.some((one) => one.key === key)) return false;
      waiting = waiting.filter((one) => one.key !== key);
      keep();
      return true;
    },
  };
}

/** @param {Storage} storage @param {string} place @returns {Press[]} */
function read(storage, place) {
  try {
    const found = JSON.parse(storage.getItem(place) ?? "[]");
    return Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
}
