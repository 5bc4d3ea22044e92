/**
 * What the words of a command stand for: an order by its number, a courier by the beginning of a name, minutes, a state.
 *
 * @import { Board } from "./board.js"
 * @import { Courier, Order, Words } from "./types.js"
 */
import { isOpen } from "./board.js";
import { plain } from "./search.js";
import { orderState } from "./states.js";
import { OVERRIDES } from "./steps.js";

const MOST_MINUTES = 240;
const MOST_SHIFT = 7 * 24 * 60;

/** The orders of a board by number: made once for each state of the board. @type {WeakMap<object, Map<string, Order[]>>} */
const byRef = new WeakMap();

/** @param {Board} board @param {string} ref @returns {Order[]} those of this number: open ones, if any is */
export function fitting(board, ref) {
  const found = refsOf(board).get(ref.toLowerCase()) ?? [];
  const open = found.filter(isOpen);
  return open.length ? open : found;
}

/** @param {Board} board */
export function refsOf(board) {
  const known = byRef.get(board.orders);
  if (known) return known;
  const made = new Map();
  for (const order of board.orders.values()) {
    const ref = order.ref.toLowerCase();
    const same = made.get(ref);
    if (same) same.push(order);
    else made.set(ref, [order]);
  }
  byRef.set(board.orders, made);
  return made;
}

/**
 * Those whose name, or a word of it, begins so; one whose whole name or id it is stands alone.
 * @param {string} name @param {Board} board @returns {Courier[]}
 */
export function couriersCalled(name, board) {
  const said = plain(name);
  const all = [...board.couriers.values()];
  const exact = all.filter((one) => one.id === name.trim() || plain(one.name) === said);
  if (exact.length === 1 || !said) return said ? exact : all;
  return all.filter((one) => {
    const own = plain(one.name);
    return own.startsWith(said) || own.includes(` ${said}`);
  });
}

/** @param {string} text `10`, `+10`, `10min`, `1h`, `1h30` @returns {number | null} */
export function readMinutes(text) {
  const found = /^\+?(?:(\d{1,2})h(\d{2})?|(\d{1,3})(?:min|mn|m|')?)$/i.exec(text);
  if (!found) return null;
  const minutes = 60 * Number(found[1] ?? 0) + Number(found[2] ?? 0) + Number(found[3] ?? 0);
  return minutes >= 1 && minutes <= MOST_MINUTES ? minutes : null;
}

/** @param {string} step of OVERRIDES @param {Words} words @returns {string} what people call it: the state to which it leads */
export const overrideName = (step, words) =>
  step === "reopen" ? words("reopened") : orderState(OVERRIDES[step].target, words).name;

/** @param {string} text @param {Words} words @returns {string | undefined} the override that is called so, in English or the page's language */
export function overrideCalled(text, words) {
  const said = plain(text).replace(/[\s-]+/g, "_");
  return Object.entries(OVERRIDES).find(([step, { target }]) => {
    const own = plain(overrideName(step, words)).replace(/\s+/g, "_");
    return [step, target, own].includes(said) || (step === "reopen" && said === "reopened");
  })?.[0];
}

/** @param {string} text `+30`, `-15`, `+90min` @returns {number | null} minutes later, or below 0 earlier; at most a week */
export function readShift(text) {
  const found = /^([+-]\d{1,5})(?:min|mn|m)?$/i.exec(text);
  const minutes = Number(found?.[1] ?? 0);
  return minutes && Math.abs(minutes) <= MOST_SHIFT ? minutes : null;
}

/** @param {string} text words, with or without # and commas @returns {string[]} */
export const tagsIn = (text) => [
  ...new Set(
    text
      .split(/[\s,]+/)
      .map((tag) => tag.replace(/^#/, ""))
      .filter(Boolean),
  ),
];
