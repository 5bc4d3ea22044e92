/**
 * What is to be seen of each courier beside the place: trouble, and how old the place is.
 *
 * @import { Board } from "./board.js"
 * @import { Tone } from "./paint.js"
 */
import { loads } from "./board.js";
import { ageOf } from "./courier_rows.js";
import { orderTrouble } from "./order_rows.js";

/**
 * @param {Board} board @param {Iterable<string>} couriers those with a place @param {(courier: string) => number | null} seen epoch ms
 * @param {number} now server's epoch ms @returns {Map<string, Tone>} of those who are not plain
 */
export function courierTones(board, couriers, seen, now) {
  /** @type {Map<string, Tone>} */
  const tones = new Map();
  for (const courier of couriers) {
    const age = ageOf(seen(courier), now);
    if (age) tones.set(courier, age);
  }
  for (const [courier, orders] of loads(board)) {
    if (tones.get(courier) !== "lost" && orders.some((order) => orderTrouble(order, now) === "late"))
      tones.set(courier, "late");
  }
  return tones;
}
