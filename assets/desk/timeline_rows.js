/**
 * The lanes of a timeline on the page: elements that stay the same as long as what they stand for is there, and change
 * only where it does.
 *
 * @import { Format } from "./format.js"
 * @import { Words } from "./types.js"
 * @import { Bar, Lane } from "./timeline_lanes.js"
 * @import { Range } from "./timeline_scale.js"
 * @typedef {{courier: string | null, order: string | null}} Spot where the keys are: a bar of a lane, or (no order) its name
 * @typedef {{range: Range, selected: {order: string | null, courier: string | null}, target: string | null, spot: Spot | null, mayDrag: (order: string) => boolean}} Look
 */
import { newElement, setText } from "./lists.js";
import { bandText, bandTitle, barLabel, laneLabel } from "./timeline_texts.js";
import { shareOf } from "./timeline_scale.js";

const SIGNS = /** @type {Record<string, string>} */ ({ on: "●", break: "❚❚", off: "○" });

/** @typedef {ReturnType<typeof createRows>} Rows */

/** @param {HTMLElement} host @param {Words} words @param {Format} format */
export function createRows(host, words, format) {
  const rows = keyed(host, newRow);
  /** @type {WeakMap<HTMLElement, {bars: Keyed, bands: Keyed}>} */
  const parts = new WeakMap();

  /** @param {HTMLElement} row */
  function partsOf(row) {
    const known = parts.get(row);
    if (known) return known;
    const found = {
      bands: keyed(/** @type {HTMLElement} */ (row.querySelector(".timeline-bands")), () => newElement("span", "timeline-band", {})),
      bars: keyed(/** @type {HTMLElement} */ (row.querySelector(".timeline-bars")), newBar),
    };
    parts.set(row, found);
    return found;
  }

  /** @param {Lane[]} lanes @param {Look} look */
  function render(lanes, look) {
    rows.arrange(lanes.map((lane) => lane.id));
    for (const lane of lanes) drawLane(rows.of(lane.id), lane, look);
  }

  /** @param {HTMLElement} row @param {Lane} lane @param {Look} look */
  function drawLane(row, lane, look) {
    const isHere = look.spot !== null && (look.spot.courier ?? "") === lane.id && look.spot.order === null;
    const { courier } = lane;
    setClass(row, ["timeline-row", courier ? `is-${courier.shift}` : "is-unassigned", look.selected.courier === lane.id && courier && "is-selected", look.target === lane.id && courier && "is-drop-target", lane.beyond > 0 && "is-beyond"]);
    setAttribute(row, "data-courier", courier ? lane.id : null);
    setStyle(row, "--lines", String(lane.lines));
    const name = /** @type {HTMLElement} */ (row.firstElementChild);
    setClass(name, ["timeline-name", isHere && "is-here"]);
    name.id = headId(lane.id);
    setAttribute(name, "aria-label", laneLabel(lane, words, format));
    setText(/** @type {HTMLElement} */ (name.children[0]), courier ? (SIGNS[courier.shift] ?? "") : "");
    setText(/** @type {HTMLElement} */ (name.children[1]), courier ? courier.name : words("Waiting"));
    const open = lane.bars.filter((one) => one.kind !== "done" && one.kind !== "failed").length;
    setText(/** @type {HTMLElement} */ (name.children[2]), lane.beyond ? `+${format.age(lane.beyond)}` : open ? format.count(open) : "");
    const { bars, bands } = partsOf(row);
    bands.arrange(lane.bands.map((one) => one.key));
    for (const band of lane.bands) {
      const element = bands.of(band.key);
      setClass(element, ["timeline-band", `is-${band.kind}`]);
      place(element, band.from, band.to, look.range);
      setText(element, bandText(band, words, format));
      setAttribute(element, "title", bandTitle(band, words, format));
    }
    bars.arrange(lane.bars.map((one) => one.key));
    for (const bar of lane.bars) drawBar(bars.of(bar.key), bar, lane, look);
  }

  /** @param {HTMLElement} element @param {Bar} bar @param {Lane} lane @param {Look} look */
  function drawBar(element, bar, lane, look) {
    const isHere = look.spot?.order === bar.order && (look.spot.courier ?? "") === lane.id;
    const due = bar.kind === "waiting" || bar.promise === null ? null : (bar.promise - bar.from) / Math.max(1, bar.to - bar.from);
    setClass(element, ["timeline-bar", `is-${bar.kind}`, bar.trouble, due !== null && "has-due", look.selected.order === bar.order && "is-selected", isHere && "is-here"]);
    setAttribute(element, "data-order", bar.order);
    const label = barLabel(bar, lane, words, format);
    setAttribute(element, "aria-label", label);
    setAttribute(element, "title", label);
    element.id = barId(lane.id, bar.order);
    const isOpen = bar.kind !== "done" && bar.kind !== "failed" && look.mayDrag(bar.order);
    if (element.draggable !== isOpen) element.draggable = isOpen;
    place(element, bar.from, bar.to, look.range);
    setStyle(element, "--line", String(bar.line));
    const length = Math.max(1, bar.to - bar.from);
    setStyle(element, "--lead", percent((bar.from - bar.since) / length));
    setStyle(element, "--due", due === null ? null : percent(due));
    setText(/** @type {HTMLElement} */ (element.firstElementChild), bar.ref);
  }

  return { render, barId, headId };
}

