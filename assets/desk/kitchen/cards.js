/**
 * The cards of the screen as plain values: which column, what they say, which buttons they have.
 *
 * @import { Format } from "../format.js"
 * @import { Words } from "../types.js"
 * @import { KitchenOrder, Press, Screen } from "./types.js"
 * @typedef {"new" | "preparing" | "ready" | "gone"} Column
 * @typedef {{button: string, label: string, isMain: boolean, body: Record<string, unknown>}} Button
 * @typedef {{
 *   id: string, ref: string, share: string, shareTitle: string, column: Column, tone: "late" | "due" | "calm", items: string[], note: string, problem: string,
 *   due: string, dueAt: number | null, courier: string, face: {initials: string, tone: number} | null, verdict: string, isHere: boolean, pending: string, buttons: Button[],
 * }} Card `dueAt` in epoch ms, for the countdown; null where nothing is counted.
 * @typedef {{screen: Screen, now: number, waiting: readonly Press[], words: Words, format: Format}} View `now`: the server's epoch ms.
 */
import { expected, isWide, minutesLate } from "../arrivals.js";
import { problemText } from "../problems.js";
import { faceOf } from "./faces.js";

const MINUTE_MS = 60000;
/** A card warns so long before its time, and a new order after so long without an answer. */
const DUE_MS = 3 * MINUTE_MS;
const UNANSWERED_MS = 3 * MINUTE_MS;
/** A courier who has to wait longer than this is a warning. */
const WAITS_SECONDS = 120;

/** @type {Record<string, Column>} */
const COLUMNS = {
  placed: "new",
  accepted: "preparing",
  preparing: "preparing",
  ready: "ready",
  picked_up: "gone",
  delivered: "gone",
};

/** @param {View} view @returns {Card[]} in each column the most urgent first */
export function cardsOf(view) {
  const orders = [...view.screen.orders].sort((one, other) => urgency(one) - urgency(other));
  return orders.filter((order) => order.state in COLUMNS).map((order) => cardOf(order, view));
}

/** @param {KitchenOrder} order */
const urgency = (order) => Date.parse(order.ready_at ?? order.placed_at);

/** @param {KitchenOrder} order @param {View} view @returns {Card} */
export function cardOf(order, view) {
  const { words, format } = view;
  const column = COLUMNS[order.state];
  const readyAt = order.ready_at ? Date.parse(order.ready_at) : null;
  const press = view.waiting.findLast((one) => one.order === order.id);
  return {
    id: order.id,
    ref: order.ref,
    ...shareTexts(order, words),
    column,
    tone: toneOf(order, column, readyAt, view.now),
    items: order.items.map((item) => words("{n} × {item}", { n: item.quantity, item: item.name })),
    note: order.note,
    problem: order.problem ? problemText(order.problem, words) : "",
    due: dueText(column, readyAt, view),
    dueAt: column === "new" || column === "preparing" ? readyAt : null,
    courier: courierText(order, column, view),
    face: faceOf(order.courier),
    verdict: column === "gone" ? "" : verdictText(order, view),
    isHere: order.arrival?.here ?? false,
    pending: press
      ? words("{button} at {time}: waiting to be sent", { button: press.text, time: format.clock(press.at) })
      : "",
    buttons: press ? [] : buttonsOf(column, words),
  };
}

/** What else the courier takes along from here. @param {KitchenOrder} order @param {Words} words */
function shareTexts({ share }, words) {
  if (!share) return { share: "", shareTitle: "" };
  const facts = { n: share.nth, count: share.of, refs: share.refs.join(", ") };
  return {
    share: words("{n}/{count}, with {refs}", facts),
    shareTitle: words("drop-off {n} of {count} from one pickup, with {refs}", facts),
  };
}

