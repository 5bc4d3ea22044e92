/**
 * Which marks and couriers are drawn as groups now, and who of them therefore is not drawn alone. What is chosen, pointed
 * at, followed or in the hand never hides in one.
 *
 * @import { Cluster } from "./clusters.js"
 * @import { Grouping, Spot } from "./groups.js"
 * @import { LiveMap } from "./map.js"
 * @import { Mark } from "./marks.js"
 * @import { Tone } from "./paint.js"
 * @import { State } from "./scene.js"
 */
import { courierClusters, orderClusters, orderSpots, spotId } from "./clusters.js";
import { levelOf } from "./groups.js";
import { boardIn, placeOf } from "./scene.js";

/** Signs of orders are wider than discs of couriers. */
const ORDERS_REACH_PX = 34;
const COURIERS_REACH_PX = 26;
/** Somebody has joined or left: so long the sign takes to its new middle. */
const EASE_MS = 400;

/** @param {State} state */
export function createCrowd(state) {
  let groupings = /** @type {{orders: Grouping, couriers: Grouping} | null} */ (null);
  let level = /** @type {number | null} */ (null);
  let orders = /** @type {Cluster[]} */ ([]);
  let couriers = /** @type {Cluster[]} */ ([]);
  let hiddenMarks = /** @type {ReadonlySet<string>} */ (new Set());
  let hiddenCouriers = /** @type {ReadonlySet<string>} */ (new Set());
  const eases = /** @type {Map<string, {lon: number, lat: number, since: number}>} */ (new Map());

  /**
   * @param {LiveMap} map @param {Mark[]} marks @param {ReadonlyMap<string, Tone>} tones
   * @param {boolean} isCarrying an order is in the hand: every courier is a place to let it go @param {number} now page ms
   */
  function read(map, marks, tones, isCarrying, now) {
    groupings ??= { orders: map.grouping(ORDERS_REACH_PX), couriers: map.grouping(COURIERS_REACH_PX) };
    level = levelOf(map.camera.state().zoom, level);
    const at = state.groups ? level : null;
    const pinned = pinnedIn(state);
    const ofOrders = groupings.orders(
      orderSpots(marks, (order) => pinned.orders.has(order)),
      at,
    );
    orders = orderClusters(ofOrders, marks, state.chosen, state.words);
    hiddenMarks = new Set(ofOrders.flatMap((group) => group.members));
    const ofCouriers = groupings.couriers(courierSpots(state, pinned.couriers), isCarrying ? null : at);
    const before = couriers;
    couriers = courierClusters(ofCouriers, tones, state.words);
    hiddenCouriers = new Set(ofCouriers.flatMap((group) => group.members));
    for (const cluster of couriers) easeFrom(before, cluster, now);
  }

  /** A sign whose group is another one goes on from where it was. @param {Cluster[]} before @param {Cluster} cluster @param {number} now */
  function easeFrom(before, cluster, now) {
    const old = before.find((one) => one.id === cluster.id);
    if (!old || old.members.length === cluster.members.length) return;
    const [lon, lat] = old.position;
    eases.set(cluster.id, { lon: lon - cluster.lon, lat: lat - cluster.lat, since: now });
  }

  /** The signs of couriers ride along with them. @param {number} now page ms @returns {boolean} whether one goes on by itself */
  function ride(now) {
    for (const cluster of couriers) {
      const [lon, lat] = middleNow(state, cluster);
      const ease = eases.get(cluster.id);
      const left = ease ? Math.max(0, 1 - (now - ease.since) / EASE_MS) ** 2 : 0;
      if (ease && left === 0) eases.delete(cluster.id);
      cluster.position[0] = lon + (ease?.lon ?? 0) * left;
      cluster.position[1] = lat + (ease?.lat ?? 0) * left;
    }
    return eases.size > 0;
  }

  return {
    read,
    ride,
    orders: () => orders,
    couriers: () => couriers,
    /** @param {Mark} mark */
    isMarkHidden: (mark) => hiddenMarks.has(spotId(mark)),
    hiddenCouriers: () => hiddenCouriers,
  };
}

/** @param {State} state @returns {{orders: Set<string>, couriers: Set<string>}} who never hides */
export function pinnedIn(state) {
  const { selection, hovered, standing, target, aimed, followed } = state;
  const orders = new Set([selection.order, state.typed?.order ?? null]);
  const couriers = new Set([selection.courier, target, aimed, followed, state.typed?.courier ?? null]);
  for (const one of [hovered, standing]) {
    if (one?.kind === "courier") couriers.add(one.id);
    else if (one) orders.add(one.id);
  }
  couriers.add(boardIn(state).orders.get(selection.order ?? "")?.courier ?? null);
  return { orders: withoutNull(orders), couriers: withoutNull(couriers) };
}

/** @param {Set<string | null>} ids */
const withoutNull = (ids) => new Set([...ids].filter((id) => id !== null));

/** @param {State} state @param {ReadonlySet<string>} pinned @returns {Spot[]} */
function courierSpots({ roster: { fleet, courier } }, pinned) {
  const spots = /** @type {Spot[]} */ ([]);
  for (let place = 0; place < fleet.shown; place += 1) {
    const id = courier[fleet.slots[place]];
    if (!pinned.has(id)) spots.push({ id, lon: fleet.positions[2 * place], lat: fleet.positions[2 * place + 1] });
  }
  return spots;
}

/** @param {State} state @param {Cluster} cluster of couriers @returns {[number, number]} as far as its members are on the map still */
function middleNow(state, { members, position }) {
  let count = 0;
  let lon = 0;
  let lat = 0;
  for (const courier of members) {
    const place = placeOf(state, courier);
    if (!place) continue;
    count += 1;
    lon += place[0];
    lat += place[1];
  }
  return count ? [lon / count, lat / count] : position;
}
