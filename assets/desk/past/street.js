/**
 * Where people rode: couriers get their seats in the roster, and positions that were kept move them.
 *
 * @import { Point } from "./reel.js"
 * @import { State } from "../scene.js"
 */
import { moveTo } from "../motion.js";
import { addSeats, newRoster, showOnly } from "../roster.js";
import { boardIn } from "../scene.js";

/** Nobody is anywhere yet. @param {State} state */
export function clearStreet(state) {
  state.roster = newRoster();
  seat(state);
}

/** Seats for whoever has none; those off shift or on break are not shown. @param {State} state */
export function seat(state) {
  const { couriers } = boardIn(state);
  const missing = [...couriers.keys()].filter((courier) => !state.roster.index.has(courier));
  const first = state.roster.index.size;
  if (missing.length) {
    const seats = missing.map((courier, at) => ({ courier, index: first + at, seen: null }));
    state.roster = addSeats(state.roster, seats);
  }
  showOnly(state.roster, (courier) => couriers.get(courier)?.shift === "on");
}

/** @param {State} state @param {Point[]} points in order */
export function move(state, points) {
  const { fleet, index } = state.roster;
  for (const { courier, at, lat, lon } of points) {
    const place = index.get(courier);
    if (place !== undefined && !fleet.hidden[place]) moveTo(fleet, place, lon, lat, Date.parse(at), state.clock.now());
  }
}
