/**
 * What stands around the lanes of a timeline: how much of the shift is in sight, the times above, the line of now.
 *
 * @import { Words } from "./types.js"
 * @import { Lane } from "./timeline_lanes.js"
 * @import { Range } from "./timeline_scale.js"
 * @typedef {{share: number, text: string}} Tick
 */
import { newElement } from "./lists.js";
import { shareOf } from "./timeline_scale.js";

const HOUR_MS = 60 * 60 * 1000;
/** As wide as a waiting order has to be for its number to be read. */
const CHIP_PX = 48;
/** Where in the window now stands: less has been than is to come. */
const NOW_AT = 0.3;
/** Heights of a line of bars, the largest first that lets all lanes be seen. */
const LINES_PX = [20, 17, 15];
const PADDING_PX = 7;
const ZOOMS = /** @type {const} */ (["1", "3", "all"]);

/** @param {HTMLElement} host @param {Words} words @param {() => void} changed */
export function createTimelinePage(host, words, changed) {
  const undo = new AbortController();
  const { signal } = undo;
  let zoom = /** @type {(typeof ZOOMS)[number]} */ ("1");
  let range = /** @type {Range} */ ({ from: 0, to: HOUR_MS });
  let isFollowing = true;
  let movedTo = -1;
  let ticksKey = "";

  const head = newElement("div", "timeline-head", {});
  const zooms = newElement("div", "timeline-zooms", { role: "group", "aria-label": words("How much is in sight") });
  const buttons = new Map([
    ["1", zoomButton("1", words("1 h"))],
    ["3", zoomButton("3", words("3 h"))],
    ["all", zoomButton("all", words("Whole shift"))],
  ]);
  zooms.append(...buttons.values());
  const back = newElement("button", "quiet-button", { type: "button", id: "timeline-now" }, words("Back to now"));
  back.addEventListener("click", () => follow(), { signal });
  head.append(newElement("h2", "", {}, words("Timeline")), legend(words), back, zooms);
  const scroll = newElement("div", "timeline-scroll", {});
  const inner = newElement("div", "timeline-inner", {});
  const axis = newElement("div", "timeline-axis", { "aria-hidden": "true" });
  const ticks = newElement("div", "timeline-ticks", {});
  axis.append(newElement("div", "timeline-corner", {}), ticks);
  const lines = newElement("div", "timeline-lines", { "aria-hidden": "true" });
  const now = newElement("div", "timeline-now", { "aria-hidden": "true" });
  const rows = newElement("div", "timeline-rows", {
    id: "timeline-rows",
    role: "grid",
    tabindex: "0",
    "aria-label": words("Couriers and their jobs along the time: arrows go from bar to bar, Enter opens the menu"),
  });
  const empty = newElement("p", "timeline-empty", { role: "status" }, words("Nobody is on shift"));
  lines.append(now);
  inner.append(axis, lines, rows, empty);
  scroll.append(inner);
  host.replaceChildren(head, scroll);
  scroll.addEventListener("scroll", scrolled, { signal });
  window.addEventListener("resize", changed, { signal });

  /** @param {(typeof ZOOMS)[number]} what @param {string} text */
  function zoomButton(what, text) {
    const button = newElement("button", "timeline-zoom", { type: "button", id: `timeline-zoom-${what}`, "aria-pressed": String(what === zoom) }, text);
    button.addEventListener("click", () => zoomTo(what), { signal });
    return button;
  }

  /** @param {(typeof ZOOMS)[number]} what */
  function zoomTo(what) {
    zoom = what;
    for (const [name, button] of buttons) button.setAttribute("aria-pressed", String(name === what));
    isFollowing = true;
    changed();
  }

  const namesWidth = () => /** @type {HTMLElement} */ (axis.firstElementChild).offsetWidth;
  const inSight = () => Math.max(200, scroll.clientWidth - namesWidth());

  /** @param {Range} of @returns {number} px of the whole range */
  function width({ from, to }) {
    return zoom === "all" ? inSight() : Math.max(inSight(), (inSight() * (to - from)) / (Number(zoom) * HOUR_MS));
  }

  /** Somebody looks elsewhere: now is not brought back into sight until they ask for it. */
  function scrolled() {
    if (Math.abs(scroll.scrollLeft - movedTo) < 2) return;
    isFollowing = false;
    back.hidden = false;
  }

  function follow() {
    isFollowing = true;
    changed();
  }

  /** @param {number} share of now in the range */
  function keepNow(share) {
    back.hidden = isFollowing;
    if (!isFollowing) return;
    const wide = inner.offsetWidth - namesWidth();
    const wanted = Math.max(0, Math.min(wide - inSight(), share * wide - NOW_AT * inSight()));
    if (Math.abs(scroll.scrollLeft - wanted) < 1) return;
    scroll.scrollLeft = wanted;
    movedTo = scroll.scrollLeft;
  }

  /** @param {Tick[]} wanted */
  function drawTicks(wanted) {
    const key = JSON.stringify(wanted);
    if (key === ticksKey) return;
    ticksKey = key;
    const at = (/** @type {Tick} */ { share }, /** @type {string} */ name, text = "") => {
      const tick = newElement("span", name, {}, text);
      tick.style.left = `${(100 * share).toFixed(2)}%`;
      return tick;
    };
    ticks.replaceChildren(...wanted.map((one) => at(one, "timeline-tick", one.text)));
    lines.replaceChildren(...wanted.map((one) => at(one, "timeline-line")), now);
  }

  /** @param {Lane[]} lanes */
  function fitLines(lanes) {
    const room = scroll.clientHeight - axis.offsetHeight - 2;
    const height = (/** @type {number} */ line) => lanes.reduce((sum, lane) => sum + lane.lines * line + PADDING_PX, 0);
    const line = LINES_PX.find((one) => height(one) <= room) ?? LINES_PX[LINES_PX.length - 1];
    rows.style.setProperty("--height", `${line}px`);
  }

  return {
    rows,
    width,
    /** @returns {number} ms that a waiting order is wide */
    chip: () => (CHIP_PX * (range.to - range.from)) / width(range),
    /** @param {Range} next @param {number} at now @param {Tick[]} marks @param {Lane[]} lanes */
    draw(next, at, marks, lanes) {
      range = next;
      inner.style.setProperty("--wide", `${Math.round(width(range))}px`);
      const share = shareOf(range, at);
      now.style.left = `${(100 * share).toFixed(3)}%`;
      drawTicks(marks);
      empty.hidden = lanes.length > 1; // the first is of those that wait
      fitLines(lanes);
      keepNow(share);
    },
    /** Bring a bar into sight, and its lane. @param {HTMLElement | null} bar @param {HTMLElement | null} name */
    show(bar, name) {
      const box = scroll.getBoundingClientRect();
      const row = name?.parentElement?.getBoundingClientRect();
      if (row && row.top < box.top + axis.offsetHeight) scroll.scrollTop -= box.top + axis.offsetHeight - row.top;
      if (row && row.bottom > box.bottom) scroll.scrollTop += row.bottom - box.bottom;
      const at = bar && bar !== name ? bar.getBoundingClientRect() : null;
      const left = box.left + namesWidth();
      if (!at || (at.left >= left && at.right <= box.right)) return;
      scroll.scrollLeft += at.left < left ? at.left - left - 24 : at.right - box.right + 24;
    },
    zoomOn: () => zoomTo(ZOOMS[(ZOOMS.indexOf(zoom) + 1) % ZOOMS.length]),
    focus: () => rows.focus({ preventScroll: true }),
    dispose() {
      undo.abort();
      host.replaceChildren();
    },
  };
}

/** @param {Words} words */
function legend(words) {
  const signs = [
    ["is-done", words("done")],
    ["is-aboard", words("on the bicycle")],
    ["is-ahead", words("to be fetched")],
    ["is-due", words("promised")],
    ["is-planned", words("planned shift")],
    ["is-break", words("break")],
  ];
  const found = newElement("div", "timeline-legend", { "aria-hidden": "true" });
  for (const [name, text] of signs) {
    const pair = newElement("span", "", {});
    pair.append(newElement("i", `timeline-sign ${name}`, {}), text);
    found.append(pair);
  }
  return found;
}
