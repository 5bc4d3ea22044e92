// What the desk's line takes to answer at so many orders: made once, moved on by one entry, asked. Figures in ms as JSON.
import { apply, boardOf } from "../../assets/desk/board.js";
import { createIndex } from "../../assets/desk/find.js";

const { orders = 5000, couriers = 200, runs = 30 } = JSON.parse(process.argv[2] ?? "{}");
const STREETS = ["Bulevardi", "Annankatu", "Kasarmikatu", "Mannerheimintie", "Pohjoisesplanadi", "Korkeavuorenkatu", "Fredrikinkatu",
  "Kluuvikatu", "Aleksanterinkatu", "Eteläesplanadi", "Uudenmaankatu", "Lönnrotinkatu", "Yrjönkatu", "Kalevankatu", "Unioninkatu"];
const KITCHENS = ["Toscana", "Café Ursula", "Bœuf Bar", "MorriSon’s Pizzeria", "Samovar", "Werner", "Apollo Street Bar", "Kim Cafe"];
const NAMES = ["Léa", "Noé", "Inès", "Väinö", "Aino", "Camille", "Eetu", "Onni", "Manon", "Elias"];
const ASKED = ["1042", "10", "b", "toscana", "tosacna", "lea bulevardi", "mannerheimintie 12", "korkaevuorenkatu", "nobody of that name",
  "fragile", "a 1 k", "samovar fredrik 7 noé"];

/** @param {number} number */
const order = (number) => {
  const place = (/** @type {string} */ name, /** @type {string} */ street) => ({
    lat: 60.17, lon: 24.94, name, address: `${street} ${1 + (number % 90)}`, after: null, before: new Date(1e12 + number * 6e4).toISOString(),
  });
  return {
    id: `o${number}`, coop: "acme", ref: String(1000 + number), kind: "meal", restaurant: `r${number % 400}`,
    pickup: place(`${KITCHENS[number % KITCHENS.length]} ${number % 400}`, STREETS[number % STREETS.length]),
    dropoff: place("", STREETS[(number * 7) % STREETS.length]), placed_at: "2026-11-24T12:00:00.000Z", ready_at: null,
    state: "ready", courier: number % 3 ? `c${number % couriers}` : null, version: 1, tags: number % 50 ? [] : ["fragile"],
  };
};
const courier = (/** @type {number} */ number) => ({
  id: `c${number}`, coop: "acme", name: `${NAMES[number % NAMES.length]} ${number}`, shift: "on", shift_started_at: null,
  break_started_at: null, version: 1, vehicle: "bicycle",
});

/** @param {() => void} work */
function timed(work) {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}
/** @param {number[]} all */
const median = (all) => [...all].sort((one, other) => one - other)[all.length >> 1];
const rounded = (/** @type {number} */ ms) => Number(ms.toFixed(2));

let board = boardOf(/** @type {any} */ ({
  coop: "acme", seq: 1, at: "2026-11-24T12:00:00.000Z",
  orders: Array.from({ length: orders }, (_, number) => order(number)),
  couriers: Array.from({ length: couriers }, (_, number) => courier(number)),
}));
const made = Array.from({ length: 5 }, () => timed(() => createIndex().follow(board)));
const index = createIndex();
index.follow(board);
const before = index.written();
const moved = Array.from({ length: runs }, (_, run) => {
  board = apply(board, /** @type {any} */ ({
    seq: board.seq + 1, at: "2026-11-24T12:00:01.000Z", kind: "order.assigned", subject: `o${run * 17}`, version: 2,
    data: { changes: { courier: `c${run}` } },
  }));
  return timed(() => index.follow(board));
});
const written = (index.written() - before) / runs;
const asked = ASKED.map((text) => ({ text, ms: median(Array.from({ length: runs }, () => timed(() => index.find(text, 6)))) }));
const slowest = asked.reduce((one, other) => (one.ms > other.ms ? one : other));
console.log(JSON.stringify({
  orders, made_ms: rounded(median(made)), one_entry_ms: rounded(median(moved)), written_per_entry: written,
  median_query_ms: rounded(median(asked.map(({ ms }) => ms))), slowest_query_ms: rounded(slowest.ms), slowest_query: slowest.text,
}));
