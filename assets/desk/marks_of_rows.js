/**
 * Which orders are marked, to be acted upon together: by Ctrl and Shift with the pointer, by Space and Shift with the keys,
 * and by whatever gathers them on the map.
 *
 * @import { State } from "./scene.js"
 * @typedef {ReturnType<typeof createMarks>} Marks
 */
import { stepTo } from "./keys.js";
import { rangeOf, workable } from "./marking.js";
import { boardIn } from "./scene.js";

/** @param {State} state @param {() => string[]} ids as they stand in the list @param {(order: string) => void} select @param {() => void} changed */
export function createMarks(state, ids, select, changed) {
  /** From where a range goes on. @type {string | null} */
  let anchor = null;

  /**
   * Mark orders, to act upon all of them together. What is closed cannot be marked.
   * @param {Iterable<string>} orders @param {"only" | "add" | "toggle"} how
   */
  function choose(orders, how) {
    const next = new Set(how === "only" ? [] : state.chosen);
    for (const order of workable(boardIn(state), orders)) {
      if (how === "toggle" && next.has(order)) next.delete(order);
      else next.add(order);
    }
    state.chosen = next;
    changed();
  }

  /** What has been closed meanwhile is not marked any more. */
  function forgetClosed() {
    const left = workable(boardIn(state), state.chosen);
    if (left.length !== state.chosen.size) state.chosen = new Set(left);
  }

  /** A row pressed with Ctrl or Shift, or marked by key. @param {string} order @param {"one" | "range"} how */
  function mark(order, how) {
    if (how === "one") choose([(anchor = order)], "toggle");
    else {
      if (!state.chosen.size) anchor = state.selection.order;
      choose(rangeOf(ids(), anchor, order), "only");
    }
    select(order);
  }

  /** @param {"next" | "previous"} act */
  function extend(act) {
    const to = stepTo(ids(), state.selection.order, act);
    if (to) mark(to, "range");
  }

  return { choose, mark, extend, forgetClosed };
}
