/**
 * The pointer on the map: hover, click, and orders taken up from their marks. The rest (pan, zoom) is left to deck.gl.
 *
 * @import { Carry } from "./carry.js"
 * @import { Hit } from "./pick.js"
 * @typedef {{
 *   couriersAt: (x: number, y: number) => Hit[], ordersAt: (x: number, y: number) => Hit[],
 *   groupsAt: (x: number, y: number) => Hit[], mayTake: (order: string) => boolean,
 *   title: (order: string) => string, click: (hits: Hit[], x: number, y: number) => void, hover: (hits: Hit[]) => void, selected: () => string | null,
 * }} MapSense Pixels count from the map's upper left corner.
 */
import { courierRowAt } from "./carry.js";

const CLICK_PX = 5;

/** @param {HTMLElement} host @param {MapSense} sense @param {Carry} carry @returns {() => void} undo */
export function listenToPointer(host, sense, carry) {
  /** @type {{x: number, y: number, order: string | null, pointer: number} | null} */
  let press = null;
  const undo = new AbortController();
  const { signal } = undo;

  /** @param {MouseEvent} event */
  function place(event) {
    const box = host.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  /** @param {PointerEvent} event */
  function down(event) {
    if (event.button !== 0 || !event.isPrimary || isControl(event)) return;
    const { x, y } = place(event);
    const orders = sense.ordersAt(x, y).filter((hit) => sense.mayTake(hit.id));
    const order = orders.find((hit) => hit.id === sense.selected()) ?? orders[0];
    press = { x: event.clientX, y: event.clientY, order: order?.id ?? null, pointer: event.pointerId };
    if (order) event.stopPropagation(); // the map stays where it is: this is about the order
  }

  /** @param {PointerEvent} event */
  function move(event) {
    if (press?.order && event.pointerId === press.pointer) return carryOn(event, press.order);
    if (event.buttons === 0 && host.contains(/** @type {Node} */ (event.target))) {
      const { x, y } = place(event);
      sense.hover([...sense.couriersAt(x, y), ...sense.ordersAt(x, y), ...sense.groupsAt(x, y)]);
    }
  }

  /** @param {PointerEvent} event @param {string} order */
  function carryOn(event, order) {
    const isFar = press && Math.hypot(event.clientX - press.x, event.clientY - press.y) > CLICK_PX;
    if (!carry.carried() && isFar) carry.take(order, "map");
    if (!carry.carried()) return;
    carry.show(sense.title(order), event.clientX, event.clientY);
    const under = document.elementFromPoint(event.clientX, event.clientY);
    const { x, y } = place(event);
    carry.hover(under && host.contains(under) ? (sense.couriersAt(x, y)[0]?.id ?? null) : courierRowAt(under));
  }

  /** @param {PointerEvent} event */
  function up(event) {
    const pressed = press;
    press = null;
    if (carry.carried()?.from === "map") return carry.drop();
    if (!pressed || Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > CLICK_PX) return;
    const { x, y } = place(event);
    const hits = [...sense.ordersAt(x, y), ...sense.couriersAt(x, y), ...sense.groupsAt(x, y)];
    sense.click(
      hits.sort((one, other) => one.away - other.away),
      x,
      y,
    );
  }

  function cancel() {
    press = null;
    if (carry.carried()?.from === "map") carry.end();
  }

  /** An order dragged from the list over the map. @param {DragEvent} event */
  function over(event) {
    if (!carry.carried()) return;
    const { x, y } = place(event);
    const courier = sense.couriersAt(x, y)[0]?.id ?? null;
    carry.hover(courier);
    if (courier) event.preventDefault();
  }

  host.addEventListener("pointerdown", down, { capture: true, signal });
  window.addEventListener("pointermove", move, { signal });
  window.addEventListener("pointerup", up, { signal });
  window.addEventListener("pointercancel", cancel, { signal });
  window.addEventListener("blur", cancel, { signal });
  host.addEventListener("pointerleave", () => sense.hover([]), { signal });
  host.addEventListener("dragover", over, { signal });
  host.addEventListener("dragleave", () => carry.hover(null), { signal });
  host.addEventListener("drop", (event) => (event.preventDefault(), carry.drop()), { signal });
  return () => undo.abort();
}

/** @param {Event} event whether it fell on a button that floats over the map */
const isControl = (event) => event.target instanceof Element && event.target.closest("button, a, input, [role=menu]") !== null;
