/**
 * The list of orders as plain values: groups of rows, what each cell says and which signs a row bears.
 *
 * @import { Board } from "./board.js"
 * @import { Format } from "./format.js"
 * @import { Colleague, Forecast, Order, Selection, Words } from "./types.js"
 * @typedef {{key: string, id: string, classes: string, isSelected: boolean, cells: Record<string, string>, titles: Record<string, string>}} Row
 *   `classes` beside the row's own; `cells` by class name; `titles` likewise, for the cells that have one.
 * @typedef {{key: string, title: string, rows: Row[]}} Group
 * @typedef {{board: Board, now: number, selection: Selection, filter: string, colleagues: Colleague[], arrivals: ReadonlyMap<string, Forecast | null>, words: Words, format: Format}} Scene
 *   All that is drawn from; `now` in the server's epoch ms.
 * @typedef {"late" | "due" | null} Trouble
 */
import { arrivalText, expected, forecastTitle } from "./arrivals.js";
import { isOpen } from "./board.js";
import { problemText } from "./problems.js";
import { matches } from "./search.js";
import { orderState } from "./states.js";

const MINUTE_MS = 60 * 1000;
/** A promise this near with the food not yet on a bicycle needs somebody's eye. */
const DUE_MS = 10 * MINUTE_MS;
/** So long nobody has taken it: the second step of the ageing of unassigned work. */
const WAITED_MS = 5 * MINUTE_MS;

/** @type {[key: string, holds: (order: Order) => boolean][]} in the order in which they need a hand */
const GROUPS = [
  ["waiting", (order) => isOpen(order) && !order.courier],
  ["ready", (order) => order.state === "ready"],
  ["kitchen", (order) => isOpen(order) && order.state !== "picked_up"],
  ["riding", (order) => order.state === "picked_up"],
  ["done", (order) => order.state === "delivered"],
  ["undone", () => true],
];

/** @param {Order} order @param {number} now @returns {Trouble} what is wrong with it, if anything */
export function orderTrouble(order, now) {
  if (!isOpen(order)) return null;
  if (order.problem) return "late";
  const left = order.dropoff.before ? Date.parse(order.dropoff.before) - now : Infinity;
  if (left < 0) return "late";
  if (order.state !== "picked_up" && left < DUE_MS) return "due";
  return !order.courier && now - waitsSince(order) > WAITED_MS ? "due" : null;
}

/** @param {Scene} scene @returns {Group[]} those that hold something, most urgent first, in each the soonest promise first */
export function orderGroups(scene) {
  const found = new Map(GROUPS.map(([key]) => [key, /** @type {Order[]} */ ([])]));
  for (const order of scene.board.orders.values()) {
    if (isWanted(order, scene)) found.get(groupOf(order))?.push(order);
  }
  return [...found]
    .filter(([, orders]) => orders.length)
    .map(([key, orders]) => ({
      key,
      title: groupTitle(key, scene.format.count(orders.length), scene.words),
      rows: orders.sort(byPromise).map((order) => orderRow(order, scene)),
    }));
}

/** @param {Order} order */
const groupOf = (order) => /** @type {[string, unknown]} */ (GROUPS.find(([, holds]) => holds(order)))[0];

/** @param {Order} order @param {Scene} scene */
const isWanted = (order, { filter, board }) =>
  matches(filter, [
    order.ref,
    order.pickup.name,
    order.pickup.address,
    order.dropoff.name,
    order.dropoff.address,
    board.couriers.get(order.courier ?? "")?.name ?? "",
  ]);

/** @param {Order} one @param {Order} other */
const byPromise = (one, other) =>
  promise(one) - promise(other) || waitsSince(one) - waitsSince(other) || (one.id < other.id ? -1 : 1);

/** @param {Order} order */
const promise = (order) => (order.dropoff.before ? Date.parse(order.dropoff.before) : Infinity);

/** @param {Order} order a booking for later waits from its pickup window on */
const waitsSince = (order) =>
  Math.max(Date.parse(order.placed_at), order.pickup.after ? Date.parse(order.pickup.after) : 0);

/** @param {string} key @param {string} count @param {Words} words */
function groupTitle(key, count, words) {
  switch (key) {
    case "waiting":
      return words("Waiting for a courier ({count})", { count });
    case "ready":
      return words("Ready for pickup ({count})", { count });
    case "kitchen":
      return words("Not ready yet ({count})", { count });
    case "riding":
      return words("On the way ({count})", { count });
    case "done":
      return words("Delivered ({count})", { count });
    default:
      return words("Not delivered ({count})", { count });
  }
}

/** @param {Order} order @param {Scene} scene @returns {Row} */
function orderRow(order, scene) {
  const { board, now, words, format } = scene;
  const state = orderState(order.state, words);
  const trouble = orderTrouble(order, now);
  const late = isOpen(order) && order.dropoff.before ? now - Date.parse(order.dropoff.before) : 0;
  const watching = scene.colleagues
    .filter((one) => one.looking === order.id)
    .map((one) => one.name)
    .join(", ");
  const arrival = arrivalCell(order, scene);
  return {
    key: `order-${order.id}`,
    id: order.id,
    isSelected: scene.selection.order === order.id,
    classes: `order-row is-${order.state}${trouble ? ` is-${trouble}` : ""}${isOpen(order) && !order.courier ? " is-waiting" : ""}${arrival.isBehind ? " is-behind" : ""}`,
    cells: {
      "order-state": state.letter,
      "order-ref": order.ref,
      "order-restaurant": order.pickup.name || order.pickup.address,
      "order-to": order.dropoff.address || order.dropoff.name,
      "order-age": format.age(now - Date.parse(order.placed_at)),
      "order-promise": order.dropoff.before ? format.clock(Date.parse(order.dropoff.before)) : "",
      "order-late": late > 0 ? format.deviation(late) : "",
      "order-arrival": arrival.text,
      "order-courier": order.courier ? (board.couriers.get(order.courier)?.name ?? order.courier) : "",
      "order-problem": order.problem ? problemText(order.problem, words) : "",
      "order-looking": watching ? "👁" : "",
    },
    titles: {
      "order-state": state.name,
      "order-arrival": arrival.title,
      "order-looking": watching ? words("{names} is looking at it", { names: watching }) : "",
    },
  };
}

/** @param {Order} order @param {Scene} scene @returns {{text: string, title: string, isBehind: boolean}} `isBehind`: it will break its promise */
function arrivalCell(order, { arrivals, now, words, format }) {
  const forecast = isOpen(order) && order.courier ? arrivals.get(order.id) : undefined;
  if (forecast === null) return { text: words("no position"), title: "", isBehind: false };
  const arrival = forecast?.dropoff;
  if (!forecast || !arrival) return { text: "", title: "", isBehind: false };
  return {
    text: arrivalText(arrival, now, words, format),
    title: forecastTitle(forecast, now, words, format),
    isBehind: order.dropoff.before !== null && !arrival.here && expected(arrival) > Date.parse(order.dropoff.before),
  };
}
