/**
 * What stands on a timeline, as plain values: a lane for the orders that nobody has, and one for each courier.
 *
 * @import { Board } from "./board.js"
 * @import { Courier, Forecast, Order } from "./types.js"
 * @typedef {{from: string, to: string | null, breaks: [string, string | null][]}} WorkedShift
 * @typedef {{order: string, ref: string, promise: string | null, assigned_at: string, picked_up_at: string | null, closed_at: string, outcome: string}} DoneJob
 * @typedef {{order: string, assigned_at: string, picked_up_at: string | null}} JobInHand
 * @typedef {{planned: [string, string][], worked: WorkedShift[], ends_at: string | null, done: DoneJob[], hands: JobInHand[]}} Day
 * @typedef {{seq: number, at: string, couriers: Record<string, Day>}} Told what /live/timeline answers
 * @typedef {"waiting" | "ahead" | "aboard" | "unknown" | "done" | "failed"} BarKind
 * @typedef {{
 *   key: string, order: string, ref: string, kind: BarKind, from: number, to: number, since: number, promise: number | null,
 *   trouble: "" | "is-behind" | "is-late", line: number,
 * }} Bar `from` pickup, `to` drop-off; `since` when the courier got it; `line` which line of the lane.
 * @typedef {{key: string, kind: "planned" | "worked" | "break" | "gap" | "beyond", from: number, to: number}} Band
 * @typedef {{id: string, courier: Courier | null, bars: Bar[], bands: Band[], lines: number, beyond: number}} Lane
 *   `id` is "" for the orders that nobody has; `beyond` how long the work goes on after the shift's end, ms.
 * @typedef {{board: Board, told: Told | null, arrivals: ReadonlyMap<string, Forecast | null>, now: number}} Known
 */
import { isOpen } from "./board.js";

const MINUTE_MS = 60000;
const LATE_MS = MINUTE_MS;
/** A shorter pause between two jobs is the way. */
const GAP_MS = 8 * MINUTE_MS;
/** Drawn for what nobody can foresee. */
const GUESS_MS = 10 * MINUTE_MS;
/** Whoever has gone home is still shown for so long, and who shall come so long before. */
const AROUND_MS = 60 * MINUTE_MS;
/** What was due longer ago stands at this edge. */
const OVERDUE_MS = 20 * MINUTE_MS;
const MOST_LINES = 12;
/** @type {Day} */
const NO_DAY = { planned: [], worked: [], ends_at: null, done: [], hands: [] };
const SHIFTS = ["on", "break", "off"];

/** @param {Known} known @param {number} chip ms that a waiting order is wide, so that its number can be read @returns {Lane[]} */
export function lanesOf(known, chip) {
  const { board, told, now } = known;
  /** @type {Map<string, Order[]>} */
  const hands = new Map();
  const waiting = [];
  for (const order of board.orders.values()) {
    if (!order.courier) isOpen(order) && waiting.push(order);
    else hands.set(order.courier, [...(hands.get(order.courier) ?? []), order]);
  }
  const people = [...board.couriers.values()].filter((one) => isAround(one, told?.couriers[one.id] ?? NO_DAY, now)).sort(byShift);
  return [waitingLane(waiting, now, chip), ...people.map((one) => courierLane(one, hands.get(one.id) ?? [], known))];
}

/** @param {Lane[]} lanes @returns {Generator<number>} every instant that has to find room */
export function* instantsOf(lanes) {
  for (const { bars, bands } of lanes) {
    for (const { from, to } of bars) yield* [from, to];
    for (const { from, to } of bands) yield* [from, to];
  }
}

/** @param {Courier} courier @param {Day} day @param {number} now */
function isAround({ shift }, { planned, worked }, now) {
  if (shift !== "off") return true;
  const isJustGone = worked.some(({ to }) => to !== null && now - ms(to) < AROUND_MS);
  return isJustGone || planned.some(([from, to]) => ms(from) < now + AROUND_MS && ms(to) > now);
}

/** @param {Courier} one @param {Courier} other */
const byShift = (one, other) =>
  SHIFTS.indexOf(one.shift) - SHIFTS.indexOf(other.shift) || (one.name < other.name ? -1 : one.name > other.name ? 1 : one.id < other.id ? -1 : 1);

/** @param {Order[]} orders @param {number} now @param {number} chip @returns {Lane} what waits, each by when it is due */
function waitingLane(orders, now, chip) {
  const bars = orders.map((order) => {
    const promise = order.dropoff.before ? ms(order.dropoff.before) : null;
    const ready = ms(order.ready_at ?? order.placed_at);
    const to = Math.max(promise ?? Math.max(now, ready) + chip, now - OVERDUE_MS);
    return bar(order.id, order.ref, "waiting", to - chip, to, to - chip, promise, promise !== null && now > promise ? "is-late" : "");
  });
  return { id: "", courier: null, bands: [], beyond: 0, ...stacked(bars) };
}

/** @param {Courier} courier @param {Order[]} orders @param {Known} known @returns {Lane} */
function courierLane(courier, orders, { told, arrivals, now, board }) {
  const day = told?.couriers[courier.id] ?? NO_DAY;
  const since = new Map(day.hands.map((one) => [one.order, one]));
  const bars = [...day.done.flatMap(doneBar), ...orders.flatMap((order) => openBar(order, since.get(order.id), arrivals.get(order.id) ?? null, now))];
  const isKnown = new Set(day.done.map((one) => one.order));
  for (const order of orders) {
    const closed = board.closedAt.get(order.id);
    if (closed !== undefined && !isKnown.has(order.id)) bars.push(...justClosed(order, since.get(order.id), closed));
  }
  const until = bars.reduce((last, one) => (one.kind === "done" || one.kind === "failed" ? last : Math.max(last, one.to)), courier.shift === "off" ? 0 : now);
  const ends = day.ends_at ? ms(day.ends_at) : null;
  const beyond = ends !== null && courier.shift !== "off" && until > ends + LATE_MS ? until - ends : 0;
  return { id: courier.id, courier, beyond, bands: bandsOf(courier, day, bars, now, ends, beyond), ...stacked(bars) };
}

