/**
 * A field that completes what is typed from a list below it (ARIA's combobox): arrows choose, Enter or Tab takes.
 *
 * @template T
 * @typedef {{
 *   find: (text: string, signal: AbortSignal) => Promise<T[] | null>, label: (one: T) => {text: string, detail: string},
 *   take: (one: T) => void, typed: (text: string) => void, said: (count: number | null) => string,
 * }} Completing `said` tells how many there are, null when nobody answers
 */
import { newElement, setText } from "../lists.js";

const PAUSE_MS = 120;

/** @template T @param {HTMLInputElement} input @param {Completing<T>} on */
export function complete(input, on) {
  const list = newElement("ul", "completion", { role: "listbox", id: `${input.id}-list`, "aria-label": input.labels?.[0]?.textContent ?? "" });
  const count = newElement("span", "visually-hidden", { role: "status" });
  list.hidden = true;
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("autocomplete", "off");
  input.after(list, count);
  /** @type {T[]} */
  let found = [];
  let at = 0;
  let flight = new AbortController();
  let waits = /** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined);

  function shut() {
    clearTimeout(waits);
    flight.abort();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  async function ask() {
    flight.abort();
    flight = new AbortController();
    const { signal } = flight;
    const text = input.value.trim();
    const answer = text ? await on.find(text, signal) : [];
    if (signal.aborted || document.activeElement !== input) return;
    found = answer ?? [];
    at = 0;
    setText(count, text ? on.said(answer ? found.length : null) : "");
    draw();
  }

  function draw() {
    list.replaceChildren(...found.map(line));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    point();
  }

  /** @param {T} one @param {number} index */
  function line(one, index) {
    const { text, detail } = on.label(one);
    const item = newElement("li", "completion-line", { role: "option", id: `${list.id}-${index}` }, text);
    if (detail) item.append(newElement("small", "", {}, detail));
    item.addEventListener("pointerdown", (event) => (event.preventDefault(), take(index)));
    return item;
  }

  function point() {
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
    const item = list.children[at];
    if (list.hidden || !item) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  }

  /** @param {number} index */
  function take(index) {
    const one = found[index];
    shut();
    if (one) on.take(one);
  }

  input.addEventListener("input", () => {
    on.typed(input.value);
    clearTimeout(waits);
    waits = setTimeout(() => void ask(), PAUSE_MS);
  });
  input.addEventListener("blur", shut);
  input.addEventListener("keydown", (event) => {
    const isOpen = !list.hidden;
    if (event.key === "ArrowDown" && !isOpen) return void ask();
    if (!isOpen || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "ArrowDown") at = Math.min(at + 1, found.length - 1);
    else if (event.key === "ArrowUp") at = Math.max(at - 1, 0);
    else if (event.key === "Escape") shut();
    else if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) take(at);
    else return;
    if (event.key !== "Tab") {
      event.preventDefault();
      event.stopPropagation(); // Escape shuts the list, not the form
    }
    if (!list.hidden) point();
  });
  return { shut };
}
