/**
 * What the line knows in the tests: a board with some orders and couriers, and nothing chosen.
 *
 * @import { Known } from "../../assets/desk/arguments.js"
 */
import { boardOf } from "../../assets/desk/board.js";
import { createIndex } from "../../assets/desk/find.js";
import { choicesOf } from "../../assets/desk/choices.js";
import { newNames, readLine } from "../../assets/desk/grammar.js";
import { meaningOf } from "../../assets/desk/meaning.js";
import { courier, format, NOON, order, snapshot, words } from "./values.js";

const way = (/** @type {string} */ from, /** @type {string} */ to) => ({
  restaurant: null,
  pickup: { lat: 60.17, lon: 24.94, name: from, address: `${from} 1`, after: null, before: null },
  dropoff: { lat: 60.171, lon: 24.95, name: "", address: to, after: null, before: null },
});

export const board = boardOf(
  snapshot({
    orders: [
      order({ id: "o1", ref: "1042", version: 3, ...way("Toscana", "Bulevardi 9") }),
      order({ id: "o2", ref: "1043", courier: "noe", state: "ready", ...way("Café Ursula", "Kasarmikatu 21"), tags: ["fragile"] }),
      order({ id: "o3", ref: "1044", courier: "lea", state: "picked_up", ...way("Toscana", "Home 2") }),
      order({ id: "o4", ref: "1050", state: "delivered", courier: "lea", ...way("Bœuf Bar", "Annankatu 3") }),
    ],
    couriers: [
      courier({ id: "lea", name: "Léa" }),
      courier({ id: "noe", name: "Noé" }),
      courier({ id: "leon", name: "Léon", shift: "break" }),
      courier({ id: "noemie", name: "Noémie Dupont", shift: "off" }),
      courier({ id: "c1", name: "Courier 1" }),
      courier({ id: "c10", name: "Courier 10" }),
    ],
  }),
);

export const names = newNames(words, [{ "verb: assign give": "verbe : confier", "verb: delay": "verbe : retarder" }]);

/** @param {Partial<Known>} [more] @returns {Known} */
export const known = (more = {}) => ({
  board,
  chosen: [],
  order: null,
  courier: null,
  names,
  words,
  format,
  now: NOON,
  zone: "Europe/Helsinki",
  locale: "en-GB",
  cards: () => null,
  ...more,
});

/** @param {string} line @param {Partial<Known>} [more] */
export const meaning = (line, more) => meaningOf(readLine(line, known(more)), known(more));

/** @param {string} line @param {Partial<Known>} [more] */
export const choices = (line, more) => {
  const now = known(more);
  const index = createIndex();
  index.follow(now.board);
  return choicesOf(line, readLine(line, now), now, index, { spots: [], past: [] });
};
