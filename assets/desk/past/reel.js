/**
 * What is yet to be played: entries and positions in order, fetched in slices ahead of the clock.
 *
 * @import { Entry } from "../types.js"
 * @typedef {{courier: string, at: string, lat: number, lon: number}} Point
 * @typedef {{entries: Entry[], points: Point[], seq: number, until: number}} Reel
 *   `seq`: the newest entry that was fetched; `until`: up to when all is known, epoch ms.
 */

/** @param {number} seq of the board @param {number} at epoch ms @returns {Reel} */
export const newReel = (seq, at) => ({ entries: [], points: [], seq, until: at });

/**
 * A slice has come. One that was asked for before the reel was changed for another does not fit, and is left.
 * @param {Reel} reel @param {{entries: Entry[], points: Point[], next: number | null}} slice
 * @param {number} from epoch ms, what was asked for @param {number} until likewise @returns {Reel}
 */
export function spliced(reel, slice, from, until) {
  if (from !== reel.until) return reel;
  const last = slice.entries.at(-1);
  const end = slice.next === null ? until : Date.parse(last?.at ?? "");
  const points = slice.points.filter((point) => Date.parse(point.at) > from && Date.parse(point.at) <= end);
  return {
    entries: [...reel.entries, ...slice.entries],
    points: [...reel.points, ...points],
    seq: last?.seq ?? reel.seq,
    until: end,
  };
}

/**
 * What has happened by now, and what is left.
 * @param {Reel} reel @param {number} now epoch ms @returns {{entries: Entry[], points: Point[], reel: Reel}}
 */
export function wound(reel, now) {
  const [entries, later] = parted(reel.entries, now);
  const [points, ahead] = parted(reel.points, now);
  return { entries, points, reel: { ...reel, entries: later, points: ahead } };
}

/** @template {{at: string}} T @param {T[]} all in order @param {number} now @returns {[T[], T[]]} */
function parted(all, now) {
  const first = all.findIndex((one) => Date.parse(one.at) > now);
  return first < 0 ? [all, []] : [all.slice(0, first), all.slice(first)];
}
