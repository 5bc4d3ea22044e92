/**
 * Days and times on the co-op's clock, in words and as ISO 8601 writes them.
 *
 * @typedef {ReturnType<typeof createCalendar>} Calendar
 */
import { laterDay } from "../wall.js";

/** @param {string} locale BCP 47 @param {string} timeZone IANA name */
export function createCalendar(locale, timeZone) {
  const long = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone });
  // The Swedish way to write a time is the one of ISO 8601.
  const iso = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium", timeZone });
  return {
    /** @param {number} at epoch ms @returns {string} Sunday, 29 November 2026 */
    date: (at) => long.format(at),
    /** @param {number} at epoch ms @returns {string} 2026-11-29T12:30:15 */
    local: (at) => iso.format(at).replace(" ", "T"),
    /** @param {number} at epoch ms @returns {string} 2026-11-29 */
    day: (at) => iso.format(at).slice(0, 10),
    /** The same time of another day, as the clocks there will show it. @param {number} at epoch ms @param {number} days */
    otherDay(at, days) {
      const [day, clock] = iso.format(at).split(" ");
      return `${laterDay(day, days)}T${clock}`;
    },
  };
}
