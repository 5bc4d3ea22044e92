/**
 * The list of the chosen courier's stops beside the map, and another order of them until it is let go.
 *
 * @import { State } from "./scene.js"
 * @import { Mark, Way } from "./stop_order.js"
 * @typedef {{
 *   send: (courier: string, version: number, stops: Mark[]) => void, refuse: (text: string) => void,
 *   select: (order: string) => void, leave: () => void, changed: () => void,
 *   note: (courier: string, version: number, text: string) => void,
 * }} OnStops
 * @typedef {{marks: Mark[], version: number, decided: string, sentAt: number | null, taken: string | null}} Thought
 *   Another order of the stops, and what the courier's version and decided order were when somebody began to think of it.
 */
import { isOpen } from "./board.js";
import { boardIn } from "./scene.js";
import { createStopLists } from "./stop_lists.js";
import { brought, fits, keyOf, keysOf, moved, placeFor } from "./stop_order.js";
import { createStopPanel } from "./stop_panel.js";
import { stopRows, summary, whatItDoes } from "./stop_rows.js";

/** What was sent is shown for so long if nothing comes of it. */
const PATIENCE_MS = 4000;
const OVERLAY = "roulement-overlay";
const OURS = "desk-stops";

/** @param {HTMLElement} host @param {HTMLElement} rows of the couriers, each with a button @param {State} state @param {string} url @param {OnStops} on */
export function createStops(host, rows, state, url, on) {
  const { words, format } = state;
  const lists = createStopLists(url, on.changed);
  const undo = new AbortController();
  let courier = /** @type {string | null} */ (null);
  let thought = /** @type {Thought | null} */ (null);
  let said = "";
  const panel = createStopPanel(host, words, {
    key,
    go,
    take: (mark) => void (think().taken = mark),
    hover,
    drop,
    letGo,
    enter: (mark) => (thought ? letGo() : go(marks().find((one) => keyOf(one) === mark))),
    leave: () => (thought ? forget() : close()),
    close,
    note: on.note,
    asItComes: () => courier && on.send(courier, boardIn(state).couriers.get(courier)?.version ?? 0, []),
  });
  rows.addEventListener("click", pressedRow, { signal: undo.signal });
  window.addEventListener(
    OVERLAY,
    (event) => /** @type {CustomEvent<string>} */ (event).detail !== OURS && !host.hidden && hide(),
    { signal: undo.signal },
  );

  /** The button on a courier's row: the row itself is chosen by whoever listens to the list. @param {Event} event */
  function pressedRow({ target }) {
    if (target instanceof Element && target.closest(".courier-stops")) queueMicrotask(open);
  }

  /** The chosen courier, or who has the chosen order; who was shown before while nobody is. */
  function whose() {
    const { order, courier: chosen } = state.selection;
    const board = boardIn(state);
    return chosen ?? board.orders.get(order ?? "")?.courier ?? (courier && board.couriers.has(courier) ? courier : null);
  }

  /** @param {Mark | undefined} mark */
  function go(mark) {
    if (mark) on.select(mark.order);
  }

  /** @returns {Mark[]} the stops as they stand: those that somebody thinks of, else those that will be ridden to */
  const marks = () => thought?.marks ?? lists.now()?.stops.map(({ order, end }) => ({ order, end })) ?? [];

  /** What shares a pickup. */
  function groups() {
    const { orders } = boardIn(state);
    return new Map(marks().map(({ order }) => [order, orders.get(order)?.group ?? order]));
  }

  /** @returns {Thought} */
  function think() {
    const known = boardIn(state).couriers.get(courier ?? "");
    thought ??= { marks: marks(), version: known?.version ?? 0, decided: keysOf(known?.stops ?? []), sentAt: null, taken: null };
    return thought;
  }

  function forget() {
    thought = null;
    said = "";
    panel.letGo();
    on.changed();
  }

  /** @param {string} mark @param {number} to @returns {boolean} whether it went there */
  function move(mark, to) {
    const stood = marks();
    const from = stood.findIndex((one) => keyOf(one) === mark);
    if (from < 0 || to < 0 || to >= stood.length || from === to) return false;
    if (!fits(stood, from, to, groups())) {
      said = whyNot(stood[from]);
      on.changed();
      return false;
    }
    think().marks = moved(stood, from, to, groups());
    said = "";
    on.changed();
    return true;
  }

  /** @param {Mark} mark */
  function whyNot({ order, end }) {
    const ref = boardIn(state).orders.get(order)?.ref ?? "";
    return end === "pickup"
      ? words("{ref} cannot be picked up after its drop-off", { ref })
      : words("{ref} cannot be dropped off before its pickup", { ref });
  }

  /** @param {string} mark @param {Way} way */
  function key(mark, way) {
    const stood = marks();
    const from = stood.findIndex((one) => keyOf(one) === mark);
    if (from < 0) return;
    const to = placeFor(stood, from, way, groups());
    if (to !== null) return void move(mark, to);
    const next = from + (way === "up" || way === "top" ? -1 : 1);
    if (stood[next]) move(mark, next); // which says why not
  }

  /** @param {string} mark @param {number} to */
  function hover(mark, to) {
    move(mark, to);
  }

  /** @param {string} mark @param {number} to where it was let go; -1: beside the list */
  function drop(mark, to) {
    const stood = marks();
    const from = stood.findIndex((one) => keyOf(one) === mark);
    if (thought) thought.taken = null;
    if (to < 0 || from < 0) return forget();
    if (from !== to && !move(mark, to)) {
      on.refuse(whyNot(stood[from]));
      return forget();
    }
    letGo();
  }

  function letGo() {
    const list = lists.now();
    if (!thought || !courier || !list) return;
    if (keysOf(thought.marks) === keysOf(list.stops)) return forget();
    const known = boardIn(state).couriers.get(courier);
    // Whoever has arrived somewhere meanwhile, or gone on a break, has another version but was not first.
    const isSame = known && keysOf(known.stops ?? []) === thought.decided;
    thought.sentAt = state.clock.now();
    on.send(courier, isSame ? known.version : thought.version, thought.marks);
    on.changed();
  }

  function open() {
    host.hidden = false;
    window.dispatchEvent(new CustomEvent(OVERLAY, { detail: OURS }));
    read();
    panel.focus();
  }

  function hide() {
    thought = null;
    host.hidden = true;
    lists.want(null, null, 0, 0);
  }

  function close() {
    const hadFocus = host.contains(document.activeElement);
    hide();
    if (hadFocus) on.leave();
  }

  function read() {
    if (host.hidden) return;
    const board = boardIn(state);
    const next = whose();
    if (next !== courier) [thought, said] = [null, ""];
    courier = next;
    settle();
    const ahead = lists.now()?.courier === courier ? lists.now() : null;
    if (thought && ahead) thought.marks = brought(thought.marks, ahead.stops);
    const isOther = thought !== null && ahead !== null && keysOf(thought.marks) !== keysOf(ahead.stops);
    lists.want(courier, isOther && thought ? thought.marks : null, board.seq, state.clock.now());
    draw(isOther);
  }

  /** What was sent has been decided, or somebody was first, or nothing came of it. */
  function settle() {
    if (!thought || thought.sentAt === null) return;
    const list = lists.now();
    const isDone = list !== null && list.decided && keysOf(list.stops) === keysOf(thought.marks);
    const isOther = keysOf(boardIn(state).couriers.get(courier ?? "")?.stops ?? []) !== thought.decided;
    if (isDone || isOther || state.clock.now() - thought.sentAt > PATIENCE_MS) [thought, said] = [null, ""];
  }

  /** @param {boolean} isOther whether another order is thought of */
  function draw(isOther) {
    const board = boardIn(state);
    const known = board.couriers.get(courier ?? "");
    const list = lists.now()?.courier === courier ? lists.now() : null;
    if (!known) return panel.render(nobody(words("Choose a courier: then the stops stand here")));
    const title = words("Stops of {courier}", { courier: known.name });
    if (!list) return panel.render({ ...nobody("…"), title, courier: known });
    const around = { board, now: state.clock.server(), words, format };
    const shown = isOther ? lists.thought() : null;
    const does = isOther && shown ? whatItDoes(list, shown, words, format) : "";
    const isNone = !list.stops.some(({ order }) => isOpen(board.orders.get(order) ?? { state: "" }));
    panel.render({
      title,
      facts: summary(shown ?? list, known, around),
      rows: stopRows(marks(), shown ?? list, shown ? list : null, around),
      empty: isNone ? words("No stops: nothing is in hand") : "",
      said: said || does,
      isRefused: said !== "",
      isThought: isOther && thought?.sentAt === null,
      isDecided: list.decided && !thought,
      taken: thought?.taken ?? null,
      selected: state.selection.order,
      isGuessed: (shown ?? list).guessed,
      courier: known,
    });
  }

  return {
    read,
    open,
    /** D: opens it, goes there, or shuts it when the focus is there. */
    toggle() {
      if (host.hidden || !host.contains(document.activeElement)) open();
      else close();
    },
    /** Esc elsewhere on the page. @returns {boolean} whether there was anything to leave */
    leave() {
      if (host.hidden) return false;
      if (thought) forget();
      else close();
      return true;
    },
    dispose() {
      undo.abort();
      lists.dispose();
      panel.dispose();
    },
  };
}

/** @param {string} empty */
const nobody = (empty) => ({
  title: "",
  facts: [],
  rows: [],
  empty,
  said: "",
  isRefused: false,
  isThought: false,
  isDecided: false,
  taken: null,
  selected: null,
  isGuessed: false,
  courier: null,
});
