/**
 * A courier's list of stops as plain values: what each row and the lines above them say.
 *
 * @import { Board } from "./board.js"
 * @import { Format } from "./format.js"
 * @import { Arrival, Courier, Order, Words } from "./types.js"
 * @import { Mark } from "./stop_order.js"
 * @typedef {{orders: number, items: number, grams: number, unweighed: number}} Load
 * @typedef {Mark & {arrival: Arrival | null, late_seconds: number | null, load: Load}} Stop
 * @typedef {{
 *   courier: string, version: number, seq: number, at: string, decided: boolean, guessed: boolean, stops: Stop[],
 *   most_g: number | null, room_g: number | null, fullest: Load, done_at: string | null, ends_at: string | null,
 *   beyond_seconds: number,
 * }} StopList what /live/stops answers
 * @typedef {{
 *   key: string, order: string, end: string, place: string, ref: string, promise: string, time: string, late: string,
 *   trouble: "" | "is-behind" | "is-late", was: string, load: string, label: string,
 * }} StopRow
 * @typedef {{board: Board, now: number, words: Words, format: Format}} Around
 * @typedef {{name: string, text: string, trouble: boolean}} Fact
 */
import { arrivalText } from "./arrivals.js";
import { keyOf } from "./stop_order.js";

const MINUTE_MS = 60000;

/**
 * @param {readonly Mark[]} marks in the order in which they stand @param {StopList} list what is known of them
 * @param {StopList | null} before as it is now, where `list` is only thought of @param {Around} around @returns {StopRow[]}
 */
export function stopRows(marks, list, before, around) {
  const known = new Map(list.stops.map((one) => [keyOf(one), one]));
  const stood = new Map((before?.stops ?? []).map((one) => [keyOf(one), one]));
  return marks.flatMap((mark, place) => {
    const order = around.board.orders.get(mark.order);
    const stop = known.get(keyOf(mark));
    return order ? [rowOf(mark, place, marks.length, order, stop, stood.get(keyOf(mark)), around)] : [];
  });
}

/** @param {Mark} mark @param {number} place @param {number} count @param {Order} order @param {Stop | undefined} stop @param {Stop | undefined} stood @param {Around} around @returns {StopRow} */
function rowOf(mark, place, count, order, stop, stood, around) {
  const { now, words, format } = around;
  const isPickup = mark.end === "pickup";
  const { name, address, before } = isPickup ? order.pickup : order.dropoff;
  const text = { place: (isPickup ? name || address : address || name) || order.ref, ref: order.ref };
  const time = stop?.arrival ? arrivalText(stop.arrival, now, words, format) : words("no forecast");
  const late = lateText(stop?.late_seconds ?? null, words, format);
  const row = {
    ...text,
    key: keyOf(mark),
    order: mark.order,
    end: mark.end,
    promise: promiseText(order, mark.end, around),
    time,
    late,
    trouble: troubleOf(stop?.late_seconds ?? null, before, now),
    was: changeText(stop, stood, words, format),
    load: stop ? loadText(stop.load, words, format) : "",
  };
  const what = isPickup ? words("pickup at {place}", text) : words("drop-off at {place}", text);
  const facts = [row.promise, time, late, row.was, row.load].filter(Boolean).join(", ");
  return { ...row, label: words("{n} of {count}: {ref}, {what}, {facts}", { n: place + 1, count, ref: order.ref, what, facts }) };
}

/** @param {Order} order @param {string} end @param {Around} around what was promised there, and when the food should be ready */
function promiseText(order, end, { words, format }) {
  const { after, before } = end === "pickup" ? order.pickup : order.dropoff;
  const at = (/** @type {string} */ moment) => format.clock(Date.parse(moment));
  const said = [];
  if (after && before) said.push(words("promised {from}–{until}", { from: at(after), until: at(before) }));
  else if (before) said.push(words("promised by {time}", { time: at(before) }));
  else if (after) said.push(words("from {time} on", { time: at(after) }));
  if (end === "pickup" && order.state === "ready") said.push(words("ready"));
  else if (end === "pickup" && order.ready_at) said.push(words("ready at {time}", { time: at(order.ready_at) }));
  return said.join(" · ") || words("nothing promised");
}

/** @param {number | null} seconds @param {Words} words @param {Format} format */
function lateText(seconds, words, format) {
  if (seconds === null) return "";
  return Math.abs(seconds) < 60 ? words("on time") : format.deviation(seconds * 1000);
}

