/**
 * Hands on the past: rows and marks can be chosen and looked at, and nothing else.
 *
 * @import { LiveMap } from "../map.js"
 * @import { Hit } from "../pick.js"
 * @import { Page } from "../page.js"
 * @import { State } from "../scene.js"
 * @import { View } from "../view.js"
 */
import { couriersAt, marksAt, nextTaken } from "../pick.js";

const CLICK_PX = 5;

/**
 * @param {Page} page @param {State} state @param {View} view @param {() => LiveMap | null} map
 * @param {{select: (part: {order?: string | null, courier?: string | null}) => void, changed: () => void}} on
 * @returns {() => void} undo
 */
export function listenToHands(page, state, view, map, on) {
  const undo = new AbortController();
  const { signal } = undo;
  let press = /** @type {{x: number, y: number} | null} */ (null);
  let taken = /** @type {Hit[]} */ ([]);

  /** @param {MouseEvent} event @returns {Hit[]} */
  function hitsAt(event) {
    const camera = map()?.camera;
    if (!camera) return [];
    const box = page.map.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const couriers = couriersAt(camera, x, y, state.roster.fleet, state.roster.courier);
    return [...marksAt(camera, x, y, view.map.marks()), ...couriers].sort((one, other) => one.away - other.away);
  }

  /** @param {PointerEvent} event */
  function up(event) {
    if (!press || Math.hypot(event.clientX - press.x, event.clientY - press.y) > CLICK_PX) return;
    taken = nextTaken(hitsAt(event), taken);
    const hit = taken.at(-1);
    if (!hit) on.select({ order: null, courier: null });
    else on.select(hit.kind === "courier" ? { courier: hit.id } : { order: hit.id });
  }

  /** @param {PointerEvent} event */
  function move(event) {
    if (event.buttons) return;
    const hit = hitsAt(event)[0] ?? null;
    if (hit?.id === state.hovered?.id && hit?.kind === state.hovered?.kind) return;
    state.hovered = hit;
    on.changed();
  }

  page.map.addEventListener("pointerdown", (event) => (press = { x: event.clientX, y: event.clientY }), { capture: true, signal });
  page.map.addEventListener("pointerup", up, { capture: true, signal });
  page.map.addEventListener("pointermove", move, { signal });
  page.orders.addEventListener("click", ({ target }) => chosen(target, "order"), { signal });
  page.couriers.addEventListener("click", ({ target }) => chosen(target, "courier"), { signal });
  page.orders.addEventListener("dragstart", (event) => event.preventDefault(), { signal });

  /** @param {EventTarget | null} target @param {"order" | "courier"} subject */
  function chosen(target, subject) {
    const row = target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest(`[data-${subject}]`)) : null;
    if (row) on.select({ [subject]: row.dataset[subject] });
  }

  return () => undo.abort();
}
