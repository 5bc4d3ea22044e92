/**
 * What lies under the pointer. Asked of the data, not of the graphics card: it answers for everything at a place, so that
 * a courier who stands on an order hides it from nobody.
 *
 * @import { Mark } from "./marks.js"
 * @import { Fleet } from "./motion.js"
 * @typedef {{kind: "courier" | "pickup" | "dropoff", id: string, away: number}} Hit `away` in pixels.
 * @typedef {{toPixels: (lon: number, lat: number) => number[], toDegrees: (x: number, y: number) => number[]}} View
 * @typedef {{west: number, south: number, east: number, north: number}} Box degrees
 */

/** A fingertip's reach around a marker, in pixels. */
export const REACH = 14;

/**
 * The order marks within reach of a pixel, nearest first.
 * @param {View} view @param {number} x @param {number} y @param {Iterable<Mark>} marks @returns {Hit[]}
 */
export function marksAt(view, x, y, marks) {
  const hits = /** @type {Hit[]} */ ([]);
  for (const { kind, id, lon, lat, dx } of marks) {
    const [markX, markY] = view.toPixels(lon, lat);
    const away = Math.hypot(markX + dx - x, markY - y);
    if (away <= REACH) hits.push({ kind, id, away });
  }
  return hits.sort(byDistance);
}

/**
 * The couriers within reach of a pixel, nearest first.
 * @param {View} view @param {number} x @param {number} y @param {Fleet} fleet @param {string[]} couriers by roster index
 * @returns {Hit[]}
 */
export function couriersAt(view, x, y, fleet, couriers) {
  const box = reachBox(view, x, y);
  const hits = /** @type {Hit[]} */ ([]);
  for (let place = 0; place < fleet.shown; place += 1) {
    const lon = fleet.positions[2 * place];
    const lat = fleet.positions[2 * place + 1];
    if (lon < box.west || lon > box.east || lat < box.south || lat > box.north) continue;
    const [markX, markY] = view.toPixels(lon, lat);
    const away = Math.hypot(markX - x, markY - y);
    if (away <= REACH) hits.push({ kind: "courier", id: couriers[fleet.slots[place]], away });
  }
  return hits.sort(byDistance);
}

/**
 * What a click takes: repeated at one place, one after the other, so that everything there can be reached.
 * @param {Hit[]} hits @param {{kind: string, id: string} | null} taken what the last click here took @returns {Hit | null}
 */
export function nextHit(hits, taken) {
  const at = hits.findIndex((hit) => taken !== null && hit.kind === taken.kind && hit.id === taken.id);
  return hits[(at + 1) % hits.length] ?? null;
}

/** @param {Hit} one @param {Hit} other */
const byDistance = (one, other) => one.away - other.away;

/** Whatever is in reach lies in this box. @param {View} view @param {number} x @param {number} y @returns {Box} */
function reachBox(view, x, y) {
  const [west, north] = view.toDegrees(x - 2 * REACH, y - 2 * REACH);
  const [east, south] = view.toDegrees(x + 2 * REACH, y + 2 * REACH);
  return { west, south, east, north };
}
