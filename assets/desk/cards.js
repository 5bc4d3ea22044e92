/**
 * What giving an order would mean, for all couriers at once: asked of the server when an order is taken up, so that the
 * card of whoever is pointed at is there already; asked again when the board has moved on.
 *
 * @typedef {[string, string]} Toned a text, and how it is coloured ("" not at all)
 * @typedef {string | Toned} Cell
 * @typedef {{
 *   courier: string, name: string, standing: string, can: boolean, why: string, best: string, title: string,
 *   arrival: string, late: Toned, others: string, says: string, heads: string[], rows: [string, ...Cell[]][],
 *   coop: Toned | null, fair: [string, string, string] | null,
 * }} Card as layouts/card.py makes it
 * @typedef {{order: string, ref: string, version: number, seq: number, suggested: boolean, guessed: boolean, cards: Card[], shown: string}} Held
 * @typedef {ReturnType<typeof createCards>} Cards
 */

/** Between two questions about one order, however much happens. */
const PAUSE_MS = 1000;
/** Ways that were guessed are asked for again so many times: by then they are learnt, or there are none. */
const AGAIN = 2;
/** Couriers have moved on after this long. */
const REFRESH_MS = 10000;

/** @param {string} url @param {() => void} changed called when an answer has come */
export function createCards(url, changed) {
  let wanted = /** @type {string | null} */ (null);
  let held = /** @type {Held | null} */ (null);
  let askedAt = -Infinity;
  let askedSeq = -1;
  let again = 0;
  let flight = new AbortController();
  /** A slow answer is waited for: asked anew each second, it would never come. */
  let isAsking = false;

  /** @param {string} order */
  async function ask(order) {
    flight.abort();
    flight = new AbortController();
    isAsking = true;
    const { signal } = flight;
    const answer = await fetch(`${url}?order=${encodeURIComponent(order)}`, { signal }).catch(() => null);
    if (signal.aborted) return;
    isAsking = false;
    held = answer?.ok ? /** @type {Held | null} */ (await answer.json().catch(() => null)) : null;
    if (!signal.aborted) changed();
  }

  return {
    /**
     * Call it whenever something has changed.
     * @param {string | null} order null: none is taken up @param {number} seq of the board @param {number} now page ms
     */
    want(order, seq, now) {
      const isOther = order !== wanted;
      const isRough = held !== null && held.guessed && again < AGAIN;
      const isNew = now - askedAt >= (seq !== askedSeq || isRough ? PAUSE_MS : REFRESH_MS);
      if (!isOther && (order === null || !isNew || isAsking)) return;
      wanted = order;
      askedAt = now;
      askedSeq = seq;
      again = isOther ? 0 : again + 1;
      if (isOther) held = null;
      if (order !== null) void ask(order);
      else {
        flight.abort();
        isAsking = false;
      }
    },
    /** @param {string | null} order @returns {Held | null} */
    of: (order) => (order !== null && held?.order === order ? held : null),
    /** @param {string | null} order @param {string | null} courier @returns {Card | null} */
    card: (order, courier) =>
      (order !== null && held?.order === order ? held.cards.find((one) => one.courier === courier) : null) ?? null,
    dispose: () => flight.abort(),
  };
}
