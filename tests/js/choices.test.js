import assert from "node:assert/strict";
import { test } from "node:test";
import { choices } from "./line_values.js";

/** @param {string} line @param {object} [more] */
const lines = (line, more) => choices(line, more).map((choice) => choice.line);
/** @param {string} line @param {object} [more] */
const titles = (line, more) => choices(line, more).map((choice) => choice.title);

test("the empty line teaches the commands, each with an example and what it does", () => {
  const all = choices("");
  assert.ok(all.length > 20);
  assert.deepEqual(all[0], {
    key: "verb-assign",
    sign: "command",
    title: "assign 1042 lea",
    detail: "gives orders to a courier",
    does: "Enter fills it in",
    line: "assign ",
    target: null,
  });
});

test("the beginning of a verb is completed", () => {
  assert.equal(lines("unas")[0], "unassign ");
  assert.ok(lines("re").includes("ready "));
});

test("after the verb come the orders that it can be about: the selected one first, then those that wait", () => {
  assert.deepEqual(lines("assign "), ["assign 1042 ", "assign 1043 ", "assign 1044 "]);
  const meant = lines("assign ", { order: "o3" });
  assert.equal(meant[0], "assign 1044 ");
  assert.ok(meant.includes("assign Noé "), "the selected one is meant where none is typed");
  assert.deepEqual(lines("unassign "), ["unassign 1043 "]);
  assert.deepEqual(lines("delivered "), ["delivered 1044 "]);
  assert.equal(choices("assign ")[0].detail, "Toscana → Bulevardi 9 · placed · waiting");
});

test("an order is completed by its number, or by a word that is known of it", () => {
  assert.deepEqual(lines("assign 104"), ["assign 1042 ", "assign 1043 ", "assign 1044 "]);
  assert.deepEqual(lines("assign ursu"), ["assign 1043 "]);
  assert.deepEqual(lines("assign 1042,104"), ["assign 1042,1043 ", "assign 1042,1044 "]);
});

test("then the couriers: those on shift first, with the least in hand, or as the card ranks them", () => {
  assert.deepEqual(titles("assign 1042 "), ["Courier 1", "Courier 10", "Léa", "Noé", "Léon", "Noémie Dupont"]);
  const card = /** @type {any} */ ({ courier: "noe", can: true, arrival: "12:20", late: ["4 min early", "good"], why: "" });
  assert.equal(titles("assign 1042 ", { cards: () => [card] })[0], "Noé");
  assert.equal(choices("assign 1042 no", { cards: () => [card] })[0].detail, "on shift · 1 in hand · there at 12:20 · 4 min early");
  assert.deepEqual(lines("assign 1042 no"), ["assign 1042 Noé ", "assign 1042 Noémie Dupont "]);
  assert.deepEqual(titles("swap 1043 "), ["Noé"]);
  assert.ok(!titles("assign 1043 ").includes("Noé"), "who has it already");
});

test("of a shift those for whom it can be", () => {
  assert.deepEqual(titles("resume "), ["Léon"]);
  assert.deepEqual(titles("start "), ["Noémie Dupont"]);
});

test("minutes, days, tags, states and on or off are offered where they come", () => {
  assert.deepEqual(lines("delay 1042 ").slice(0, 2), ["delay 1042 +5 ", "delay 1042 +10 "]);
  assert.deepEqual(lines("delay 1042 2"), ["delay 1042 +20 "]);
  assert.equal(lines("reschedule 1042 ")[0], "reschedule 1042 tomorrow ");
  assert.deepEqual(lines("tag 1042 "), ["tag 1042 fragile "]);
  assert.deepEqual(lines("override 1043 "), ["override 1043 delivered "]);
  assert.deepEqual(lines("override 1050 "), ["override 1050 reopened "]);
  assert.deepEqual(lines("rain "), ["rain on ", "rain off "]);
});

test("words alone find orders, couriers and restaurants, and say where Enter leads", () => {
  const [first, second] = choices("toscana");
  assert.equal(`${first.sign} ${first.title}: ${first.detail} (${first.does})`, "restaurant Toscana: Toscana 1 · 2 open orders (Enter shows it and its orders)");
  assert.deepEqual(second.target, { kind: "order", id: "o1" });
  assert.equal(choices("léa")[0].detail, "on shift · 1 in hand");
});

test("where a command makes no sense, its words are looked for", () => {
  assert.ok(titles("note ursula").includes("1043"));
});
