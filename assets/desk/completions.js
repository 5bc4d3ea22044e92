/**
 * How a command that is being typed may go on: the orders that it could be about, the couriers who could take them, …
 *
 * @import { Known } from "./arguments.js"
 * @import { Choice } from "./choices.js"
 * @import { Index } from "./find.js"
 * @import { Reading, Takes } from "./grammar.js"
 * @import { Courier, Order } from "./types.js"
 */
import { isOpen, loads } from "./board.js";
import { courierDetail, orderDetail } from "./choices.js";
import { dayName } from "./days.js";
import { couriersCalled, overrideName } from "./named.js";
import { plain } from "./search.js";
import { OVERRIDES, SHIFT_STEPS, whyNoOverride, whyNoShiftStep, whyNoStep } from "./steps.js";
import { whyNotAttach, whyNotDetach } from "./together.js";
import { dayOf } from "./wall.js";

const MOST = 8;
const HALF = 5;
const DAY_MS = 24 * 60 * 60 * 1000;
const DELAYS = ["+5", "+10", "+15", "+20", "+30"];
const SPELLS = ["10", "15", "20", "30", "45"];
/** Verbs that are about closed orders too. */
const CLOSED_TOO = new Set(["override", "record", "note", "tag", "untag"]);

/** @param {Reading} reading one with a verb @param {Known} known @param {Index} index @returns {Choice[]} the likeliest first */
export function completions(reading, known, index) {
  const { verb, args, typed } = reading;
  if (!verb || typed.takes === "verb") return [];
  const { takes, text } = typed;
  if (takes === "orders" || takes === "about") {
    const next = text.trim() || !args.orders.length || args.refs.length ? null : verb.takes[1];
    const orders = orderFills(reading, known, index);
    return next ? [...orders.slice(0, HALF), ...fills(next, "", reading, known).slice(0, HALF)] : orders;
  }
  const orders = args.isImplied && text.trim() && verb.takes[0] === "orders" ? orderFills(reading, known, index) : [];
  return [...fills(takes, text.trim(), reading, known), ...orders].slice(0, MOST);
}

/** @param {Takes} takes @param {string} text @param {Reading} reading @param {Known} known @returns {Choice[]} */
function fills(takes, text, reading, known) {
  const { words, format, now, board, locale, zone } = known;
  /** @param {[string, string][]} pairs what is filled in, and what it means */
  const plainFills = (pairs) =>
    pairs
      .filter(([value]) => plain(value).replace("+", "").startsWith(plain(text).replace("+", "")) && value !== text)
      .map(([value, detail]) => fill(value, value, detail, "", reading, known));
  switch (takes) {
    case "taker":
    case "holder":
    case "rider":
      return courierFills(takes, text, reading, known);
    case "mate":
      return mateFills(text, reading, known);
    case "minutes":
      return plainFills(DELAYS.map((value) => [value, words("{n} min", { n: value })]));
    case "spell":
      return plainFills(SPELLS.map((value) => [value, words("until {time}", { time: format.clock(now + Number(value) * 60000) })]));
    case "day":
      return plainFills(days(words("tomorrow"), now, zone, locale));
    case "tags":
      return plainFills(tagsOf(board.orders.values()).map((tag) => [tag, words("in use already")]));
    case "target":
      return plainFills(
        Object.keys(OVERRIDES)
          .filter((step) => !reading.args.orders.some((order) => whyNoOverride(step, order)))
          .map((step) => [overrideName(step, words), words("with a reason behind it")]),
      );
    case "switch":
      return plainFills([
        [isEnglish(locale) ? "on" : words("begins"), words("it begins to rain")],
        [isEnglish(locale) ? "off" : words("ends"), words("the rain has ended")],
      ]);
    default:
      return [];
  }
}

