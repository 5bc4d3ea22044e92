/**
 * What is laid over marks and couriers: signs of groups, rings, ways that were ridden. Props for layouts/map.py's layers.
 *
 * @import { Cluster } from "./clusters.js"
 * @import { Edge } from "./company_edges.js"
 * @import { Mark } from "./marks.js"
 * @import { Trail } from "./trails.js"
 */
import { dashes } from "./dashes.js";
import { beside } from "./map.js";

/** @param {Cluster[]} clusters of orders */
export const orderClusterProps = (clusters) => ({
  "order-clusters": { data: clusters },
  "order-clusters-counts": { data: clusters },
});

/** @param {Cluster[]} clusters @param {number} turn grows whenever they have moved */
export const courierClusterProps = (clusters, turn) => ({
  "courier-clusters": { data: clusters, updateTriggers: { getPosition: turn } },
  "courier-clusters-counts": { data: clusters, updateTriggers: { getPosition: turn } },
});

/** @param {Mark[]} marks of orders that are marked @param {Cluster[]} clusters that hold some */
export const markedProps = (marks, clusters) => ({
  marked: {
    data: [...marks, ...clusters].map((one) => ({ ...one, icon: "ring-chosen" })),
    getPixelOffset: beside,
    getSize: (/** @type {Mark | Cluster} */ one) => ("size" in one ? one.size + 16 : 42),
  },
});

/** @param {[number, number][][]} ways straight ones, to the other doors of the chosen order's pickup */
export const companionProps = (ways) => ({ companions: { data: ways.flatMap(dashes).map((path) => ({ path })) } });

/** @param {Edge[]} edges of orders that colleagues are at */
export const companyProps = (edges) => ({ company: { data: edges } });

/** @param {{position: number[], dx: number, size: number}[]} at what has the keyboard, if anything @param {number} turn as above */
export const focusProps = (at, turn) => ({
  focus: {
    data: at.map((one) => ({ ...one, icon: "focus-plain" })),
    getPixelOffset: beside,
    getSize: (/** @type {{size: number}} */ one) => one.size + 16,
    updateTriggers: { getPosition: turn },
  },
});

/** @param {Trail[]} trails @param {boolean} isAmongMany thinner, so that the crossings stay legible */
export const trailProps = (trails, isAmongMany) => ({ trails: { data: trails, getWidth: isAmongMany ? 2 : 4 } });
