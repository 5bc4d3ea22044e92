/**
 * What is in a group, as a list beside its sign: for what stands at one address and would not come apart any nearer.
 *
 * @typedef {{id: string, classes: string, parts: [className: string, text: string][]}} Line
 * @typedef {ReturnType<typeof createClusterList>} ClusterList
 */
import { newElement } from "./lists.js";

/** Kept so far from the map's edge. */
const MARGIN_PX = 8;

/** @param {HTMLElement} host the map's */
export function createClusterList(host) {
  /** @type {HTMLElement | null} */
  let open = null;
  let undo = new AbortController();

  function shut() {
    open?.remove();
    open = null;
    undo.abort();
  }

  /**
   * @param {string} title @param {Line[]} lines @param {{x: number, y: number}} at pixels from the map's corner
   * @param {(id: string) => void} choose @param {() => void} left without a choice
   */
  function show(title, lines, at, choose, left) {
    shut();
    undo = new AbortController();
    const { signal } = undo;
    const list = newElement("div", "cluster-list", { role: "menu", id: "desk-cluster", "aria-label": title });
    list.append(newElement("div", "cluster-title", { "aria-hidden": "true" }, title), ...lines.map(lineOf));
    open = host.appendChild(list);
    const x = Math.min(at.x, host.clientWidth - list.offsetWidth - MARGIN_PX);
    const y = Math.min(at.y, host.clientHeight - list.offsetHeight - MARGIN_PX);
    list.style.transform = `translate(${Math.max(MARGIN_PX, Math.round(x))}px, ${Math.max(MARGIN_PX, Math.round(y))}px)`;
    /** @param {HTMLElement | null} line */
    const chosen = (line) => line && (shut(), choose(line.dataset.id ?? ""));
    const leave = () => (shut(), left());
    list.addEventListener("click", ({ target }) => chosen(lineAt(target)), { signal });
    list.addEventListener("keydown", (event) => pressed(event, list, leave), { signal });
    document.addEventListener("pointerdown", ({ target }) => !list.contains(/** @type {Node} */ (target)) && shut(), {
      capture: true,
      signal,
    });
    linesIn(list)[0]?.focus({ preventScroll: true });
  }

  return { show, shut, isOpen: () => open !== null, dispose: shut };
}

/** @param {Line} line @returns {HTMLElement} */
function lineOf({ id, classes, parts }) {
  const element = newElement("button", `cluster-line ${classes}`, { type: "button", role: "menuitem", tabindex: "-1" });
  element.dataset.id = id;
  element.append(...parts.map(([className, text]) => newElement("span", className, {}, text)));
  return element;
}

/** @param {KeyboardEvent} event @param {HTMLElement} list @param {() => void} leave */
function pressed(event, list, leave) {
  const lines = linesIn(list);
  const at = lines.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: lines.length - 1 }[event.key];
  event.stopPropagation();
  if (to !== undefined) {
    event.preventDefault();
    lines[Math.max(0, Math.min(lines.length - 1, to))]?.focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    leave();
  }
}

/** @param {HTMLElement} list @returns {HTMLElement[]} */
const linesIn = (list) => [...list.querySelectorAll(".cluster-line")].map((line) => /** @type {HTMLElement} */ (line));

/** @param {EventTarget | null} target @returns {HTMLElement | null} */
const lineAt = (target) => (target instanceof Element ? target.closest(".cluster-line") : null);
