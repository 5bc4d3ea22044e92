/**
 * What a dispatcher does on the page, and what it changes: the one place between hands and state.
 *
 * @import { LiveMap } from "./map.js"
 * @import { MapDesk } from "./map_desk.js"
 * @import { Act } from "./keys.js"
 * @import { Hit } from "./pick.js"
 * @import { Decision } from "./drag.js"
 * @import { State } from "./scene.js"
 * @import { Intent, Order, Selected, Selection } from "./types.js"
 * @import { View } from "./view.js"
 * @typedef {{
 *   state: State, view: View, map: () => LiveMap | null, changed: () => void, selected: () => void, asked: (order: string) => void,
 *   search: () => void, help: () => void, attention: () => void, windows: () => void, bulk: {open: () => void, ask: (what: string) => void}, filters: {open: () => void, clear: () => void}, look: () => void, shown: (order: string) => string | undefined,
 *   onMap: () => MapDesk["acts"],
 *   plan: {open: () => void, stops: () => void, discard: () => boolean}, stops: {toggle: () => void, leave: () => boolean},
 *   forms: FormActs,
 * }} Given
 * @typedef {{
 *   open: (verb: "new" | "edit" | "show" | "incident", order: string | null) => void, place: (spot: [number, number]) => boolean,
 *   close: () => boolean,
 * }} FormActs the order forms: opened by keys; `place` takes a click on the map for the field that waits for one
 * @typedef {ReturnType<typeof createDesk>} Desk
 */
import { isOpen, waitsForCourier } from "./board.js";
import { boundsOf } from "./camera.js";
import { sayDone, sayRefused, sendIntent, sendSelection } from "./dash.js";
import { decideVerb } from "./drag.js";
import { nextAmong, stepTo } from "./keys.js";
import { decideForAll, decideLetGo, markedOrders } from "./marking.js";
import { createMarks } from "./marks_of_rows.js";
import { nextTaken } from "./pick.js";
import { boardIn, lookedAt, placeOf } from "./scene.js";

