/**
 * Drawing: the lists, the line about the connection, the map. It reads the state and never changes it.
 *
 * @import { Board } from "./board.js"
 * @import { LiveMap } from "./map.js"
 * @import { Label } from "./labels.js"
 * @import { Mark } from "./marks.js"
 * @import { Page } from "./page.js"
 * @import { Way } from "./routes.js"
 * @import { State } from "./scene.js"
 * @typedef {ReturnType<typeof createView>} View
 */
import { busyRestaurants, isOpen } from "./board.js";
import { connectionLine, routingLine } from "./connection.js";
import { courierGroups } from "./courier_rows.js";
import { trust } from "./feed.js";
import { loadLabels, nameLabels, rideAlong } from "./labels.js";
import { createList, setText } from "./lists.js";
import { courierProps, labelProps, markProps } from "./map.js";
import { orderMarks } from "./marks.js";
import { advance } from "./motion.js";
import { orderGroups } from "./order_rows.js";
import { newPaint, paintCouriers } from "./paint.js";
import { boardIn, sceneOf, seenIn } from "./scene.js";
import { courierTones } from "./tones.js";
import { wayLine } from "./way_line.js";

const ORDER_CELLS = [
  "order-state",
  "order-ref",
  "order-restaurant",
  "order-to",
  "order-age",
  "order-promise",
  "order-late",
  "order-arrival",
  "order-courier",
  "order-problem",
  "order-looking",
];
const COURIER_CELLS = ["courier-state", "courier-name", "courier-load", "courier-shift", "courier-seen"];

/** So often the age of the data is said anew while nothing else has changed. */
const SAY_MS = 500;

/** @param {Page} page @param {State} state */
export function createView(page, state) {
  const { words, format, config } = state;
  const orders = createList(page.orders, {
    subject: "order",
    cells: ORDER_CELLS,
    label: words("Orders"),
    button: { className: "order-menu", label: words("Assign, or another step") },
    empty: words("No orders"),
  });
  const couriers = createList(page.couriers, {
    subject: "courier",
    cells: COURIER_CELLS,
    label: words("Couriers"),
    button: null,
    empty: words("No couriers"),
  });
  let paint = newPaint(0);
  let marks = { pickups: /** @type {Mark[]} */ ([]), dropoffs: /** @type {Mark[]} */ ([]) };
  let tones = courierTones(boardIn(state), [], () => null, 0);
  let loads = /** @type {Label[]} */ ([]);
  let names = /** @type {Label[]} */ ([]);
  let turn = 0;
  let saidAt = -Infinity;

  /**
   * Take in what is new: into the lists at once, onto the map with its next picture.
   * @param {boolean} isHeld whether a row is in somebody's hand: the list then stands still under it @param {number} zoom
   */
  function read(isHeld, zoom) {
    const scene = sceneOf(state);
    const { board, now } = scene;
    if (!isHeld) orders.render(orderGroups(scene));
    couriers.render(courierGroups({ ...scene, seen: seenIn(state), target: state.target }));
    setText(page.ordersCount, format.count([...board.orders.values()].filter(isOpen).length));
    setText(page.couriersCount, format.count([...board.couriers.values()].filter((one) => one.shift === "on").length));
    setText(
      page.presence,
      state.colleagues.length
        ? words("Also here: {names}", { names: [...new Set(state.colleagues.map((one) => one.name))].join(", ") })
        : "",
    );
    const busy = busyTexts(board, now);
    page.kitchens.hidden = !busy.length;
    setText(page.kitchens, busy.map((one) => one.text).join(" · "));
    marks = orderMarks(board, state.selection, now, words);
    tones = courierTones(board, state.roster.index.keys(), seenIn(state), now);
    advance(state.roster.fleet, state.clock.now());
    const naming = { board, roster: state.roster, now, zoom, named: wantedNames(), words, format };
    loads = loadLabels(naming);
    names = [...nameLabels(naming), ...markNames(), ...busy.filter((one) => one.position[0] !== 0)];
  }

  /** The couriers where they are now. @param {LiveMap} map @param {number} now page ms @returns {boolean} whether they move on */
  function drawCouriers(map, now) {
    const { fleet, courier } = state.roster;
    const isMoving = advance(fleet, now);
    paint = paintCouriers(
      paint,
      fleet,
      courier,
      { tones, chosen: state.selection.courier, target: state.target },
      config.map.palette,
    );
    rideAlong(loads, fleet);
    rideAlong(names, fleet);
    turn += 1;
    map.draw({ ...courierProps(fleet, paint), ...labelProps(loads, names, turn) });
    return isMoving;
  }

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

  const wantedNames = () =>
    new Set(
      [state.selection.courier, state.target, state.hovered?.kind === "courier" ? state.hovered.id : null].filter(
        (id) => id !== null,
      ),
    );

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

  /** Those of the orders on the map. */
  const allMarks = () => [...marks.pickups, ...marks.dropoffs];

  /** @returns {Label[]} what the mark under the pointer stands for */
  function markNames() {
    const { hovered } = state;
    if (!hovered || hovered.kind === "courier") return [];
    const mark = allMarks().find((one) => one.id === hovered.id && one.kind === hovered.kind);
    return mark ? [{ index: -1, position: mark.position, text: mark.title }] : [];
  }

  return {
    orders,
    couriers,
    read,
    drawCouriers,
    drawConnection,
    drawWay,
    /** @param {LiveMap} map */
    drawMarks: (map) => map.draw(markProps(marks)),
    marks: allMarks,
    dispose() {
      orders.dispose();
      couriers.dispose();
    },
  };
}
