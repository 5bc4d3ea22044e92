/**
 * Which alarm is heard, and when: three sounds, one in three seconds at most, none that is needed to understand.
 * Muted for a quarter of an hour at most; while nothing is heard the page says so.
 *
 * @import { Alarm } from "./types.js"
 * @typedef {"attention" | "urgent" | "system"} Sound
 * @typedef {{known: Map<string, string>, waiting: Sound | null, soundedAt: number, mutedUntil: number}} Ear
 *   `known`: when each alarm was last to be heard; `mutedUntil` in page ms.
 */
import { isUrgent } from "./attention_rows.js";

export const APART_MS = 3000;
export const MUTED_MS = 15 * 60 * 1000;

/** @type {Readonly<Record<Sound, number[]>>} Hz */
export const NOTES = Object.freeze({
  attention: [660, 660],
  urgent: [988, 740, 988, 740],
  system: [392, 311, 392],
});
/** @type {Sound[]} the most important first */
const ORDER = ["urgent", "system", "attention"];

/** @returns {Ear} */
export const newEar = () => ({ known: new Map(), waiting: null, soundedAt: -Infinity, mutedUntil: -Infinity });

/** @param {Alarm} alarm @returns {Sound} */
export const soundOf = (alarm) => (alarm.rule === "A9" ? "system" : isUrgent(alarm) ? "urgent" : "attention");

/**
 * Take in the alarms as they are now, and say which sound is due. In a flood only urgent ones and the system's are heard.
 * @param {Ear} ear @param {Iterable<Alarm>} alarms @param {number} now page ms @param {boolean} isFirst what was there before the page is not news
 * @returns {{ear: Ear, sound: Sound | null, news: Alarm[]}} `news`: those that are to be heard or read aloud now
 */
export function hear(ear, alarms, now, isFirst) {
  const all = [...alarms];
  const isFlood = all.some((one) => one.rule === "flood" && !one.cleared_at);
  const heard = all.filter((one) => one.rule !== "flood" && isHeard(one));
  const news = isFirst ? [] : heard.filter((one) => ear.known.get(one.id) !== one.rang_at);
  const known = new Map(all.map((one) => [one.id, one.rang_at]));
  const audible = news.filter((one) => !isFlood || isUrgent(one));
  const wanted = ORDER.find((sound) => sound === ear.waiting || audible.some((one) => soundOf(one) === sound)) ?? null;
  const isFree = now - ear.soundedAt >= APART_MS;
  if (now < ear.mutedUntil) return { ear: { ...ear, known, waiting: null }, sound: null, news };
  if (!wanted || !isFree) return { ear: { ...ear, known, waiting: wanted }, sound: null, news };
  return { ear: { ...ear, known, waiting: null, soundedAt: now }, sound: wanted, news };
}

/** @param {Ear} ear @param {number} now @returns {Ear} */
export const mute = (ear, now) => ({ ...ear, mutedUntil: now + MUTED_MS });

/** @param {Ear} ear @returns {Ear} */
export const unmute = (ear) => ({ ...ear, mutedUntil: -Infinity });

/** @param {Alarm} one */
const isHeard = (one) => !(one.cleared_at || one.cause || one.acknowledged_by || one.resolved_by || one.shelved_by);
