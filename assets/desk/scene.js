/**
 * Everything that the page holds at this moment. One place changes it (desk.js), one place draws it (view.js).
 *
 * @import { Clock } from "./clock.js"
 * @import { Feed } from "./feed.js"
 * @import { Format } from "./format.js"
 * @import { Scene } from "./order_rows.js"
 * @import { Roster } from "./roster.js"
 * @import { Colleague, Config, Forecast, Selection, Words } from "./types.js"
 * @typedef {{
 *   config: Config, clock: Clock, words: Words, format: Format, feed: Feed, roster: Roster, selection: Selection,
 *   filter: string, me: string, colleagues: Colleague[], arrivals: ReadonlyMap<string, Forecast | null>,
 *   hovered: {kind: string, id: string} | null, target: string | null,
 *   followed: string | null, frames: number, unwatchedSince: string | null, aimed: string | null, typed: {order: string, courier: string} | null,
 * }} State `aimed` is the courier who is pointed at, by pointer or by key, while an order is chosen or in the hand; `typed`
 *   what the command line says.
 */
import { createClock } from "./clock.js";
import { emptyBoard } from "./board.js";
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
  const words = createWords(config.words);
  return {
    config,
    clock,
    words,
    format: createFormat(config.locale, config.time_zone, words),
    feed: newFeed(clock.now()),
    roster: newRoster(),
    selection: { order: null, courier: null },
    filter: "",
    me: "",
    colleagues: [],
    arrivals: new Map(),
    hovered: null,
    target: null,
    followed: null,
    frames: 0,
    aimed: null,
    typed: null,
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

/** @param {State} state @returns {Scene} what the lists are drawn from */
export const sceneOf = (state) => ({
  board: boardIn(state),
  now: state.clock.server(),
  selection: state.selection,
  filter: state.filter,
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
