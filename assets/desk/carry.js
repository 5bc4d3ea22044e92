/**
 * An order in the hand: taken up from the list (the browser's own drag) or from the map (the pointer), let go over a
 * courier in the list or on the map. What may be dropped where is decided in drag.js.
 *
 * @typedef {{order: string, from: "list" | "map"}} Carried
 * @typedef {{
 *   take: () => void, hover: (courier: string | null) => void, drop: (order: string, courier: string | null) => void,
 *   end: () => void,
 * }} OnCarry
 * @typedef {ReturnType<typeof createCarry>} Carry
 */
import { newElement } from "./lists.js";

/** @param {OnCarry} on */
export function createCarry(on) {
  /** @type {Carried | null} */
  let carried = null;
  /** @type {string | null} */
  let above = null;
  /** @type {HTMLElement | null} */
  let ghost = null;

  /** @param {string | null} courier */
  function hover(courier) {
    if (courier === above) return;
    above = courier;
    on.hover(courier);
  }

  function end() {
    if (!carried) return;
    carried = null;
    ghost?.remove();
    ghost = null;
    hover(null);
    on.end();
  }

  return {
    carried: () => carried,
    /** @param {string} order @param {"list" | "map"} from */
    take(order, from) {
      carried = { order, from };
      on.take();
    },
    /** Show what is carried beside the pointer. @param {string} text @param {number} x @param {number} y */
    show(text, x, y) {
      ghost ??= document.body.appendChild(newElement("div", "drag-ghost", { "aria-hidden": "true" }, text));
      Object.assign(ghost.style, {
        position: "fixed",
        left: `${x + 12}px`,
        top: `${y + 12}px`,
        pointerEvents: "none",
        zIndex: "1000",
      });
    },
    hover,
    drop() {
      if (carried) on.drop(carried.order, above);
      end();
    },
    end,
  };
}

/** @param {Element | null} element @returns {string | null} the courier whose row this is, or lies in */
export const courierRowAt = (element) =>
  /** @type {HTMLElement | null} */ (element?.closest("[data-courier]") ?? null)?.dataset.courier ?? null;