/** @param {number | null} late s @param {string | null} promise @param {number} now @returns {StopRow["trouble"]} */
function troubleOf(late, promise, now) {
  if (late === null || promise === null || late < 60) return "";
  return Date.parse(promise) < now ? "is-late" : "is-behind";
}

/** @param {Stop | undefined} stop @param {Stop | undefined} stood @param {Words} words @param {Format} format by how much sooner or later than now */
function changeText(stop, stood, words, format) {
  if (!stop?.arrival || !stood?.arrival) return "";
  const ms = Date.parse(stop.arrival.expected) - Date.parse(stood.arrival.expected);
  if (Math.abs(ms) < MINUTE_MS / 2) return words("as now");
  const n = format.count(Math.max(1, Math.round(Math.abs(ms) / MINUTE_MS)));
  return ms > 0 ? words("{n} min later", { n }) : words("{n} min sooner", { n });
}

/** @param {Load} load @param {Words} words @param {Format} format what is carried on from there */
export function loadText({ orders, items, grams, unweighed }, words, format) {
  if (!orders) return words("empty");
  const parts = [words("{n} {n:order|orders}", { n: orders })];
  if (items) parts.push(words("{n} {n:item|items}", { n: items }));
  if (grams) parts.push(format.weight(grams));
  if (unweighed) parts.push(unweighed === orders ? words("weight unknown") : words("{n} of unknown weight", { n: unweighed }));
  return parts.join(" · ");
}

/** @param {StopList} list @param {Courier} courier @param {Around} around @returns {Fact[]} room, end of the shift, end of the work, break */
export function summary(list, courier, around) {
  return [roomFact(list, around), ...endFacts(list, courier, around), ...breakFacts(courier, around)];
}

/** @param {StopList} list @param {Around} around @returns {Fact} */
function roomFact({ most_g, room_g, fullest }, { words, format }) {
  const name = words("Free room");
  if (most_g === null || room_g === null) return { name, text: words("no limit set"), trouble: false };
  const facts = { free: format.weight(Math.max(0, room_g)), most: format.weight(most_g) };
  if (room_g < 0) return { name, text: words("{over} too much for {most}", { ...facts, over: format.weight(-room_g) }), trouble: true };
  const text = fullest.unweighed
    ? words("at most {free} of {most}: {n} of unknown weight", { ...facts, n: fullest.unweighed })
    : words("{free} of {most}", facts);
  return { name, text, trouble: false };
}

/** @param {StopList} list @param {Courier} courier @param {Around} around @returns {Fact[]} */
function endFacts({ done_at, ends_at, beyond_seconds }, courier, { words, format }) {
  const at = (/** @type {string} */ moment) => format.clock(Date.parse(moment));
  const shift = ends_at ? words("until {time}", { time: at(ends_at) }) : words("end not planned");
  const found = [{ name: words("Shift"), text: courier.shift === "off" ? words("off shift") : shift, trouble: false }];
  if (!done_at) return found;
  const beyond = beyond_seconds >= 60;
  const over = beyond ? words("{time}, {n} beyond the shift", { time: at(done_at), n: format.deviation(beyond_seconds * 1000) }) : at(done_at);
  return [...found, { name: words("Work ends"), text: over, trouble: beyond }];
}

/** @param {Courier} courier @param {Around} around @returns {Fact[]} */
function breakFacts(courier, { words, format }) {
  if (courier.shift !== "break") return [];
  const until = courier.break_until
    ? words("until about {time}", { time: format.clock(Date.parse(courier.break_until)) })
    : words("since {time}", { time: format.clock(Date.parse(courier.break_started_at ?? "")) });
  return [{ name: words("Break"), text: until, trouble: false }];
}

/** @param {StopList} now @param {StopList} thought @param {Words} words @param {Format} format what another order would do, in one line */
export function whatItDoes(now, thought, words, format) {
  const missed = (/** @type {StopList} */ list) => list.stops.filter((one) => (one.late_seconds ?? 0) >= 60).length;
  const more = missed(thought) - missed(now);
  const parts = [];
  if (now.done_at && thought.done_at) {
    const ms = Date.parse(thought.done_at) - Date.parse(now.done_at);
    const n = format.count(Math.round(Math.abs(ms) / MINUTE_MS));
    if (n === "0") parts.push(words("done as early as now"));
    else parts.push(ms > 0 ? words("done {n} min later", { n }) : words("done {n} min sooner", { n }));
  }
  if (more > 0) parts.push(words("promises missed: {n} more", { n: more }));
  if (more < 0) parts.push(words("promises missed: {n} fewer", { n: -more }));
  return parts.join(" · ");
}
