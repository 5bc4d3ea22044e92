/**
 * What a restaurant reported about an order, in words: on its own screen and on the desk.
 *
 * @import { Words } from "./types.js"
 */

/** @param {string} problem `missing: no tofu` @param {Words} words @returns {string} */
export function problemText(problem, words) {
  const [kind, ...rest] = problem.split(": ");
  const name = problemName(kind, words);
  return rest.length ? `${name}: ${rest.join(": ")}` : name;
}

/** @param {string} kind @param {Words} words */
export function problemName(kind, words) {
  switch (kind) {
    case "missing":
      return words("An item is missing");
    case "closed":
      return words("We are closed");
    case "cancel":
      return words("Has to be cancelled");
    case "call":
      return words("Please call us");
    default:
      return words("Something else");
  }
}
