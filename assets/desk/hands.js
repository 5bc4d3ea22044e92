/**
 * Hands on the page: keys, pointer and buttons, all of which lead to the desk.
 *
 * @import { Carry } from "./carry.js"
 * @import { Desk } from "./desk.js"
 * @import { LiveMap } from "./map.js"
 * @import { Page } from "./page.js"
 * @import { State } from "./scene.js"
 * @import { View } from "./view.js"
 */
import { giveFocusBack } from "./dialog_focus.js";
import { mayDrag } from "./drag.js";
import { listenToKeys } from "./keyboard.js";
import { listenToLists } from "./list_pointer.js";
import { listenToPointer } from "./map_pointer.js";
import { listenToOutcomes } from "./outcomes.js";
import { clustersAt, couriersAt, marksAt } from "./pick.js";
import { boardIn } from "./scene.js";

/**
 * @param {Page} page @param {State} state @param {View} view @param {Desk} desk @param {Carry} carry @param {() => LiveMap | null} map
 * @returns {() => void} undo
 */
export function listenToHands(page, state, view, desk, carry, map) {
  const mayTake = (/** @type {string} */ order) => mayDrag(boardIn(state), order);
  const undo = [
    listenToKeys(page, desk),
    giveFocusBack(/** @type {HTMLElement} */ (page.desk.parentElement)),
    listenToLists(page.orders, page.couriers, onRow(state, desk, mayTake), carry),
    listenToPointer(page.map, sense(state, view, desk, mayTake, map), carry),
    aimedInDialog(page, desk),
    leftInAir(carry),
    listenToOutcomes(page.result, {
      go: (order) => desk.goTo({ order, courier: null }),
      done: (orders) => desk.choose([...state.chosen].filter((one) => !orders.includes(one)), "only"),
      leave: view.orders.focus,
    }),
    clicked(page.fit, desk.fit),
    clicked(page.follow, desk.follow),
  ];
  return () => undo.forEach((end) => end());
}

/** @param {State} state @param {Desk} desk @param {(order: string) => boolean} mayTake @returns {import("./list_pointer.js").OnRow} */
const onRow = (state, desk, mayTake) => ({
  order: (id) => desk.select({ order: id }),
  mark: desk.markRow,
  title: (order) => titleOf(state, order),
  courier: (id) => desk.select({ courier: id }),
  menu: desk.menu,
  aim: desk.aim,
  mayTake,
});

/** What is in the hand with this order: its number, or how many are marked with it. @param {State} state @param {string} order */
const titleOf = ({ chosen, words, format, feed }, order) =>
  chosen.has(order) && chosen.size > 1
    ? words("{count} {count:order|orders}", { count: format.count(chosen.size) })
    : (feed.board?.orders.get(order)?.ref ?? "");

/**
 * @param {State} state @param {View} view @param {Desk} desk @param {(order: string) => boolean} mayTake @param {() => LiveMap | null} map
 * @returns {import("./map_pointer.js").MapSense}
 */
const sense = (state, view, desk, mayTake, map) => ({
  couriersAt(x, y) {
    const camera = map()?.camera;
    return camera ? couriersAt(camera, x, y, state.roster.fleet, state.roster.courier, view.map.hiddenCouriers()) : [];
  },
  ordersAt(x, y) {
    const camera = map()?.camera;
    return camera ? marksAt(camera, x, y, view.map.shownMarks()) : [];
  },
  groupsAt(x, y) {
    const camera = map()?.camera;
    return camera ? clustersAt(camera, x, y, view.map.clusters()) : [];
  },
  mayTake,
  title: (order) => titleOf(state, order),
  selected: () => state.selection.order,
  click(hits, x, y) {
    const spot = map()?.camera.toDegrees(x, y);
    if (spot && desk.put([spot[0], spot[1]])) return;
    desk.click(hits);
  },
  hover: desk.hover,
});

/** The lines of the assign dialog: the one that has the focus, or the pointer. @param {Page} page @param {Desk} desk @returns {() => void} undo */
function aimedInDialog(page, desk) {
  const undo = new AbortController();
  const host = /** @type {HTMLElement} */ (page.desk.parentElement);
  let isOurs = false;
  /** @param {Event} event */
  const look = ({ target }) => {
    const isInside = target instanceof Element && target.closest("[role=dialog]") !== null;
    if (!isInside && !isOurs) return;
    isOurs = isInside;
    const line = isInside ? target.closest(".candidate[data-courier]") : null;
    desk.aim(/** @type {HTMLElement | null} */ (line)?.dataset.courier ?? null);
  };
  for (const kind of ["focusin", "pointerover"]) host.addEventListener(kind, look, { signal: undo.signal });
  return () => undo.abort();
}

/** Escape lets go of an order that is in the hand on the map. @param {Carry} carry @returns {() => void} undo */
function leftInAir(carry) {
  const undo = new AbortController();
  document.addEventListener("keydown", (event) => event.key === "Escape" && carry.end(), { signal: undo.signal });
  return () => undo.abort();
}

/** @param {HTMLElement} button @param {() => void} act @returns {() => void} undo */
function clicked(button, act) {
  button.addEventListener("click", act);
  return () => button.removeEventListener("click", act);
}
