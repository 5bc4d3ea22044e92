/**
 * Asks the server for a courier's list of stops, as it is and as somebody thinks of it: seldom enough, and never answers
 * with what belongs to another courier.
 *
 * @import { Mark } from "./stop_order.js"
 * @import { StopList } from "./stop_rows.js"
 */
import { keysOf } from "./stop_order.js";

/** Between two questions about the same, however much happens. */
const PAUSE_MS = 500;
/** Couriers have moved on after this long. */
const REFRESH_MS = 5000;

/** @typedef {ReturnType<typeof createStopLists>} StopLists */

/** @param {string} url @param {() => void} changed called when an answer has come */
export function createStopLists(url, changed) {
  const now = createQuestion(changed);
  const thought = createQuestion(changed);
  let courier = /** @type {string | null} */ (null);

  return {
    /**
     * Call it whenever something has changed.
     * @param {string | null} wanted null: no list is shown @param {readonly Mark[] | null} marks the order that is thought of
     * @param {number} seq of the board @param {number} at page ms
     */
    want(wanted, marks, seq, at) {
      if (wanted !== courier) for (const one of [now, thought]) one.forget();
      courier = wanted;
      if (wanted === null) return;
      const asked = `${url}?courier=${encodeURIComponent(wanted)}`;
      now.ask(asked, seq, at);
      if (marks === null) thought.forget();
      else thought.ask(`${asked}&stops=${encodeURIComponent(keysOf(marks))}`, seq, at);
    },
    /** @returns {StopList | null} as they will be ridden to */
    now: now.answer,
    /** @returns {StopList | null} as they would be; of the order that was thought of before while the newest is on its way */
    thought: thought.answer,
    dispose() {
      for (const one of [now, thought]) one.forget();
    },
  };
}

/** One kind of question: only the newest counts. @param {() => void} changed */
function createQuestion(changed) {
  let url = "";
  let askedAt = -Infinity;
  let askedSeq = -1;
  let answer = /** @type {StopList | null} */ (null);
  let flight = new AbortController();
  let isOnItsWay = false;

  /** @param {AbortSignal} signal */
  async function fetched(signal) {
    const found = await fetch(url, { signal }).catch(() => null);
    const said = found?.ok ? await found.json().catch(() => null) : null;
    if (signal.aborted) return;
    isOnItsWay = false;
    answer = /** @type {StopList | null} */ (said);
    changed();
  }

  return {
    /** @param {string} wanted @param {number} seq @param {number} at page ms */
    ask(wanted, seq, at) {
      const isDue = at - askedAt >= (seq !== askedSeq ? PAUSE_MS : REFRESH_MS);
      if (wanted === url && (!isDue || isOnItsWay)) return; // a slow answer is waited for, not asked for again
      flight.abort();
      flight = new AbortController();
      url = wanted;
      askedAt = at;
      askedSeq = seq;
      isOnItsWay = true;
      void fetched(flight.signal);
    },
    forget() {
      flight.abort();
      isOnItsWay = false;
      url = "";
      answer = null;
      askedAt = -Infinity;
    },
    answer: () => answer,
  };
}
