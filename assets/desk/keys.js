/**
 * Everything by keyboard alone: which key means what.
 *
 * @typedef {"enter" | "next" | "previous" | "first" | "last" | "menu" | "take-back" | "couriers" | "orders" | "attention" | "fit" | "follow" | "plan" | "stops" | "search" | "help" | "escape"} Act
 */

/** @type {Readonly<Record<string, Act>>} */
const KEYS = Object.freeze({
  ArrowDown: "next",
  ArrowUp: "previous",
  Home: "first",
  End: "last",
  j: "next",
  k: "previous",
  a: "menu",
  u: "take-back",
  c: "couriers",
  o: "orders",
  n: "attention",
  f: "fit",
  t: "follow",
  v: "follow",
  p: "plan",
  s: "stops",
  "/": "search",
  "?": "help",
  Escape: "escape",
});

/**
 * @param {{key: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean}} press
 * @param {{isTyping: boolean, isInDialog: boolean, isInList: boolean}} where the press fell
 * @returns {Act | null}
 */
export function actOf(press, where) {
  if (press.ctrlKey || press.metaKey || press.altKey || where.isTyping || where.isInDialog) return null;
  if (press.key === "Enter") return where.isInList ? "enter" : null;
  const act = KEYS[press.key] ?? null;
  const isWithinList = act === "next" || act === "previous" || act === "first" || act === "last";
  return isWithinList && press.key.length > 1 && !where.isInList ? null : act;
}

/**
 * The id to which a step leads from the one that is selected.
 * @param {string[]} ids in the order of the list @param {string | null} from @param {"next" | "previous" | "first" | "last"} act
 * @returns {string | null}
 */
export function stepTo(ids, from, act) {
  if (!ids.length) return null;
  const at = from === null ? -1 : ids.indexOf(from);
  const last = ids.length - 1;
  const target = { next: Math.min(at + 1, last), previous: at < 0 ? last : Math.max(at - 1, 0), first: 0, last }[act];
  return ids[target];
}
