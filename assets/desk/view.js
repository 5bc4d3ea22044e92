/**
 * Drawing: the lists and the line about the connection; the map's part is map_view.js. It reads the state and never changes it.
 *
 * @import { Board } from "./board.js"
 * @import { LiveMap } from "./map.js"
 * @import { Label } from "./labels.js"
 * @import { Has, Page } from "./page.js"
 * @import { Way } from "./routes.js"
 * @import { Scene } from "./order_rows.js"
 * @import { State } from "./scene.js"
 * @import { Colleague } from "./types.js"
 * @typedef {ReturnType<typeof createView>} View
 */
import { busyRestaurants, isOpen } from "./board.js";
import { idOf, tonesOf } from "./company.js";
import { connectionLine, routingLine } from "./connection.js";
import { courierGroups } from "./courier_rows.js";
import { densityOf } from "./density.js";
import { trust } from "./feed.js";
import { createList, newElement, setText } from "./lists.js";
import { createMapView } from "./map_view.js";
import { countText, orderGroups, orderRow } from "./order_rows.js";
import { remembering } from "./row_memory.js";
import { sceneOf, seenIn } from "./scene.js";
import { wayLine } from "./way_line.js";

const ORDER_CELLS = [
  "order-state",
  "order-ref",
  "order-restaurant",
  "order-to",
  "order-share",
  "order-age",
  "order-promise",
  "order-late",
  "order-arrival",
  "order-courier",
  "order-tags",
  "order-problem",
  "order-looking",
];
const COURIER_CELLS = ["courier-state", "courier-name", "courier-load", "courier-shift", "courier-seen"];

/** More couriers than this stand closer. */
const ROOMY_COURIERS = 26;

/** So often the age of the data is said anew while nothing else has changed. */
const SAY_MS = 500;

/** @param {Page} page @param {State} state @param {Has} has what this window shows: nothing else is worked out */
export function createView(page, state, has) {
  const { words, format } = state;
  const orders = createList(page.orders, {
    subject: "order",
    cells: ORDER_CELLS,
    label: words("Orders"),
    button: { className: "order-menu", label: words("Assign, or another step") },
    isMultiple: true,
    empty: words("No orders"),
  });
  const couriers = createList(page.couriers, {
    subject: "courier",
    cells: COURIER_CELLS,
    label: words("Couriers"),
    button: { className: "courier-stops", label: words("List of stops"), sign: "≡" },
    empty: words("No couriers"),
  });
  const rowOf = remembering(orderRow);
  const map = createMapView(state);
  let density = /** @type {import("./density.js").Density} */ (0);
  let saidAt = -Infinity;
  let shownColleagues = /** @type {Colleague[]} */ ([]);

  /**
   * Take in what is new: into the lists at once, onto the map with its next picture.
   * @param {"list" | "map" | null} held where the order comes from that is in somebody's hand: a list stands still under it
   * @param {LiveMap | null} live
   */
  function read(held, live) {
    const scene = sceneOf(state);
    const busy = busyTexts(scene.board, scene.now);
    if (has.lists) readLists(scene, held === "list", busy);
    if (has.map) map.read(live, busy, held !== null, scene.shows);
    showColleagues();
  }

  /** Their names, each in a frame of the colour that marks what they are at. */
  function showColleagues() {
    if (state.colleagues === shownColleagues) return;
    shownColleagues = state.colleagues;
    const tones = tonesOf(state.colleagues);
    const names = new Map(state.colleagues.map((one) => [idOf(one), one.name]));
    const chips = [...names].map(([id, name]) => newElement("span", `person is-person-${tones.get(id)}`, {}, name));
    page.presence.replaceChildren(...(chips.length ? [newElement("span", "", {}, words("Also here:")), ...chips] : []));
  }

  /** @param {Scene} scene @param {boolean} isHeld @param {Label[]} busy */
  function readLists(scene, isHeld, busy) {
    const { board } = scene;
    if (!isHeld) orders.render(orderGroups(scene, rowOf));
    couriers.render(courierGroups({ ...scene, seen: seenIn(state), target: state.target }));
    const open = [...board.orders.values()].filter(isOpen);
    const shown = open.filter(scene.shows).length;
    if (!isHeld) crowd(shown, [...board.couriers.values()].filter((one) => one.shift !== "off").length);
    setText(page.ordersCount, countText(shown, open.length - shown, scene));
    setText(page.couriersCount, format.count([...board.couriers.values()].filter((one) => one.shift === "on").length));
    page.kitchens.hidden = !busy.length;
    setText(page.kitchens, busy.map((one) => one.text).join(" · "));
  }

  /** @param {number} rows of orders @param {number} riders of couriers */
  function crowd(rows, riders) {
    density = densityOf(rows, density);
    setData("density", String(density));
    setData("crowd", riders > ROOMY_COURIERS ? "1" : "0");
  }

  /** @param {string} name @param {string} value */
  const setData = (name, value) => {
    if (page.desk.dataset[name] !== value) page.desk.dataset[name] = value;
  };

  /** @param {Way} way of the order or courier that is chosen */
  function drawWay(way) {
    const line = wayLine(way, words, format);
    page.way.hidden = line === "";
    setText(page.way, line);
  }

  function drawConnection() {
    const now = state.clock.now();
    const verdict = trust(state.feed, now);
    const kind = verdict.why === null ? "live" : verdict.why === "connecting" ? "connecting" : "stale";
    if (kind === page.desk.dataset.connection && now - saidAt < SAY_MS) return;
    saidAt = now;
    const line = connectionLine(state.feed, verdict, state.clock.server(), words, format);
    setText(page.connection, line);
    setText(page.clock, format.exactClock(state.clock.server()));
    page.desk.dataset.connection = kind;
    page.banner.hidden = kind !== "stale";
    setText(page.banner, kind === "stale" ? line : "");
    const routing = routingLine(state.feed.routes, words, format);
    page.routing.hidden = routing === "";
    setText(page.routing, routing);
  }

  /** What busy kitchens have said; where they are is known from their orders. @param {Board} board @param {number} now @returns {Label[]} */
  const busyTexts = (board, now) =>
    busyRestaurants(board, now).map((one) => {
      const own = [...board.orders.values()].filter((each) => each.restaurant === one.id);
      const order = own.find((each) => each.pickup.name) ?? own[0];
      const text = words("{restaurant} busy until {time} (+{n} min)", {
        restaurant: order?.pickup.name || one.id,
        time: format.clock(Date.parse(one.busy_until ?? "")),
        n: one.busy_minutes ?? 0,
      });
      return { index: -1, position: order ? [order.pickup.lon, order.pickup.lat] : [0, 0], text };
    });

  return {
    orders,
    couriers,
    read,
    map,
    drawConnection,
    drawWay,
    dispose() {
      orders.dispose();
      couriers.dispose();
    },
  };
}
