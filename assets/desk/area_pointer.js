/**
 * Drawing round orders on the map: a box with Shift held, a line of any shape with Alt held or when it was asked for.
 *
 * @import { Area, Pixel } from "./area.js"
 * @typedef {{
 *   count: (area: Area) => string, done: (area: Area, isMore: boolean) => void, click: (x: number, y: number) => void,
 *   armed: (isArmed: boolean) => void, isReady: () => boolean,
 * }} OnArea `count`: what is said beside the pointer; `click`: it was no area at all, pressed where it is.
 * @typedef {ReturnType<typeof listenToAreas>} AreaPointer
 */
import { boxOf, isLargeEnough, longer } from "./area.js";
import { newElement, setText } from "./lists.js";

const SVG = "http://www.w3.org/2000/svg";

/** @param {HTMLElement} host the map's @param {OnArea} on */
export function listenToAreas(host, on) {
  const undo = new AbortController();
  const { signal } = undo;
  let isArmed = false;
  /** @type {{kind: "box" | "lasso", from: Pixel, area: Area, pointer: number} | null} */
  let drawing = null;
  const sheet = document.createElementNS(SVG, "svg");
  const shape = sheet.appendChild(document.createElementNS(SVG, "polygon"));
  const tag = newElement("div", "area-count", { "aria-hidden": "true" });
  sheet.setAttribute("class", "area-sheet");
  sheet.setAttribute("aria-hidden", "true");

  /** @param {boolean} armed */
  function arm(armed) {
    isArmed = armed;
    host.classList.toggle("is-drawing", armed);
    on.armed(armed);
  }

  /** @param {PointerEvent} event @returns {Pixel} */
  function place(event) {
    const box = host.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  /** @param {PointerEvent} event */
  function down(event) {
    const kind = isArmed || event.altKey ? "lasso" : event.shiftKey ? "box" : null;
    const isOurs = event.target instanceof Element && !event.target.closest("button, a, input, [role=menu]");
    if (!kind || !on.isReady() || event.button !== 0 || !event.isPrimary || !isOurs) return;
    event.stopImmediatePropagation(); // neither the map is moved nor an order taken up
    const from = place(event);
    drawing = { kind, from, area: [from], pointer: event.pointerId };
  }

  /** @param {PointerEvent} event */
  function move(event) {
    if (!drawing || event.pointerId !== drawing.pointer) return;
    const at = place(event);
    drawing.area = drawing.kind === "box" ? boxOf(drawing.from, at) : longer(drawing.area, at);
    shape.setAttribute("points", drawing.area.map(([x, y]) => `${Math.round(x)},${Math.round(y)}`).join(" "));
    if (!isLargeEnough(drawing.area)) return;
    if (!sheet.isConnected) host.append(sheet, tag);
    setText(tag, on.count(drawing.area));
    tag.style.transform = `translate(${Math.round(at[0]) + 14}px, ${Math.round(at[1]) + 14}px)`;
  }

  /** @param {PointerEvent} event */
  function up(event) {
    if (!drawing || event.pointerId !== drawing.pointer) return;
    const { area, from } = drawing;
    end();
    if (isLargeEnough(area)) on.done(area, event.ctrlKey || event.metaKey);
    else on.click(from[0], from[1]);
  }

  function end() {
    drawing = null;
    sheet.remove();
    tag.remove();
    if (isArmed) arm(false);
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    if (event.key !== "Escape" || (!drawing && !isArmed)) return;
    event.stopImmediatePropagation(); // what was chosen stays chosen
    event.preventDefault();
    end();
  }

  /** With Shift the browser would mark the page's texts. @param {Event} event */
  const press = (event) => drawing && event.preventDefault();

  host.addEventListener("pointerdown", down, { capture: true, signal });
  host.addEventListener("mousedown", press, { capture: true, signal });
  window.addEventListener("pointermove", move, { signal });
  window.addEventListener("pointerup", up, { signal });
  window.addEventListener("pointercancel", end, { signal });
  window.addEventListener("blur", end, { signal });
  window.addEventListener("keydown", key, { capture: true, signal });
  return {
    toggle: () => arm(!isArmed),
    dispose() {
      undo.abort();
      end();
    },
  };
}
