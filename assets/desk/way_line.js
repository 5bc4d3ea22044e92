/**
 * The way of what is chosen, in words; when it is a guess it says so.
 *
 * @import { Format } from "./format.js"
 * @import { Way } from "./routes.js"
 * @import { Words } from "./types.js"
 * @param {Way} way @param {Words} words @param {Format} format @returns {string} empty when there is none
 */
export function wayLine(way, words, format) {
  if (!way || way.points.length < 2) return "";
  const told = { distance: format.distance(way.metres), time: format.age(1000 * way.seconds) };
  if (way.guessed) return words("Way ahead: about {distance}, about {time}, as the crow flies", told);
  if (way.ascent_metres === null) return words("Way ahead: {distance}, {time}", told);
  return words("Way ahead: {distance}, {time}, {ascent} uphill", { ...told, ascent: format.distance(way.ascent_metres) });
}
