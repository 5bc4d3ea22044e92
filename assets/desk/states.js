/**
 * States: their name, and the letter that says the same without colour.
 *
 * @import { Words } from "./types.js"
 */

/** @param {string} state of an order @param {Words} words @returns {{letter: string, name: string}} */
export function orderState(state, words) {
  switch (state) {
    case "placed":
      // TRANSLATORS: one letter for the state "placed"
      return { letter: words("P"), name: words("placed") };
    case "accepted":
      // TRANSLATORS: one letter for the state "accepted"
      return { letter: words("A"), name: words("accepted") };
    case "preparing":
      // TRANSLATORS: one letter for the state "preparing"
      return { letter: words("K"), name: words("preparing") };
    case "ready":
      // TRANSLATORS: one letter for the state "ready"
      return { letter: words("R"), name: words("ready") };
    case "picked_up":
      return { letter: "→", name: words("picked up") };
    case "delivered":
      return { letter: "✓", name: words("delivered") };
    case "refused":
      return { letter: "✗", name: words("refused") };
    case "cancelled":
      return { letter: "✗", name: words("cancelled") };
    default:
      return { letter: "!", name: words("failed") };
  }
}

/** @param {string} shift @param {Words} words @returns {{letter: string, name: string}} */
export function shiftState(shift, words) {
  switch (shift) {
    case "on":
      return { letter: "●", name: words("on shift") };
    case "break":
      return { letter: "‖", name: words("on break") };
    default:
      return { letter: "○", name: words("off shift") };
  }
}
