/**
 * Going about on the map by keys: looking elsewhere, stepping from thing to thing, and acting on the one that is stood on.
 *
 * @import { Cluster } from "./clusters.js"
 * @import { Desk } from "./desk.js"
 * @import { LiveMap } from "./map.js"
 * @import { MapAct } from "./map_keys.js"
 * @import { Thing } from "./map_view.js"
 * @import { State } from "./scene.js"
 * @import { View } from "./view.js"
 * @typedef {{
 *   open: (cluster: Cluster, isListWanted?: boolean) => void, markInView: () => void, say: (text: string) => void, changed: () => void,
 * }} OnKeys
 */
import { mapActOf } from "./map_keys.js";
import { thingText } from "./map_words.js";
import { boardIn } from "./scene.js";
import { createWalk, keyOf, nearestFirst } from "./walk.js";

const PAN_PX = 120;
const ZOOM_STEP = 0.5;

/**
 * @param {HTMLElement} host the map's @param {State} state @param {View} view @param {Desk} desk @param {() => LiveMap | null} map
 * @param {OnKeys} on
 */
export function listenToMapKeys(host, state, view, desk, map, on) {
  const { words } = state;
  const walk = createWalk();
  const undo = new AbortController();
  const camera = () => /** @type {LiveMap} */ (map()).camera;
  const size = () => ({ width: host.clientWidth, height: host.clientHeight });
  const spoken = () => /** @type {const} */ ([boardIn(state), state.clock.server(), words]);

  /** @param {1 | -1} by */
  function step(by) {
    const things = nearestFirst(view.map.things(), camera(), size());
    const key = walk.step(things.map(keyOf), by);
    const at = things.findIndex((thing) => keyOf(thing) === key);
    if (at < 0) return on.say(words("Nothing is in sight here: Home shows all"));
    standOn(things[at]);
    const said = [thingText(things[at], ...spoken()), view.map.companyOf(things[at]), words("{n} in sight", { n: things.length })];
    on.say(said.filter(Boolean).join(" · "));
  }

  /** @param {Thing | null} thing */
  function standOn(thing) {
    state.standing = thing && { kind: thing.kind, id: thing.id };
    desk.aim(thing?.kind === "courier" ? thing.id : null);
    on.changed();
  }

  /** Enter chooses; once more it does what it does in the lists. */
  function enter() {
    const thing = state.standing && view.map.thing(state.standing);
    if (!thing) return;
    const { order, courier } = state.selection;
    const cluster = view.map.clusterOf(thing);
    if (cluster) return on.open(cluster);
    if (thing.kind === "courier") return order && courier === thing.id ? desk.drop(order, thing.id) : desk.select({ courier: thing.id });
    if (order === thing.id) desk.menu(thing.id);
    else desk.select({ order: thing.id });
  }

  /** @returns {boolean} whether there was something to open a menu of */
  function menu() {
    const thing = state.standing && view.map.thing(state.standing);
    const cluster = thing && view.map.clusterOf(thing);
    if (cluster) on.open(cluster, true);
    else if (thing && thing.kind !== "courier") desk.menu(thing.id);
    else if (state.selection.order) desk.menu(state.selection.order);
    else return false;
    return true;
  }

  /** @returns {boolean} whether there was an order to mark */
  function markThis() {
    const thing = state.standing && view.map.thing(state.standing);
    if (!thing || thing.kind === "courier" || thing.kind === "couriers") return false;
    desk.choose(view.map.clusterOf(thing)?.members ?? [thing.id], "toggle");
    on.say(words("Orders marked: {n}", { n: state.chosen.size }));
    return true;
  }

  /** @param {number} x @param {number} y pixels */
  function pan(x, y) {
    desk.stopFollowing();
    walk.forget();
    camera().pan(x, y);
  }

  /** @param {number} by */
  function zoom(by) {
    walk.forget();
    camera().zoom(by);
  }

  /** @param {MapAct} act @returns {boolean | void} false: not meant for the map after all */
  function carryOn(act) {
    switch (act) {
      case "west":
        return pan(-PAN_PX, 0);
      case "east":
        return pan(PAN_PX, 0);
      case "north":
        return pan(0, -PAN_PX);
      case "south":
        return pan(0, PAN_PX);
      case "nearer":
        return zoom(ZOOM_STEP);
      case "farther":
        return zoom(-ZOOM_STEP);
      case "all":
        return (walk.forget(), desk.fit());
      case "next":
        return step(1);
      case "previous":
        return step(-1);
      case "enter":
        return enter();
      case "menu":
        return menu();
      case "mark":
        return markThis();
      case "mark-all":
        return on.markInView();
      default:
        return leave();
    }
  }

  /** @returns {boolean} whether the keys stood on something */
  function leave() {
    if (!state.standing) return false;
    walk.forget();
    standOn(null);
    return true;
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    const act = event.target === host ? mapActOf(event) : null;
    if (!act || !map() || document.querySelector("[role=dialog]")) return;
    if (carryOn(act) === false) return;
    event.preventDefault();
    event.stopPropagation();
  }

  host.addEventListener("keydown", pressed, { signal: undo.signal });
  return { forget: walk.forget, dispose: () => undo.abort() };
}
