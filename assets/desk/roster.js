/**
 * Who is who in the position frames: the server names couriers by index, and names them anew with each connection.
 *
 * @import { Frame } from "./frame.js"
 * @import { Fleet } from "./motion.js"
 * @import { Seat } from "./types.js"
 * @typedef {{fleet: Fleet, index: Map<string, number>, courier: string[]}} Roster
 */
import { AGE_LIMIT_MS } from "./frame.js";
import { hide, moveTo, newFleet, withRoom } from "./motion.js";

const ROOM = 64;

/** @returns {Roster} */
export const newRoster = () => ({ fleet: newFleet(ROOM), index: new Map(), courier: [] });

/**
 * The roster of a new connection: nobody jumps or blinks, whatever the new indices are.
 * @param {Roster} before @param {Seat[]} seats @returns {Roster}
 */
export function reseat(before, seats) {
  const after = addSeats(newRoster(), seats);
  for (const [courier, index] of after.index) {
    const old = before.index.get(courier);
    if (old !== undefined && before.fleet.known[old]) carryOver(before.fleet, old, after.fleet, index);
  }
  return after;
}

/** @param {Roster} roster @param {Seat[]} seats all, or those that are new @returns {Roster} */
export function addSeats(roster, seats) {
  const index = new Map(roster.index);
  const courier = [...roster.courier];
  const fleet = withRoom(
    roster.fleet,
    seats.reduce((most, seat) => Math.max(most, seat.index + 1), 0),
  );
  for (const seat of seats) {
    index.set(seat.courier, seat.index);
    courier[seat.index] = seat.courier;
    if (!fleet.known[seat.index]) fleet.seenAt[seat.index] = (seat.seen ?? 0) * 1000;
  }
  return { fleet, index, courier };
}

/**
 * Take the fixes of a frame. Frames outlive no roster: an index that is unknown is left alone.
 * @param {Roster} roster @param {Frame} frame @param {number} now page ms
 */
export function takeFrame(roster, frame, now) {
  const { fleet } = roster;
  for (let k = 0; k < frame.index.length; k += 1) {
    const index = frame.index[k];
    if (roster.courier[index] === undefined || fleet.hidden[index]) continue;
    const lon = frame.lon[k];
    const lat = frame.lat[k];
    if (frame.ageMs[k] < AGE_LIMIT_MS) moveTo(fleet, index, lon, lat, frame.builtAt * 1000 - frame.ageMs[k], now);
    else if (!fleet.known[index])
      moveTo(fleet, index, lon, lat, oldest(fleet.seenAt[index], frame.builtAt * 1000), now);
  }
}

/** Who may be followed now; the others vanish at once. @param {Roster} roster @param {(courier: string) => boolean} isOnShift */
export function showOnly(roster, isOnShift) {
  for (const [courier, index] of roster.index) hide(roster.fleet, index, !isOnShift(courier));
}

/** @param {number} seenAt by the roster, 0 when unknown @param {number} builtAt epoch ms */
const oldest = (seenAt, builtAt) => (seenAt > 0 ? Math.min(seenAt, builtAt - AGE_LIMIT_MS) : builtAt - AGE_LIMIT_MS);

/** @param {Fleet} before @param {number} old @param {Fleet} after @param {number} index */
function carryOver(before, old, after, index) {
  for (const name of /** @type {const} */ ([
    "fromLon",
    "fromLat",
    "toLon",
    "toLat",
    "startedAt",
    "lasts",
    "heading",
    "heads",
    "seenAt",
    "known",
  ])) {
    after[name][index] = before[name][old];
  }
}
