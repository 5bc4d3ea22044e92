/**
 * The line that opens with "/": words filter both lists as they are typed, `assign 1042 lea` and Enter gives the order.
 *
 * @import { Words } from "./types.js"
 * @typedef {{typed: (line: string) => void, entered: (line: string) => boolean}} OnLine `entered` answers whether the line is done with.
 * @typedef {ReturnType<typeof createCommandLine>} CommandLine
 */
import { newElement } from "./lists.js";

/** @param {HTMLElement} host @param {Words} words @param {OnLine} on */
export function createCommandLine(host, words, on) {
  const label = newElement("label", "command-line", { role: "search" }, words("Find, or assign 1042 Léa"));
  const input = /** @type {HTMLInputElement} */ (
    newElement("input", "command-input", { id: "desk-command", type: "text", autocomplete: "off", spellcheck: "false" })
  );
  /** @type {Element | null} */
  let before = null;
  label.append(input);
  label.hidden = true;
  host.append(label);

  function open() {
    before = document.activeElement;
    label.hidden = false;
    input.focus();
    input.select();
  }

  function close() {
    input.value = "";
    label.hidden = true;
    on.typed("");
    leave();
  }

  function leave() {
    if (before instanceof HTMLElement && before !== document.body) before.focus({ preventScroll: true });
    else input.blur();
  }

  input.addEventListener("input", () => on.typed(input.value));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key === "Enter" && on.entered(input.value)) close();
    else if (event.key === "Enter" || event.key === "ArrowDown") leave();
    event.stopPropagation();
  });

  return { open, close, dispose: () => label.remove() };
}
