/**
 * The list of stops on the page: rows that stay the same elements, moved by keys or in the hand.
 *
 * @import { Courier, Words } from "./types.js"
 * @import { Fact, StopRow } from "./stop_rows.js"
 * @import { Mark, Way } from "./stop_order.js"
 * @typedef {{
 *   title: string, facts: Fact[], rows: StopRow[], empty: string, said: string, isRefused: boolean, isThought: boolean,
 *   isDecided: boolean, taken: string | null, selected: string | null, isGuessed: boolean, courier: Courier | null,
 * }} Shown
 * @typedef {{
 *   key: (mark: string, way: Way) => void, go: (mark: Mark) => void, take: (mark: string) => void,
 *   hover: (mark: string, to: number) => void, drop: (mark: string, to: number) => void, letGo: () => void,
 *   enter: (mark: string | null) => void,
 *   leave: () => void, close: () => void, asItComes: () => void, note: (courier: string, version: number, text: string) => void,
 * }} OnPanel
 */
import { createCourierNote } from "./courier_note.js";
import { newElement, setText } from "./lists.js";
import { listenToStops } from "./stop_pointer.js";

const CELLS = ["stop-place", "stop-time", "stop-promise", "stop-late", "stop-load", "stop-was"];
/** @type {Readonly<Record<string, Way>>} */
const WAYS = Object.freeze({ ArrowUp: "up", ArrowDown: "down", Home: "top", End: "bottom" });

