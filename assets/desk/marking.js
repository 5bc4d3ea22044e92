/**
 * Marking orders, to act upon all of them at once: which keys and clicks mark what, and what is then asked for. Plain
 * values in and out.
 *
 * @import { Board } from "./board.js"
 * @import { Decision } from "./drag.js"
 * @import { Intent, Order } from "./types.js"
 */
import { isOpen } from "./board.js";
import { decideDrop, whyNot } from "./drag.js";

/** Mark a text for the catalogue. @param {string} text */
const words = (text) => text;

/** @param {string[]} ids in the order of the list @param {string | null} from @param {string} to @returns {string[]} both and what lies between */
export function rangeOf(ids, from, to) {
  const ends = [ids.indexOf(from ?? to), ids.indexOf(to)];
  if (ends[0] < 0) return ends[1] < 0 ? [] : [to];
  return ids.slice(Math.min(...ends), Math.max(...ends) + 1);
}

/** @param {Board} board @param {Iterable<string>} ids @returns {string[]} those that something can still be done with */
export const workable = (board, ids) => [...ids].filter((id) => isOpen(board.orders.get(id) ?? { state: "" }));

/** @param {Board} board @param {ReadonlySet<string>} chosen @returns {Order[]} the marked orders, as they are now */
export const markedOrders = (board, chosen) =>
  workable(board, chosen).map((id) => /** @type {Order} */ (board.orders.get(id)));

/** @param {Order[]} orders @returns {NonNullable<Intent["orders"]>} what is said of them, so that nothing newer is overwritten */
export const targets = (orders) => orders.map(({ id, version }) => ({ order: id, version }));

/**
 * Several orders let go over a courier; those that the courier has already are left out.
 * @param {Board} board @param {Order[]} orders @param {string | null} courier @returns {Decision}
 */
export function decideDropOfAll(board, orders, courier) {
  const taker = board.couriers.get(courier ?? "");
  if (!taker) return { intent: null, refusal: null };
  const others = orders.filter((order) => order.courier !== taker.id);
  if (!others.length)
    return { intent: null, refusal: { text: words("{courier} has all of them already"), facts: { courier: taker.name } } };
  const refusal = whyNot(others[0], taker);
  if (refusal) return { intent: null, refusal };
  return { intent: { verb: "assign", order: "", courier: taker.id, orders: targets(others) }, refusal: null };
}

/**
 * An order let go over a courier: if it is marked all that are, else it alone, whatever is marked.
 * @param {Board} board @param {ReadonlySet<string>} chosen @param {string} order @param {string | null} courier @returns {Decision}
 */
export function decideLetGo(board, chosen, order, courier) {
  const marked = markedOrders(board, chosen);
  const isOfMany = marked.length > 1 && chosen.has(order);
  return isOfMany ? decideDropOfAll(board, marked, courier) : decideDrop(board, order, courier);
}

/** @param {Order[]} orders @param {Partial<Intent> & {verb: string}} asked @returns {Decision} the same for all of them; taking back for those that somebody has */
export function decideForAll(orders, asked) {
  if (asked.verb === "attach") return decideOnePickup(orders);
  const meant = asked.verb === "unassign" ? orders.filter((order) => order.courier) : orders;
  if (meant.length) return { intent: { order: "", orders: targets(meant), ...asked }, refusal: null };
  const text = orders.length ? words("Nobody has any of them: there is nothing to take back") : words("Mark orders first");
  return { intent: null, refusal: { text, facts: {} } };
}

/** All with one pickup: that of what has company already, or a courier, or of the first. @param {Order[]} orders @returns {Decision} */
function decideOnePickup(orders) {
  const to = orders.find((order) => order.group) ?? orders.find((order) => order.courier) ?? orders[0];
  const others = orders.filter((order) => order !== to && !(order.group && order.group === to.group));
  if (!others.length) return { intent: null, refusal: { text: words("Mark two orders or more: these have one pickup already"), facts: {} } };
  return { intent: { verb: "attach", order: "", to: to.id, orders: targets(others) }, refusal: null };
}