/** @param {string} courier @param {string} order */
export const barId = (courier, order) => `timeline-bar-${courier}-${order}`;
/** @param {string} courier */
export const headId = (courier) => `timeline-head-${courier}`;

/** @param {string} courier */
function newRow(courier) {
  const row = newElement("div", "timeline-row", { role: "row" });
  const name = newElement("div", "timeline-name", { role: "rowheader" });
  name.append(newElement("span", "timeline-shift", {}), newElement("span", "timeline-who", {}), newElement("span", "timeline-count", {}));
  const lane = newElement("div", "timeline-lane", { role: "presentation" });
  lane.append(newElement("div", "timeline-bands", { "aria-hidden": "true" }), newElement("div", "timeline-bars", { role: "presentation" }));
  row.append(name, lane);
  row.dataset.lane = courier;
  return row;
}

function newBar() {
  const bar = newElement("div", "timeline-bar", { role: "gridcell" });
  bar.append(newElement("span", "timeline-ref", { "aria-hidden": "true" }));
  return bar;
}

/** @typedef {{arrange: (keys: string[]) => void, of: (key: string) => HTMLElement}} Keyed */

/** @param {HTMLElement} host @param {(key: string) => HTMLElement} make @returns {Keyed} */
function keyed(host, make) {
  /** @type {Map<string, HTMLElement>} */
  const elements = new Map();
  let order = "";
  return {
    arrange(keys) {
      const now = keys.join("\n");
      if (now === order && keys.length === elements.size) return;
      order = now;
      const wanted = new Set(keys);
      for (const [key, element] of elements) {
        if (wanted.has(key)) continue;
        element.remove();
        elements.delete(key);
      }
      for (const [n, key] of keys.entries()) {
        const element = elements.get(key) ?? make(key);
        elements.set(key, element);
        if (host.children[n] !== element) host.insertBefore(element, host.children[n] ?? null);
      }
    },
    of: (key) => /** @type {HTMLElement} */ (elements.get(key)),
  };
}

/** @param {HTMLElement} element @param {number} from @param {number} to @param {Range} range */
function place(element, from, to, range) {
  const left = shareOf(range, from);
  setStyle(element, "left", percent(left));
  setStyle(element, "width", percent(shareOf(range, to) - left));
}

/** @param {number} share */
const percent = (share) => `${(100 * share).toFixed(2)}%`;

/** @param {HTMLElement} element @param {(string | false | null)[]} names */
function setClass(element, names) {
  const text = names.filter(Boolean).join(" ");
  if (element.className !== text) element.className = text;
}

/** @param {HTMLElement} element @param {string} name @param {string | null} value */
function setAttribute(element, name, value) {
  if (element.getAttribute(name) === value) return;
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

/** @param {HTMLElement} element @param {string} name @param {string | null} value */
function setStyle(element, name, value) {
  if (element.style.getPropertyValue(name) === (value ?? "")) return;
  element.style.setProperty(name, value);
}