/** @param {Given} given */
export function createDesk({ state, view, map, changed, selected, asked, search, help, attention, windows, bulk, filters, look, shown, plan, stops, onMap, forms }) {
  const { words, format } = state;
  /** @type {Hit[]} */
  let taken = [];
  const marks = createMarks(state, view.orders.ids, (order) => select({ order }), () => (changed(), selected()));

  /** @param {Partial<Selection>} part */
  function select(part) {
    const next = { ...state.selection, ...part };
    if (next.order === state.selection.order && next.courier === state.selection.courier) return;
    put(next);
    selected();
  }

  /** @param {Selection} next */
  function put(next) {
    if (state.followed && next.courier !== state.followed) state.followed = null;
    state.selection = next;
    state.spots = [];
    sendSelection(next);
    changed();
    look();
  }

  /** The same for all marked orders. @param {{verb: string} & Partial<Intent>} asked */
  const carryOutForAll = (asked) => carryOut(decideForAll(markedOrders(boardIn(state), state.chosen), asked));

  /** What was selected in another window of the same person: nothing is said of it, and the focus stays where it is. @param {Selected} told */
  function adopt({ order, courier, chosen }) {
    const before = state.selection;
    if (chosen) state.chosen = new Set(chosen);
    if (order === before.order && courier === before.courier) return changed();
    put({ order, courier });
    if (state.followed) return;
    if (courier && courier !== before.courier) show(placeOf(state, courier));
    else if (order && order !== before.order) show(endOf(boardIn(state).orders.get(order)));
  }

  /** Move the map only if it does not show the place already. @param {number[] | null} place */
  function show(place) {
    const live = map();
    if (place && live && !live.camera.shows(place[0], place[1])) live.camera.centre(place[0], place[1]);
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
    if (intent?.order && (intent.verb === "menu" || intent.verb === "assign")) asked(intent.order);
    if (intent) sendIntent({ ...intent, shown: intent.verb === "assign" ? shown(intent.order) : undefined });
    if (refusal) sayRefused(words(refusal.text, refusal.facts), state.clock.server(), format);
  }

  /** An order, or if it is marked all that are. @param {string} order @param {string | null} courier */
  const drop = (order, courier) => carryOut(decideLetGo(boardIn(state), state.chosen, order, courier));

  /** @param {Hit[]} hits what lies under a click on the map */
  function click(hits) {
    taken = nextTaken(hits, taken);
    const hit = taken.at(-1);
    if (!hit) return select({ order: null, courier: null });
    if (hit.kind === "orders" || hit.kind === "couriers") return onMap().open(hit);
    select(hit.kind === "courier" ? { courier: hit.id } : { order: hit.id });
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
    const known = view[list].ids();
    if (!known.length) return;
    select({ [subject]: stepTo(known, state.selection[subject], act) });
    aim(list === "couriers" ? state.selection.courier : null);
  }

  /** The next order that nobody has yet, whatever stands between; where the list has none, one that it hides. */
  function goToWaiting() {
    const { order: from } = state.selection;
    const waiting = [...boardIn(state).orders.values()].filter(waitsForCourier).map(({ id }) => id);
    const listed = nextAmong(view.orders.ids(), waiting, from);
    const order = listed ?? nextAmong(waiting, waiting, from);
    if (order === null) return sayDone(words("No order waits for a courier"), state.clock.server(), state.format);
    if (listed === null) return goTo({ order, courier: null });
    view.orders.focus();
    select({ order });
  }

  /** Enter: among the orders the menu opens, among the couriers the chosen order is given. @param {"orders" | "couriers"} list */
  function enter(list) {
    const { order, courier } = state.selection;
    const aimed = lookedAt(state, null).courier;
    if (state.chosen.size) return list === "orders" ? bulk.ask("assign") : drop([...state.chosen][0], courier);
    if (order && aimed) return drop(order, aimed);
    if (list === "orders" || !order) return carryOut(decideVerb(boardIn(state), order, "menu"));
    drop(order, courier);
  }

  /** @param {"orders" | "couriers"} list */
  function goInto(list) {
    view[list].focus();
    const subject = list === "orders" ? "order" : "courier";
    const known = view[list].ids();
    if (!known.length) return;
    if (!known.includes(state.selection[subject] ?? "")) select({ [subject]: known[0] ?? null });
    aim(list === "couriers" ? state.selection.courier : null);
  }

  /** @param {Act} act @param {"orders" | "couriers"} list the one that has the focus, or had it last */
  function act(act, list) {
    switch (act) {
      case "enter":
        return enter(list);
      case "menu":
        if (state.chosen.size) return bulk.ask("assign");
        return carryOut(decideVerb(boardIn(state), state.selection.order, "menu"));
      case "mark":
        if (list === "orders" && state.selection.order) marks.mark(state.selection.order, "one");
        return;
      case "mark-next":
      case "mark-previous":
        return list === "orders" ? marks.extend(act === "mark-next" ? "next" : "previous") : undefined;
      case "mark-all":
        return marks.choose(view.orders.ids(), "only");
      case "bulk":
        return state.chosen.size ? bulk.open() : carryOutForAll({ verb: "assign" });
      case "filters":
        return filters.open();
      case "clear-filters":
        return filters.clear();
      case "undo":
      case "redo":
        return sendIntent({ verb: act, order: "" });
      case "take-back":
        if (state.chosen.size) return carryOutForAll({ verb: "unassign" });
        return carryOut(decideVerb(boardIn(state), state.selection.order, "unassign"));
      case "orders":
      case "couriers":
        return goInto(act);
      case "waiting":
        return goToWaiting();
      case "attention":
        return attention();
      case "hand-over":
        return location.assign("/handover");
      case "windows":
        return windows();
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
      case "courier-stops":
        aim(null);
        return stops.toggle();
      case "map":
        return onMap().focus();
      case "lasso":
      case "trails":
      case "groups":
        return onMap()[act]();
      case "new":
      case "edit":
      case "show":
      case "incident":
        return forms.open(act, state.selection.order);
      case "escape":
        if (plan.discard() || stops.leave() || forms.close()) return;
        if (state.chosen.size) return marks.choose([], "only");
        aim(null);
        state.spots = [];
        if (state.filter) state.filter = "";
        changed();
        return select({ order: null, courier: null });
      default:
        return step(list, act);
    }
  }

  /** On list and map, whatever hides it. @param {{order: string | null, courier: string | null}} subject */
  function goTo({ order, courier }) {
    const known = boardIn(state).orders.get(order ?? "");
    const isHidden = (known && !view.orders.ids().includes(known.id)) || (courier && !view.couriers.ids().includes(courier));
    if (isHidden) state.filter = "";
    select({ order: known?.id ?? null, courier });
    const end = known?.state === "picked_up" ? known.dropoff : known?.pickup;
    const place = (courier && placeOf(state, courier)) || (end && [end.lon, end.lat]);
    if (place) centre(place);
    changed();
  }

  /** @param {number[]} place lon, lat */
  function centre([lon, lat]) {
    stopFollowing();
    map()?.camera.centre(lon, lat);
  }

  /** What was found stands on the map with its name, until something else is chosen. @param {{lon: number, lat: number, text: string}[]} spots */
  function mark(spots) {
    if (spots.length) select({ order: null, courier: null });
    state.spots = spots.map(({ lon, lat, text }) => ({ position: [lon, lat], text }));
    if (spots[0]) centre([spots[0].lon, spots[0].lat]);
    changed();
  }

  return {
    select,
    adopt,
    choose: marks.choose,
    markRow: marks.mark,
    forgetClosed: marks.forgetClosed,
    carryOutForAll,
    goTo,
    mark,
    drop,
    click,
    fit,
    follow,
    stopFollowing,
    act,
    aim,
    carryOut,
    /** A click on the map, if a form waits for one. @param {[number, number]} spot lon, lat */
    put: (spot) => forms.place(spot),
    /** @param {string} order @param {{verb: string, reason?: string, text?: string, minutes?: number, day?: string}} deed */
    upon(order, deed) {
      const known = boardIn(state).orders.get(order);
      if (known) carryOut({ intent: { ...deed, order, version: known.version }, refusal: null });
    },
    /** Which orders and couriers the lists show: those with these words. @param {string} words "" for all */
    filter(words) {
      if (words === state.filter) return;
      state.filter = words;
      changed();
    },
    /** The hand-over that the line speaks of. @param {State["typed"]} typed */
    speakOf(typed) {
      if (typed?.order === state.typed?.order && typed?.courier === state.typed?.courier) return;
      state.typed = typed;
      look();
    },
    /** @param {string} text */
    done: (text) => sayDone(text, state.clock.server(), format),
    /** @param {string} text */
    refuse: (text) => sayRefused(text, state.clock.server(), format),
    /** @param {string} order */
    menu: (order) => carryOut(decideVerb(boardIn(state), order, "menu")),
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

/** Where an order is to be looked for. @param {Order | undefined} order */
const endOf = (order) => {
  const end = order && (order.state === "picked_up" ? order.dropoff : order.pickup);
  return end ? [end.lon, end.lat] : null;
};
