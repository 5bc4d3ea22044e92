/** A courier as a disc: initials in a colour of their own, so that who stands at the counter is found on the screen at a glance. */
import { initials } from "../initials.js";

/** Of the colours in kitchen.css. */
const TONES = 6;

/**
 * @param {string | null} name the first name: a restaurant knows no more
 * @returns {{initials: string, tone: number} | null} null without a courier; the same name has the same colour everywhere
 */
export function faceOf(name) {
  if (!name) return null;
  const sum = [...name].reduce((all, letter) => all * 31 + /** @type {number} */ (letter.codePointAt(0)), 7);
  return { initials: initials(name), tone: sum % TONES };
}
