/**
 * What stands on the map, in words: for those who step through it by keys, and for those who hear it.
 *
 * @import { Board } from "./board.js"
 * @import { Thing } from "./map_view.js"
 * @import { Order, Words } from "./types.js"
 */
import { loads } from "./board.js";
import { orderTrouble } from "./order_rows.js";
import { orderState, shiftState } from "./states.js";

/** @param {Thing} thing @param {Board} board @param {number} now server's epoch ms @param {Words} words @returns {string} */
export function thingText(thing, board, now, words) {
  if (thing.kind === "courier") return courierText(thing, board, words);
  const order = thing.kind === "pickup" || thing.kind === "dropoff" ? board.orders.get(thing.id) : undefined;
  return order ? orderText(thing.kind, order, board, now, words) : thing.title;
}

/** @param {string} kind @param {Order} order @param {Board} board @param {number} now @param {Words} words */
function orderText(kind, order, board, now, words) {
  const place = kind === "pickup" ? order.pickup.name || order.pickup.address : order.dropoff.address || order.dropoff.name;
  const end =
    kind === "pickup"
      ? words("Pickup of {ref}: {place}", { ref: order.ref, place })
      : words("Drop-off of {ref}: {place}", { ref: order.ref, place });
  return [end, orderLine(order, board, now, words)].join(", ");
}

/** @param {Order} order @param {Board} board @param {number} now @param {Words} words @returns {string} how it stands, and with whom */
export function orderLine(order, board, now, words) {
  const trouble = orderTrouble(order, now);
  return [
    orderState(order.state, words).name,
    order.courier ? (board.couriers.get(order.courier)?.name ?? order.courier) : words("waits for a courier"),
    trouble === "late" ? words("late") : trouble === "due" ? words("nearly late") : "",
  ]
    .filter((part) => part)
    .join(", ");
}

/** @param {{id: string, title: string}} thing @param {Board} board @param {Words} words */
function courierText({ id, title }, board, words) {
  const courier = board.couriers.get(id);
  const inHand = loads(board).get(id)?.length ?? 0;
  return [
    words("Courier {name}", { name: title }),
    courier ? shiftState(courier.shift, words).name : "",
    words("orders in hand: {n}", { n: inHand }),
  ]
    .filter((part) => part)
    .join(", ");
}
