/**
 * The board: open orders, those closed in the last quarter of an hour, and couriers, as of entry `seq`.
 * The same rule as dashboard/domain/board.py; tests/fixtures/journal.json holds both to it.
 *
 * @import { Alarm, Courier, Entry, Order, Restaurant, Snapshot } from "./types.js"
 * @typedef {{
 *   coop: string, seq: number, orders: Map<string, Order>, couriers: Map<string, Courier>, closedAt: Map<string, number>,
 *   restaurants: Map<string, Restaurant>, alarms: Map<string, Alarm>,
 * }} Board `closedAt` in epoch milliseconds.
 */

const KEEP_CLOSED_MS = 15 * 60 * 1000;
const OPEN_STATES = new Set(["placed", "accepted", "preparing", "ready", "picked_up"]);

/** @param {Pick<Order, "state">} order */
export const isOpen = (order) => OPEN_STATES.has(order.state);

/** @param {Pick<Order, "state" | "courier">} order */
export const waitsForCourier = (order) => isOpen(order) && !order.courier;

/** @param {string} coop @returns {Board} */
export const emptyBoard = (coop) => ({
  coop,
  seq: 0,
  orders: new Map(),
  couriers: new Map(),
  closedAt: new Map(),
  restaurants: new Map(),
  alarms: new Map(),
});

/** @param {Snapshot} snapshot @returns {Board} */
export function boardOf(snapshot) {
  const closed = snapshot.orders.filter((order) => !isOpen(order));
  return {
    coop: snapshot.coop,
    seq: snapshot.seq,
    orders: new Map(snapshot.orders.map((order) => [order.id, order])),
    couriers: new Map(snapshot.couriers.map((courier) => [courier.id, courier])),
    closedAt: new Map(closed.map((order) => [order.id, Date.parse(snapshot.closed_at?.[order.id] ?? snapshot.at)])),
    restaurants: new Map((snapshot.restaurants ?? []).map((one) => [one.id, one])),
    alarms: new Map((snapshot.alarms ?? []).map((one) => [one.id, one])),
  };
}

/**
 * The board after the next entry; the input is not changed. Order and gaps are the feed's business.
 * @param {Board} board @param {Entry} entry @returns {Board}
 */
export function apply(board, entry) {
  if (!entry.data?.changes) return { ...board, seq: entry.seq };
  const moved = withoutOld({ ...board, seq: entry.seq }, Date.parse(entry.at) - KEEP_CLOSED_MS);
  if (entry.kind.startsWith("order.")) return withOrder(moved, entry);
  if (entry.kind.startsWith("courier.")) return withCourier(moved, entry);
  if (entry.kind.startsWith("restaurant.")) return withRestaurant(moved, entry);
  if (entry.kind.startsWith("alarm.")) return withAlarm(moved, entry);
  return moved;
}

/** @param {Board} board @param {Entry} entry @returns {Board} */
function withOrder(board, entry) {
  const order = /** @type {Order} */ (merged(board.orders.get(entry.subject), entry));
  if (!order.pickup) return board; // closed long ago: a correction to it is history, not work in hand
  const orders = new Map(board.orders).set(order.id, order);
  const closedAt = new Map(board.closedAt);
  if (isOpen(order))
    closedAt.delete(order.id); // it may have been opened again
  else closedAt.set(order.id, board.closedAt.get(order.id) ?? Date.parse(entry.at)); // a note leaves it as it was
  return { ...board, orders, closedAt };
}

/** @param {Board} board @param {Entry} entry @returns {Board} */
function withCourier(board, entry) {
  const courier = /** @type {Courier} */ (merged(board.couriers.get(entry.subject), entry));
  return { ...board, couriers: new Map(board.couriers).set(courier.id, courier) };
}

/** @param {Board} board @param {Entry} entry @returns {Board} */
function withRestaurant(board, entry) {
  const told = /** @type {Restaurant} */ (entry.data.changes);
  return { ...board, restaurants: new Map(board.restaurants).set(told.id, { ...board.restaurants.get(told.id), ...told }) };
}

/** @param {Board} board @param {Entry} entry @returns {Board} */
function withAlarm(board, entry) {
  const alarm = /** @type {Alarm} */ ({ .../** @type {object} */ (entry.data.changes), version: entry.version });
  const limit = Date.parse(entry.at) - KEEP_CLOSED_MS;
  const kept = [...board.alarms].filter(([, one]) => !one.closed_at || Date.parse(one.closed_at) >= limit);
  return { ...board, alarms: new Map(kept).set(alarm.id, alarm) };
}

/** @param {Board} board @param {number} now epoch ms @returns {Restaurant[]} those that are busy, by name */
export const busyRestaurants = (board, now) =>
  [...board.restaurants.values()]
    .filter((one) => one.busy_until && Date.parse(one.busy_until) > now)
    .sort((one, other) => (one.id < other.id ? -1 : 1));

/** @param {object | undefined} known @param {Entry} entry */
const merged = (known, entry) => ({ ...known, ...entry.data.changes, version: entry.version });

/** @param {Board} board @param {number} limit epoch ms @returns {Board} without the orders that were closed before */
function withoutOld(board, limit) {
  const old = new Set([...board.closedAt].filter(([, at]) => at < limit).map(([id]) => id));
  if (!old.size) return board;
  return { ...board, orders: without(board.orders, old), closedAt: without(board.closedAt, old) };
}

/** @template T @param {Map<string, T>} all @param {Set<string>} left */
const without = (all, left) => new Map([...all].filter(([id]) => !left.has(id)));

/** @param {Board} board @returns {Map<string, Order[]>} the open orders of each courier who has some */
export function loads(board) {
  /** @type {Map<string, Order[]>} */
  const found = new Map();
  for (const order of board.orders.values()) {
    if (!order.courier || !isOpen(order)) continue;
    const held = found.get(order.courier);
    if (held) held.push(order);
    else found.set(order.courier, [order]);
  }
  return found;
}
