import assert from "node:assert/strict";
import { test } from "node:test";
import { boardOf } from "../../assets/desk/board.js";
import { readCommand } from "../../assets/desk/palette.js";
import { matches } from "../../assets/desk/search.js";
import { createWords } from "../../assets/desk/words.js";
import { courier, order, snapshot, words } from "./values.js";

const board = boardOf(
  snapshot({
    orders: [order({ version: 3 }), order({ id: "o2", ref: "1043", courier: "lea" })],
    couriers: [
      courier(),
      courier({ id: "leon", name: "Léon" }),
      courier({ id: "noe", name: "Noé", shift: "off" }),
      courier({ id: "noemie", name: "Noémie" }),
    ],
  }),
);
/** @param {string} line */
const read = (line) => readCommand(line, board, words);

test("assign REF NAME gives the order, without accents and with the beginning of the name alone", () => {
  assert.deepEqual(read("assign 1042 leo").intent, { verb: "assign", order: "o1", courier: "leon", version: 3 });
  assert.equal(read("ASSIGN 1042 Léa").intent?.courier, "lea");
});

test("among several only those on shift are meant, and a whole name before a beginning", () => {
  assert.equal(read("assign 1042 noe").intent?.courier, "noemie");
  assert.match(read("assign 1042 le").refusal?.text ?? "", /^Several couriers/);
});

test("assign REF opens the menu, unassign REF takes back", () => {
  assert.equal(read("assign 1042").intent?.verb, "menu");
  assert.deepEqual(read("unassign 1043").intent, { verb: "unassign", order: "o2", version: 1 });
});

test("the verbs of the language work beside the English ones", () => {
  const french = createWords({ assign: "confier" });
  assert.equal(readCommand("confier 1042 lea", board, french).intent?.courier, "lea");
  assert.equal(readCommand("assign 1042 lea", board, french).intent?.courier, "lea");
});

test("what cannot be done is refused in words", () => {
  assert.equal(read("assign 9999 lea").refusal?.text, "There is no order 9999");
  assert.equal(read("assign 1042 bob").refusal?.text, "There is no courier bob");
  assert.equal(read("assign 1043 léa").refusal?.text, "1043 is already with that courier");
  assert.equal(read("unassign 1042").refusal?.text, "1042 has no courier: there is nothing to take back");
});

test("anything else is looked for", () => {
  for (const line of ["tosc", "1042", "assign", "  "]) assert.equal(read(line).find, line.trim());
});

test("finding knows no accents and takes words in any order", () => {
  assert.ok(matches("noe 10", ["1042", "Noé"]));
  assert.ok(matches("", ["x"]));
  assert.ok(!matches("noe 11", ["1042", "Noé"]));
});

test("rain on and rain off are written down; other words about rain only filter", () => {
  assert.deepEqual(read("rain on").intent, { verb: "rain_on", order: "", version: 0 });
  assert.equal(read("Rain OFF").intent?.verb, "rain_off");
  assert.equal(read("rain").find, "rain");
  assert.equal(read("rain on now").find, "rain on now");
});