/** @param {HTMLElement} host @param {Words} words @param {OnPanel} on */
export function createStopPanel(host, words, on) {
  const undo = new AbortController();
  const { signal } = undo;
  /** @type {Map<string, HTMLElement>} */
  const elements = new Map();
  let rows = /** @type {StopRow[]} */ ([]);
  let focused = /** @type {string | null} */ (null);
  let facts = "";
  const title = newElement("h2", "", {});
  const shut = button("stops-close", "✕", "stops-close", words("Shut the list of stops"));
  const about = newElement("dl", "stops-facts", {});
  const list = newElement("div", "stops-list", {
    id: "desk-stops-list",
    role: "listbox",
    tabindex: "0",
    "aria-describedby": "desk-stops-keys",
  });
  const said = newElement("p", "stops-said", { role: "status", id: "desk-stops-said" });
  const guessed = newElement("p", "stops-guessed quiet", {}, words("Some ways are estimated as the crow flies."));
  const ride = button("step is-main", words("Ride in this order"), "desk-stops-ride", "", words("Enter"));
  const stay = button("step", words("Leave it as it is"), "desk-stops-stay", "", words("Esc"));
  const comes = button("step", words("As it comes"), "desk-stops-comes", words("Give up the order that was decided"));
  const keys = newElement("p", "stops-keys quiet", { id: "desk-stops-keys" });
  keys.textContent = words("Drag a stop, or move it with Alt and ↑ ↓ Home End");
  const head = newElement("div", "stops-head", {});
  head.append(title, shut);
  const foot = newElement("div", "stops-foot", {});
  const steps = newElement("div", "steps", {});
  steps.append(ride, stay, comes);
  foot.append(said, guessed, steps, keys);
  const note = createCourierNote(words, on.note);
  host.replaceChildren(head, about, note.element, list, foot);

  shut.addEventListener("click", on.close, { signal });
  ride.addEventListener("click", () => (list.focus(), on.letGo()), { signal });
  stay.addEventListener("click", () => (list.focus(), on.leave()), { signal });
  comes.addEventListener("click", () => (list.focus(), on.asItComes()), { signal });
  host.addEventListener("keydown", pressed, { signal });
  const pointer = listenToStops(list, {
    take(mark) {
      point(mark);
      on.take(mark);
    },
    hover: on.hover,
    drop: on.drop,
    click(mark) {
      point(mark);
      const row = rows.find((one) => one.key === mark);
      if (row) on.go(row);
    },
  });

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    const { key, altKey, ctrlKey, metaKey, target } = event;
    if (ctrlKey || metaKey) return;
    const inList = target === list;
    if (key === "Escape") (pointer.isHolding() ? pointer.letGo() : undefined, on.leave());
    else if (inList && WAYS[key] && altKey) focused !== null && on.key(focused, WAYS[key]);
    else if (inList && WAYS[key]) step(WAYS[key]);
    else if (inList && key === "Enter") on.enter(focused);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {Way} way */
  function step(way) {
    const at = rows.findIndex((one) => one.key === focused);
    const last = rows.length - 1;
    const to = { up: Math.max(0, at - 1), down: Math.min(last, at + 1), top: 0, bottom: last }[way];
    if (rows[to]) point(rows[to].key);
  }

  /** @param {string | null} mark */
  function point(mark) {
    focused = mark;
    for (const [key, element] of elements) element.classList.toggle("is-focused", key === mark);
    const element = elements.get(mark ?? "");
    if (element) {
      list.setAttribute("aria-activedescendant", element.id);
      element.scrollIntoView({ block: "nearest" });
    } else list.removeAttribute("aria-activedescendant");
  }

  /** @param {StopRow} row @param {Shown} shown */
  function rowOf(row, shown) {
    const element = elements.get(row.key) ?? newRow(row);
    elements.set(row.key, element);
    const isTaken = shown.taken === row.key;
    const classes = `stop is-${row.end} ${row.trouble}${isTaken ? " is-taken" : ""}${row.key === focused ? " is-focused" : ""}`;
    if (element.className !== classes) element.className = classes;
    const isSelected = String(row.order === shown.selected);
    if (element.getAttribute("aria-selected") !== isSelected) element.setAttribute("aria-selected", isSelected);
    setText(/** @type {HTMLElement} */ (element.querySelector(".stop-said")), row.label);
    const texts = [row.place, row.time, `${row.ref} · ${row.promise}`, row.late, row.load, row.was];
    for (const [n, name] of CELLS.entries()) setText(/** @type {HTMLElement} */ (element.querySelector(`.${name}`)), texts[n]);
    return element;
  }

  /** @param {Fact[]} told */
  function tell(told) {
    const key = JSON.stringify(told);
    if (key === facts) return;
    facts = key;
    about.replaceChildren(
      ...told.map(({ name, text, trouble }) => {
        const pair = newElement("div", trouble ? "is-trouble" : "", {});
        pair.append(newElement("dt", "", {}, name), newElement("dd", "", {}, text));
        return pair;
      }),
    );
  }

  return {
    /** @param {Shown} shown */
    render(shown) {
      rows = shown.rows;
      setText(title, shown.title || words("Stops"));
      host.setAttribute("aria-label", shown.title || words("Stops"));
      list.setAttribute("aria-label", shown.title || words("Stops"));
      tell(shown.facts);
      note.draw(shown.courier);
      arrange(shown);
      setText(said, shown.said);
      said.className = shown.isRefused ? "stops-said is-refused" : "stops-said";
      for (const [element, isShown] of /** @type {[HTMLElement, boolean][]} */ ([
        [ride, shown.isThought && shown.taken === null],
        [stay, shown.isThought && shown.taken === null],
        [comes, shown.isDecided],
        [guessed, shown.isGuessed],
        [keys, shown.rows.length > 1],
      ])) if (element.hidden === isShown) element.hidden = !isShown;
    },
    focus() {
      if (focused === null || !elements.has(focused)) point(rows[0]?.key ?? null);
      list.focus({ preventScroll: true });
    },
    letGo: pointer.letGo,
    dispose() {
      undo.abort();
      pointer.dispose();
      host.replaceChildren();
    },
  };

  /** @param {Shown} shown */
  function arrange(shown) {
    const wanted = shown.rows.map((row) => rowOf(row, shown));
    if (!wanted.length) wanted.push(emptyLine(shown.empty));
    const kept = new Set(wanted);
    for (const [key, element] of elements) if (!kept.has(element)) elements.delete(key);
    for (const child of [...list.children]) if (!kept.has(/** @type {HTMLElement} */ (child))) child.remove();
    for (const [n, element] of wanted.entries()) if (list.children[n] !== element) list.insertBefore(element, list.children[n] ?? null);
    if (focused !== null && !elements.has(focused)) point(rows[0]?.key ?? null);
    else if (focused === null && rows.length) point(rows[0].key);
  }

  /** @param {string} text */
  function emptyLine(text) {
    const line = /** @type {HTMLElement | null} */ (list.querySelector(".stops-empty")) ?? newElement("p", "stops-empty quiet", { role: "presentation" });
    setText(line, text);
    return line;
  }
}

/** @param {StopRow} row */
function newRow(row) {
  const element = newElement("div", "stop", { role: "option", id: `desk-stop-${row.key}` });
  element.dataset.stop = row.key;
  element.dataset.order = row.order;
  element.append(
    newElement("span", "stop-sign", { "aria-hidden": "true" }, row.end === "pickup" ? "↑" : "↓"),
    newElement("span", "stop-said visually-hidden", {}),
    ...CELLS.map((name) => newElement("span", name, { "aria-hidden": "true" })),
    newElement("span", "stop-hold", { "aria-hidden": "true" }, "⠿"),
  );
  return element;
}

/** @param {string} className @param {string} text @param {string} id @param {string} [label] @param {string} [key] */
function button(className, text, id, label = "", key = "") {
  const found = newElement("button", className, { type: "button", id, ...(label ? { title: label, "aria-label": label } : {}) }, text);
  if (key) found.append(newElement("kbd", "key", {}, key));
  return found;
}
