/** Days as people write them in a command, from the city's today on. */
import { plain } from "./search.js";
import { dayOf, laterDay } from "./wall.js";

/**
 * @param {string} text `tomorrow`, a weekday (the next one), `2026-12-01`
 * @param {{now: number, zone: string, locale: string, words: import("./types.js").Words}} known
 * @returns {string | null} the date as ISO 8601, today or later
 */
export function readDay(text, { now, zone, locale, words }) {
  const said = plain(text);
  const today = dayOf(now, zone);
  if (/^\d{4}-\d{2}-\d{2}$/.test(said)) return isDate(said) && said >= today ? said : null;
  if (said === "today" || said === plain(words("today"))) return today;
  if (said === "tomorrow" || said === plain(words("tomorrow"))) return laterDay(today, 1);
  for (let ahead = 1; ahead <= 7; ahead += 1) {
    const day = laterDay(today, ahead);
    const names = ["en", locale].map((one) => plain(weekday(day, one)));
    if (said.length > 1 && names.some((name) => name.startsWith(said))) return day;
  }
  return null;
}

/** @param {string} day @param {string} locale @returns {string} its weekday */
const weekday = (day, locale) =>
  new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" }).format(Date.parse(day));

/** @param {string} day @param {string} locale @returns {string} Tue, 1 Dec */
export const dayName = (day, locale) =>
  new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" }).format(
    Date.parse(day),
  );

/** @param {string} day */
const isDate = (day) => !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day);
