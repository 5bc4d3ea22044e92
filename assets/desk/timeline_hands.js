/**
 * Keys and pointer on the timeline: choose, walk, open the menu, take a bar up, let it go over another courier's lane.
 *
 * @import { Carry } from "./carry.js"
 * @typedef {{
 *   mayDrag: (order: string) => boolean, order: (order: string, courier: string | null) => void, courier: (courier: string) => void,
 *   menu: (order: string) => void, step: (key: string) => void, enter: () => void, zoom: () => void,
 * }} OnTimelineHands
 */
import { courierRowAt } from "./carry.js";

const STEPS = new Set(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"]);

/** @param {HTMLElement} rows @param {Carry} carry @param {OnTimelineHands} on @returns {() => void} undo */
export function listenToTimeline(rows, carry, on) {
  const undo = new AbortController();
  const { signal } = undo;

  rows.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (STEPS.has(event.key)) on.step(event.key);
    else if (event.key === "Enter") on.enter();
    else if (event.key === "z") on.zoom();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, { signal }); // prettier-ignore

  rows.addEventListener("click", ({ target }) => {
    const order = orderAt(target);
    const courier = courierRowAt(/** @type {Element} */ (target));
    if (order) on.order(order, courier);
    else if (courier) on.courier(courier);
  }, { signal }); // prettier-ignore
  rows.addEventListener("dblclick", ({ target }) => {
    const order = orderAt(target);
    if (order && on.mayDrag(order)) on.menu(order);
  }, { signal }); // prettier-ignore

  rows.addEventListener("dragstart", (event) => {
    const order = orderAt(event.target);
    if (!order || !on.mayDrag(order)) return event.preventDefault();
    event.dataTransfer?.setData("text/plain", order);
    if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
    carry.take(order, "list");
  }, { signal }); // prettier-ignore
  rows.addEventListener("dragover", (event) => {
    if (!carry.carried()) return;
    const courier = courierRowAt(/** @type {Element} */ (event.target));
    carry.hover(courier);
    if (courier) event.preventDefault();
  }, { signal }); // prettier-ignore
  rows.addEventListener("dragleave", (event) => {
    if (!rows.contains(/** @type {Node | null} */ (event.relatedTarget))) carry.hover(null);
  }, { signal }); // prettier-ignore
  rows.addEventListener("drop", (event) => (event.preventDefault(), carry.drop()), { signal });
  rows.addEventListener("dragend", () => carry.end(), { signal });
  return () => undo.abort();
}

/** @param {EventTarget | null} target */
const orderAt = (target) =>
  target instanceof Element ? (/** @type {HTMLElement | null} */ (target.closest("[data-order]"))?.dataset.order ?? null) : null;
