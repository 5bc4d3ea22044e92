/**
 * What is in hand in this window, and what others have in hand: said to them, and said here before anything is done.
 * In hand are an order that is dragged, one whose dialog is open, one that the command line or the keys are about to give,
 * the marked ones while the keyboard or the pointer is at the bar for them, and whatever an open part of the page says of
 * itself: the ids in its `data-holds`, with a space between.
 *
 * @import { Page } from "./page.js"
 * @import { State } from "./scene.js"
 */
import { heldBy, heldLine } from "./company.js";
import { setText } from "./lists.js";
import { boardIn } from "./scene.js";

/** Beside what asks by itself; nobody tells of a dialog that has opened or gone. */
const EACH_MS = 250;
/** A dialog that was asked for and has not opened after so long does not come. */
const COMES_MS = 3000;
const DIALOGS = "[role=dialog]:has(.held-line)";
const HOLDERS = "[data-holds]:not([hidden], [hidden] *)";
const LINES = ".held-line";

/**
 * @param {Page} page @param {State} state
 * @param {{carried: () => string | null, hold: (orders: string[]) => void, warn: (text: string) => void}} on
 */
export function createHolding(page, state, on) {
  let mine = /** @type {string[]} */ ([]);
  let warnedOf = /** @type {ReadonlySet<string>} */ (new Set());
  let asked = /** @type {{order: string, version: number, at: number, wasOpen: boolean} | null} */ (null);
  const timer = setInterval(look, EACH_MS);

  /** @param {string} order */
  const refOf = (order) => boardIn(state).orders.get(order)?.ref ?? order;

  /** @param {Iterable<string>} orders */
  const lineOf = (orders) => heldLine(state.colleagues, orders, refOf, state.words);

  /** @param {string} order */
  const versionOf = (order) => boardIn(state).orders.get(order)?.version ?? 0;

  /** Without any dialog. @param {{order: string, version: number, at: number}} what */
  const isDone = ({ order, version, at }) => versionOf(order) !== version || state.clock.now() - at > COMES_MS;

  function inDialog() {
    const isOpen = document.querySelector(DIALOGS) !== null;
    if (asked && isOpen) asked.wasOpen = true;
    if (asked && !isOpen && (asked.wasOpen || isDone(asked))) asked = null;
    return asked?.order ?? null;
  }

  /** By key: the couriers have the focus while an order is chosen, and Enter would give it. */
  const byKey = () => (state.aimed && page.couriers.contains(document.activeElement) ? state.selection.order : null);

  /** Whoever drags one of the marked orders drags them all. @param {string | null} carried */
  const isAtBulk = (carried) =>
    page.bulk.contains(document.activeElement) || page.bulk.matches(":hover") || (carried !== null && state.chosen.has(carried));

  function inHand() {
    const parts = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(HOLDERS));
    const said = [...parts].flatMap((part) => part.dataset.holds?.split(" ") ?? []);
    const carried = on.carried();
    const found = [carried, state.typed?.order, inDialog(), byKey(), ...(isAtBulk(carried) ? state.chosen : []), ...said];
    return [...new Set(found.filter((order) => typeof order === "string" && order !== ""))].sort();
  }

  function look() {
    const now = /** @type {string[]} */ (inHand());
    if (now.join(" ") !== mine.join(" ")) on.hold(now);
    mine = now;
    warn();
    const lines = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(LINES));
    for (const line of lines) {
      const text = lineOf(page.bulk.contains(line) ? state.chosen : asked ? [asked.order] : []);
      line.hidden = text === "";
      setText(line, text);
    }
  }

  /** Once for each order that is taken up while somebody else has it. */
  function warn() {
    const held = mine.filter((order) => heldBy(state.colleagues, order).length);
    const text = lineOf(held.filter((order) => !warnedOf.has(order)));
    warnedOf = new Set(held);
    if (text) on.warn(text);
  }

  return {
    look,
    /** Something was asked for that may bring a dialog about an order. @param {string} order */
    ask(order) {
      asked = { order, version: versionOf(order), at: state.clock.now(), wasOpen: false };
      look();
    },
    /** What to say of an order that is about to be given. @param {string | null} order */
    line: (order) => (order === null ? "" : lineOf([order])),
    /** A new connection knows nothing of it. */
    sayAgain: () => on.hold(mine),
    dispose: () => clearInterval(timer),
  };
}
