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
import { couriersAt, marksAt } from "./pick.js";
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
    listenToLists(page.orders, page.couriers, onRow(desk, mayTake), carry),
    listenToPointer(page.map, sense(state, view, desk, mayTake, map), carry),
    clicked(page.fit, desk.fit),
    clicked(page.follow, desk.follow),
  ];
  return () => undo.forEach((end) => end());
}

/** @param {Desk} desk @param {(order: string) => boolean} mayTake @returns {import("./list_pointer.js").OnRow} */
const onRow = (desk, mayTake) => ({
  order: (id) => desk.select({ order: id }),
  courier: (id) => desk.select({ courier: id }),
  menu: desk.menu,
  mayTake,
});

/**
 * @param {State} state @param {View} view @param {Desk} desk @param {(order: string) => boolean} mayTake @param {() => LiveMap | null} map
 * @returns {import("./map_pointer.js").MapSense}
 */
const sense = (state, view, desk, mayTake, map) => ({
  couriersAt(x, y) {
    const camera = map()?.camera;
    return camera ? couriersAt(camera, x, y, state.roster.fleet, state.roster.courier) : [];
  },
  ordersAt(x, y) {
    const camera = map()?.camera;
    return camera ? marksAt(camera, x, y, view.marks()) : [];
  },
  mayTake,
  title: (order) => boardIn(state).orders.get(order)?.ref ?? "",
  selected: () => state.selection.order,
  click: desk.click,
  hover: desk.hover,
});

/** @param {HTMLElement} button @param {() => void} act @returns {() => void} undo */
function clicked(button, act) {
  button.addEventListener("click", act);
  return () => button.removeEventListener("click", act);
}
