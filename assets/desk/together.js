/**
 * Drop-offs of one pickup, as the board has them. The rule itself is the server's (dashboard/domain/together.py).
 *
 * @import { Board } from "./board.js"
 * @import { Order } from "./types.js"
 * @import { Refusal } from "./drag.js"
 * @typedef {{nth: number, of: number, refs: string[]}} Share Which drop-off of how many; `refs` of the others.
 */
import { isOpen } from "./board.js";
import { apart } from "./motion.js";

/** Two points of one door. */
const NEAR_M = 50;

/** Mark a text for the catalogue. @param {string} text */
const words = (text) => text;

/** @param {Order} order */
const waits = (order) => isOpen(order) && order.state !== "picked_up";

/** @param {Order} order @param {Board} board @returns {Order[]} the other open orders of its group */
export const company = (order, board) =>
  order.group ? [...board.orders.values()].filter((one) => one.group === order.group && one.id !== order.id && isOpen(one)) : [];

/** @param {Order} order @param {Board} board @returns {Order[]} what moves with it: those that wait as it does, with the same courier */
export const companions = (order, board) =>
  waits(order) ? company(order, board).filter((one) => waits(one) && one.courier === order.courier) : [];

/** @param {string | null} chosen @param {Board} board @returns {[number, number][][]} from the pickup of the chosen order to each other door that it is fetched for */
export function companionWays(chosen, board) {
  const order = board.orders.get(chosen ?? "");
  if (!order) return [];
  const { lon, lat } = order.pickup;
  return companions(order, board).map(({ dropoff }) => [[lon, lat], [dropoff.lon, dropoff.lat]]);
}

/** @param {string} verb @param {Order} order @param {Order} other a companion @returns {boolean} whether the verb is done to it, too: parcels are packed at once, meals are not */
export const goesAlong = (verb, order, other) => verb !== "ready" || (order.kind === "parcel" && other.kind === "parcel" && other.state !== "ready");

/** @param {Iterable<Order>} orders @returns {Map<string, Share>} of those that share a pickup: which drop-off of how many they are */
export function shares(orders) {
  /** @type {Map<string, Order[]>} */
  const groups = new Map();
  for (const order of orders) {
    if (!order.group || order.state === "cancelled" || order.state === "refused") continue;
    groups.set(order.group, [...(groups.get(order.group) ?? []), order]);
  }
  return new Map(
    [...groups.values()].filter((some) => some.length > 1).flatMap((some) => {
      const sorted = some.sort((one, other) => (one.placed_at + one.ref < other.placed_at + other.ref ? -1 : 1));
      return sorted.map(({ id }, place) => [id, { nth: place + 1, of: some.length, refs: sorted.filter((one) => one.id !== id).map(({ ref }) => ref) }]);
    }),
  );
}

/** @param {Order} one @param {Order} other @returns {boolean} whether both are fetched at one door */
export function isSamePickup(one, other) {
  if (one.restaurant && other.restaurant && one.restaurant !== other.restaurant) return false;
  const [here, there] = [one, other].map(({ pickup }) => pickup.address.trim().toLowerCase());
  if (here !== "" && here === there) return true;
  return apart(one.pickup.lon, one.pickup.lat, other.pickup.lon, other.pickup.lat) <= NEAR_M;
}

/** @param {Order} order @param {Order} to @param {Board} board @returns {Refusal | null} why it cannot be attached */
export function whyNotAttach(order, to, board) {
  const facts = { ref: order.ref, other: to.ref };
  if (order.id === to.id) return { text: words("{ref} cannot be attached to itself: name another order"), facts };
  const others = company(order, board);
  if (others.length && order.group === to.group) return { text: words("{ref} and {other} have one pickup already"), facts };
  if (others.length)
    return { text: words("{ref} has one pickup with {others} already: detach it first"), facts: { ...facts, others: refsOf(others) } };
  for (const one of [order, to])
    if (!waits(one)) return { text: words("{ref} is {state}: only what waits at its pickup can be attached"), facts: { ref: one.ref, state: one.state } };
  if (!isSamePickup(order, to)) return { text: words("{ref} and {other} are fetched at different places: give them the same pickup first"), facts };
  if (order.courier && to.courier && order.courier !== to.courier) {
    const courier = board.couriers.get(order.courier)?.name ?? order.courier;
    return { text: words("{ref} is with {courier} and {other} is not: hand one of them over first, then attach it"), facts: { ...facts, courier } };
  }
  return null;
}

/** @param {Order} order @param {Board} board @returns {Refusal | null} why it cannot be detached */
export function whyNotDetach(order, board) {
  const facts = { ref: order.ref, state: order.state };
  if (!company(order, board).length) return { text: words("{ref} has its pickup for itself: there is nothing to detach"), facts };
  return waits(order) ? null : { text: words("{ref} is {state}: each drop-off goes by itself from here on"), facts };
}

/** @param {readonly {ref: string}[]} orders */
export const refsOf = (orders) => orders.map(({ ref }) => ref).join(", ");
