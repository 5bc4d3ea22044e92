/**
 * What the map shows of the board: a mark for each end of each open order, and what each says.
 *
 * @import { Board } from "./board.js"
 * @import { Trouble } from "./order_rows.js"
 * @import { Order, Selection, Words } from "./types.js"
 * @typedef {{
 *   kind: "pickup" | "dropoff", id: string, lon: number, lat: number, dx: number, position: [number, number],
 *   icon: string, text: string, title: string, trouble: Trouble,
 * }} Mark `dx`: pixels to the right, so that orders of one restaurant stand beside each other.
 * @typedef {{order: Order, trouble: Trouble, tone: "chosen" | Trouble, rank: number}} Standing The higher the rank, the later it is drawn.
 */
import { initials } from "./initials.js";
import { isOpen } from "./board.js";
import { orderTrouble } from "./order_rows.js";
import { orderState } from "./states.js";

const BESIDE_PX = 11;
const MOST_BESIDE = 5;

/**
 * The marks from the least to the most urgent, as they are drawn over each other; the selected one on top.
 * A full pickup waits for a courier, a hollow one has been given away.
 * @param {Board} board @param {Selection} selection @param {number} now server's epoch ms @param {Words} words
 * @param {(order: Order) => boolean} shows which orders the filters leave
 * @returns {{pickups: Mark[], dropoffs: Mark[]}}
 */
export function orderMarks(board, selection, now, words, shows = () => true) {
  const open = [...board.orders.values()]
    .filter((order) => isOpen(order) && shows(order))
    .map((order) => standing(order, selection, now))
    .sort((one, other) => one.rank - other.rank || (one.order.id < other.order.id ? -1 : 1));
  const beside = new Map();
  const pickups = open
    .filter(({ order }) => order.state !== "picked_up")
    .map((one) => pickupMark(one, words, beside));
  return { pickups, dropoffs: open.map((one) => dropoffMark(one, board)) };
}

/** @param {Order} order @param {Selection} selection @param {number} now @returns {Standing} */
function standing(order, selection, now) {
  const trouble = orderTrouble(order, now);
  if (selection.order === order.id) return { order, trouble, tone: "chosen", rank: 3 };
  return { order, trouble, tone: trouble, rank: { late: 2, due: 1, none: 0 }[trouble ?? "none"] };
}

/** @param {Standing} standing @param {Words} words @param {Map<string, number>} beside @returns {Mark} */
function pickupMark({ order, trouble, tone }, words, beside) {
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
    icon: `pickup-${tone ?? (order.courier ? "hollow" : "plain")}`,
    text: orderState(order.state, words).letter,
    title: `${order.ref} · ${name || address}`,
    trouble,
  };
}

/** @param {Standing} standing @param {Board} board @returns {Mark} */
function dropoffMark({ order, trouble, tone }, board) {
  const { lon, lat, address, name } = order.dropoff;
  const courier = board.couriers.get(order.courier ?? "");
  return {
    kind: "dropoff",
    id: order.id,
    lon,
    lat,
    dx: 0,
    position: [lon, lat],
    icon: `dropoff-${tone ?? "hollow"}`,
    text: trouble === "late" ? "!" : courier ? initials(courier.name) : "",
    title: `${order.ref} · ${address || name}`,
    trouble,
  };
}
