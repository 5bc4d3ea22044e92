/**
 * The map by keyboard: which key means what while the map has the focus. The other keys of the desk go on working.
 *
 * @typedef {"west" | "east" | "north" | "south" | "nearer" | "farther" | "all" | "next" | "previous" | "enter" | "menu" | "mark" | "mark-all" | "leave"} MapAct
 */

/** @type {Readonly<Record<string, MapAct>>} */
const KEYS = Object.freeze({
  ArrowLeft: "west",
  ArrowRight: "east",
  ArrowUp: "north",
  ArrowDown: "south",
  "+": "nearer",
  "=": "nearer",
  "-": "farther",
  "−": "farther",
  _: "farther",
  Home: "all",
  j: "next",
  k: "previous",
  PageDown: "next",
  PageUp: "previous",
  Enter: "enter",
  a: "menu",
  ContextMenu: "menu",
  " ": "mark",
  x: "mark-all",
  Escape: "leave",
});

/** @param {{key: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean, shiftKey: boolean}} press @returns {MapAct | null} */
export function mapActOf(press) {
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  if (press.key === "F10") return press.shiftKey ? "menu" : null;
  return KEYS[press.key] ?? null;
}
