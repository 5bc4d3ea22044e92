/**
 * What a dispatcher does on the map beside choosing and dragging: open a group, draw round orders, go about by keys,
 * show the ways that were ridden. It leads to the desk, as everything does.
 *
 * @import { Area } from "./area.js"
 * @import { Cluster } from "./clusters.js"
 * @import { Desk } from "./desk.js"
 * @import { LiveMap } from "./map.js"
 * @import { Page } from "./page.js"
 * @import { State } from "./scene.js"
 * @import { Whose } from "./trails.js"
 * @import { Words } from "./types.js"
 * @import { View } from "./view.js"
 * @typedef {ReturnType<typeof createMapDesk>} MapDesk
 */
import { ordersIn } from "./area.js";
import { listenToAreas } from "./area_pointer.js";
import { createOpening } from "./cluster_opening.js";
import { sayDone } from "./dash.js";
import { setText } from "./lists.js";
import { listenToMapKeys } from "./map_keyboard.js";
import { clustersAt, marksAt } from "./pick.js";
import { createOlder } from "./trails_older.js";
import { nextWhose } from "./trails.js";

/**
 * @param {Page} page @param {State} state @param {View} view @param {Desk} desk @param {() => LiveMap | null} map
 * @param {() => void} changed
 */
export function createMapDesk(page, state, view, desk, map, changed) {
  const { words, format } = state;
  const host = page.map;
  const opening = createOpening(host, state, view, desk, () => /** @type {LiveMap} */ (map()));
  const older = createOlder(state.config.trails_url, state.trails, changed, state.clock.now);
  const undo = new AbortController();
  const { signal } = undo;
  const areas = listenToAreas(host, {
    count: (area) => words("Orders: {n}", { n: ordersIn(area, view.map.marks(), camera()).length }),
    done: (area, isMore) => mark(ordersIn(area, view.map.marks(), camera()), isMore),
    click(x, y) {
      const hit = marksAt(camera(), x, y, view.map.shownMarks())[0];
      if (hit) desk.choose([hit.id], "toggle");
    },
    isReady: () => map() !== null,
    armed: (isArmed) => page.lasso.setAttribute("aria-pressed", String(isArmed)),
  });

  const keys = listenToMapKeys(host, state, view, desk, map, {
    open,
    markInView,
    say,
    changed,
  });

  const camera = () => /** @type {LiveMap} */ (map()).camera;
  const size = () => ({ width: host.clientWidth, height: host.clientHeight });

  /** @param {string[]} orders @param {boolean} isMore beside those that are marked already */
  function mark(orders, isMore) {
    desk.choose(orders, isMore ? "add" : "only");
    const text = orders.length ? words("Orders marked: {n}", { n: state.chosen.size }) : words("No order there");
    sayDone(text, state.clock.server(), format);
  }

  function markInView() {
    const { width, height } = size();
    /** @type {Area} */
    const all = [
      [0, 0],
      [width, 0],
      [width, height],
      [0, height],
    ];
    mark(ordersIn(all, view.map.marks(), camera()), true);
  }

  /** @param {Cluster} cluster @param {boolean} [isListWanted] */
  function open(cluster, isListWanted = false) {
    keys.forget();
    opening.open(cluster, isListWanted);
  }

  const focus = () => host.focus({ preventScroll: true });

  /** @param {string} text to be read out; the same one again, too */
  function say(text) {
    setText(page.mapSaid, page.mapSaid.textContent === text ? `${text}\u00a0` : text);
  }

  /** What is set stands on the button. */
  function showTools() {
    label(page.trails, TRAILS[state.whose](words));
    label(page.groups, state.groups ? words("Groups: on") : words("Groups: off"));
    changed();
  }

  /** @param {HTMLElement} button that has set something else */
  function told(button) {
    showTools();
    say(button.firstElementChild?.textContent ?? "");
  }

  const acts = {
    focus,
    /** @param {{kind: string, id: string}} hit a group */
    open(hit) {
      const cluster = view.map.clusterOf(hit);
      if (cluster) open(cluster);
    },
    lasso: areas.toggle,
    groups: () => ((state.groups = !state.groups), keys.forget(), told(page.groups)),
    trails: () => ((state.whose = nextWhose(state.whose)), told(page.trails)),
  };

  host.addEventListener("contextmenu", atContext, { signal });
  page.lasso.addEventListener("click", acts.lasso, { signal });
  page.groups.addEventListener("click", acts.groups, { signal });
  page.trails.addEventListener("click", acts.trails, { signal });
  showTools();

  /** The other button on a group lists what is in it. @param {MouseEvent} event */
  function atContext(event) {
    const box = host.getBoundingClientRect();
    const found = clusterAt(event.clientX - box.left, event.clientY - box.top);
    if (!found) return;
    event.preventDefault();
    open(found, true);
  }

  /** @param {number} x @param {number} y */
  function clusterAt(x, y) {
    const live = map();
    const hit = live && clustersAt(live.camera, x, y, view.map.clusters())[0];
    return hit ? view.map.clusterOf(hit) : undefined;
  }

  return {
    acts,
    /** Whose way is wanted now: what the server knows of the time before is asked for. */
    look: () => older(state.whose, state.selection.courier),
    /** A hand has moved the map. */
    moved() {
      keys.forget();
      opening.shut();
    },
    dispose() {
      undo.abort();
      areas.dispose();
      keys.dispose();
      opening.dispose();
    },
  };
}

/** @type {Record<Whose, (words: Words) => string>} */
const TRAILS = {
  chosen: (words) => words("Trail: chosen"),
  all: (words) => words("Trails: all"),
  none: (words) => words("Trails: none"),
};

/** @param {HTMLElement} button @param {string} text */
function label(button, text) {
  const first = /** @type {HTMLElement | null} */ (button.firstElementChild);
  if (first) setText(first, text);
}
