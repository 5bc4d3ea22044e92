/**
 * The state of the connection in words.
 *
 * @import { Feed, Trust } from "./feed.js"
 * @import { Format } from "./format.js"
 * @import { Routing, Words } from "./types.js"
 */

/**
 * By whom routes are made, when not by whom they should be; empty while they are.
 * @param {Routing | null} routing @param {Words} words @param {Format} format @returns {string}
 */
export function routingLine(routing, words, format) {
  if (routing === null) return "";
  const time = format.clock(Date.parse(routing.since));
  return routing.by === "guess"
    ? words("Routes are estimated since {time}: as the crow flies, and a third longer", { time })
    : words("The routing server has been away since {time}: routes come from this desk’s own map", { time });
}

/**
 * @param {Feed} feed @param {Trust} trust @param {number} serverNow epoch ms @param {Words} words @param {Format} format
 * @returns {string}
 */
export function connectionLine(feed, trust, serverNow, words, format) {
  const age = format.briefAge(trust.age);
  const since = format.exactClock(serverNow - trust.age);
  switch (trust.why) {
    case null:
      return words("Live, data {age} old", { age });
    case "connecting":
      return words("Connecting…");
    case "behind":
      return words("Some changes are missing: what you see may be old; fetching them");
    case "bus":
      return words("No news from the street since {time}: what you see may be old; mending it", {
        time: format.exactClock(feed.staleSince ?? serverNow - trust.age),
      });
    default:
      return words("No connection since {time}: what you see may be old; trying again", { time: since });
  }
}
