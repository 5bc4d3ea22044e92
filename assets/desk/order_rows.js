/**
 * The list of orders as plain values: groups of rows, what each cell says and which signs a row bears.
 *
 * @import { Board } from "./board.js"
 * @import { Company } from "./company.js"
 * @import { Format } from "./format.js"
 * @import { Sieve } from "./filters.js"
 * @import { Share } from "./together.js"
 * @import { Colleague, Forecast, Order, Selection, Words } from "./types.js"
 * @typedef {{key: string, id: string, classes: string, isSelected: boolean, isActedUpon: boolean, cells: Record<string, string>, titles: Record<string, string>, edges: string}} Row
 *   `classes` beside the row's own; `cells` by class name; `titles` likewise, for the cells that have one; `edges`: the stripes of those who are at it, "" for nobody. What one does next
 *   is done to the rows that are `isActedUpon`: those that are marked, else the chosen one.
 * @typedef {{courier: string, forecast: Forecast | null | undefined, company: Company | null, isSelected: boolean, isMarked: boolean, isActedUpon: boolean, hasIncident: boolean, share: string, shareTitle: string}} Facts
 *   What a row of an order is made of beside the order: its courier's name, who is at it.
 * @typedef {{key: string, title: string, rows: Row[]}} Group
 * @typedef {{
 *   board: Board, now: number, selection: Selection, filter: string, shows: Sieve, isOnShiftOnly: boolean, chosen: ReadonlySet<string>,
 *   colleagues: Colleague[], arrivals: ReadonlyMap<string, Forecast | null>, words: Words, format: Format,
 * }} Scene All that is drawn from; `now` in the server's epoch ms; `shows`: which orders the filters leave; `filter` is what is searched for.
 * @typedef {"late" | "due" | null} Trouble
 */
import { ordersWithIncident } from "./attention_rows.js";
import { arrivalText, expected, forecastTitle } from "./arrivals.js";
import { isOpen, waitsForCourier } from "./board.js";
import { companies, companyText } from "./company.js";
import { instantsOf } from "./instants.js";
import { problemText } from "./problems.js";
import { matches } from "./search.js";
import { orderState } from "./states.js";
import { shares } from "./together.js";

const MINUTE_MS = 60 * 1000;
/** A promise this near with the food not yet on a bicycle needs somebody's eye. */
const DUE_MS = 10 * MINUTE_MS;
/** So long nobody has taken it: the second step of the ageing of unassigned work. */
const WAITED_MS = 5 * MINUTE_MS;

/** @type {[key: string, holds: (order: Order) => boolean][]} in the order in which they need a hand */
const GROUPS = [
  ["waiting", waitsForCourier],
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
  const { promise, waits } = instantsOf(order);
  const left = promise - now;
  if (left < 0) return "late";
  if (order.state !== "picked_up" && left < DUE_MS) return "due";
  return !order.courier && now - waits > WAITED_MS ? "due" : null;
}

/**
 * @param {Scene} scene @param {(order: Order, facts: Facts, scene: Scene) => Row} rowOf
 * @returns {Group[]} those that hold something, most urgent first, in each the soonest promise first
 */
export function orderGroups(scene, rowOf = orderRow) {
  const found = new Map(GROUPS.map(([key]) => [key, { orders: /** @type {Order[]} */ ([]), hidden: 0 }]));
  for (const order of scene.board.orders.values()) {
    const group = isWanted(order, scene) ? found.get(groupOf(order)) : undefined;
    if (group && scene.shows(order)) group.orders.push(order);
    else if (group) group.hidden += 1;
  }
  const beside = companies(scene.colleagues);
  const troubled = ordersWithIncident(scene.board.alarms.values());
  const shared = shares(scene.board.orders.values());
  return [...found]
    .filter(([, { orders }]) => orders.length)
    .map(([key, { orders, hidden }]) => ({
      key,
      title: groupTitle(key, countText(orders.length, hidden, scene), scene.words),
      rows: orders.sort(byPromise).map((order) => rowOf(order, factsOf(order, scene, beside, troubled, shared.get(order.id)), scene)),
    }));
}

/** @param {number} shown @param {number} hidden @param {Pick<Scene, "words" | "format">} scene @returns {string} 17, or 5 of 17 */
export const countText = (shown, hidden, { words, format }) =>
  hidden
    ? words("{shown} of {all}", { shown: format.count(shown), all: format.count(shown + hidden) })
    : format.count(shown);

