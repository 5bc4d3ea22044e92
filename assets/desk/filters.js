/**
 * Which orders and couriers a dispatcher wants to see: plain values, read from the page's address and written to it, so
 * that a view can be sent as a link. Within a facet one of several is enough, between facets all have to hold.
 *
 * @import { Forecast, Order } from "./types.js"
 * @typedef {"state" | "late" | "courier" | "restaurant" | "tag" | "kind"} Facet
 * @typedef {Readonly<Record<Facet, readonly string[]> & {from: string, until: string, shift: string}>} Filters
 *   A value with `not:` before it leaves out what it names. `from` and `until` are HH:MM by the co-op's clocks, "" where
 *   open; `shift` is "on" when couriers off shift are hidden.
 * @typedef {{arrivals?: ReadonlyMap<string, Forecast | null>, zone?: string}} More what the board does not hold; `zone` is
 *   the co-op's time zone, IANA
 * @typedef {(order: Order) => boolean} Sieve
 */
import { expected } from "./arrivals.js";
import { isOpen, waitsForCourier } from "./board.js";
import { instantOf, wallOf } from "./wall.js";

export const FACETS = /** @type {const} */ (["state", "late", "courier", "restaurant", "tag", "kind"]);
/** As a courier: who has none. As a state: open, and nobody has it. */
export const NOBODY = "nobody";
export const WAITING = "waiting";
export const NOT = "not:";
export const STATES = [
  WAITING, "placed", "accepted", "preparing", "ready", "picked_up", "delivered", "refused", "cancelled", "failed",
];
/** Its promise is broken; the forecast says that it will be; it is near. */
export const LATENESS = ["late", "will", "soon"];
export const KINDS = ["meal", "parcel"];
const KNOWN = /** @type {Partial<Record<Facet, string[]>>} */ ({ state: STATES, late: LATENESS, kind: KINDS });
const PARAMETERS = [...FACETS, "from", "until", "shift"];
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;
const SOON_MS = 10 * 60 * 1000;
const DAY_MINUTES = 24 * 60;

/** @type {Filters} */
export const NONE = Object.freeze({
  state: [], late: [], courier: [], restaurant: [], tag: [], kind: [], from: "", until: "", shift: "",
});

/** @param {Filters} filters @returns {boolean} whether any is on */
export const isFiltering = (filters) => hidesOrders(filters) || filters.shift !== "";

/** @param {Filters} filters */
export const hidesOrders = (filters) => FACETS.some((facet) => filters[facet].length) || Boolean(filters.from || filters.until);

/** @param {Order} order @param {Filters} filters @param {number} now server's epoch ms @param {More} [more] */
export const shows = (order, filters, now, more) => sieveOf(filters, now, more)(order);

/**
 * The same for many orders: what does not depend on the order is worked out once.
 * @param {Filters} filters @param {number} now @param {More} [more] @returns {Sieve}
 */
export function sieveOf(filters, now, { arrivals = new Map(), zone = "UTC" } = {}) {
  if (!hidesOrders(filters)) return () => true;
  /** @type {Record<Facet, (order: Order) => readonly string[]>} */
  const read = {
    state: (order) => (waitsForCourier(order) ? [order.state, WAITING] : [order.state]),
    late: (order) => lateness(order, arrivals.get(order.id) ?? null, now),
    courier: (order) => [order.courier ?? NOBODY],
    restaurant: (order) => [restaurantOf(order)],
    tag: (order) => order.tags ?? [],
    kind: (order) => [order.kind],
  };
  const holds = FACETS.filter((facet) => filters[facet].length).map((facet) => {
    const wanted = filters[facet].filter((value) => !value.startsWith(NOT));
    const unwanted = filters[facet].filter((value) => value.startsWith(NOT)).map((value) => value.slice(NOT.length));
    return (/** @type {Order} */ order) => {
      const own = read[facet](order);
      return !own.some((value) => unwanted.includes(value)) && (!wanted.length || own.some((value) => wanted.includes(value)));
    };
  });
  const span = spanOf(filters, now, zone);
  return (order) => holds.every((hold) => hold(order)) && (span === null || isWithin(order, span));
}

/** @param {Order} order @returns {string} what stands for its restaurant: the id, or the name where it has none */
export const restaurantOf = (order) => order.restaurant ?? order.pickup.name;

