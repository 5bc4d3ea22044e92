/**
 * Rows are made again only when something has changed that they are made of: the order, who has it, when it arrives, who
 * looks at it, whether it is chosen or marked, and the minutes that its texts count. So one event touches one row.
 *
 * @import { Company } from "./company.js"
 * @import { Facts, Row, Scene } from "./order_rows.js"
 * @import { Forecast, Order } from "./types.js"
 */
import { instantsOf } from "./instants.js";

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

/** @param {(order: Order, facts: Facts, scene: Scene) => Row} make @returns {(order: Order, facts: Facts, scene: Scene) => Row} the same row as long as it says the same */
export function remembering(make) {
  /** @type {WeakMap<Order, {facts: Facts, since: number, until: number, row: Row}>} */
  const known = new WeakMap();
  return (order, facts, scene) => {
    const found = known.get(order);
    if (found && scene.now >= found.since && scene.now < found.until && isSame(found.facts, facts)) return found.row;
    const row = make(order, facts, scene);
    known.set(order, { facts, since: scene.now, until: changesAt(order, facts.forecast, scene.now), row });
    return row;
  };
}

/** @param {Facts} one @param {Facts} other */
const isSame = (one, other) =>
  one.courier === other.courier &&
  one.forecast === other.forecast &&
  isSameCompany(one.company, other.company) &&
  one.isSelected === other.isSelected &&
  one.isMarked === other.isMarked &&
  one.isActedUpon === other.isActedUpon &&
  one.hasIncident === other.hasIncident &&
  one.shareTitle === other.shareTitle;

/** @param {Company | null} one @param {Company | null} other */
const isSameCompany = (one, other) => one?.initials === other?.initials && one?.held === other?.held && one?.edges === other?.edges;

/**
 * Until when a row says the same if nothing happens: its texts count whole minutes from these instants on, seconds while
 * it is new, and the clock.
 * @param {Order} order @param {Forecast | null | undefined} forecast @param {number} now epoch ms
 */
export function changesAt(order, forecast, now) {
  const { placed, promise, waits } = instantsOf(order);
  const ends = [forecast?.pickup, forecast?.dropoff].filter((end) => end !== undefined);
  const foretold = ends.flatMap((end) => [end.earliest, end.expected, end.latest].map((text) => Date.parse(text)));
  const anchors = [0, placed, promise, waits, ...foretold].filter(Number.isFinite);
  const minutes = anchors.map((anchor) => next(anchor, MINUTE_MS, now));
  return Math.min(...minutes, now - placed < MINUTE_MS ? next(placed, SECOND_MS, now) : Infinity);
}

/** @param {number} anchor @param {number} step @param {number} now @returns {number} where a count of steps from the anchor changes next; both ways of rounding are heeded */
function next(anchor, step, now) {
  const past = (((now - anchor) % step) + step) % step;
  return past === 0 ? now + 1 : now + step - past;
}
