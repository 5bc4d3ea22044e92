/**
 * What the desk can find at once: orders, couriers and the places that orders come from. Words lead to what they stand in;
 * the index follows the board by what has changed in it, so that one entry of the journal moves one document.
 *
 * @import { Board } from "./board.js"
 * @import { Courier, Order, Place } from "./types.js"
 * @typedef {"order" | "courier" | "restaurant"} Kind
 * @typedef {{kind: Kind, id: string, score: number, promise: string}} Found The lower the score, the better; `promise` as RFC 3339.
 * @typedef {{id: string, name: string, place: Place}} Restaurant
 * @typedef {ReturnType<typeof createIndex>} Index
 */
import { isOpen } from "./board.js";
import { forgiven, slips } from "./nearly.js";
import { wordsOf } from "./search.js";

/** How a word was found; the weights of the fields lie between two levels. */
const [EXACT, BEGINS, WITHIN, SLIPPED] = [0, 10, 20, 30];
const [IN_REF, IN_NAME, IN_ADDRESS, IN_NOTE, IN_COURIER] = [0, 1, 2, 3, 4];
/** After every promise. */
const LAST = "~";
/** Texts whose words are remembered: streets and kitchens come again and again. */
const MOST_TEXTS = 20000;
/** At the same score: whoever types a name means the person or the place before what they have in hand. */
const KINDS = { courier: 0, restaurant: 1, order: 2 };

export function createIndex() {
  /** Which documents have a word, with the weight of the field. @type {Map<string, Map<string, number>>} */
  const vocabulary = new Map();
  /** The words of each document. @type {Map<string, Set<string>>} */
  const documents = new Map();
  /** @type {Map<string, string[]>} */
  const texts = new Map();
  /** What couriers were called when they were written. @type {Map<string, string>} */
  const names = new Map();
  /** @type {Map<string, Restaurant>} */
  const restaurants = new Map();
  /** @type {Board | null} */
  let followed = null;
  let written = 0;

  /** @param {string} key @param {[string, number][]} fields each a text and its weight */
  function write(key, fields) {
    drop(key);
    written += 1;
    const words = new Set();
    for (const [text, weight] of fields) {
      for (const word of wordsIn(text)) {
        words.add(word);
        const posts = vocabulary.get(word);
        if (posts) posts.set(key, Math.min(weight, posts.get(key) ?? weight));
        else vocabulary.set(word, new Map([[key, weight]]));
      }
    }
    documents.set(key, words);
  }

  /** @param {string} text @returns {string[]} */
  function wordsIn(text) {
    if (!text) return [];
    const known = texts.get(text);
    if (known) return known;
    if (texts.size > MOST_TEXTS) texts.clear();
    const found = wordsOf(text);
    texts.set(text, found);
    return found;
  }

  /** @param {string} key */
  function drop(key) {
    for (const word of documents.get(key) ?? []) {
      const posts = vocabulary.get(word);
      posts?.delete(key);
      if (!posts?.size) vocabulary.delete(word);
    }
    documents.delete(key);
  }

  /** @param {Board} board */
  function follow(board) {
    const before = followed;
    followed = board;
    const renamed = new Set();
    if (board.couriers !== before?.couriers) {
      for (const courier of board.couriers.values()) if (followCourier(courier)) renamed.add(courier.id);
    }
    if (board.orders === before?.orders && !renamed.size) return;
    let stayed = 0;
    for (const [id, order] of board.orders) {
      const known = before?.orders.get(id);
      if (known) stayed += 1;
      if (known !== order || renamed.has(order.courier)) writeOrder(order, board);
    }
    if (before && stayed < before.orders.size)
      for (const id of before.orders.keys()) if (!board.orders.has(id)) drop(`order:${id}`);
  }

  /** @param {Courier} courier @returns {boolean} whether the name is another one */
  function followCourier(courier) {
    const key = `courier:${courier.id}`;
    if (names.get(key) === courier.name) return false;
    names.set(key, courier.name);
    write(key, [[courier.name, IN_REF], [courier.id, IN_NAME]]);
    return true;
  }

  /** @param {Order} order @param {Board} board */
  function writeOrder(order, board) {
    write(`order:${order.id}`, fieldsOf(order, board.couriers.get(order.courier ?? "")?.name ?? ""));
    followRestaurant(order);
  }

  /** They stay found when their last order has left the board. @param {Order} order */
  function followRestaurant({ restaurant, pickup }) {
    const id = restaurant ?? pickup.name;
    const name = pickup.name || restaurant;
    if (!id || !name || restaurants.get(id)?.name === name) return;
    restaurants.set(id, { id, name, place: pickup });
    write(`restaurant:${id}`, [[name, IN_REF], [pickup.address, IN_ADDRESS]]);
  }

  /** @param {string} word @param {boolean} isLenient whether slips are forgiven even where it was found @returns {Map<string, number>} the documents' scores */
  function post(word, isLenient) {
    const found = new Map();
    for (const [known, posts] of vocabulary) {
      const level = known === word ? EXACT : known.startsWith(word) ? BEGINS : within(word, known);
      if (level !== null) keepBest(found, posts, level);
    }
    const most = isLenient || !found.size ? forgiven(word) : 0;
    if (most) {
      for (const [known, posts] of vocabulary) {
        const wrong = isNumber(known) ? 0 : slips(word, known, most);
        if (wrong && wrong <= most) keepBest(found, posts, SLIPPED + 5 * wrong);
      }
    }
    return found;
  }

  /** @param {string[]} words @param {boolean} isLenient @returns {Map<string, number>} */
  function having(words, isLenient) {
    const [first, ...more] = words.map((word) => post(word, isLenient)).sort((one, other) => one.size - other.size);
    return new Map(
      [...first].flatMap(([key, score]) => {
        const others = more.map((posts) => posts.get(key) ?? Infinity);
        const sum = others.reduce((all, one) => all + one, score);
        return sum < Infinity ? [[key, sum]] : [];
      }),
    );
  }

  /** @param {string} key @param {number} score @returns {Found} */
  function foundOf(key, score) {
    const cut = key.indexOf(":");
    const kind = /** @type {Kind} */ (key.slice(0, cut));
    const id = key.slice(cut + 1);
    const order = kind === "order" ? followed?.orders.get(id) : undefined;
    const promise = order?.dropoff.before ?? LAST;
    return { kind, id, score: order && !isOpen(order) ? score + 0.5 : score, promise };
  }

  return {
    follow,
    /** @param {string} text @param {number} limit of each kind @returns {Found[]} the best first */
    find(text, limit) {
      const words = wordsOf(text);
      if (!words.length) return [];
      const strict = having(words, false);
      const keys = strict.size ? strict : having(words, true);
      const found = [...keys].map(([key, score]) => foundOf(key, score)).sort(byScore);
      const count = { order: 0, courier: 0, restaurant: 0 };
      return found.filter(({ kind }) => (count[kind] += 1) <= limit);
    },
    /** @param {string} id */
    restaurant: (id) => restaurants.get(id) ?? null,
    /** How many documents were written since the start. */
    written: () => written,
  };
}

