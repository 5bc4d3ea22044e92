/**
 * Who else is at which order, on the map: a bar below its marks in the colour that each colleague has in the lists, broad
 * for whoever has it in hand.
 *
 * @import { Cluster } from "./clusters.js"
 * @import { Companion } from "./company.js"
 * @import { Mark } from "./marks.js"
 * @import { Colleague } from "./types.js"
 * @typedef {{position: [number, number], offset: [number, number], icon: string}} Edge `offset`: pixels to the right and down.
 */
import { companionsAt } from "./company.js";

/** Where marks end, in pixels below their place; and how thick a bar is (layouts/map_icons.py), with its border. */
const BELOW = { pickup: 9, dropoff: 12 };
const HELD_PX = 11;
const SEEN_PX = 7;

/** @param {Mark[]} marks @param {Cluster[]} clusters of orders @param {Colleague[]} colleagues @returns {Edge[]} */
export function companyEdges(marks, clusters, colleagues) {
  if (!colleagues.length) return [];
  return [
    ...marks.flatMap((mark) => bars(mark, BELOW[mark.kind], companionsAt(colleagues, [mark.id]))),
    ...clusters.flatMap((cluster) => bars(cluster, cluster.size / 2, companionsAt(colleagues, cluster.members))),
  ];
}

/** @param {{position: [number, number], dx: number}} at @param {number} below @param {Companion[]} people @returns {Edge[]} below each other */
function bars({ position, dx }, below, people) {
  let down = below;
  return people.map(({ tone, isHolding }) => {
    const thick = isHolding ? HELD_PX : SEEN_PX;
    down += thick;
    return { position, offset: [dx, down - thick / 2], icon: `${isHolding ? "held" : "seen"}-${tone}` };
  });
}
