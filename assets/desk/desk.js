/**
 * What a dispatcher does on the page, and what it changes: the one place between hands and state.
 *
 * @import { LiveMap } from "./map.js"
 * @import { Act } from "./keys.js"
 * @import { Hit } from "./pick.js"
 * @import { Decision } from "./drag.js"
 * @import { State } from "./scene.js"
 * @import { Alarm, Selection } from "./types.js"
 * @import { View } from "./view.js"
 * @typedef {{
 *   state: State, view: View, map: () => LiveMap | null, changed: () => void, looking: (order: string | null) => void,
 *   search: () => void, help: () => void, attention: () => void, look: () => void, shown: (order: string) => string | undefined,
 *   plan: {open: () => void, stops: () => void, discard: () => boolean},
 * }} Given
 * @typedef {ReturnType<typeof createDesk>} Desk
 */
import { isOpen } from "./board.js";
import { sayRefused, sendIntent, sendSelection } from "./dash.js";
import { decideDrop, decideVerb } from "./drag.js";
import { stepTo } from "./keys.js";
import { readCommand } from "./palette.js";
import { nextHit } from "./pick.js";
import { boardIn, lookedAt, placeOf } from "./scene.js";

/** @param {Given} given */
export function createDesk({ state, view, map, changed, looking, search, help, attention, look, shown, plan }) {
  const { words, format } = state;
  /** @type {Hit | null} */
  let taken = null;

  /** @param {Partial<Selection>} part */
  function select(part) {
    const next = { ...state.selection, ...part };
    if (next.order === state.selection.order && next.courier === state.selection.courier) return;
    if (next.order !== state.selection.order) looking(next.order);
    if (state.followed && next.courier !== state.followed) state.followed = null;
    state.selection = next;
    sendSelection(next);
    changed();
    look();
  }

  /** Somebody is pointed at. @param {string | null} courier */
  function aim(courier) {
    if (courier === state.aimed) return;
    state.aimed = courier;
    look();
  }

  /** @param {Decision} decision */
  function carryOut({ intent, refusal }) {
    if (intent?.verb === "menu") select({ order: intent.order });
    if (intent) sendIntent({ ...intent, shown: intent.verb === "assign" ? shown(intent.order) : undefined });
    if (refusal) sayRefused(words(refusal.text, refusal.facts), state.clock.server(), format);
  }

  /** @param {string} order @param {string | null} courier */
  const drop = (order, courier) => carryOut(decideDrop(boardIn(state), order, courier));

  /** @param {Hit[]} hits what lies under a click on the map */
  function click(hits) {
    taken = nextHit(hits, taken);
    if (!taken) return select({ order: null, courier: null });
    select(taken.kind === "courier" ? { courier: taken.id } : { order: taken.id });
  }

  function fit() {
    const { fleet } = state.roster;
    const points = [...boardIn(state).orders.values()].filter(isOpen).flatMap(({ pickup, dropoff }) => [
      [pickup.lon, pickup.lat],
      [dropoff.lon, dropoff.lat],
    ]);
    for (let place = 0; place < fleet.shown; place += 1)
      points.push([fleet.positions[2 * place], fleet.positions[2 * place + 1]]);
    stopFollowing();
    map()?.camera.fit(points.length ? boundsOf(points) : state.config.city.bounds);
  }

  function follow() {
    const courier = state.selection.courier ?? boardIn(state).orders.get(state.selection.order ?? "")?.courier ?? null;
    if (state.followed) return stopFollowing();
    if (!courier || !placeOf(state, courier))
      return carryOut({ intent: null, refusal: { text: words("Choose a courier with a position first"), facts: {} } });
    select({ courier });
    state.followed = courier;
    changed();
  }

  function stopFollowing() {
    if (!state.followed) return;
    state.followed = null;
    changed();
  }

  /** @param {"orders" | "couriers"} list @param {"next" | "previous" | "first" | "last"} act */
  function step(list, act) {
    const subject = list === "orders" ? "order" : "courier";
    select({ [subject]: stepTo(view[list].ids(), state.selection[subject], act) });
    aim(list === "couriers" ? state.selection.courier : null);
  }

  /** Enter: among the orders the menu opens, among the couriers the chosen order is given. @param {"orders" | "couriers"} list */
  function enter(list) {
    const { order, courier } = state.selection;
    const aimed = lookedAt(state, null).courier;
    if (order && aimed) return drop(order, aimed);
    if (list === "orders" || !order) return carryOut(decideVerb(boardIn(state), order, "menu"));
    drop(order, courier);
  }

  /** @param {"orders" | "couriers"} list */
  function goTo(list) {
    view[list].focus();
    const subject = list === "orders" ? "order" : "courier";
    const known = view[list].ids();
    if (!known.includes(state.selection[subject] ?? "")) select({ [subject]: known[0] ?? null });
    aim(list === "couriers" ? state.selection.courier : null);
  }

  /** @param {Act} act @param {"orders" | "couriers"} list the one that has the focus, or had it last */
  function act(act, list) {
    switch (act) {
      case "enter":
        return enter(list);
      case "menu":
        return carryOut(decideVerb(boardIn(state), state.selection.order, "menu"));
      case "take-back":
        return carryOut(decideVerb(boardIn(state), state.selection.order, "unassign"));
      case "orders":
      case "couriers":
        return goTo(act);
      case "attention":
        return attention();
      case "fit":
        return fit();
      case "follow":
        return follow();
      case "search":
        return search();
      case "help":
        return help();
      case "plan":
        return plan.open();
      case "stops":
        return plan.stops();
      case "escape":
        if (plan.discard()) return;
        aim(null);
        return select({ order: null, courier: null });
      default:
        return step(list, act);
    }
  }

  /** @param {string} line @returns {boolean} whether the line has done its work */
  function command(line) {
    const { find, intent, refusal } = readCommand(line, boardIn(state), words);
    if (find === null) carryOut(intent ? { intent, refusal: null } : { intent: null, refusal });
    else if (find) selectFound();
    return intent !== null;
  }

  function selectFound() {
    const order = view.orders.ids()[0];
    const courier = view.couriers.ids()[0];
    if (order) select({ order });
    else if (courier) select({ courier });
  }

  /** On list and map, whatever hides it. @param {Alarm} alarm */
  function goToAlarm({ order, courier }) {
    const known = boardIn(state).orders.get(order ?? "");
    if (known && !view.orders.ids().includes(known.id)) state.filter = "";
    select({ order: known?.id ?? null, courier });
    const place = (courier && placeOf(state, courier)) || (known && [known.pickup.lon, known.pickup.lat]);
    if (place) map()?.camera.centre(place[0], place[1]);
    changed();
  }

  return {
    select,
    goToAlarm,
    drop,
    click,
    fit,
    follow,
    stopFollowing,
    act,
    aim,
    command,
    /** @param {string} order */
    menu: (order) => carryOut(decideVerb(boardIn(state), order, "menu")),
    /** @param {string} line */
    filter(line) {
      const { find, intent } = readCommand(line, boardIn(state), words);
      state.filter = find ?? "";
      state.typed = intent?.courier ? { order: intent.order, courier: intent.courier } : null;
      changed();
      look();
    },
    /** @param {Hit[]} hits */
    hover(hits) {
      const hit = hits[0] ?? null;
      if (hit?.id === state.hovered?.id && hit?.kind === state.hovered?.kind) return;
      state.hovered = hit;
      aim(hit?.kind === "courier" ? hit.id : null);
      changed();
    },
    /** @param {string | null} courier */
    target(courier) {
      state.target = courier;
      changed();
      look();
    },
  };
}

/** @param {number[][]} points lon, lat @returns {number[]} west, south, east, north */
function boundsOf(points) {
  const bounds = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of points) {
    bounds[0] = Math.min(bounds[0], lon);
    bounds[1] = Math.min(bounds[1], lat);
    bounds[2] = Math.max(bounds[2], lon);
    bounds[3] = Math.max(bounds[3], lat);
  }
  return bounds;
}