/** @param {Order} order @param {Scene} scene @param {Map<string, Company>} beside @param {Set<string>} troubled orders with an incident @param {Share | undefined} share @returns {Facts} */
function factsOf(order, { board, arrivals, selection, chosen, words }, beside, troubled, share) {
  const isSelected = selection.order === order.id;
  const isMarked = chosen.has(order.id);
  return {
    courier: order.courier ? (board.couriers.get(order.courier)?.name ?? order.courier) : "",
    forecast: isOpen(order) && order.courier ? arrivals.get(order.id) : undefined,
    company: beside.get(order.id) ?? null,
    isSelected,
    isMarked,
    isActedUpon: chosen.size ? isMarked : isSelected,
    hasIncident: troubled.has(order.id),
    share: share ? words("{n}/{count}", { n: share.nth, count: share.of }) : "",
    shareTitle: share ? words("drop-off {n} of {count} from one pickup, with {refs}", { n: share.nth, count: share.of, refs: share.refs.join(", ") }) : "",
  };
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
function byPromise(one, other) {
  const [first, second] = [instantsOf(one), instantsOf(other)];
  if (first.promise !== second.promise) return first.promise - second.promise;
  return first.waits - second.waits || (one.id < other.id ? -1 : 1);
}

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

/** @param {Order} order @param {Facts} facts @param {Scene} scene @returns {Row} */
export function orderRow(order, facts, scene) {
  const { now, words, format } = scene;
  const { placed, promise } = instantsOf(order);
  const state = orderState(order.state, words);
  const late = isOpen(order) ? now - promise : 0;
  const arrival = arrivalCell(order, facts.forecast, scene);
  return {
    key: `order-${order.id}`,
    id: order.id,
    isSelected: facts.isSelected,
    isActedUpon: facts.isActedUpon,
    classes: signs(order, facts, arrival.isBehind, now),
    cells: {
      "order-state": state.letter,
      "order-ref": order.ref,
      "order-restaurant": order.pickup.name || order.pickup.address,
      "order-to": [facts.share, order.dropoff.address || order.dropoff.name].filter(Boolean).join(" · "),
      "order-share": facts.shareTitle,
      "order-age": format.age(now - placed),
      "order-promise": order.dropoff.before ? format.clock(promise) : "",
      "order-late": late > 0 ? format.deviation(late) : "",
      "order-arrival": arrival.text,
      "order-courier": facts.courier,
      "order-tags": (order.tags ?? []).join(" · "),
      "order-problem": [order.problem && problemText(order.problem, words), facts.hasIncident && words("incident")].filter(Boolean).join(" · "),
      "order-looking": facts.company?.initials ?? "",
    },
    titles: {
      "order-state": state.name,
      "order-to": facts.shareTitle,
      "order-arrival": arrival.title,
      "order-looking": companyText(facts.company, words),
    },
    edges: facts.company?.edges ?? "",
  };
}

/** @param {Order} order @param {Facts} facts @param {boolean} isBehind @param {number} now */
function signs(order, { isMarked, company, hasIncident }, isBehind, now) {
  const trouble = orderTrouble(order, now);
  const own = [trouble && `is-${trouble}`, waitsForCourier(order) && "is-waiting", isBehind && "is-behind", isMarked && "is-marked", hasIncident && "has-incident", company && "is-in-company", company?.held && "is-held"];
  return ["order-row", `is-${order.state}`, ...own.filter(Boolean)].join(" ");
}

/** @param {Order} order @param {Forecast | null | undefined} forecast @param {Scene} scene @returns {{text: string, title: string, isBehind: boolean}} `isBehind`: it will break its promise */
function arrivalCell(order, forecast, { now, words, format }) {
  if (forecast === null) return { text: words("no position"), title: "", isBehind: false };
  const arrival = forecast?.dropoff;
  if (!forecast || !arrival) return { text: "", title: "", isBehind: false };
  return {
    text: arrivalText(arrival, now, words, format),
    title: forecastTitle(forecast, now, words, format),
    isBehind: order.dropoff.before !== null && !arrival.here && expected(arrival) > instantsOf(order).promise,
  };
}
