/**
 * What the page asks the server for; see dashboard/api/past.py.
 *
 * @import { Point } from "./reel.js"
 * @import { Entry, Snapshot } from "../types.js"
 * @typedef {Snapshot & {points: Point[], kept: boolean}} Then
 * @typedef {{day: string, start: string, end: string, since: string, placed: number[], late: number[]}} Day
 * @typedef {{seq: number, at: string, kind: string, actor: string, courier: string | null}} Moment
 * @typedef {ReturnType<typeof createAsking>} Asking
 */

export class Refused extends Error {}

/** @param {string} url of the past */
export function createAsking(url) {
  /** @param {string} path @param {Record<string, string | number>} query */
  async function ask(path, query) {
    const asked = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
    const answer = await fetch(`${url}${path}?${asked}`, { headers: { Accept: "application/json" } });
    const said = await answer.json().catch(() => null);
    if (!answer.ok) throw new Refused(said?.detail ?? answer.statusText);
    return said;
  }

  return {
    /** @param {string} at RFC 3339, or on the co-op's clock @returns {Promise<Then>} */
    at: (at) => ask("", { at }),
    /** @param {number} seq @param {1 | -1} step @returns {Promise<Then | null>} */
    beside: (seq, step) => ask("", { seq, step }),
    /** @param {number} after @param {number} from epoch ms @param {number} until @returns {Promise<{entries: Entry[], points: Point[], next: number | null}>} */
    following: (after, from, until) =>
      ask("/entries", { after, from: new Date(from).toISOString(), until: new Date(until).toISOString() }),
    /** @param {string} day 2026-11-29 @returns {Promise<Day>} */
    day: (day) => ask("/day", { day }),
    /** @param {string} order @returns {Promise<{order: string, ref: string, moments: Moment[]}>} */
    about: (order) => ask("/about", { order }),
  };
}
