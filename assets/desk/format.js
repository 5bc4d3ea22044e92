/**
 * Numbers and times as people of this locale and this city's time zone write them.
 *
 * @import { Words } from "./types.js"
 * @typedef {ReturnType<typeof createFormat>} Format
 */

import { dayName } from "./days.js";

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** @param {string} locale BCP 47 @param {string} timeZone IANA name @param {Words} words */
export function createFormat(locale, timeZone, words) {
  const hours = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", timeZone });
  const seconds = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", second: "2-digit", timeZone });
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const tenths = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return {
    /** @param {number} epochMs */
    clock: (epochMs) => hours.format(epochMs),
    /** @param {number} epochMs */
    exactClock: (epochMs) => seconds.format(epochMs),
    /** @param {string} said a day and a time by the co-op's clocks (`2026-11-30 12:00`); anything else stays as it is */
    onTheWall: (said) =>
      said.replace(/^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2})$/, (_, day, clock) => words("{day}, {clock}", { day: dayName(day, locale), clock })),
    /** @param {number} count */
    count: (count) => whole.format(count),
    /** @param {number} ms a short age, in tenths of a second */
    briefAge: (ms) => words("{n} s", { n: tenths.format(Math.max(0, ms) / 1000) }),
    /** @param {number} ms */
    age: (ms) => span(Math.max(0, Math.floor(ms / 1000)), whole, words),
    /** @param {number} ms positive when late; whole minutes, upwards, so that half a minute late is late */
    deviation: (ms) => words("{n} min", { n: `${ms > 0 ? "+" : "−"}${whole.format(Math.ceil(Math.abs(ms) / 60000))}` }),
    /** @param {number} grams */
    weight: (grams) => words("{n} kg", { n: tenths.format(grams / 1000) }),
    /** @param {number} metres */
    distance: (metres) =>
      metres < 1000
        ? words("{n} m", { n: whole.format(metres) })
        : words("{n} km", { n: tenths.format(metres / 1000) }),
  };
}

/** @param {number} seconds @param {Intl.NumberFormat} whole @param {Words} words */
function span(seconds, whole, words) {
  if (seconds < MINUTE) return words("{n} s", { n: whole.format(seconds) });
  if (seconds < HOUR) return words("{n} min", { n: whole.format(Math.floor(seconds / MINUTE)) });
  const minutes = String(Math.floor((seconds % HOUR) / MINUTE)).padStart(2, "0");
  return words("{h} h {m}", { h: whole.format(Math.floor(seconds / HOUR)), m: minutes });
}
