/**
 * Filters in words: a chip for each that is on, and what all of them hide.
 *
 * @import { Board } from "./board.js"
 * @import { Facet, Filters, Sieve } from "./filters.js"
 * @import { Format } from "./format.js"
 * @import { Words } from "./types.js"
 * @typedef {{facet: Facet | "span" | "shift", value: string, text: string}} Chip `value` as the filters hold it.
 */
import { isOpen } from "./board.js";
import { FACETS, NOBODY, NOT, restaurantOf, WAITING } from "./filters.js";
import { orderTrouble } from "./order_rows.js";
import { orderState } from "./states.js";

/** @param {Filters} filters @param {Board} board @param {Words} words @returns {Chip[]} */
export function chipsOf(filters, board, words) {
  const chips = FACETS.flatMap((facet) =>
    filters[facet].map((value) => ({ facet, value, text: chipText(facet, value, board, words) })),
  );
  const span = spanText(filters, words);
  return [
    ...chips,
    ...(span ? [/** @type {const} */ ({ facet: "span", value: "", text: span })] : []),
    ...(filters.shift ? [/** @type {const} */ ({ facet: "shift", value: "", text: words("couriers on shift only") })] : []),
  ];
}

/** @param {Facet} facet @param {string} value @param {Board} board @param {Words} words */
function chipText(facet, value, board, words) {
  const isNot = value.startsWith(NOT);
  const name = valueText(facet, isNot ? value.slice(NOT.length) : value, board, words);
  return isNot ? words("not {what}", { what: name }) : name;
}

/** @param {Facet} facet @param {string} value @param {Board} board @param {Words} words @returns {string} */
export function valueText(facet, value, board, words) {
  switch (facet) {
    case "state":
      return value === WAITING ? words("waiting for a courier") : orderState(value, words).name;
    case "late":
      return { late: words("late"), will: words("will be late") }[value] ?? words("due soon");
    case "kind":
      return value === "meal" ? words("meal") : words("parcel");
    case "courier":
      return value === NOBODY ? words("nobody yet") : (board.couriers.get(value)?.name ?? value);
    case "restaurant":
      return [...board.orders.values()].find((order) => restaurantOf(order) === value)?.pickup.name || value;
    default:
      return `#${value}`;
  }
}

/** @param {Filters} filters @param {Words} words */
function spanText({ from, until }, words) {
  if (from && until) return `${from}–${until}`;
  if (from) return words("from {time}", { time: from });
  return until ? words("until {time}", { time: until }) : "";
}

/** @param {Board} board @param {Sieve} shows @param {boolean} isOnShiftOnly @param {number} now @returns {{orders: number, late: number, couriers: number}} what is hidden of the work in hand */
export function hiddenBy(board, shows, isOnShiftOnly, now) {
  const hidden = [...board.orders.values()].filter((order) => isOpen(order) && !shows(order));
  const off = isOnShiftOnly ? [...board.couriers.values()].filter((courier) => courier.shift === "off") : [];
  return {
    orders: hidden.length,
    late: hidden.filter((order) => orderTrouble(order, now) === "late").length,
    couriers: off.length,
  };
}

/** @param {{orders: number, late: number, couriers: number}} hidden @param {Words} words @param {Format} format */
export function hiddenText({ orders, late, couriers }, words, format) {
  const counts = { count: format.count(orders), late: format.count(late) };
  const said = !orders
    ? words("Filters hide no open order")
    : late
      ? words("Filters hide {count} open {count:order|orders}, {late} of them late", counts)
      : words("Filters hide {count} open {count:order|orders}, none of them late", counts);
  const offShift = words("couriers off shift hidden: {count}", { count: format.count(couriers) });
  return couriers ? `${said} · ${offShift}` : said;
}
