/**
 * What the page cannot find by itself: addresses of the city, and orders that were closed before and have left the board.
 * Asked of the server once somebody pauses in typing.
 *
 * @import { Order } from "./types.js"
 * @typedef {{name: string, kind: string, detail: string, lat: number, lon: number}} Spot as GET /api/v1/places has it
 * @typedef {{order: Order, closed_at: string}} Past as GET /live/past-orders has it
 * @typedef {{spots: Spot[], past: Past[]}} Served
 * @typedef {ReturnType<typeof createAsking>} Asking
 */

const PAUSE_MS = 120;
const SHORTEST = 2;
const MOST = 5;
/** @type {Served} */
const NOTHING = { spots: [], past: [] };

/** @param {{places: string, past: string}} urls @param {() => void} changed called when an answer has come */
export function createAsking(urls, changed) {
  let asked = "";
  let held = NOTHING;
  let timer = 0;
  let flight = new AbortController();

  /** @template T @param {string} url @param {string} name of the list in the answer @returns {Promise<T[]>} */
  async function fetched(url, name) {
    const answer = await fetch(`${url}?q=${encodeURIComponent(asked)}&limit=${MOST}`, { signal: flight.signal }).catch(() => null);
    const document = answer?.ok ? await answer.json().catch(() => null) : null;
    return document?.[name] ?? [];
  }

  async function ask() {
    flight = new AbortController();
    const { signal } = flight;
    const [spots, past] = await Promise.all([
      /** @type {Promise<Spot[]>} */ (fetched(urls.places, "places")),
      /** @type {Promise<Past[]>} */ (fetched(urls.past, "orders")),
    ]);
    if (signal.aborted) return;
    held = { spots, past };
    changed();
  }

  return {
    /** @param {string} text what shall be found; "" is nothing */
    want(text) {
      if (text === asked) return;
      clearTimeout(timer);
      flight.abort();
      if (!text.startsWith(asked) || text.length < SHORTEST) held = NOTHING;
      asked = text;
      if (text.length >= SHORTEST) timer = window.setTimeout(() => void ask(), PAUSE_MS);
    },
    held: () => held,
    dispose() {
      clearTimeout(timer);
      flight.abort();
    },
  };
}
