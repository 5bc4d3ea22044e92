/**
 * Everything that the page holds at this moment. One place changes it (desk.js), one place draws it (view.js).
 *
 * @import { Clock } from "./clock.js"
 * @import { Feed } from "./feed.js"
 * @import { Filters } from "./filters.js"
 * @import { Format } from "./format.js"
 * @import { Scene } from "./order_rows.js"
 * @import { Roster } from "./roster.js"
 * @import { Trails, Whose } from "./trails.js"
 * @import { Colleague, Config, Forecast, Selection, Words } from "./types.js"
 * @typedef {{
 *   config: Config, clock: Clock, words: Words, format: Format, feed: Feed, roster: Roster, selection: Selection,
 *   chosen: ReadonlySet<string>, filter: string, filters: Filters, me: string, colleagues: Colleague[], arrivals: ReadonlyMap<string, Forecast | null>,
 *   hovered: {kind: string, id: string} | null, target: string | null,
 *   trails: Trails, whose: Whose, groups: boolean, standing: {kind: string, id: string} | null,
 *   draft: {end: "pickup" | "dropoff", at: [number, number]}[],
 *   followed: string | null, frames: number, unwatchedSince: string | null, aimed: string | null, typed: {order: string, courier: string | null} | null,
 *   spots: {position: [number, number], text: string}[],
 * }} State `aimed` is the courier who is pointed at, by pointer or by key, while an order is chosen or in the hand; `typed`
 *   what the command line says; `chosen` are the orders that are marked to be acted upon together; `filter` is what is searched for,
 *   `filters` what is hidden; `spots` are what was found and stands on the map until something else is chosen. Of the map:
 *   whose ways are drawn, whether what is crowded is grouped, and the thing that its keyboard is `standing` on.
 */
import { createClock } from "./clock.js";
import { emptyBoard } from "./board.js";
import { NONE, sieveOf } from "./filters.js";
import { newFeed } from "./feed.js";
import { createFormat } from "./format.js";
import { newRoster } from "./roster.js";
import { createWords } from "./words.js";

/** @param {Config} config @returns {State} */
export function newState(config) {
  const clock = createClock(
    () => performance.now(),
    () => Date.now(),
  );
  const words = createWords(config.words, config.locale);
  return {
    config,
    clock,
    words,
    format: createFormat(config.locale, config.time_zone, words),
    feed: newFeed(clock.now()),
    roster: newRoster(),
    selection: { order: null, courier: null },
    chosen: new Set(),
    filter: "",
    filters: NONE,
    me: "",
    colleagues: [],
    arrivals: new Map(),
    hovered: null,
    target: null,
    trails: new Map(),
    whose: "chosen",
    groups: true,
    standing: null,
    followed: null,
    draft: [],
    frames: 0,
    aimed: null,
    typed: null,
    spots: [],
    unwatchedSince: null,
  };
}

/** @param {State} state */
export const boardIn = (state) => state.feed.board ?? emptyBoard(state.config.coop);

/**
 * Which hand-over is looked at before it is done: what the command line says, what is carried, what is pointed at.
 * @param {State} state @param {string | null} carried an order in the hand @returns {{order: string | null, courier: string | null}}
 */
export function lookedAt(state, carried) {
  const { order, courier } = state.typed ?? {
    order: carried ?? state.selection.order,
    courier: carried ? state.target : state.aimed,
  };
  return { order, courier: boardIn(state).orders.get(order ?? "")?.courier === courier ? null : courier };
}

/** @param {State} state @returns {import("./filters.js").Sieve} which orders are seen: what the filters leave, and whatever is chosen or marked */
export function sightOf({ config, clock, filters, arrivals, selection, chosen }) {
  const passes = sieveOf(filters, clock.server(), { arrivals, zone: config.time_zone });
  return (order) => order.id === selection.order || chosen.has(order.id) || passes(order);
}

/** @param {State} state @returns {Scene} what the lists are drawn from */
export const sceneOf = (state) => ({
  board: boardIn(state),
  now: state.clock.server(),
  selection: state.selection,
  filter: state.filter,
  shows: sightOf(state),
  isOnShiftOnly: state.filters.shift === "on",
  chosen: state.chosen,
  colleagues: state.colleagues,
  arrivals: state.arrivals,
  words: state.words,
  format: state.format,
});

/** @param {State} state @returns {(courier: string) => number | null} the time of the last fix in epoch ms */
export const seenIn =
  ({ roster }) =>
  (courier) => {
    const index = roster.index.get(courier);
    return index === undefined || !roster.fleet.seenAt[index] ? null : roster.fleet.seenAt[index];
  };

/** @param {State} state @param {string} courier @returns {[number, number] | null} where it is drawn now */
export function placeOf({ roster }, courier) {
  const index = roster.index.get(courier);
  const place = index === undefined ? -1 : roster.fleet.places[index];
  return place < 0 ? null : [roster.fleet.positions[2 * place], roster.fleet.positions[2 * place + 1]];
}
