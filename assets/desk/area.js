/**
 * A piece of the map that somebody has drawn round, and what lies in it. Plain values: pixels from the map's corner.
 *
 * @import { Mark } from "./marks.js"
 * @import { View } from "./pick.js"
 * @typedef {[number, number]} Pixel
 * @typedef {Pixel[]} Area the corners, in turn; the last is joined to the first
 */

/** A hand that trembles over a click has drawn nothing. */
const LEAST_PX = 6;
/** Nearer than this to the last point, another one makes the line no better. */
const GRAIN_PX = 3;

/** @param {Pixel} one @param {Pixel} other @returns {Area} the box between two corners */
export const boxOf = ([x, y], [toX, toY]) => [
  [x, y],
  [toX, y],
  [toX, toY],
  [x, toY],
];

/** @param {Area} line @param {Pixel} point @returns {Area} longer by the point, unless it is where the line ends already */
export function longer(line, point) {
  const last = line[line.length - 1];
  return last && Math.hypot(point[0] - last[0], point[1] - last[1]) < GRAIN_PX ? line : [...line, point];
}

/** @param {Area} area */
export function isLargeEnough(area) {
  const xs = area.map(([x]) => x);
  const ys = area.map(([, y]) => y);
  return Math.max(...xs) - Math.min(...xs) >= LEAST_PX || Math.max(...ys) - Math.min(...ys) >= LEAST_PX;
}

/** By the crossings of a ray to the right; a line that crosses itself has holes. @param {Area} area @param {number} x @param {number} y */
export function isInside(area, x, y) {
  let isIn = false;
  for (let k = 0, before = area.length - 1; k < area.length; before = k, k += 1) {
    const [ax, ay] = area[before];
    const [bx, by] = area[k];
    if (ay > y !== by > y && x < ax + ((bx - ax) * (y - ay)) / (by - ay)) isIn = !isIn;
  }
  return isIn;
}

/**
 * The orders that have an end in it, drawn by itself or in a group: where the end is, not where its sign was moved to.
 * @param {Area} area @param {Mark[]} marks @param {Pick<View, "toPixels">} view @returns {string[]} each once
 */
export function ordersIn(area, marks, view) {
  const found = marks.filter((mark) => {
    const [x, y] = view.toPixels(mark.lon, mark.lat);
    return isInside(area, x, y);
  });
  return [...new Set(found.map((mark) => mark.id))];
}
