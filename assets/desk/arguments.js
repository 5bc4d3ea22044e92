/**
 * What stands behind a verb: orders by their numbers, couriers by the beginning of their names, minutes, days, words. Read
 * from left to right; the first thing that is missing or wrong is said exactly.
 *
 * @import { Board } from "./board.js"
 * @import { Format } from "./format.js"
 * @import { Names, Takes, Typed, Verb } from "./grammar.js"
 * @import { Card } from "./cards.js"
 * @import { Courier, Order, Words } from "./types.js"
 * @typedef {{
 *   board: Board, chosen: string[], order: string | null, courier: string | null, names: Names, words: Words, format: Format,
 *   now: number, zone: string, locale: string, cards: (order: string) => Card[] | null,
 * }} Known What the page knows: `chosen` are the marked orders, `order` and `courier` the selected ones; `now` in the
 *   server's epoch ms, `zone` the city's.
 * @typedef {{
 *   orders: Order[], refs: string[], isImplied?: boolean, courier?: Courier, from?: Courier, minutes?: number, text?: string,
 *   tags?: string[], day?: string, target?: string, isOn?: boolean, to?: Order,
 * }} Args `refs` are the numbers that were typed; `isImplied`: none was, so those that are marked or selected are meant.
 * @typedef {{kind: "missing" | "wrong", text: string}} Gap
 * @typedef {{text: string, start: number, end: number}} Token
 * @typedef {{tokens: Token[], at: number, rest: string, verb: Verb, next: Takes | null, args: Args, known: Known}} Reader
 *   `at` is the next token to be read, `next` what the verb takes after this.
 */
import { readDay } from "./days.js";
import { couriersCalled, fitting, overrideCalled, readMinutes, readShift, tagsIn } from "./named.js";
import { plain } from "./search.js";

/** @type {Record<Takes, (reader: Reader) => Gap | null>} */
const READERS = {
  orders: readOrders,
  about: readAbout,
  mate: readMate,
  taker: (reader) => readCourier(reader, (courier) => courier.shift === "on", reader.verb.verb === "assign"),
  holder: readHolder,
  rider: readRider,
  minutes: (reader) => readNumber(reader, false),
  spell: (reader) => readNumber(reader, true),
  day: readDayOf,
  tags: readTags,
  target: readTarget,
  text: (reader) => readText(reader, reader.known.words("What shall it say?")),
  why: (reader) => readText(reader, reader.known.words("Why? The reason stays in the journal")),
  reason: (reader) => readText(reader, ""),
  switch: readSwitch,
  words: (reader) => readText(reader, ""),
};

/**
 * @param {Verb} verb @param {string} rest of the line, behind the verb @param {Known} known
 * @returns {{args: Args, gap: Gap | null, typed: Typed}}
 */
export function readArguments(verb, rest, known) {
  const tokens = [...rest.matchAll(/\S+/g)].map(({ 0: text, index }) => ({ text, start: index, end: index + text.length }));
  const args = /** @type {Args} */ ({ orders: [], refs: [] });
  const reader = { tokens, at: 0, rest, verb, next: /** @type {Takes | null} */ (null), args, known };
  const isWhole = /\s$/.test(rest);
  let typed = /** @type {Typed | null} */ (null);
  let gap = /** @type {Gap | null} */ (null);
  for (const [place, takes] of verb.takes.entries()) {
    if (gap) break;
    reader.next = verb.takes[place + 1] ?? null;
    const from = reader.at;
    gap = READERS[takes](reader);
    const isHere = reader.at >= tokens.length || gap !== null;
    const isOpenEnd = takes !== "orders" && takes !== "about" && !reader.next;
    if (typed || !isHere) continue;
    if (from < tokens.length && (!isWhole || isOpenEnd || gap))
      typed = { takes, text: textOf(reader, takes, from), head: "" };
    else if (from >= tokens.length && !(takes === "orders" && isWhole && !args.isImplied)) typed = { takes, text: "", head: "" };
  }
  const last = verb.takes.at(-1) ?? "words";
  typed ??= { takes: last, text: "", head: "" };
  if (!gap && reader.at < tokens.length)
    gap = wrong(known.words("“{text}” is too much here", { text: rest.slice(tokens[reader.at].start).trim() }));
  return { args, gap, typed };
}

/** What is still being typed of it: of several orders the last one. @param {Reader} reader @param {Takes} takes @param {number} from */
function textOf({ tokens, rest, at }, takes, from) {
  if (takes !== "orders" && takes !== "about") return rest.slice(tokens[from].start);
  const token = tokens[Math.min(at, tokens.length - 1)];
  return rest.slice(token.start + token.text.lastIndexOf(",") + 1);
}

/** @param {string} text @returns {Gap} */
const wrong = (text) => ({ kind: "wrong", text });

/** @param {string} text @returns {Gap} */
const missing = (text) => ({ kind: "missing", text });