/** @param {Order} order @param {Forecast | null} forecast @param {number} now @returns {string[]} of LATENESS, at most one */
export function lateness(order, forecast, now) {
  const promise = order.dropoff.before ? Date.parse(order.dropoff.before) : Infinity;
  if (!isOpen(order)) return [];
  if (promise < now) return ["late"];
  const arrival = forecast?.dropoff;
  if (arrival && !arrival.here && expected(arrival) > promise) return ["will"];
  return promise - now < SOON_MS ? ["soon"] : [];
}

/**
 * All that was promised of it lies in the span: a window that only overlaps it does not, nor does one that has no end.
 * @param {Order} order @param {[number, number]} span
 */
function isWithin({ dropoff }, [start, end]) {
  if (!dropoff.before) return false;
  const before = Date.parse(dropoff.before);
  const after = dropoff.after ? Date.parse(dropoff.after) : before;
  return after >= start && before <= end;
}

/**
 * The hours of today by the co-op's clocks; those that end on the next day began yesterday until they are over.
 * @param {Filters} filters @param {number} now @param {string} zone @returns {[number, number] | null} epoch ms
 */
export function spanOf({ from, until }, now, zone) {
  if (!from && !until) return null;
  const wall = wallOf(now, zone);
  const first = from ? minutesOf(from) : 0;
  const last = until ? minutesOf(until) : DAY_MINUTES;
  const isOvernight = last < first;
  const midnight = wall - (wall % DAY_MINUTES);
  const day = isOvernight && wall - midnight <= last ? midnight - DAY_MINUTES : midnight;
  return [instantOf(day + first, zone), instantOf(day + last + (isOvernight ? DAY_MINUTES : 0), zone)];
}

/** @param {string} clock */
const minutesOf = (clock) => 60 * Number(clock.slice(0, 2)) + Number(clock.slice(3));

/**
 * The filters with a value of a facet on, turned round, or off: what a press on it means.
 * @param {Filters} filters @param {Facet} facet @param {string} value without `not:` @param {"only" | "not" | "off"} how @returns {Filters}
 */
export function set(filters, facet, value, how) {
  const others = filters[facet].filter((one) => one !== value && one !== NOT + value);
  return { ...filters, [facet]: how === "off" ? others : [...others, how === "not" ? NOT + value : value] };
}

/** @param {Filters} filters @param {Facet} facet @param {string} value @returns {"only" | "not" | "off"} */
export const stanceOf = (filters, facet, value) =>
  filters[facet].includes(value) ? "only" : filters[facet].includes(NOT + value) ? "not" : "off";

/**
 * @param {string} search of an address: `?state=waiting&courier=lea&late=1`
 * @returns {{filters: Filters, unknown: string[]}} `unknown`: what it asks for that there is not, as it stands there
 */
export function readFilters(search) {
  const asked = new URLSearchParams(search);
  const unknown = /** @type {string[]} */ ([]);
  const facets = FACETS.map((facet) => {
    const all = asked.getAll(facet).flatMap((value) => (KNOWN[facet] ? value.split(",") : [value]));
    const values = all.filter(Boolean).map((value) => (facet === "late" && value === "1" ? "late" : value));
    const known = values.filter((value) => KNOWN[facet]?.includes(value.replace(NOT, "")) ?? true);
    unknown.push(...values.filter((value) => !known.includes(value)).map((value) => `${facet}=${value}`));
    return [facet, [...new Set(known)]];
  });
  const clocks = ["from", "until"].map((name) => {
    const value = asked.get(name) ?? "";
    if (value && !CLOCK.test(value)) unknown.push(`${name}=${value}`);
    return [name, CLOCK.test(value) ? value : ""];
  });
  return {
    filters: { ...Object.fromEntries([...facets, ...clocks]), shift: asked.get("shift") === "on" ? "on" : "" },
    unknown,
  };
}

/** @param {Filters} filters @param {string} search what the address says else stays @returns {string} with its question mark, or "" */
export function writeFilters(filters, search) {
  const said = new URLSearchParams(search);
  for (const name of PARAMETERS) said.delete(name);
  for (const facet of FACETS) for (const value of filters[facet]) said.append(facet, value);
  for (const name of /** @type {const} */ (["from", "until", "shift"])) if (filters[name]) said.set(name, filters[name]);
  const text = said.toString().replaceAll("%3A", ":"); // a clock stays legible
  return text && `?${text}`;
}
