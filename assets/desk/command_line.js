/**
 * The line that opens with "/" or Ctrl+K over the present work: a combobox with what may be chosen below, and one sentence
 * about what Enter will do. It knows nothing of orders: what a text means is asked of whoever made it.
 *
 * @import { Choice } from "./choices.js"
 * @import { Words } from "./types.js"
 * @typedef {{choices: Choice[], active: number, tone: string, preview: string}} Advice `active` is chosen from the start, -1 for none.
 * @typedef {{
 *   advise: (text: string) => Advice, enter: (text: string) => boolean, go: (choice: Choice) => void, left: () => void,
 * }} OnLine `enter` answers whether the line is done with; `go` is called when it has shut, `left` whenever it shuts.
 * @typedef {ReturnType<typeof createCommandLine>} CommandLine
 */
import { newElement, setText } from "./lists.js";

const LISTBOX = "desk-command-choices";
const PREVIEW = "desk-command-preview";

/** @param {HTMLElement} host @param {Words} words @param {OnLine} on */
export function createCommandLine(host, words, on) {
  const box = newElement("div", "command-line", { role: "search", "aria-label": words("Find, or give a command") });
  const input = /** @type {HTMLInputElement} */ (
    newElement("input", "command-input", {
      id: "desk-command",
      type: "text",
      autocomplete: "off",
      spellcheck: "false",
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-controls": LISTBOX,
      "aria-describedby": PREVIEW,
      "aria-label": words("Find, or give a command"),
      placeholder: words("Find an order, a courier, an address; or give a command"),
    })
  );
  const preview = newElement("p", "command-preview", { id: PREVIEW, role: "status" });
  const list = newElement("div", "command-choices", { id: LISTBOX, role: "listbox", "aria-label": words("What may be chosen") });
  const keys = newElement("p", "command-keys", {}, words("↑ ↓ choose · Tab completes · Enter does it · Esc shuts · ↑ in the empty line: your last commands"));
  /** @type {Element | null} */
  let before = null;
  let advice = /** @type {Advice} */ ({ choices: [], active: -1, tone: "", preview: "" });
  let active = -1;
  const past = /** @type {string[]} */ ([]);
  let back = 0;
  box.append(input, preview, list, keys);
  box.hidden = true;
  host.append(box);

  function open() {
    if (box.hidden) before = document.activeElement;
    box.hidden = false;
    back = 0;
    input.focus();
    input.select();
    typed();
  }

  /** @param {boolean} isLeft whether the focus is somewhere else already */
  function close(isLeft = false) {
    if (box.hidden) return;
    box.hidden = true;
    input.value = "";
    on.left();
    if (isLeft) return;
    if (before instanceof HTMLElement && before !== document.body && before.isConnected) before.focus({ preventScroll: true });
    else input.blur();
  }

  /** @param {boolean} isSame whether the text is as before, so that what was pointed at may stay */
  function typed(isSame = false) {
    const pointed = isSame ? (advice.choices[active]?.key ?? null) : null;
    advice = on.advise(input.value);
    const still = pointed === null ? -1 : advice.choices.findIndex((choice) => choice.key === pointed);
    active = still >= 0 ? still : advice.active;
    paint();
  }

  function paint() {
    preview.className = `command-preview is-${advice.tone}`;
    setText(preview, advice.preview);
    const known = new Map([...list.children].map((element) => [/** @type {HTMLElement} */ (element).dataset.key, element]));
    list.replaceChildren(...advice.choices.map((choice, at) => fillRow(known.get(choice.key) ?? newRow(), choice, at)));
    list.hidden = !advice.choices.length;
    input.setAttribute("aria-expanded", String(advice.choices.length > 0));
    point(active);
  }

  /** @param {number} at */
  function point(at) {
    active = at;
    for (const [place, element] of [...list.children].entries()) {
      element.classList.toggle("is-active", place === at);
      element.setAttribute("aria-selected", String(place === at));
    }
    const row = list.children[at];
    if (row) input.setAttribute("aria-activedescendant", row.id);
    else input.removeAttribute("aria-activedescendant");
    row?.scrollIntoView({ block: "nearest" });
  }

  /** @param {string} text */
  function fill(text) {
    input.value = text;
    input.setSelectionRange(text.length, text.length);
    typed();
  }

  /** @param {Choice} choice */
  function choose(choice) {
    if (choice.line !== null) return fill(choice.line);
    close();
    on.go(choice);
  }

  function enter() {
    const choice = advice.choices[active];
    if (choice) return choose(choice);
    const line = input.value.trim();
    if (!line) return;
    if (past.at(-1) !== line) past.push(line);
    if (on.enter(line)) close();
    else typed();
  }

  /** Through the last commands, from the empty line on. @param {-1 | 1} way @returns {boolean} */
  function recall(way) {
    const isAtIt = input.value === "" || (back > 0 && input.value === past[past.length - back]);
    if (!isAtIt || (way === 1 && back === 0) || (way === -1 && back === past.length)) return false;
    back -= way;
    fill(back ? past[past.length - back] : "");
    return true;
  }

  /** @param {-1 | 1} way */
  function step(way) {
    const count = advice.choices.length;
    if (!count) return;
    point(active < 0 ? (way === 1 ? 0 : count - 1) : (active + way + count) % count);
  }

  function complete() {
    const pointed = advice.choices[active];
    const choice = pointed?.line ? pointed : advice.choices.find((one) => one.line !== null);
    if (choice?.line) fill(choice.line);
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    event.stopPropagation();
    if (event.isComposing) return;
    const isOpening = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
    /** @type {Record<string, () => void>} */
    const does = {
      Escape: () => close(),
      Enter: enter,
      Tab: complete,
      ArrowDown: () => recall(1) || step(1),
      ArrowUp: () => recall(-1) || step(-1),
    };
    const act = isOpening ? () => close() : event.shiftKey || event.ctrlKey || event.altKey ? undefined : does[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  input.addEventListener("input", () => {
    back = 0;
    typed();
  });
  input.addEventListener("keydown", pressed);
  input.addEventListener("focusout", (event) => {
    if (event.relatedTarget instanceof Node && !box.contains(event.relatedTarget)) close(true);
  });
  box.addEventListener("pointerdown", (event) => {
    if (event.target !== input) event.preventDefault(); // the keys stay in the line
  });
  list.addEventListener("click", (event) => {
    const row = event.target instanceof Element ? event.target.closest("[role=option]") : null;
    const choice = advice.choices[[...list.children].indexOf(/** @type {Element} */ (row))];
    if (choice) choose(choice);
  });
  /** A click beside it shuts it. @param {PointerEvent} event */
  const beside = (event) => {
    if (!box.hidden && !box.contains(/** @type {Node} */ (event.target))) close(true);
  };
  document.addEventListener("pointerdown", beside);

  return {
    open,
    close,
    isOpen: () => !box.hidden,
    /** Something is known now that was not: say it, and leave the hand where it is. */
    refresh: () => (box.hidden ? undefined : typed(true)),
    dispose() {
      document.removeEventListener("pointerdown", beside);
      box.remove();
    },
  };
}

/** @returns {HTMLElement} */
function newRow() {
  const row = newElement("div", "command-choice", { role: "option" });
  row.append(...["sign", "title", "detail", "does"].map((name) => newElement("span", `command-${name}`, {})));
  return row;
}

/** @param {Element} row @param {Choice} choice @param {number} at @returns {Element} */
function fillRow(row, choice, at) {
  /** @type {HTMLElement} */ (row).dataset.key = choice.key;
  row.id = `desk-command-choice-${at}`;
  for (const [place, text] of [choice.sign, choice.title, choice.detail, choice.does].entries())
    setText(/** @type {HTMLElement} */ (row.children[place]), text);
  return row;
}
