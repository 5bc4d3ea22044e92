/**
 * `window.roulement`: what the page holds and has drawn, to be read by tests and by whoever looks for a fault.
 *
 * @import { LiveMap } from "./map.js"
 * @import { MapView } from "./map_view.js"
 * @import { Hit } from "./pick.js"
 * @import { State } from "./scene.js"
 */
import { trust } from "./feed.js";
import { boardIn, placeOf } from "./scene.js";

/**
 * @param {State} state @param {() => LiveMap | null} map @param {MapView} view @param {HTMLElement} host the map's
 * @param {HTMLElement} line the connection's
 */
export function installHooks(state, map, view, host, line) {
  const marks = { started: Date.now(), firstCourier: /** @type {number | null} */ (null) };
  const hooks = {
    state: () => {
      const verdict = trust(state.feed, state.clock.now());
      const board = boardIn(state);
      return {
        coop: board.coop,
        seq: board.seq,
        orders: Object.fromEntries(board.orders),
        couriers: Object.fromEntries(board.couriers),
        positions: positions(state),
        selection: { ...state.selection },
        chosen: [...state.chosen],
        followed: state.followed,
        standing: state.standing && { ...state.standing },
        whose: state.whose,
        spots: [...state.spots],
        draft: state.draft,
        colleagues: [...state.colleagues],
        stale: verdict.why !== null && verdict.why !== "connecting",
        why: verdict.why,
        age: verdict.age,
        connection: line.textContent ?? "",
      };
    },
    /** How the board came about: spans of entries, contiguous unless the page was cut off and given a snapshot. */
    ledger: () => state.feed.ledger.map((span) => ({ ...span })),
    /** Moves on when something was written about the weather, or may have been. */
    weather: () => state.feed.weather,
    /** Likewise about handing the desk over. */
    handover: () => state.feed.handover,
    /** Frames applied since the start. */
    get frames() {
      return state.frames;
    },
    /** Pictures of the map since the start. */
    get drawings() {
      return map()?.drawings() ?? 0;
    },
    /** When the page's code started and when the first courier was drawn, epoch ms. */
    marks: () => ({ ...marks }),
    /** The server's time as the page knows it, epoch ms. */
    now: () => state.clock.server(),
    /** What is drawn as a group, and where on the screen its sign is. */
    clusters: () =>
      view.clusters().map(({ kind, members, worst, text, position }) => {
        const [x, y] = map()?.camera.toPixels(position[0], position[1]) ?? [0, 0];
        const box = host.getBoundingClientRect();
        return { kind, members: [...members], worst, text, x: box.left + x, y: box.top + y };
      }),
    /** The bars that are drawn for colleagues, by the names of their signs. */
    edges: () => view.edges().map(({ icon }) => icon),
    /** The way that a courier has come, as far as it is known here: lon, lat, epoch ms. @param {string} courier */
    trail: (courier) => (state.trails.get(courier) ?? []).map(({ lon, lat, at }) => [lon, lat, at]),
    /** Where the map looks: lon, lat, zoom. */
    looks() {
      const { longitude, latitude, zoom } = map()?.camera.state() ?? {};
      return [longitude, latitude, zoom];
    },
    /** Where a courier, or an end of an order, is on the screen. @param {Hit["kind"]} kind @param {string} id */
    where: (kind, id) => {
      const mark = view.marks().find((one) => one.kind === kind && one.id === id);
      const place = kind === "courier" ? placeOf(state, id) : mark?.position;
      const live = map();
      if (!place || !live) return null;
      const [x, y] = live.camera.toPixels(place[0], place[1]);
      const box = host.getBoundingClientRect();
      return { x: box.left + x + (mark?.dx ?? 0), y: box.top + y };
    },
  };
  /** @type {() => void} */
  let populate = () => {};
  const populated = /** @type {Promise<void>} */ (new Promise((resolve) => (populate = resolve)));
  Object.defineProperty(window, "roulement", { value: Object.freeze(hooks), configurable: true });
  return {
    drawn() {
      if (marks.firstCourier !== null || !state.roster.fleet.shown) return;
      marks.firstCourier = Date.now();
      populate();
    },
    populated,
    dispose: () => Reflect.deleteProperty(window, "roulement"),
  };
}

/** @param {State} state */
function positions(state) {
  const { fleet, courier } = state.roster;
  return Object.fromEntries(
    [...fleet.slots.subarray(0, fleet.shown)].map((index, place) => [
      courier[index],
      {
        lon: fleet.positions[2 * place],
        lat: fleet.positions[2 * place + 1],
        heading: fleet.heading[index],
        seen: fleet.seenAt[index],
      },
    ]),
  );
}
