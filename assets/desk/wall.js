/** The clocks on the walls of a city: instants as local minutes and back, whatever time zone the browser is in. */

const MINUTE_MS = 60 * 1000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/** @param {string} zone IANA name */
function formatOf(zone) {
  const known = formats.get(zone);
  if (known) return known;
  const parts = /** @type {const} */ ({ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" });
  const made = new Intl.DateTimeFormat("en-GB", { ...parts, hourCycle: "h23", timeZone: zone });
  formats.set(zone, made);
  return made;
}

/** @param {number} instant epoch ms @param {string} zone @returns {number} whole minutes that the clocks there show, since 1970-01-01 00:00 */
export function wallOf(instant, zone) {
  const parts = Object.fromEntries(formatOf(zone).formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute) / MINUTE_MS;
}

/** @param {number} wall local minutes @param {string} zone @returns {number} epoch ms; of an hour that is skipped, the moment after it */
export function instantOf(wall, zone) {
  const guess = wall * MINUTE_MS - offset(wall * MINUTE_MS, zone);
  return wall * MINUTE_MS - offset(guess, zone);
}

/** @param {number} instant @param {string} zone ms that the clocks there are ahead of UTC */
const offset = (instant, zone) => wallOf(instant, zone) * MINUTE_MS - Math.floor(instant / MINUTE_MS) * MINUTE_MS;

/** @param {number} instant @param {string} zone @returns {string} the day there, as in ISO 8601 */
export const dayOf = (instant, zone) => new Date(wallOf(instant, zone) * MINUTE_MS).toISOString().slice(0, 10);

/** @param {string} day @param {number} days @returns {string} that many days later */
export const laterDay = (day, days) => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