/** By forecast, not by age. @param {KitchenOrder} order @param {Column} column @param {number | null} readyAt @param {number} now */
function toneOf(order, column, readyAt, now) {
  if (order.problem) return "late";
  if (column === "new") return now - Date.parse(order.placed_at) > UNANSWERED_MS ? "late" : "due";
  if (column === "preparing") {
    if (order.arrival?.here || (readyAt !== null && now > readyAt)) return "late";
    if (readyAt !== null && readyAt - now < DUE_MS) return "due";
    return order.waits_for === "kitchen" && (order.waits_seconds ?? 0) > WAITS_SECONDS ? "due" : "calm";
  }
  return column === "ready" && !order.courier ? "due" : "calm";
}

/** @param {Column} column @param {number | null} readyAt @param {View} view */
function dueText(column, readyAt, { words, format }) {
  if (column === "gone") return "";
  if (column === "ready") return words("Ready");
  return readyAt === null ? words("No time given") : words("Ready by {time}", { time: format.clock(readyAt) });
}

/** @param {KitchenOrder} order @param {Column} column @param {View} view */
function courierText(order, column, view) {
  const { words, format, now } = view;
  const name = order.courier;
  if (column === "gone") {
    if (order.state === "delivered") return words("Delivered");
    return name ? words("On its way with {name}", { name }) : words("On its way");
  }
  if (!name) return searchText(order, view);
  if (!order.arrival) return words("{name} comes; when is not known yet", { name });
  if (order.arrival.here) return words("{name} is here", { name });
  const late = minutesLate(order.arrival, now);
  if (late) return words("{name} is late by {n} min", { name, n: late });
  if (isWide(order.arrival, now)) {
    const latest = Date.parse(order.arrival.latest);
    return words("{name} comes in {a} to {b} min, by {time}", {
      name,
      a: minutes(Date.parse(order.arrival.earliest) - now),
      b: minutes(latest - now),
      time: format.clock(latest),
    });
  }
  const likely = expected(order.arrival);
  if (likely - now < MINUTE_MS) return words("{name} is almost here", { name });
  return words("{name} comes in {n} min, at {time}", { name, n: minutes(likely - now), time: format.clock(likely) });
}

/** Never an invented arrival. @param {KitchenOrder} order @param {View} view */
function searchText(order, { screen, words }) {
  if (order.looked_at_by) return words("No courier yet: {name} is on it", { name: order.looked_at_by });
  if (screen.dispatchers.length) {
    return words("No courier yet; at the desk: {names}", { names: screen.dispatchers.join(", ") });
  }
  return words("No courier yet, and nobody is at the desk");
}

/** Which of the two is waited for. @param {KitchenOrder} order @param {View} view */
function verdictText(order, { words, format }) {
  const { arrival, waits_for: who, waits_seconds: seconds } = order;
  if (!arrival || !who) return "";
  const n = minutes((seconds ?? 0) * 1000);
  if (who === "kitchen") {
    return arrival.here
      ? words("The courier waits for the food")
      : words("Courier {n} min early: finish by {time}", { n, time: format.clock(expected(arrival)) });
  }
  return order.state === "ready" ? words("The food waits for the courier") : words("Courier {n} min after the food", { n });
}

/** @param {Column} column @param {Words} words @returns {Button[]} */
function buttonsOf(column, words) {
  const later = [5, 10].map((n) => ({
    button: "delay",
    label: words("+{n} min", { n }),
    isMain: false,
    body: { minutes: n },
  }));
  const problem = { button: "problem", label: words("Problem"), isMain: false, body: {} };
  switch (column) {
    case "new":
      return [
        { button: "accept", label: words("Accept"), isMain: true, body: {} },
        ...later,
        { button: "refuse", label: words("Refuse"), isMain: false, body: {} },
      ];
    case "preparing":
      return [{ button: "ready", label: words("Ready"), isMain: true, body: {} }, ...later, problem];
    case "ready":
      return [problem];
    default:
      return [];
  }
}

/** @param {number} ms @param {Words} words @returns {string} minutes and seconds to go; counts up after that, with a minus */
export function countdown(ms, words) {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return ms < 0 ? words("−{time}", { time: text }) : text;
}

/** Whole minutes, at least none. @param {number} ms */
const minutes = (ms) => Math.max(0, Math.round(ms / MINUTE_MS));
