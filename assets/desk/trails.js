/**
 * The way that each courier has come, as far as this page has heard it: a quarter of an hour, in memory alone, and of
 * nobody who is off shift or on break.
 *
 * @import { Frame } from "./frame.js"
 * @import { Roster } from "./roster.js"
 * @typedef {{lon: number, lat: number, at: number}} Step Where somebody was; `at` in the server's epoch ms.
 * @typedef {Map<string, Step[]>} Trails by courier, oldest first
 * @typedef {"chosen" | "all" | "none"} Whose
 * @typedef {{path: [number, number][], colors: number[][]}} Trail As deck.gl takes it: a colour for each point.
 */
import { AGE_LIMIT_MS } from "./frame.js";
import { apart } from "./motion.js";

export const KEPT_MS = 15 * 60 * 1000;
/** A fix sooner after the last one than this adds nothing that could be seen. */
const EACH_MS = 4000;
/** Nobody rode straight through what was not heard of so long or lies so far apart: the line is broken there. */
const GAP_MS = 120000;
const GAP_M = 800;
const FAINTEST = 30;
const STRONGEST = 215;

/** @type {Record<Whose, Whose>} */
const NEXT = { chosen: "all", all: "none", none: "chosen" };
/** @param {Whose} whose */
export const nextWhose = (whose) => NEXT[whose];

/** Take the fixes of a frame. @param {Trails} trails @param {Roster} roster @param {Frame} frame */
export function hearFrame(trails, roster, frame) {
  for (let k = 0; k < frame.index.length; k += 1) {
    const courier = roster.courier[frame.index[k]];
    if (courier === undefined || roster.fleet.hidden[frame.index[k]] || frame.ageMs[k] >= AGE_LIMIT_MS) continue;
    hear(trails, courier, frame.lon[k], frame.lat[k], frame.builtAt * 1000 - frame.ageMs[k]);
  }
}

/** @param {Trails} trails @param {string} courier @param {number} lon @param {number} lat @param {number} at epoch ms */
export function hear(trails, courier, lon, lat, at) {
  const steps = trails.get(courier) ?? [];
  const last = steps.at(-1);
  if (last && at - last.at < EACH_MS) return;
  if (!last) trails.set(courier, steps);
  if (last && isAt(last, lon, lat) && steps.length > 1 && isAt(steps[steps.length - 2], lon, lat)) last.at = at;
  else steps.push({ lon, lat, at });
  while (steps[0].at < at - KEPT_MS) steps.shift();
}

/** A move along one meridian or one parallel is a move. @param {Step} step @param {number} lon @param {number} lat */
const isAt = (step, lon, lat) => step.lon === lon && step.lat === lat;

/** Put before what was heard what the server knew of the time before. @param {Trails} trails @param {string} courier @param {Step[]} older oldest first */
export function addOlder(trails, courier, older) {
  const heard = trails.get(courier) ?? [];
  const begins = heard[0]?.at ?? Infinity;
  trails.set(courier, [...older.filter((step) => step.at < begins), ...heard]);
}

/** Forget the others at once. @param {Trails} trails @param {(courier: string) => boolean} isOnShift */
export function keepOnly(trails, isOnShift) {
  for (const courier of trails.keys()) if (!isOnShift(courier)) trails.delete(courier);
}

/**
 * What is drawn of one courier's way: it fades with age, and ends where the courier is.
 * @param {Step[]} steps @param {[number, number] | null} here where the courier is drawn @param {number} now epoch ms
 * @param {number[]} colour red, green, blue @param {number} [thin] one step for each so many is enough, beside the last
 * @returns {Trail[]} a piece for each stretch without a gap
 */
export function piecesOf(steps, here, now, colour, thin = 1) {
  const pieces = /** @type {Trail[]} */ ([]);
  let before = /** @type {Step | null} */ (null);
  const span = (/** @type {number} */ k) => Math.floor(steps[k].at / (thin * EACH_MS)); // the same steps each time
  const isKept = (/** @type {number} */ k) => k === 0 || k === steps.length - 1 || span(k) !== span(k - 1);
  const kept = thin === 1 ? steps : steps.filter((_, k) => isKept(k));
  for (const step of here ? [...kept, { lon: here[0], lat: here[1], at: now }] : kept) {
    if (step.at < now - KEPT_MS) continue;
    const isBroken =
      before === null ||
      step.at - before.at > GAP_MS ||
      apart(before.lon, before.lat, step.lon, step.lat) > GAP_M;
    if (isBroken) pieces.push({ path: [], colors: [] });
    const piece = pieces[pieces.length - 1];
    piece.path.push([step.lon, step.lat]);
    piece.colors.push([colour[0], colour[1], colour[2], strength(now - step.at)]);
    before = step;
  }
  return pieces.filter((piece) => piece.path.length > 1);
}

/** @param {number} age ms @returns {number} alpha */
const strength = (age) => Math.round(STRONGEST - (STRONGEST - FAINTEST) * Math.min(1, Math.max(0, age / KEPT_MS)));

/** The same colour for the same courier in every window. @param {string} courier @param {number[][]} colours */
export function colourOf(courier, colours) {
  let sum = 0;
  for (const letter of courier) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return colours[sum % colours.length];
}
