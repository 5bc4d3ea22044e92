/**
 * What dispatchers tell each other about the courier whose stops are shown: one line, kept by Enter.
 *
 * @import { Courier, Words } from "./types.js"
 */
import { newElement, setText } from "./lists.js";

/** @param {Words} words @param {(courier: string, version: number, text: string) => void} keep */
export function createCourierNote(words, keep) {
  const label = newElement("label", "courier-note-label", { for: "desk-courier-note" });
  const input = /** @type {HTMLInputElement} */ (newElement("input", "courier-note", { type: "text", id: "desk-courier-note", maxlength: "300", autocomplete: "off" }));
  const save = /** @type {HTMLButtonElement} */ (newElement("button", "step", { type: "button", id: "desk-courier-note-save" }, words("Keep the note")));
  const element = newElement("div", "stops-note", {});
  element.append(label, input, save);
  /** Whose note stands in the field, and as it was when that was put there. */
  let shown = /** @type {Courier | null} */ (null);
  let now = /** @type {Courier | null} */ (null);

  const before = () => shown?.desk_note ?? "";
  const isChanged = () => shown !== null && input.value.trim() !== before();

  function show() {
    shown = now;
    input.value = before();
    save.hidden = true;
  }

  function send() {
    if (!isChanged() || !shown || !now) return;
    // Whoever has arrived somewhere meanwhile has another version, but the note is the one that was seen.
    keep(shown.id, (now.desk_note ?? "") === before() ? now.version : shown.version, input.value.trim());
    shown = { ...shown, desk_note: input.value.trim() };
    save.hidden = true;
  }

  input.addEventListener("input", () => (save.hidden = !isChanged()));
  input.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") send();
    else if (event.key === "Escape" && isChanged()) show();
    else if (event.key === "Escape") return;
    if (event.key === "Enter" || event.key === "Escape") event.preventDefault();
    event.stopPropagation(); // letters are not meant for the desk here
  });
  save.addEventListener("click", () => (input.focus(), send()));

  return {
    element,
    /** @param {Courier | null} courier */
    draw(courier) {
      now = courier;
      element.hidden = courier === null;
      setText(label, courier ? words("Note on {courier}, who can read it", { courier: courier.name }) : "");
      const isTyping = document.activeElement === input || isChanged();
      if (courier?.id !== shown?.id || (!isTyping && (courier?.desk_note ?? "") !== before())) show();
    },
  };
}
