/**
 * The past by keyboard alone: which key means what.
 *
 * @typedef {"play" | "minute-back" | "minute-on" | "ten-back" | "ten-on" | "entry-back" | "entry-on" | "slower" | "faster" | "day-back" | "day-on" | "jump" | "orders" | "couriers" | "fit" | "leave" | "up" | "down" | "first" | "last"} Act
 */

/** @type {Readonly<Record<string, Act>>} */
const KEYS = Object.freeze({
  " ": "play",
  ArrowLeft: "minute-back",
  ArrowRight: "minute-on",
  ",": "entry-back",
  ".": "entry-on",
  "[": "slower",
  "]": "faster",
  PageUp: "day-back",
  PageDown: "day-on",
  g: "jump",
  o: "orders",
  c: "couriers",
  f: "fit",
  Escape: "leave",
});
/** @type {Readonly<Record<string, Act>>} */
const IN_LIST = Object.freeze({ ArrowUp: "up", ArrowDown: "down", k: "up", j: "down", Home: "first", End: "last" });

/**
 * @param {{key: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean, shiftKey: boolean}} press
 * @param {{isTyping: boolean, isInList: boolean, isOnButton: boolean, isOnSlider: boolean}} where the press fell
 * @returns {Act | null}
 */
export function actOf(press, where) {
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  if (where.isTyping) return null;
  if (where.isOnButton && press.key === " ") return null; // it presses the button
  if (where.isInList && IN_LIST[press.key]) return IN_LIST[press.key];
  if (press.shiftKey && press.key === "ArrowLeft") return "ten-back";
  if (press.shiftKey && press.key === "ArrowRight") return "ten-on";
  if (where.isOnSlider && press.key.startsWith("Page")) return null; // the slider's own larger step
  return KEYS[press.key] ?? null;
}

/**
 * @param {import("../page.js").Page} page @param {{act: (act: Act) => void, within: (list: "orders" | "couriers") => void}} on
 * @returns {() => void} undo
 */
export function listenToKeys(page, on) {
  const undo = new AbortController();

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const list = page.orders.contains(target) ? "orders" : page.couriers.contains(target) ? "couriers" : null;
    if (list) on.within(list);
    const isOnSlider = target.id === "replay-slider";
    const found = actOf(event, {
      isTyping: !isOnSlider && target.matches("input, textarea, select"),
      isInList: list !== null,
      isOnButton: target.closest("button, summary, a") !== null,
      isOnSlider,
    });
    if (!found) return;
    event.preventDefault();
    on.act(found);
  }

  document.addEventListener("keydown", pressed, { signal: undo.signal });
  return () => undo.abort();
}
