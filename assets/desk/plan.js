/**
 * A proposal beside the map: its keys, where the focus goes, and its ways in dashes.
 *
 * @import { Page } from "./page.js"
 * @import { Point } from "./dashes.js"
 */
import { dashes } from "./dashes.js";
import { hidesFocus } from "./dialog_focus.js";

/** The name of the event by which the page's callback hands over the ways. */
const DRAWN = "roulement-plan";
/** One panel at a time stands over the map: who opens says so, the others shut. */
const OVERLAY = "roulement-overlay";
const OURS = "desk-plan";

/**
 * @param {Page} page @param {(ways: Point[][]) => void} draw @param {() => void} leave the proposal is gone: the keys go back to the lists
 */
export function createPlan(page, draw, leave) {
  const undo = new AbortController();
  const { signal } = undo;
  const button = (/** @type {string} */ id) => /** @type {HTMLButtonElement} */ (document.getElementById(id));
  const isOpen = () => !page.plan.hidden;
  const discard = () => button("desk-plan-discard").click();
  /** To carry out goes away when some of it was refused, and takes the focus along. */
  const isFocusLost = () => document.activeElement === document.body || hidesFocus(page.plan);

  const moved = new MutationObserver((changes) => {
    if (!isOpen()) return document.activeElement === document.body ? leave() : undefined;
    if (!isFocusLost() && changes.every((change) => change.target !== page.plan)) return;
    const [commit, other] = [button("desk-plan-commit"), button("desk-plan-discard")];
    (commit.hidden ? other : commit).focus();
    window.dispatchEvent(new CustomEvent(OVERLAY, { detail: OURS }));
  });
  window.addEventListener(
    OVERLAY,
    (event) => /** @type {CustomEvent<string>} */ (event).detail !== OURS && isOpen() && discard(),
    { signal },
  );
  moved.observe(page.plan, { attributes: true, attributeFilter: ["hidden"], subtree: true });
  page.plan.addEventListener(
    "keydown",
    (event) => {
      const { key, target } = event;
      const isBox = target instanceof HTMLInputElement;
      if (key === "Escape") discard();
      else if (key === "Enter" && isBox) button("desk-plan-commit").click();
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    { signal },
  );
  window.addEventListener(DRAWN, (event) => draw(/** @type {CustomEvent<Point[][]>} */ (event).detail), { signal });

  return {
    open: () => page.planOpen.click(),
    stops: () => page.planStops.click(),
    /** @returns {boolean} whether there was one to discard */
    discard() {
      if (!isOpen()) return false;
      discard();
      return true;
    },
    dispose() {
      moved.disconnect();
      undo.abort();
    },
  };
}

/** @param {Point[][]} ways @returns {{"route-plan": {data: {path: Point[]}[]}}} */
export const planProps = (ways) => ({
  "route-plan": { data: ways.flatMap((way) => (way.length > 1 ? dashes(way) : [])).map((path) => ({ path })) },
});