/** @param {Found} one @param {Found} other */
const byScore = (one, other) =>
  one.score - other.score ||
  KINDS[one.kind] - KINDS[other.kind] ||
  (one.promise < other.promise ? -1 : one.promise > other.promise ? 1 : one.id < other.id ? -1 : 1);

/** @param {string} word one without letters, as most are: nobody means it by a slip in a name */
const isNumber = (word) => word.charCodeAt(0) < 58;

/** A single letter stands in nearly every word. @param {string} word @param {string} known */
const within = (word, known) => (word.length > 1 && known.includes(word) ? WITHIN : null);

/** @param {Map<string, number>} found @param {Map<string, number>} posts @param {number} level */
function keepBest(found, posts, level) {
  for (const [key, weight] of posts) {
    const known = found.get(key);
    if (known === undefined || level + weight < known) found.set(key, level + weight);
  }
}

/** @param {Order} order @param {string} courier @returns {[string, number][]} */
const fieldsOf = ({ ref, pickup, dropoff, note, desk_note: deskNote, tags }, courier) => [
  [ref, IN_REF],
  [pickup.name, IN_NAME],
  [dropoff.name, IN_NAME],
  [pickup.address, IN_ADDRESS],
  [dropoff.address, IN_ADDRESS],
  [(tags ?? []).join(" "), IN_NOTE],
  [note ?? "", IN_NOTE],
  [deskNote ?? "", IN_NOTE],
  [courier, IN_COURIER],
];