/** @param {Reader} reader @returns {Gap | null} */
function readOrders(reader) {
  const { tokens, args, known } = reader;
  const { words } = known;
  const implied = known.chosen.length ? known.chosen : known.order ? [known.order] : [];
  const end = reader.next === "mate" ? beforeMate(reader, implied) : tokens.length;
  for (; reader.at < end; reader.at += 1) {
    const token = tokens[reader.at];
    const refs = token.text.split(",").map((ref) => ref.replace(/^#/, "")).filter(Boolean);
    const found = refs.map((ref) => fitting(known.board, ref));
    if (!found.some((orders) => orders.length) && isForNext(token.text, reader)) break;
    for (const [place, orders] of found.entries()) {
      if (!orders.length) return wrong(words("There is no order {ref}", { ref: refs[place] }));
      if (orders.length > 1) return wrong(words("Several orders are called {ref}: choose one in the list", { ref: refs[place] }));
      if (!args.orders.includes(orders[0])) args.orders.push(orders[0]);
      args.refs.push(refs[place]);
    }
  }
  if (args.refs.length) return null;
  args.isImplied = true;
  args.orders = implied.flatMap((id) => known.board.orders.get(id) ?? []);
  return args.orders.length ? null : missing(words("Which order? Type its number, or choose it first"));
}

/** Up to where orders go when the last number is another one: a single number is that one, where an order is meant already. @param {Reader} reader @param {string[]} implied */
function beforeMate({ tokens, at, known }, implied) {
  if (tokens.length - at > 1) return tokens.length - 1;
  const [only] = tokens.length > at ? fitting(known.board, tokens[at].text.replace(/^#/, "")) : [];
  return implied.length && !implied.includes(only?.id) ? at : tokens.length;
}

/** Whose pickup it is. @param {Reader} reader @returns {Gap | null} */
function readMate(reader) {
  const { tokens, args, known } = reader;
  const { words } = known;
  if (reader.at >= tokens.length) return missing(words("To which order? Type the number of one with the same pickup"));
  const ref = tokens[reader.at].text.replace(/^#/, "");
  reader.at += 1;
  const found = fitting(known.board, ref);
  if (!found.length) return wrong(words("There is no order {ref}", { ref }));
  if (found.length > 1) return wrong(words("Several orders are called {ref}: choose one in the list", { ref }));
  args.to = found[0];
  return null;
}

/**
 * Whether a text that is no order's number is what comes after them. A number that nobody has is a slip, never the first
 * word of a reason: else the wrong order would be cancelled.
 * @param {string} text @param {Reader} reader
 */
function isForNext(text, { next, args, known, tokens, at, rest }) {
  if (!next) return false;
  if (!/\d/.test(text)) return true;
  if (next === "minutes") return text.startsWith("+") || (args.refs.length > 0 && at === tokens.length - 1);
  if (next === "day") return args.refs.length > 0 || readDay(text, known) !== null || readShift(text) !== null;
  if (next === "taker" || next === "holder") return couriersCalled(rest.slice(tokens[at].start), known.board).length > 0;
  return args.refs.length > 0 && !/^#?\d{3,}$/.test(text);
}

/** An order, or a courier by the whole name. @param {Reader} reader @returns {Gap | null} */
function readAbout(reader) {
  const { tokens, at, args, known } = reader;
  const isOrder = at < tokens.length && tokens[at].text.split(",").some((ref) => fitting(known.board, ref).length);
  for (let length = isOrder ? 0 : Math.min(3, tokens.length - at); length > 0; length -= 1) {
    const name = plain(tokens.slice(at, at + length).map((token) => token.text).join(" "));
    const called = [...known.board.couriers.values()].filter(
      (one) => plain(one.name) === name || plain(one.name).split(" ")[0] === name,
    );
    if (called.length !== 1) continue;
    reader.at += length;
    args.courier = called[0];
    return null;
  }
  const gap = readOrders(reader);
  const selected = known.board.couriers.get(known.courier ?? "");
  if (gap?.kind !== "missing" || !selected) return gap;
  args.courier = selected;
  return null;
}

/** The rest of the line is a name. @param {Reader} reader @param {(courier: Courier) => boolean} isMeant among several @param {boolean} isFree whether none is needed @returns {Gap | null} */
function readCourier(reader, isMeant, isFree) {
  const { tokens, rest, args, known } = reader;
  if (reader.at >= tokens.length) {
    return isFree ? null : missing(known.words("To which courier? Type the beginning of the name"));
  }
  const name = rest.slice(tokens[reader.at].start).trim();
  reader.at = tokens.length;
  const [courier, gap] = oneCalled(name, known, isMeant);
  args.courier = courier;
  return gap;
}

/** Whose name ends where the next one's begins. @param {Reader} reader @returns {Gap | null} */
function readHolder(reader) {
  const { tokens, rest, args, known } = reader;
  const { words } = known;
  if (reader.at >= tokens.length) return missing(words("From which courier? Type the beginning of the name"));
  const holds = (/** @type {Courier} */ courier) => args.orders.some((order) => order.courier === courier.id);
  const start = tokens[reader.at].start;
  const ends = tokens.slice(reader.at).map((token) => token.end);
  const named = ends.map((end, place) => ({ place, end, found: oneCalled(rest.slice(start, end), known, holds)[0] }));
  const single = named.filter(({ found }) => found);
  const isSplit = (/** @type {{end: number}} */ { end }) => oneCalled(rest.slice(end).trim(), known, (one) => one.shift === "on")[0];
  const best = single.find((one) => one.end < rest.trimEnd().length && isSplit(one)) ?? single.at(-1);
  if (!best) {
    reader.at = tokens.length;
    return oneCalled(rest.slice(start).trim(), known, holds)[1];
  }
  args.from = best.found;
  reader.at += best.place + 1;
  return null;
}

/** @param {Reader} reader @returns {Gap | null} */
function readRider(reader) {
  const { tokens, rest, args, known, next } = reader;
  const selected = known.board.couriers.get(known.courier ?? "");
  const left = tokens.slice(reader.at);
  const isSpell = next === "spell" && left.length > 0 && readMinutes(left[left.length - 1].text) !== null;
  if (!left.length || (isSpell && left.length === 1 && selected)) {
    args.courier = selected;
    return selected ? null : missing(known.words("Which courier? Type the beginning of the name, or choose one first"));
  }
  const start = left[0].start;
  const whole = oneCalled(rest.slice(start).trim(), known, () => false);
  const isShorter = isSpell && !whole[0] && left.length > 1;
  const [courier, gap] = isShorter ? oneCalled(rest.slice(start, left[left.length - 2].end), known, () => false) : whole;
  reader.at = tokens.length - (isShorter ? 1 : 0);
  args.courier = courier;
  return gap;
}

/** @param {string} name @param {Known} known @param {(courier: Courier) => boolean} isMeant @returns {[Courier | undefined, Gap | null]} */
function oneCalled(name, { board, words }, isMeant) {
  const found = couriersCalled(name, board);
  const meant = found.length > 1 ? found.filter(isMeant) : found;
  if (meant.length === 1) return [meant[0], null];
  if (!found.length) return [undefined, wrong(words("There is no courier {name}", { name }))];
  return [undefined, wrong(words("Several couriers are called {name}: type more of the name", { name }))];
}

/** @param {Reader} reader @param {boolean} isFree @returns {Gap | null} */
function readNumber(reader, isFree) {
  const { tokens, args, known } = reader;
  if (reader.at >= tokens.length) return isFree ? null : missing(known.words("How many minutes? Type for instance +10"));
  const { text } = tokens[reader.at];
  reader.at += 1;
  const minutes = readMinutes(text);
  if (minutes === null) return wrong(known.words("“{text}” is no number of minutes from 1 to 240", { text }));
  args.minutes = minutes;
  return null;
}

/** @param {Reader} reader @returns {Gap | null} */
function readDayOf(reader) {
  const { tokens, args, known } = reader;
  const { words } = known;
  if (reader.at >= tokens.length) return missing(words("To when? Type tomorrow, a weekday, 2026-12-01, or minutes such as +30"));
  const { text } = tokens[reader.at];
  reader.at += 1;
  args.day = readDay(text, known) ?? undefined;
  args.minutes = readShift(text) ?? undefined;
  if (args.day || args.minutes) return null;
  return wrong(words("“{text}” is no day to come: type tomorrow, a weekday, 2026-12-01, or minutes such as +30", { text }));
}

/** @param {Reader} reader @returns {Gap | null} */
function readTags(reader) {
  const { tokens, args, known } = reader;
  if (reader.at >= tokens.length) return missing(known.words("Which tags? For instance: fragile"));
  args.tags = tagsIn(reader.rest.slice(tokens[reader.at].start));
  reader.at = tokens.length;
  return null;
}

/** @param {Reader} reader @returns {Gap | null} */
function readTarget(reader) {
  const { tokens, args, known, rest } = reader;
  const { words } = known;
  if (reader.at >= tokens.length) return missing(words("To which state? For instance: delivered"));
  const left = tokens.slice(reader.at);
  for (const length of [2, 1]) {
    if (left.length < length) continue;
    const step = overrideCalled(rest.slice(left[0].start, left[length - 1].end), words);
    if (!step) continue;
    reader.at += length;
    args.target = step;
    return null;
  }
  reader.at += 1;
  return wrong(words("“{text}” is no state that can be set: choose one of these", { text: left[0].text }));
}

/** @param {Reader} reader @param {string} question asked when there is none; "" when none is needed @returns {Gap | null} */
function readText(reader, question) {
  const { tokens, args, rest } = reader;
  const isGiven = reader.at < tokens.length;
  args.text = isGiven ? rest.slice(tokens[reader.at].start).trim() : "";
  reader.at = tokens.length;
  return isGiven || !question ? null : missing(question);
}

/** @param {Reader} reader @returns {Gap | null} */
function readSwitch(reader) {
  const { tokens, args, known } = reader;
  const { words } = known;
  const question = words("Does it begin or end? Type on or off");
  if (reader.at >= tokens.length) return missing(question);
  const said = plain(tokens[reader.at].text);
  reader.at += 1;
  const isOn = said === "on" || said === plain(words("begins"));
  if (!isOn && said !== "off" && said !== plain(words("ends"))) return wrong(question);
  args.isOn = isOn;
  return null;
}
