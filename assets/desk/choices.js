/**
 * What stands below the line: what was found, and how the command that is being typed may go on. Each choice says what Enter
 * will do with it.
 *
 * @import { Known } from "./arguments.js"
 * @import { Index } from "./find.js"
 * @import { Reading, Verb } from "./grammar.js"
 * @import { Served, Spot, Past } from "./asking.js"
 * @import { Courier, Order, Words } from "./types.js"
 * @typedef {{kind: "order" | "courier" | "restaurant", id: string} | {kind: "spot", spot: Spot} | {kind: "past", past: Past}} Target
 * @typedef {{
 *   key: string, sign: string, title: string, detail: string, does: string, line: string | null, target: Target | null,
 * }} Choice `line` is the whole line when it is filled in; else Enter goes to `target`.
 */
import { isOpen, loads } from "./board.js";
import { completions, isEnglish } from "./completions.js";
import { VERBS } from "./grammar.js";
import { plain } from "./search.js";
import { orderState, shiftState } from "./states.js";

const MOST_OF_A_KIND = 6;
const MOST = 14;
/** From this score on a word was only found within another, or with a slip. */
const LOOSE = 20;

/**
 * @param {string} line @param {Reading} reading @param {Known} known @param {Index} index @param {Served} served
 * @returns {Choice[]}
 */
export function choicesOf(line, reading, known, index, served) {
  const text = line.trim();
  const { spots, past } = served;
  const gone = past.filter(({ order }) => !known.board.orders.has(order.id));
  if (!text) return VERBS.map((verb) => verbChoice(verb, known));
  if (reading.verb) {
    const fills = completions(reading, known, index);
    const isOther = reading.gap?.kind === "wrong" && !fills.length;
    const closed = reading.verb.verb === "record" ? gone.map((one) => pastChoice(one, known)) : [];
    const others = isOther ? foundChoices(text, known, index, { spots, past: gone }) : [];
    return [...fills, ...closed, ...others].slice(0, MOST);
  }
  const rank = (/** @type {Verb} */ verb) => known.names.all(verb).findIndex((name) => name.startsWith(plain(text)));
  const begun = VERBS.filter((verb) => rank(verb) >= 0).sort((one, other) => rank(one) - rank(other));
  const verbs = begun.map((verb) => verbChoice(verb, known));
  const found = foundChoices(text, known, index, { spots, past: gone });
  return index.find(text, 1)[0]?.score < LOOSE ? [...found, ...verbs] : [...verbs, ...found];
}

/** @param {string} text @param {Known} known @param {Index} index @param {Served} served @returns {Choice[]} */
function foundChoices(text, known, index, served) {
  const found = index.find(text, MOST_OF_A_KIND).slice(0, MOST);
  return [
    ...found.flatMap(({ kind, id }) => {
      if (kind === "order") return orderFound(known.board.orders.get(id), known);
      return kind === "courier" ? courierFound(known.board.couriers.get(id), known) : restaurantFound(id, known, index);
    }),
    ...served.spots.map((spot) => spotChoice(spot, known.words)),
    ...served.past.map((past) => pastChoice(past, known)),
  ];
}

/** @param {Verb} verb @param {Known} known @returns {Choice} */
function verbChoice(verb, { names, words, locale }) {
  const name = names.shown(verb);
  return {
    key: `verb-${verb.verb}`,
    sign: words("command"),
    title: [name, ...verb.takes.map((takes) => sample(takes, words, locale))].join(" "),
    detail: words(verb.does),
    does: words("Enter fills it in"),
    line: verb.takes.length ? `${name} ` : name,
    target: null,
  };
}

/** @param {import("./grammar.js").Takes} takes @param {Words} words @param {string} locale */
function sample(takes, words, locale) {
  switch (takes) {
    case "orders":
    case "about":
      return "1042";
    case "mate":
      return "1041";
    case "taker":
    case "rider":
      return "lea";
    case "holder":
      return "noe";
    case "minutes":
    case "spell":
      return "+10";
    case "day":
      return words("tomorrow");
    case "tags":
      return words("fragile");
    case "target":
      return words("delivered");
    case "switch":
      return isEnglish(locale) ? "on" : words("begins");
    case "words":
      return words("pizzeria");
    default:
      return words("because…");
  }
}

/** @param {Order | undefined} order @param {Known} known @returns {Choice[]} */
function orderFound(order, known) {
  if (!order) return [];
  const { words } = known;
  return [
    {
      key: `order-${order.id}`,
      sign: words("order"),
      title: order.ref,
      detail: orderDetail(order, known),
      does: words("Enter goes there"),
      line: null,
      target: { kind: "order", id: order.id },
    },
  ];
}

/** @param {Order} order @param {Known} known @returns {string} Toscana → Home 2 · ready · Léa */
export function orderDetail({ pickup, dropoff, state, courier, tags }, { words, board }) {
  const holder = courier ? (board.couriers.get(courier)?.name ?? courier) : "";
  const way = `${pickup.name || pickup.address} → ${dropoff.address || dropoff.name}`;
  const waits = !courier && isOpen({ state }) ? words("waiting") : holder;
  return [way, orderState(state, words).name, waits, (tags ?? []).join(", ")].filter(Boolean).join(" · ");
}

/** @param {Courier | undefined} courier @param {Known} known @returns {Choice[]} */
function courierFound(courier, known) {
  if (!courier) return [];
  const { words } = known;
  return [
    {
      key: `courier-${courier.id}`,
      sign: words("courier"),
      title: courier.name,
      detail: courierDetail(courier, known),
      does: words("Enter goes there"),
      line: null,
      target: { kind: "courier", id: courier.id },
    },
  ];
}

/** @param {Courier} courier @param {Known} known @returns {string} on shift · 2 in hand */
export function courierDetail(courier, { words, board, format }) {
  const load = loads(board).get(courier.id)?.length ?? 0;
  const state = shiftState(courier.shift, words).name;
  return load ? [state, words("{count} in hand", { count: format.count(load) })].join(" · ") : state;
}

/** @param {string} id @param {Known} known @param {Index} index @returns {Choice[]} */
function restaurantFound(id, { words, board, format }, index) {
  const restaurant = index.restaurant(id);
  if (!restaurant) return [];
  const open = [...board.orders.values()].filter(
    (order) => isOpen(order) && (order.restaurant ?? order.pickup.name) === id,
  ).length;
  const orders = words("{n} open {n:order|orders}", { n: format.count(open) });
  return [
    {
      key: `restaurant-${id}`,
      sign: words("restaurant"),
      title: restaurant.name,
      detail: [restaurant.place.address, orders].filter(Boolean).join(" · "),
      does: words("Enter shows it and its orders"),
      line: null,
      target: { kind: "restaurant", id },
    },
  ];
}

/** @param {Spot} spot @param {Words} words @returns {Choice} */
const spotChoice = (spot, words) => ({
  key: `spot-${spot.kind}-${spot.name}-${spot.lat}-${spot.lon}`,
  sign: words("address"),
  title: spot.name,
  detail: spot.detail,
  does: words("Enter shows it on the map"),
  line: null,
  target: { kind: "spot", spot },
});

/** @param {Past} past @param {Known} known @returns {Choice} */
function pastChoice(past, known) {
  const { words, format } = known;
  const time = past.closed_at ? format.clock(Date.parse(past.closed_at)) : "";
  return {
    key: `past-${past.order.id}`,
    sign: words("closed"),
    title: past.order.ref,
    detail: [orderDetail(past.order, known), time].filter(Boolean).join(" · "),
    does: words("Enter shows what happened to it"),
    line: null,
    target: { kind: "past", past },
  };
}
