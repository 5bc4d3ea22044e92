/**
 * Key presses on the page, handed to the desk as acts.
 *
 * @import { Desk } from "./desk.js"
 * @import { Page } from "./page.js"
 */
import { actOf } from "./keys.js";

const DIALOGS = "[role=dialog], [role=menu]";

/** @param {Page} page @param {Desk} desk @returns {() => void} undo */
export function listenToKeys(page, desk) {
  const undo = new AbortController();
  let list = /** @type {"orders" | "couriers"} */ ("orders");

  /** @param {Event} event */
  const focused = (event) => {
    if (page.couriers.contains(/** @type {Node} */ (event.target))) list = "couriers";
    if (page.orders.contains(/** @type {Node} */ (event.target))) list = "orders";
  };

  /** @param {KeyboardEvent} event */
  const pressed = (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const act = actOf(event, {
      isTyping: target.isContentEditable || target.matches("input, textarea, select"),
      isInDialog: document.querySelector(DIALOGS) !== null,
      isInList: page.orders.contains(target) || page.couriers.contains(target),
    });
    if (!act) return;
    event.preventDefault();
    desk.act(act, list);
  };

  document.addEventListener("focusin", focused, { signal: undo.signal });
  document.addEventListener("keydown", pressed, { signal: undo.signal });
  return () => undo.abort();
}
