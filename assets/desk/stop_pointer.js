/**
 * A stop in the hand: taken up in the list, held over another place, let go. Rows are of one height, so that the place
 * under the pointer does not depend on what moves away from it.
 *
 * @typedef {{
 *   take: (mark: string) => void, hover: (mark: string, to: number) => void, drop: (mark: string, to: number) => void,
 *   click: (mark: string) => void,
 * }} OnHold
 */

/** Less is a click that trembled. */
const FAR_PX = 4;
/** So far beside the list a stop may still be let go in it. */
const BESIDE_PX = 40;

/** @param {HTMLElement} list @param {OnHold} on */
export function listenToStops(list, on) {
  const undo = new AbortController();
  const { signal } = undo;
  /** @type {{mark: string, x: number, y: number, pointer: number, isTaken: boolean} | null} */
  let held = null;

  list.addEventListener("pointerdown", down, { signal });
  list.addEventListener("pointermove", move, { signal });
  list.addEventListener("pointerup", up, { signal });
  list.addEventListener("pointercancel", () => end(-1), { signal });

  /** @param {PointerEvent} event */
  function down(event) {
    const row = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest("[data-stop]")) : null;
    if (!row || event.button !== 0) return;
    held = { mark: row.dataset.stop ?? "", x: event.clientX, y: event.clientY, pointer: event.pointerId, isTaken: false };
    list.setPointerCapture(event.pointerId);
  }

  /** @param {PointerEvent} event */
  function move(event) {
    if (!held || event.pointerId !== held.pointer) return;
    if (!held.isTaken && Math.hypot(event.clientX - held.x, event.clientY - held.y) < FAR_PX) return;
    if (!held.isTaken) {
      held.isTaken = true;
      on.take(held.mark);
    }
    const to = placeAt(list, event.clientX, event.clientY);
    if (to >= 0) on.hover(held.mark, to);
  }

  /** @param {PointerEvent} event */
  function up(event) {
    if (!held || event.pointerId !== held.pointer) return;
    if (held.isTaken) return end(placeAt(list, event.clientX, event.clientY));
    const { mark } = held;
    held = null;
    list.focus({ preventScroll: true });
    on.click(mark);
  }

  /** @param {number} to */
  function end(to) {
    if (!held) return;
    const { mark, isTaken } = held;
    held = null;
    list.focus({ preventScroll: true });
    if (isTaken) on.drop(mark, to);
  }

  return {
    isHolding: () => held !== null,
    /** Leave it where it was. */
    letGo: () => void (held = null),
    dispose: () => undo.abort(),
  };
}

/** @param {HTMLElement} list @param {number} x @param {number} y @returns {number} the place in the list; -1: beside it */
function placeAt(list, x, y) {
  const rows = /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[data-stop]")]);
  const box = list.getBoundingClientRect();
  if (!rows.length || x < box.left - BESIDE_PX || x > box.right + BESIDE_PX) return -1;
  if (y < box.top - BESIDE_PX || y > box.bottom + BESIDE_PX) return -1;
  const height = rows[0].offsetHeight;
  const place = Math.floor((y - box.top + list.scrollTop - rows[0].offsetTop) / height);
  return Math.max(0, Math.min(rows.length - 1, place));
}
