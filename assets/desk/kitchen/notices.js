/**
 * What has changed enough to be said aloud: a courier who comes much sooner or later than was said before, or stands at the door.
 *
 * @import { Format } from "../format.js"
 * @import { Words } from "../types.js"
 * @import { Screen } from "./types.js"
 */
import { expected } from "../arrivals.js";

/** An arrival that moves by less is not worth a notice. */
const MOVED_MS = 5 * 60000;

/** @param {Words} words @param {Format} format */
export function createNotices(words, format) {
  const said = /** @type {Map<string, number>} */ (new Map());
  const here = /** @type {Set<string>} */ (new Set());

  /** @param {Screen} screen @returns {{moved: string[], arrived: string[]}} sentences about orders whose courier has moved much, or has just come */
  return function read(screen) {
    const moved = /** @type {string[]} */ ([]);
    const arrived = /** @type {string[]} */ ([]);
    for (const { id, ref, courier, arrival } of screen.orders) {
      if (!arrival || !courier) continue;
      const key = `${id} ${courier}`;
      if (arrival.here) {
        if (!here.has(key)) arrived.push(words("{name} is here for {ref}", { name: courier, ref }));
        here.add(key);
        continue;
      }
      const likely = expected(arrival);
      const before = said.get(key);
      if (before !== undefined && Math.abs(likely - before) < MOVED_MS) continue;
      if (before !== undefined) {
        const text =
          likely > before
            ? words("{name} comes later for {ref}: about {time}", { name: courier, ref, time: format.clock(likely) })
            : words("{name} comes sooner for {ref}: about {time}", { name: courier, ref, time: format.clock(likely) });
        moved.push(text);
      }
      said.set(key, likely);
    }
    return { moved, arrived };
  };
}
