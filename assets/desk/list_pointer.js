/**
 * The pointer on the two lists: choose, open the menu, take an order up, let it go over a courier.
 *
 * @import { Carry } from "./carry.js"
 * @typedef {{order: (id: string) => void, mark: (order: string, how: "one" | "range") => void, title: (order: string) => string, courier: (id: string) => void, menu: (order: string) => void, aim: (courier: string | null) => void, mayTake: (order: string) => boolean}} OnRow
 *   `title`: what is in the hand when this row is taken up: the order, or how many.
 */
import { courierRowAt } from "./carry.js";
import { newElement } from "./lists.js";

/** @param {HTMLElement} orders @param {HTMLElement} couriers @param {OnRow} on @param {Carry} carry @returns {() => void} undo */
export function listenToLists(orders, couriers, on, carry) {
  const undo = new AbortController();
  const { signal } = undo;

  orders.addEventListener(
    "click",
    (event) => {
      const order = orderRowAt(event.target);
      if (!order) return;
      if (event.shiftKey) return on.mark(order, "range");
      if (event.ctrlKey || event.metaKey) return on.mark(order, "one");
      on.order(order);
      if (event.target instanceof Element && event.target.closest(".order-menu")) on.menu(order);
    },
    { signal },
  );
  orders.addEventListener(
    "dblclick",
    (event) => {
      const order = orderRowAt(event.target);
      if (order) on.menu(order);
    },
    { signal },
  );
  orders.addEventListener(
    "dragstart",
    (event) => {
      const order = orderRowAt(event.target);
      if (!order || !on.mayTake(order)) return event.preventDefault();
      event.dataTransfer?.setData("text/plain", order);
      if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
      showCarried(event, on.title(order));
      carry.take(order, "list");
    },
    { signal },
  );
  orders.addEventListener("dragend", () => carry.end(), { signal });

  couriers.addEventListener(
    "click",
    (event) => {
      const courier = courierRowAt(/** @type {Element} */ (event.target));
      if (courier) on.courier(courier);
    },
    { signal },
  );
  couriers.addEventListener(
    "pointermove",
    (event) => on.aim(courierRowAt(/** @type {Element} */ (event.target))),
    { signal },
  );
  couriers.addEventListener("pointerleave", () => on.aim(null), { signal });
  couriers.addEventListener(
    "dragover",
    (event) => {
      if (!carry.carried()) return;
      const courier = courierRowAt(/** @type {Element} */ (event.target));
      carry.hover(courier);
      if (courier) event.preventDefault();
    },
    { signal },
  );
  couriers.addEventListener(
    "dragleave",
    (event) => {
      if (!couriers.contains(/** @type {Node | null} */ (event.relatedTarget))) carry.hover(null);
    },
    { signal },
  );
  couriers.addEventListener("drop", (event) => (event.preventDefault(), carry.drop()), { signal });
  return () => undo.abort();
}

/** The browser makes a picture of it in this very moment; afterwards it may go. @param {DragEvent} event @param {string} title */
function showCarried(event, title) {
  const ghost = document.body.appendChild(newElement("div", "drag-ghost is-in-list", { "aria-hidden": "true" }, title));
  event.dataTransfer?.setDragImage(ghost, -12, -12);
  setTimeout(() => ghost.remove());
}

/** @param {EventTarget | null} target */
const orderRowAt = (target) =>
  target instanceof Element
    ? (/** @type {HTMLElement | null} */ (target.closest("[data-order]"))?.dataset.order ?? null)
    : null;
