/**
 * When a dialog goes away, the focus goes back to where it was before: in the same moment, and only if it is nowhere
 * else by now. (Mantine's own way waits for a timer, and takes the focus from whoever has pressed another key meanwhile.)
 */

const DIALOG = "[role=dialog]";

/** @param {HTMLElement} page what the dialogs stand in @returns {() => void} undo */
export function giveFocusBack(page) {
  const undo = new AbortController();
  let before = /** @type {HTMLElement | null} */ (null);
  let isOpen = false;

  /** @param {FocusEvent} event */
  const focused = (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (!target.closest(DIALOG)) before = target;
  };

  function looked() {
    const wasOpen = isOpen;
    isOpen = page.querySelector(DIALOG) !== null;
    if (!wasOpen || isOpen || !isNowhere(document.activeElement)) return;
    if (before?.isConnected) before.focus({ preventScroll: true });
  }

  document.addEventListener("focusin", focused, { signal: undo.signal });
  const watch = new MutationObserver(looked);
  for (const root of page.querySelectorAll(".mantine-Modal-root")) watch.observe(root, { childList: true });
  watch.observe(page, { childList: true });
  return () => (undo.abort(), watch.disconnect());
}

/** @param {Element | null} element */
const isNowhere = (element) => element === null || element === document.body;

/** @param {HTMLElement} host @returns {boolean} whether what has the focus in it is not to be seen any more */
export const hidesFocus = (host) => host.contains(document.activeElement) && !document.activeElement?.checkVisibility();