/** @param {DoneJob} job @returns {Bar[]} none of what was taken away before it was picked up */
function doneBar({ order, ref, promise, assigned_at, picked_up_at, closed_at, outcome }) {
  if (outcome !== "delivered" && picked_up_at === null) return [];
  const [since, to] = [ms(assigned_at), ms(closed_at)];
  const due = promise ? ms(promise) : null;
  const trouble = outcome === "delivered" && due !== null && to > due + LATE_MS ? "is-late" : "";
  return [bar(order, ref, outcome === "delivered" ? "done" : "failed", ms(picked_up_at ?? assigned_at), to, since, due, trouble)];
}

/** Closed a moment ago: nobody has told yet how it went. @param {Order} order @param {JobInHand | undefined} hand @param {number} closed @returns {Bar[]} */
function justClosed(order, hand, closed) {
  if (order.state !== "delivered" || !hand) return [];
  const promise = order.dropoff.before;
  return doneBar({ ...hand, ref: order.ref, promise, closed_at: new Date(closed).toISOString(), outcome: "delivered" });
}

/** @param {Order} order @param {JobInHand | undefined} hand @param {Forecast | null} forecast @param {number} now @returns {Bar[]} */
function openBar(order, hand, forecast, now) {
  if (!isOpen(order)) return [];
  const isAboard = order.state === "picked_up";
  const promise = order.dropoff.before ? ms(order.dropoff.before) : null;
  const pickup = forecast?.pickup ? Math.max(now, ms(forecast.pickup.expected)) : now;
  const from = isAboard ? (hand?.picked_up_at ? ms(hand.picked_up_at) : now) : pickup;
  const to = forecast?.dropoff ? Math.max(now, from + MINUTE_MS, ms(forecast.dropoff.expected)) : Math.max(from, now) + GUESS_MS;
  const isForeseen = forecast?.dropoff !== undefined;
  const trouble = promise !== null && now > promise ? "is-late" : promise !== null && isForeseen && to > promise + LATE_MS ? "is-behind" : "";
  const since = hand ? Math.min(from, ms(hand.assigned_at)) : Math.min(from, now);
  return [bar(order.id, order.ref, isForeseen ? (isAboard ? "aboard" : "ahead") : "unknown", from, to, since, promise, trouble)];
}

/** @param {string} order @param {string} ref @param {BarKind} kind @param {number} from @param {number} to @param {number} since @param {number | null} promise @param {Bar["trouble"]} trouble @returns {Bar} */
const bar = (order, ref, kind, from, to, since, promise, trouble) => ({ key: order, order, ref, kind, from, to, since, promise, trouble, line: 0 });

/** @param {Courier} courier @param {Day} day @param {Bar[]} bars @param {number} now @param {number | null} ends @param {number} beyond @returns {Band[]} */
function bandsOf(courier, day, bars, now, ends, beyond) {
  const bands = /** @type {Band[]} */ ([]);
  const pauses = /** @type {[number, number][]} */ ([]);
  /** @param {Band["kind"]} kind @param {number} from @param {number} to */
  const add = (kind, from, to) => to > from && bands.push({ key: `${kind}-${from}`, kind, from, to });
  for (const [from, to] of day.planned) add("planned", ms(from), ms(to));
  for (const { from, to, breaks } of day.worked) {
    add("worked", ms(from), to ? ms(to) : now);
    for (const [begins, over] of breaks) {
      const expected = courier.break_until ? Math.max(now, ms(courier.break_until)) : now;
      pauses.push([ms(begins), over ? ms(over) : expected]);
    }
  }
  for (const [begins, over] of pauses) add("break", begins, over);
  const running = day.worked.find(({ to }) => to === null);
  if (running && courier.shift !== "off") {
    const busy = [...pauses, ...bars.map((one) => /** @type {[number, number]} */ ([one.since, one.to]))];
    for (const [from, to] of gapsBetween(ms(running.from), Math.max(now, ends ?? now), busy)) add("gap", from, to);
  }
  if (beyond && ends !== null) add("beyond", ends, ends + beyond);
  return bands;
}

/** @param {number} from @param {number} to @param {[number, number][]} busy @returns {[number, number][]} what is long enough to be told */
export function gapsBetween(from, to, busy) {
  const found = /** @type {[number, number][]} */ ([]);
  let free = from;
  for (const [begins, over] of [...busy].sort((one, other) => one[0] - other[0])) {
    if (Math.min(begins, to) - free >= GAP_MS) found.push([free, Math.min(begins, to)]);
    free = Math.max(free, over);
  }
  if (to - free >= GAP_MS) found.push([free, to]);
  return found;
}

/** Bars of which none covers another, on as few lines as that takes. @param {Bar[]} bars @returns {{bars: Bar[], lines: number}} */
export function stacked(bars) {
  const ends = /** @type {number[]} */ ([]);
  const placed = [...bars].sort((one, other) => one.from - other.from || one.to - other.to || (one.order < other.order ? -1 : 1)).map((one) => {
    const free = ends.findIndex((end) => end <= one.from);
    const line = free >= 0 ? free : ends.length < MOST_LINES ? ends.length : ends.indexOf(Math.min(...ends));
    ends[line] = one.to;
    return { ...one, line };
  });
  return { bars: placed, lines: Math.max(1, ends.length) };
}

/** @param {string} instant */
const ms = (instant) => Date.parse(instant);
