/**
 * Times as people type them, on the walls of the co-op's city: between instants and a day with hours and minutes.
 */
import { instantOf, wallOf } from "../wall.js";

const MINUTE_MS = 60000;

/** @param {number} epochMs @param {string} zone IANA name @returns {{day: string, clock: string}} 2026-11-29 and 18:05 there */
export function local(epochMs, zone) {
  const there = new Date(wallOf(epochMs, zone) * MINUTE_MS).toISOString();
  return { day: there.slice(0, 10), clock: there.slice(11, 16) };
}

/** @param {string} day @param {string} clock 18:05 @param {string} zone @returns {number} epoch ms; NaN for no day */
export function instant(day, clock, zone) {
  const wall = Date.parse(`${day}T${clock}:00Z`) / MINUTE_MS;
  return Number.isNaN(wall) ? NaN : instantOf(wall, zone);
}

/**
 * What was typed as a time: `9`, `930`, `9:30`, `9h30`, or `+20` for so many minutes from now.
 * @param {string} text @param {string} day @param {number} now epoch ms @param {string} zone
 * @returns {number | null} epoch ms, null for nothing, NaN for what is no time
 */
export function readTime(text, day, now, zone) {
  const typed = text.trim();
  if (!typed) return null;
  const later = /^\+\s*(\d{1,4})$/.exec(typed);
  if (later) return Math.ceil((now + Number(later[1]) * MINUTE_MS) / MINUTE_MS) * MINUTE_MS;
  const found = /^(\d{1,2})(?:\s*[:.hH]\s*(\d{2})?|(\d{2}))?$/.exec(typed);
  const [hours, minutes] = [Number(found?.[1] ?? NaN), Number(found?.[2] ?? found?.[3] ?? 0)];
  if (!found || hours > 23 || minutes > 59) return NaN;
  return instant(day, `${pad(hours)}:${pad(minutes)}`, zone);
}

/** @param {number} number */
const pad = (number) => String(number).padStart(2, "0");
