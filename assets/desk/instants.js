/**
 * The instants of an order in epoch ms. Orders are never changed in place, so each is read once, however often it is asked.
 *
 * @import { Order } from "./types.js"
 * @typedef {{placed: number, promise: number, waits: number}} Instants `promise` is Infinity where there is none; `waits`:
 *   since when it may be taken, which a booking for later may from its pickup window on.
 */

/** @type {WeakMap<Order, Instants>} */
const known = new WeakMap();

/** @param {Order} order @returns {Instants} */
export function instantsOf(order) {
  const found = known.get(order);
  if (found) return found;
  const placed = Date.parse(order.placed_at);
  const made = {
    placed,
    promise: order.dropoff.before ? Date.parse(order.dropoff.before) : Infinity,
    waits: Math.max(placed, order.pickup.after ? Date.parse(order.pickup.after) : 0),
  };
  known.set(order, made);
  return made;
}
