/**
 * What lies under the pointer. Asked of the data, not of the graphics card: it answers for everything at a place, so that
 * a courier who stands on an order hides it from nobody.
 *
 * @import { Cluster } from "./clusters.js"
 * @import { Mark } from "./marks.js"
 * @import { Fleet } from "./motion.js"
 * @typedef {{kind: "courier" | "pickup" | "dropoff" | "orders" | "couriers", id: string, away: number}} Hit
 *   `away` in pixels; "orders" and "couriers" are groups of them.
 * @typedef {{toPixels: (lon: number, lat: number) => number[], toDegrees: (x: number, y: number) => number[]}} View
 * @typedef {{west: number, south: number, east: number, north: number}} Box degrees
 */

/** A fingertip's reach around a marker, in pixels. */
export const REACH = 14;

/**
 * The order marks within reach of a pixel, nearest first, and of several at one place the one that is drawn over the others.
 * @param {View} view @param {number} x @param {number} y @param {Iterable<Mark>} marks as they are drawn, the topmost last @returns {Hit[]}
 */
export function marksAt(view, x, y, marks) {
  const hits = /** @type {Hit[]} */ ([]);
  for (const { kind, id, lon, lat, dx } of marks) {
    const [markX, markY] = view.toPixels(lon, lat);
    const away = Math.hypot(markX + dx - x, markY - y);
    if (away <= REACH) hits.push({ kind, id, away });
  }
  return hits.reverse().sort(byDistance);
}

/**
 * The couriers within reach of a pixel, nearest first.
 * @param {View} view @param {number} x @param {number} y @param {Fleet} fleet @param {string[]} couriers by roster index
 * @param {ReadonlySet<string>} [hidden] couriers who are not drawn by themselves @returns {Hit[]}
 */
export function couriersAt(view, x, y, fleet, couriers, hidden) {
  const box = reachBox(view, x, y);
  const hits = /** @type {Hit[]} */ ([]);
  for (let place = 0; place < fleet.shown; place += 1) {
    const lon = fleet.positions[2 * place];
    const lat = fleet.positions[2 * place + 1];
    if (lon < box.west || lon > box.east || lat < box.south || lat > box.north) continue;
    const [markX, markY] = view.toPixels(lon, lat);
    const away = Math.hypot(markX - x, markY - y);
    const id = couriers[fleet.slots[place]];
    if (away <= REACH && !hidden?.has(id)) hits.push({ kind: "courier", id, away });
  }
  return hits.sort(byDistance);
}

/**
 * The signs of groups under a pixel, nearest first.
 * @param {View} view @param {number} x @param {number} y @param {Cluster[]} clusters @returns {Hit[]}
 */
export function clustersAt(view, x, y, clusters) {
  const hits = clusters.map(({ kind, id, position, size }) => {
    const [signX, signY] = view.toPixels(position[0], position[1]);
    return { kind, id, away: Math.hypot(signX - x, signY - y), size };
  });
  return hits.filter((hit) => hit.away <= hit.size / 2).sort(byDistance);
}

/**
 * What clicks take: repeated at one place, one after the other, so that everything there can be reached, though what is
 * chosen comes to lie on top of the others.
 * @param {Hit[]} hits @param {Hit[]} taken what the clicks until now took, the last one last
 * @returns {Hit[]} the same with what this click takes; empty when it takes nothing
 */
export function nextTaken(hits, taken) {
  const before = taken.filter((hit) => isAmong(hits, hit));
  const here = before.at(-1) === taken.at(-1) ? before : [];
  const next = hits.find((hit) => !isAmong(here, hit));
  return next ? [...here, next] : [...here.slice(1), ...here.slice(0, 1)];
}

/** @param {Hit[]} hits @param {Hit} wanted */
const isAmong = (hits, wanted) => hits.some((hit) => hit.kind === wanted.kind && hit.id === wanted.id);

/** @param {{away: number}} one @param {{away: number}} other */
const byDistance = (one, other) => one.away - other.away;

/** Whatever is in reach lies in this box. @param {View} view @param {number} x @param {number} y @returns {Box} */
function reachBox(view, x, y) {
  const [west, north] = view.toDegrees(x - 2 * REACH, y - 2 * REACH);
  const [east, south] = view.toDegrees(x + 2 * REACH, y + 2 * REACH);
  return { west, south, east, north };
}
