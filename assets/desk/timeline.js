/**
 * The timeline: couriers down, the shift across, jobs as bars; a bar let go over another courier is handed over like
 * anywhere else on the desk.
 *
 * @import { Carry } from "./carry.js"
 * @import { State } from "./scene.js"
 * @import { Selection } from "./types.js"
 * @import { Lane, Told } from "./timeline_lanes.js"
 * @import { Spot } from "./timeline_rows.js"
 * @typedef {{
 *   select: (part: Partial<Selection>) => void, menu: (order: string) => void, mayDrag: (order: string) => boolean, changed: () => void,
 * }} OnTimeline
 */
import { boardIn } from "./scene.js";
import { createTimelinePage } from "./timeline_page.js";
import { lanesOf, instantsOf } from "./timeline_lanes.js";
import { listenToTimeline } from "./timeline_hands.js";
import { barId, createRows, headId } from "./timeline_rows.js";
import { offsetOf, rangeOf, shareOf, ticksOf } from "./timeline_scale.js";
import { stepOn } from "./timeline_walk.js";

/** Between two questions about the shift so far: what happens meanwhile is in the board. */
const PAUSE_MS = 2000;
const REFRESH_MS = 20000;

/** @param {HTMLElement} host @param {State} state @param {string} url @param {Carry} carry @param {OnTimeline} on */
export function createTimeline(host, state, url, carry, on) {
  const { words, format, config } = state;
  const page = createTimelinePage(host, words, () => read());
  const rows = createRows(page.rows, words, format);
  const flight = new AbortController();
  let told = /** @type {Told | null} */ (null);
  let lanes = /** @type {Lane[]} */ ([]);
  let spot = /** @type {Spot | null} */ (null);
  let shown = "";
  let askedAt = -Infinity;
  let askedSeq = -1;
  let isOnItsWay = false;

  async function ask() {
    isOnItsWay = true;
    const answer = await fetch(url, { signal: flight.signal }).catch(() => null);
    isOnItsWay = false;
    if (flight.signal.aborted) return;
    if (!answer?.ok) return void (askedSeq = -1); // asked again after the pause, whatever happens meanwhile
    told = /** @type {Told | null} */ (await answer.json().catch(() => null)) ?? told;
    on.changed();
  }

  function askSometimes() {
    const { seq } = boardIn(state);
    const now = state.clock.now();
    if (!state.feed.board || isOnItsWay || now - askedAt < (seq === askedSeq ? REFRESH_MS : PAUSE_MS)) return;
    askedAt = now;
    askedSeq = seq;
    void ask();
  }

  function read() {
    askSometimes();
    if (carry.carried()?.from === "list") return highlight(); // what is in the hand, and where it may go, stands still
    const now = state.clock.server();
    const known = { board: boardIn(state), told, arrivals: state.arrivals, now };
    lanes = lanesOf(known, page.chip());
    const range = rangeOf(instantsOf(lanes), now);
    page.draw(range, now, ticksOf(range, page.width(range), offsetOf(now, config.time_zone)).map((at) => ({ share: shareOf(range, at), text: format.clock(at) })), lanes);
    paint(range);
    point();
  }

  /** @param {import("./timeline_scale.js").Range} range */
  function paint(range) {
    const look = { range, selected: state.selection, target: state.target, spot, mayDrag: on.mayDrag };
    rows.render(lanes, look);
  }

  function highlight() {
    for (const row of page.rows.children) {
      const { courier } = /** @type {HTMLElement} */ (row).dataset;
      row.classList.toggle("is-drop-target", courier !== undefined && courier === state.target);
    }
  }

  /** What was chosen here, in another part or in another window is brought into sight once. */
  function point() {
    const { order, courier } = state.selection;
    const key = `${order}/${courier}`;
    if (key !== shown) {
      shown = key;
      spot = spotOf(order, courier);
      if (spot) page.show(document.getElementById(idOf(spot)), document.getElementById(headId(spot.courier ?? "")));
    }
    const id = spot ? idOf(spot) : "";
    if (id && document.getElementById(id)) page.rows.setAttribute("aria-activedescendant", id);
    else page.rows.removeAttribute("aria-activedescendant");
  }

  /** @param {string | null} order @param {string | null} courier @returns {Spot | null} */
  function spotOf(order, courier) {
    const lane = lanes.find((one) => one.bars.some((bar) => bar.order === order && (bar.kind !== "done" || one.id === courier)));
    if (order && lane) return { courier: lane.id || null, order };
    return courier && lanes.some((one) => one.id === courier) ? { courier, order: null } : null;
  }

  /** @param {Spot} at */
  const idOf = (at) => (at.order === null ? headId(at.courier ?? "") : barId(at.courier ?? "", at.order));

  /** @param {Spot} next */
  function goTo(next) {
    spot = next;
    if (next.order !== null) on.select({ order: next.order, ...(next.courier ? { courier: next.courier } : {}) });
    else on.select({ order: null, courier: next.courier });
    on.changed();
  }

  const undo = listenToTimeline(page.rows, carry, {
    mayDrag: on.mayDrag,
    order: (order, courier) => goTo({ order, courier }),
    courier: (courier) => goTo({ order: null, courier }),
    menu: on.menu,
    step(key) {
      const next = stepOn(lanes, spot, key);
      if (next) goTo(next);
    },
    enter: () => spot?.order && on.mayDrag(spot.order) && on.menu(spot.order),
    zoom: page.zoomOn,
  });

  return {
    read,
    focus: page.focus,
    dispose() {
      flight.abort();
      undo();
      page.dispose();
    },
  };
}
