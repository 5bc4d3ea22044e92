/**
 * The stretch of time that a timeline shows, and where an instant lies in it. Plain values, epoch milliseconds.
 *
 * @typedef {{from: number, to: number}} Range
 */

const MINUTE_MS = 60000;
const HALF_HOUR_MS = 30 * MINUTE_MS;
/** Nobody plans by what was longer ago, or is further off. */
const BACK_MS = 10 * 60 * MINUTE_MS;
const AHEAD_MS = 8 * 60 * MINUTE_MS;
/** At least so much before now and after it. */
const LEAST_BACK_MS = 30 * MINUTE_MS;
const LEAST_AHEAD_MS = 60 * MINUTE_MS;
const STEPS = [5, 10, 15, 30, 60, 120];
/** Between two ticks, so that their times can be read. */
const APART_PX = 76;

/**
 * From the half hour before the first of these instants to the one after the last.
 * @param {Iterable<number>} instants @param {number} now @returns {Range}
 */
export function rangeOf(instants, now) {
  let [from, to] = [now - LEAST_BACK_MS, now + LEAST_AHEAD_MS];
  for (const at of instants) {
    from = Math.min(from, at);
    to = Math.max(to, at);
  }
  from = Math.max(from, now - BACK_MS);
  to = Math.min(to, now + AHEAD_MS);
  return { from: Math.floor(from / HALF_HOUR_MS) * HALF_HOUR_MS, to: Math.ceil(to / HALF_HOUR_MS) * HALF_HOUR_MS };
}

/** @param {Range} range @param {number} at @returns {number} 0 to 1 */
export const shareOf = ({ from, to }, at) => Math.min(1, Math.max(0, (at - from) / (to - from)));

/**
 * Where the clocks of the co-op's city show a round time.
 * @param {Range} range @param {number} width px of the whole range @param {number} offset minutes by which the city's clocks are ahead of UTC
 * @returns {number[]}
 */
export function ticksOf({ from, to }, width, offset) {
  const perMinute = (width / (to - from)) * MINUTE_MS;
  const step = (STEPS.find((one) => one * perMinute >= APART_PX) ?? 240) * MINUTE_MS;
  const shift = offset * MINUTE_MS;
  const found = [];
  for (let at = Math.ceil((from + shift) / step) * step - shift; at <= to; at += step) found.push(at);
  return found;
}

/** @param {number} at @param {string} timeZone IANA name @returns {number} minutes by which its clocks are ahead of UTC then */
export function offsetOf(at, timeZone) {
  const format = new Intl.DateTimeFormat("en-US", { timeZone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" });
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const there = Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute);
  return Math.round(there / MINUTE_MS) - Math.floor(at / MINUTE_MS);
}
