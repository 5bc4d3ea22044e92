/**
 * A group on the map opened: the map goes nearer until it comes apart, or what is in it is listed beside its sign.
 *
 * @import { Line } from "./cluster_list.js"
 * @import { Cluster } from "./clusters.js"
 * @import { Desk } from "./desk.js"
 * @import { LiveMap } from "./map.js"
 * @import { State } from "./scene.js"
 * @import { View } from "./view.js"
 */
import { boundsOf } from "./camera.js";
import { createClusterList } from "./cluster_list.js";
import { spotId } from "./clusters.js";
import { orderLine, thingText } from "./map_words.js";
import { apart } from "./motion.js";
import { boardIn, placeOf } from "./scene.js";

/** Members nearer together than this stand on each other however near the map is: one door, one counter. Metres. */
const SAME_PLACE_M = 12;
/** The list stands so far from the middle of the sign. */
const BESIDE_PX = 20;

/**
 * @param {HTMLElement} host the map's @param {State} state @param {View} view @param {Desk} desk @param {() => LiveMap} map
 */
export function createOpening(host, state, view, desk, map) {
  const { words } = state;
  const list = createClusterList(host);
  const camera = () => map().camera;
  const focus = () => host.focus({ preventScroll: true });

  /** Go nearer, so far that it comes apart; where it would not, say what is in it. @param {Cluster} cluster @param {boolean} isListWanted */
  function open(cluster, isListWanted = false) {
    const places = placesOf(cluster);
    if (!isListWanted && places.length && spanOf(places) >= SAME_PLACE_M) {
      desk.stopFollowing();
      return camera().fit(boundsOf(places));
    }
    const [x, y] = camera().toPixels(cluster.position[0], cluster.position[1]);
    const subject = cluster.kind === "orders" ? "order" : "courier";
    const choose = (/** @type {string} */ id) => (focus(), desk.select({ [subject]: id }));
    list.show(cluster.title, linesOf(cluster), { x: x + BESIDE_PX, y: y + BESIDE_PX / 2 }, choose, focus);
  }

  /** @param {Cluster} cluster @returns {[number, number][]} of each that is drawn in it */
  function placesOf({ kind, members, spots }) {
    if (kind === "couriers") return members.map((id) => placeOf(state, id)).filter((place) => place !== null);
    const inside = new Set(spots);
    return view.map.marks().flatMap((one) => (inside.has(spotId(one)) ? [one.position] : []));
  }

  /** @param {Cluster} cluster @returns {Line[]} */
  function linesOf({ kind, members }) {
    const board = boardIn(state);
    const now = state.clock.server();
    return members.map((id) => {
      const order = kind === "orders" ? board.orders.get(id) : undefined;
      if (!order) return courierLine(id);
      const trouble = view.map.marks().find((one) => one.id === id)?.trouble ?? "well";
      const where = order.pickup.name || order.pickup.address;
      return {
        id,
        classes: `is-${trouble}`,
        parts: [
          ["cluster-name", `${order.ref} ${where}`],
          ["cluster-how", orderLine(order, board, now, words)],
        ],
      };
    });
  }

  /** @param {string} id @returns {Line} */
  function courierLine(id) {
    const name = boardIn(state).couriers.get(id)?.name ?? id;
    const text = thingText({ kind: "courier", id, title: name, position: [0, 0], dx: 0, size: 0 }, boardIn(state), state.clock.server(), words);
    return { id, classes: "is-courier", parts: [["cluster-name", text]] };
  }

  return { open, shut: list.shut, dispose: list.dispose };
}

/** @param {number[][]} places lon, lat @returns {number} metres from corner to corner of the box round them */
function spanOf(places) {
  const [west, south, east, north] = boundsOf(places);
  return apart(west, south, east, north);
}
