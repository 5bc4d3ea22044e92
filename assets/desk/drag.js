/**
 * What may be dropped where, and what comes of it. No DOM, no map: plain values in, a decision out.
 *
 * @import { Board } from "./board.js"
 * @import { Intent, Order } from "./types.js"
 * @typedef {{intent: Intent, refusal: null} | {intent: null, refusal: Refusal | null}} Decision
 *   Neither: nothing was meant (let go where it was, or over nothing).
 * @typedef {{text: string, facts: Record<string, string>}} Refusal `text` is a key of the catalogue.
 */
import { isOpen } from "./board.js";

const NOTHING = { intent: null, refusal: null };

/** Mark a text for the catalogue. @param {string} text */
const words = (text) => text;

/** @param {Board} board @param {string} order @returns {boolean} whether it can be taken up at all */
export function mayDrag(board, order) {
  const found = board.orders.get(order);
  return found !== undefined && isOpen(found);
}

/**
 * An order let go over a courier (null: over nothing).
 * @param {Board} board @param {string} order @param {string | null} courier @returns {Decision}
 */
export function decideDrop(board, order, courier) {
  const found = board.orders.get(order);
  if (!courier || !found || found.courier === courier) return NOTHING;
  const taker = board.couriers.get(courier);
  if (!taker) return NOTHING;
  const refusal = whyNot(found, taker);
  return refusal
    ? { intent: null, refusal }
    : { intent: { verb: "assign", order, courier, version: found.version }, refusal: null };
}

/** @param {Board} board @param {string | null} order @param {"menu" | "unassign"} verb @returns {Decision} */
export function decideVerb(board, order, verb) {
  const found = board.orders.get(order ?? "");
  if (!found) return { intent: null, refusal: { text: words("Choose an order first"), facts: {} } };
  if (verb === "unassign" && !found.courier) {
    return {
      intent: null,
      refusal: { text: words("{ref} has no courier: there is nothing to take back"), facts: { ref: found.ref } },
    };
  }
  return { intent: { verb, order: found.id, version: found.version }, refusal: null };
}

/** @param {Board} board @param {string} courier @returns {boolean} whether a courier may be offered work now */
export const mayTake = (board, courier) => board.couriers.get(courier)?.shift === "on";

/** @param {Order} order @param {{name: string, shift: string}} courier @returns {Refusal | null} */
export function whyNot(order, courier) {
  if (!isOpen(order))
    return { text: words("{ref} is closed: it cannot be given to anybody any more"), facts: { ref: order.ref } };
  if (courier.shift === "off")
    return {
      text: words("{courier} is off shift: choose a courier who is on shift"),
      facts: { courier: courier.name },
    };
  if (courier.shift === "break") {
    return {
      text: words("{courier} is on break: wait for the break to end or choose another"),
      facts: { courier: courier.name },
    };
  }
  return null;
}
