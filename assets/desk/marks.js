/**
 * What the map shows of the board: a mark for each end of each open order, and what each says.
 *
 * @import { Board } from "./board.js"
 * @import { Order, Selection, Words } from "./types.js"
 * @typedef {{
 *   kind: "pickup" | "dropoff", id: string, lon: number, lat: number, dx: number, position: [number, number],
 *   icon: string, text: string, title: string,
 * }} Mark `dx`: pixels to the right, so that orders of one restaurant stand beside each other.
 */
import { isOpen } from "./board.js";
import { orderTrouble } from "./order_rows.js";
import { orderState } from "./states.js";

const BESIDE_PX = 11;
const MOST_BESIDE = 5;

/**
 * The marks from the least to the most urgent, as they are drawn over each other; the selected one on top.
 * A full pickup waits for a courier, a hollow one has been given away.
 * @param {Board} board @param {Selection} selection @param {number} now server's epoch ms @param {Words} words
 * @returns {{pickups: Mark[], dropoffs: Mark[]}}
 */
export function orderMarks(board, selection, now, words) {
  const open = [...board.orders.values()]
    .filter(isOpen)
    .sort((one, other) => rank(one, selection, now) - rank(other, selection, now) || (one.id < other.id ? -1 : 1));
  const beside = new Map();
  const pickups = open
    .filter((order) => order.state !== "picked_up")
    .map((order) => pickupMark(order, selection, now, words, beside));
  return { pickups, dropoffs: open.map((order) => dropoffMark(order, board, selection, now)) };
}

/** @param {string} name @returns {string} Léa → LÉ, Léa Martin → LM */
export function initials(name) {
  const parts = name.trim().split(/\s+/);
  const letters =
    parts.length > 1 ? [...parts[0]][0] + [...parts[parts.length - 1]][0] : [...name.trim()].slice(0, 2).join("");
  return letters.toLocaleUpperCase();
}

/** @param {Order} order @param {Selection} selection @param {number} now */
const rank = (order, selection, now) =>
  selection.order === order.id ? 3 : { late: 2, due: 1, none: 0 }[orderTrouble(order, now) ?? "none"];

/** @param {Order} order @param {Selection} selection @param {number} now @param {Words} words @param {Map<string, number>} beside @returns {Mark} */
function pickupMark(order, selection, now, words, beside) {
  const { lon, lat, name, address } = order.pickup;
  const place = `${lon.toFixed(5)} ${lat.toFixed(5)}`;
  const earlier = beside.get(place) ?? 0;
  beside.set(place, earlier + 1);
  return {
    kind: "pickup",
    id: order.id,
    lon,
    lat,
    dx: BESIDE_PX * Math.min(earlier, MOST_BESIDE),
    position: [lon, lat],
    icon: `pickup-${tone(order, selection, now) ?? (order.courier ? "hollow" : "plain")}`,
    text: orderState(order.state, words).letter,
    title: `${order.ref} · ${name || address}`,
  };
}

/** @param {Order} order @param {Board} board @param {Selection} selection @param {number} now @returns {Mark} */
function dropoffMark(order, board, selection, now) {
  const { lon, lat, address, name } = order.dropoff;
  const courier = board.couriers.get(order.courier ?? "");
  return {
    kind: "dropoff",
    id: order.id,
    lon,
    lat,
    dx: 0,
    position: [lon, lat],
    icon: `dropoff-${tone(order, selection, now) ?? "hollow"}`,
    text: orderTrouble(order, now) === "late" ? "!" : courier ? initials(courier.name) : "",
    title: `${order.ref} · ${address || name}`,
  };
}

/** @param {Order} order @param {Selection} selection @param {number} now @returns {"chosen" | "due" | "late" | null} */
const tone = (order, selection, now) => (selection.order === order.id ? "chosen" : orderTrouble(order, now));
