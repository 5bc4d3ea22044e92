/**
 * Where couriers are drawn: eased from fix to fix, in arrays that are filled anew for each picture and never replaced.
 *
 * @typedef {{
 *   capacity: number, known: Uint8Array, hidden: Uint8Array, fromLon: Float64Array, fromLat: Float64Array,
 *   toLon: Float64Array, toLat: Float64Array, startedAt: Float64Array, lasts: Float64Array, heading: Float32Array,
 *   heads: Uint8Array, seenAt: Float64Array,
 *   shown: number, slots: Int32Array, places: Int32Array, positions: Float32Array, angles: Float32Array, isSettled: boolean,
 * }} Fleet
 *   By roster index, the first row in use: `known` (1 once a fix came), `hidden` (1 off shift or on break), ends of the
 *   present movement in degrees, `startedAt` and `lasts` in page ms, `heading` in degrees clockwise from north, `heads`
 *   (1 once it is known where a courier is heading), `seenAt` the fix time in epoch ms of the server.
 *   `places`: the place among those shown, -1 for nobody's. By that place: `slots` (the index), `positions` (lon, lat) and `angles` as deck.gl takes them.
 */

const METRES_PER_DEGREE = 111320;
const LEAST_EASE_MS = 150;
const MOST_EASE_MS = 1500;
/** Farther than this between two fixes nobody rode: it is drawn as a jump. */
const JUMP_M = 400;
/** Under this a movement says nothing about the direction. */
const STEP_M = 2;
/** Fix times come as an age in whole milliseconds: the same fix may seem to be this much younger. */
const CLOCK_GRAIN_MS = 2;

/** @param {number} capacity @returns {Fleet} */
export const newFleet = (capacity) => ({
  capacity,
  known: new Uint8Array(capacity),
  hidden: new Uint8Array(capacity),
  fromLon: new Float64Array(capacity),
  fromLat: new Float64Array(capacity),
  toLon: new Float64Array(capacity),
  toLat: new Float64Array(capacity),
  startedAt: new Float64Array(capacity),
  lasts: new Float64Array(capacity),
  heading: new Float32Array(capacity),
  heads: new Uint8Array(capacity),
  seenAt: new Float64Array(capacity),
  shown: 0,
  slots: new Int32Array(capacity),
  places: new Int32Array(capacity).fill(-1),
  positions: new Float32Array(2 * capacity),
  angles: new Float32Array(capacity),
  isSettled: false,
});

/**
 * A fleet with room for `count` couriers: the same one when it has it, else a larger one that knows the same.
 * @param {Fleet} fleet @param {number} count @returns {Fleet}
 */
export function withRoom(fleet, count) {
  if (count <= fleet.capacity) return fleet;
  const larger = newFleet(2 ** Math.ceil(Math.log2(count)));
  for (const [name, old] of Object.entries(fleet)) {
    if (ArrayBuffer.isView(old)) /** @type {any} */ (larger)[name].set(old);
  }
  return { ...larger, shown: fleet.shown };
}

/**
 * A fix has come in. One that is not newer than what is drawn is dropped: a marker never goes back in time.
 * @param {Fleet} fleet @param {number} index @param {number} lon @param {number} lat
 * @param {number} seenAt fix time, epoch ms @param {number} now page ms
 */
export function moveTo(fleet, index, lon, lat, seenAt, now) {
  if (fleet.known[index] && seenAt <= fleet.seenAt[index] + CLOCK_GRAIN_MS) return;
  const { toLon, toLat } = fleet;
  const metres = fleet.known[index] ? apart(toLon[index], toLat[index], lon, lat) : Infinity;
  if (metres >= STEP_M && metres < JUMP_M) {
    fleet.heading[index] = bearing(toLon[index], toLat[index], lon, lat);
    fleet.heads[index] = 1;
  }
  const reached = progress(fleet, index, now);
  fleet.fromLon[index] = metres < JUMP_M ? between(fleet.fromLon[index], toLon[index], reached) : lon;
  fleet.fromLat[index] = metres < JUMP_M ? between(fleet.fromLat[index], toLat[index], reached) : lat;
  fleet.lasts[index] = Math.min(MOST_EASE_MS, Math.max(LEAST_EASE_MS, now - fleet.startedAt[index]));
  toLon[index] = lon;
  toLat[index] = lat;
  fleet.startedAt[index] = now;
  fleet.seenAt[index] = seenAt;
  fleet.known[index] = 1;
  fleet.isSettled = false;
}

/** Forget where a courier was: off shift nobody is followed. @param {Fleet} fleet @param {number} index */
export function forget(fleet, index) {
  fleet.known[index] = 0;
  fleet.heads[index] = 0;
  fleet.isSettled = false;
}

/** @param {Fleet} fleet @param {number} index @param {boolean} isHidden */
export function hide(fleet, index, isHidden) {
  if (isHidden) forget(fleet, index);
  fleet.hidden[index] = isHidden ? 1 : 0;
}

/**
 * Fill `slots`, `positions` and `angles` for this instant.
 * @param {Fleet} fleet @param {number} now @returns {boolean} whether somebody is still moving
 */
export function advance(fleet, now) {
  let shown = 0;
  let isMoving = false;
  for (let index = 0; index < fleet.capacity; index += 1) {
    fleet.places[index] = -1;
    if (!fleet.known[index] || fleet.hidden[index]) continue;
    const reached = progress(fleet, index, now);
    if (reached < 1) isMoving = true;
    fleet.positions[2 * shown] = between(fleet.fromLon[index], fleet.toLon[index], reached);
    fleet.positions[2 * shown + 1] = between(fleet.fromLat[index], fleet.toLat[index], reached);
    fleet.angles[shown] = -fleet.heading[index]; // deck.gl turns icons counter-clockwise
    fleet.slots[shown] = index;
    fleet.places[index] = shown;
    shown += 1;
  }
  fleet.shown = shown;
  fleet.isSettled = !isMoving;
  return isMoving;
}

/** @param {number} west @param {number} south @param {number} east @param {number} north degrees; metres by the flat rule */
export function apart(west, south, east, north) {
  const x = (east - west) * Math.cos(((south + north) * Math.PI) / 360);
  return METRES_PER_DEGREE * Math.hypot(x, north - south);
}

/** @param {number} lon @param {number} lat @param {number} toLon @param {number} toLat degrees clockwise from north, 0–360 */
export function bearing(lon, lat, toLon, toLat) {
  const x = (toLon - lon) * Math.cos(((lat + toLat) * Math.PI) / 360);
  return ((Math.atan2(x, toLat - lat) * 180) / Math.PI + 360) % 360;
}

/** @param {Fleet} fleet @param {number} index @param {number} now 0 at the start of the movement, 1 at its end */
const progress = (fleet, index, now) => Math.min(1, (now - fleet.startedAt[index]) / (fleet.lasts[index] || 1));

/** @param {number} from @param {number} to @param {number} share */
const between = (from, to, share) => from + (to - from) * share;