/** @param {string} text @param {Reading} reading @param {Known} known @returns {Choice[]} the orders whose pickup it can share */
const mateFills = (text, reading, known) =>
  [...known.board.orders.values()]
    .filter((order) => order.ref.toLowerCase().startsWith(text.replace(/^#/, "").toLowerCase()) && order.ref !== text)
    .filter((order) => reading.args.orders.every((one) => !whyNotAttach(one, order, known.board)))
    .slice(0, MOST)
    .map((order) => fill(order.ref, order.ref, orderDetail(order, known), order.id, reading, known));

/** @param {string} locale */
export const isEnglish = (locale) => locale.startsWith("en");

/** @param {string} tomorrow @param {number} now @param {string} zone @param {string} locale @returns {[string, string][]} */
const days = (tomorrow, now, zone, locale) =>
  Array.from({ length: 6 }, (_, at) => {
    const day = dayOf(now + (at + 1) * DAY_MS, zone);
    return [at ? day : tomorrow, dayName(day, locale)];
  });

/** @param {Iterable<Order>} orders @returns {string[]} the commonest first */
function tagsOf(orders) {
  /** @type {Map<string, number>} */
  const count = new Map();
  for (const { tags } of orders) for (const tag of tags ?? []) count.set(tag, (count.get(tag) ?? 0) + 1);
  return [...count].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)).map(([tag]) => tag);
}

/** @param {Reading} reading @param {Known} known @param {Index} index @returns {Choice[]} the chosen ones first, then those that wait */
function orderFills(reading, known, index) {
  const { verb, args, typed } = reading;
  const text = typed.text.trim().replace(/^#/, "").toLowerCase();
  const found = text ? index.find(text, 4 * MOST).filter(({ kind }) => kind === "order") : [];
  const rank = new Map(found.map(({ id }, place) => [id, place]));
  const isTyped = (/** @type {Order} */ order) => args.refs.some((ref) => ref.toLowerCase() === order.ref.toLowerCase());
  const isMeant = (/** @type {Order} */ { ref, id }) => !text || ref.toLowerCase().startsWith(text) || rank.has(id);
  const holds = typed.takes === "orders" || typed.takes === "about" || text !== "";
  return [...known.board.orders.values()]
    .filter((order) => holds && isMeant(order) && (!isTyped(order) || order.ref.toLowerCase() === text))
    .filter((order) => order.ref.toLowerCase() !== text && mayBeMeant(verb?.verb ?? "", order))
    .filter((order) => verb?.verb !== "detach" || !whyNotDetach(order, known.board))
    .map((order) => ({ order, at: standing(order, known) }))
    .sort((one, other) => one.at - other.at || promise(one.order) - promise(other.order) || (one.order.id < other.order.id ? -1 : 1))
    .slice(0, MOST)
    .map(({ order }) => fill(order.ref, order.ref, orderDetail(order, known), order.id, reading, known));
}

/** @param {string} verb @param {Order} order */
const mayBeMeant = (verb, order) =>
  CLOSED_TOO.has(verb) || (isOpen(order) && !whyNoStep(verb, order) && (verb !== "swap" || order.courier !== null));

/** @param {Order} order @param {Known} known */
function standing(order, { order: selected, chosen }) {
  if (order.id === selected) return 0;
  if (chosen.includes(order.id)) return 1;
  return isOpen(order) ? (order.courier ? 3 : 2) : 4;
}

/** @param {Order} order */
const promise = ({ dropoff }) => (dropoff.before ? Date.parse(dropoff.before) : Number.MAX_VALUE);

/** @param {Takes} takes @param {string} text @param {Reading} reading @param {Known} known @returns {Choice[]} those who can take it first */
function courierFills(takes, text, reading, known) {
  const { verb, args } = reading;
  const { board } = known;
  const named = takes === "holder" ? text.split(/\s+/)[0] : text;
  const called = couriersCalled(named, board);
  const load = loads(board);
  const cards = args.orders.length === 1 ? known.cards(args.orders[0].id) : null;
  const place = new Map((cards ?? []).map((card, at) => [card.courier, at]));
  const isMeant = (/** @type {Courier} */ one) => {
    if (takes === "holder") return args.orders.some((order) => order.courier === one.id);
    if (takes === "rider") return SHIFT_STEPS[verb?.verb ?? ""] ? !whyNoShiftStep(verb?.verb ?? "", one) : true;
    return args.orders.length !== 1 || args.orders[0].courier !== one.id;
  };
  return called
    .filter((one) => isMeant(one) && plain(one.name) !== plain(text))
    .sort(
      (one, other) =>
        shiftRank(one) - shiftRank(other) ||
        (place.get(one.id) ?? Infinity) - (place.get(other.id) ?? Infinity) ||
        (load.get(one.id)?.length ?? 0) - (load.get(other.id)?.length ?? 0) ||
        one.name.localeCompare(other.name),
    )
    .slice(0, MOST)
    .map((one) => fill(one.name, one.name, detailOf(one, known, cards), one.id, reading, known));
}

/** @param {Courier} courier */
const shiftRank = ({ shift }) => ["on", "break", "off"].indexOf(shift);

/** @param {Courier} courier @param {Known} known @param {import("./cards.js").Card[] | null} cards */
function detailOf(courier, known, cards) {
  const card = cards?.find((one) => one.courier === courier.id);
  const own = courierDetail(courier, known);
  if (!card || courier.shift !== "on") return own;
  return [own, card.can ? known.words("there at {time}", { time: card.arrival }) : card.why, card.can ? card.late[0] : ""]
    .filter(Boolean)
    .join(" · ");
}

/** @param {string} value @param {string} title @param {string} detail @param {string} id @param {Reading} reading @param {Known} known @returns {Choice} */
const fill = (value, title, detail, id, { typed }, { words }) => ({
  key: `fill-${id || value}`,
  sign: "",
  title,
  detail,
  does: words("Enter fills it in"),
  line: `${typed.head}${value} `,
  target: null,
});
