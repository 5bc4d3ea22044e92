/**
 * Everything by keyboard alone: which key means what.
 *
 * @typedef {"enter" | "next" | "previous" | "mark" | "mark-next" | "mark-previous" | "mark-all" | "bulk" | "filters" | "clear-filters" | "undo" | "redo" | "first" | "last" | "menu" | "take-back" | "couriers" | "orders" | "attention" | "fit" | "follow" | "plan" | "stops" | "courier-stops" | "map" | "lasso" | "trails" | "groups" | "windows" | "search" | "help" | "new" | "edit" | "show" | "incident" | "hand-over" | "waiting" | "escape"} Act
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
  q: "waiting",
  n: "attention",
  f: "fit",
  t: "follow",
  v: "follow",
  p: "plan",
  s: "stops",
  d: "courier-stops",
  m: "map",
  l: "lasso",
  h: "trails",
  z: "groups",
  w: "windows",
  "/": "search",
  "?": "help",
  b: "bulk",
  g: "filters",
  G: "clear-filters",
  "+": "new",
  e: "edit",
  x: "show",
  i: "incident",
  y: "hand-over",
  Escape: "escape",
});
/** What belongs to a list that has the focus. @type {Readonly<Record<string, Act>>} */
const IN_LIST = Object.freeze({ Enter: "enter", " ": "mark", "Shift+ArrowDown": "mark-next", "Shift+ArrowUp": "mark-previous" });
/** With Ctrl, or with the command key. @type {Readonly<Record<string, Act>>} */
const WITH_CONTROL = Object.freeze({ z: "undo", "Shift+Z": "redo", y: "redo" });

/**
 * @param {{key: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean, shiftKey?: boolean}} press
 * @param {{isTyping: boolean, isInDialog: boolean, isInList: boolean}} where the press fell
 * @returns {Act | null}
 */
export function actOf(press, { isTyping, isInDialog, isInList }) {
  const isWithControl = press.ctrlKey || press.metaKey;
  if (isWithControl && !press.altKey && press.key.toLowerCase() === "k") return isInDialog ? null : "search";
  if (press.altKey || isTyping || isInDialog) return null;
  const key = press.shiftKey && press.key.length > 1 ? `Shift+${press.key}` : press.key;
  if (isWithControl) return actWithControl(press, isInList);
  if (isInList && IN_LIST[key]) return IN_LIST[key];
  const act = KEYS[press.key] ?? null;
  const isWithinList = act === "next" || act === "previous" || act === "first" || act === "last";
  return isWithinList && press.key.length > 1 && !isInList ? null : act;
}

/** @param {{key: string, shiftKey?: boolean}} press @param {boolean} isInList @returns {Act | null} */
function actWithControl({ key, shiftKey }, isInList) {
  const letter = key.length === 1 ? key.toLowerCase() : key;
  if (letter === "a" && !shiftKey) return isInList ? "mark-all" : null;
  return WITH_CONTROL[shiftKey ? `Shift+${letter.toUpperCase()}` : letter] ?? null;
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

/**
 * Round and round: the one that follows, the first after the last.
 * @param {string[]} ids @param {string[]} wanted some of them @param {string | null} from
 * @returns {string | null} null when none is wanted
 */
export function nextAmong(ids, wanted, from) {
  const at = from === null ? -1 : ids.indexOf(from);
  const round = [...ids.slice(at + 1), ...ids.slice(0, at + 1)];
  return round.find((id) => wanted.includes(id)) ?? null;
}
