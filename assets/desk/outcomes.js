/**
 * What became of each of several orders: a press leads to it, those that were refused stay marked, so that they can be
 * tried again.
 *
 * @typedef {{go: (order: string) => void, done: (orders: string[]) => void, leave: () => void}} OnOutcome `leave`: the keyboard goes back to the list
 */

/** @param {HTMLElement} host the result line @param {OnOutcome} on */
export function listenToOutcomes(host, on) {
  const undo = new AbortController();
  let seen = /** @type {Element | null} */ (null);

  function looked() {
    const list = host.querySelector(".outcomes");
    if (list === seen) return;
    seen = list;
    if (list) on.done([...list.querySelectorAll(".outcome-row.is-done")].map(orderOf));
  }

  /** @param {MouseEvent} event */
  function clicked({ target }) {
    const row = target instanceof Element ? target.closest(".outcome-row[data-order]") : null;
    if (row) on.go(orderOf(row));
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    const details = /** @type {Element} */ (event.target).closest("details[open]");
    if (event.key !== "Escape" || !details) return;
    details.removeAttribute("open");
    on.leave();
    event.stopPropagation();
  }

  host.addEventListener("click", clicked, { signal: undo.signal });
  host.addEventListener("keydown", pressed, { signal: undo.signal });
  const watch = new MutationObserver(looked);
  watch.observe(host, { childList: true, subtree: true });
  return () => (undo.abort(), watch.disconnect());
}

/** @param {Element} row */
const orderOf = (row) => /** @type {HTMLElement} */ (row).dataset.order ?? "";
