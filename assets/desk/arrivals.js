/**
 * When couriers arrive, in words: one time where it is sure, a range where it is not, and how late it is once past.
 *
 * @import { Format } from "./format.js"
 * @import { Arrival, Counter, Forecast, Words } from "./types.js"
 * @typedef {Record<string, Forecast | null>} Told By order: `{}` for one that nobody has (any more), null where nobody knows where its courier is.
 */

const MINUTE_MS = 60000;
/** A range as narrow as this is said as one time. */
const NARROW_MS = 3 * MINUTE_MS;

/** @param {Arrival} arrival @returns {number} epoch ms: the one time to count with */
export const expected = (arrival) => Date.parse(arrival.expected);

/** @param {Arrival} arrival @param {number} now @returns {number} whole minutes since it should have been; 0 while it is not past */
export const minutesLate = (arrival, now) =>
  arrival.here ? 0 : Math.max(0, Math.floor((now - expected(arrival)) / MINUTE_MS));

/** @param {Arrival} arrival @param {number} now @returns {boolean} whether it is said as a range */
export const isWide = (arrival, now) =>
  Date.parse(arrival.latest) - Math.max(now, Date.parse(arrival.earliest)) > NARROW_MS;

/** What was said before, and what has changed. @param {ReadonlyMap<string, Forecast | null>} known @param {Told} told */
export function takeArrivals(known, told) {
  const next = new Map(known);
  for (const [order, forecast] of Object.entries(told)) {
    if (forecast && !Object.keys(forecast).length) next.delete(order);
    else next.set(order, forecast);
  }
  return next;
}

/** @param {Arrival} arrival @param {number} now @param {Words} words @param {Format} format */
export function arrivalText(arrival, now, words, format) {
  if (arrival.here) return words("at the door");
  const late = minutesLate(arrival, now);
  if (late) return words("late by {n} min", { n: late });
  const time = timeText(arrival, now, format);
  return arrival.guessed ? words("about {time}", { time }) : time;
}

/** @param {Arrival} arrival @param {number} now @param {Format} format 19:42, or 19:42–19:47 */
function timeText(arrival, now, format) {
  if (!isWide(arrival, now)) return format.clock(Math.max(now, expected(arrival)));
  const earliest = format.clock(Math.max(now, Date.parse(arrival.earliest)));
  return `${earliest}–${format.clock(Date.parse(arrival.latest))}`;
}

/** @param {Forecast} forecast @param {number} now @param {Words} words @param {Format} format @returns {string} both ends, and what the first rests on */
export function forecastTitle({ pickup, dropoff, counter }, now, words, format) {
  return [
    pickup && words("Restaurant: {time}", { time: arrivalText(pickup, now, words, format) }),
    counter && counterText(counter, words, format),
    dropoff && words("Customer: {time}", { time: arrivalText(dropoff, now, words, format) }),
    (pickup?.guessed || dropoff?.guessed) && words("As the crow flies: no road is known"),
  ]
    .filter(Boolean)
    .join("\n");
}

/** @param {Counter} counter @param {Words} words @param {Format} format */
export function counterText({ seconds, pickups, own }, words, format) {
  const facts = { n: Math.max(1, Math.round(seconds / 60)), count: format.count(pickups) };
  return own
    ? words("usually {n} min at the counter, {count} {count:pickup|pickups}", facts)
    : words("usually {n} min at the co-op’s counters, {count} {count:pickup|pickups}", facts);
}
