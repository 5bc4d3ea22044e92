/**
 * Stepping through what is on the map: from what is nearest to the middle outwards. The way stays the same while things
 * move, so that nothing is passed over or met twice; what comes anew is met at the end.
 *
 * @import { Thing } from "./map_view.js"
 * @import { View } from "./pick.js"
 * @typedef {ReturnType<typeof createWalk>} Walk
 */

/** @param {{kind: string, id: string}} thing */
export const keyOf = ({ kind, id }) => `${kind} ${id}`;

/**
 * @template {Pick<Thing, "position" | "dx">} T
 * @param {T[]} things @param {Pick<View, "toPixels">} view @param {{width: number, height: number}} size pixels
 * @returns {T[]} those in sight, nearest to the middle first
 */
export function nearestFirst(things, view, { width, height }) {
  const found = things.map((thing) => {
    const [x, y] = view.toPixels(thing.position[0], thing.position[1]);
    return { thing, x: x + thing.dx, y };
  });
  return found
    .filter(({ x, y }) => x >= 0 && x <= width && y >= 0 && y <= height)
    .sort((one, other) => away(one, width, height) - away(other, width, height))
    .map(({ thing }) => thing);
}

/** @param {{x: number, y: number}} at @param {number} width @param {number} height */
const away = ({ x, y }, width, height) => Math.hypot(x - width / 2, y - height / 2);

export function createWalk() {
  let way = /** @type {string[]} */ ([]);
  let at = -1;
  return {
    /** The map looks elsewhere: what is nearest now comes first. */
    forget() {
      way = [];
      at = -1;
    },
    /** @param {string[]} present keys, nearest first @param {1 | -1} by @returns {string | null} where it leads; the end stays the end */
    step(present, by) {
      const known = new Set(way);
      way.push(...present.filter((key) => !known.has(key)));
      const there = new Set(present);
      let next = at + by;
      while (next >= 0 && next < way.length && !there.has(way[next])) next += by;
      if (next >= 0 && next < way.length) at = next;
      return there.has(way[at]) ? way[at] : null;
    },
  };
}
