import assert from "node:assert/strict";
import { test } from "node:test";
import { apply, boardOf } from "../../assets/desk/board.js";
import { createIndex } from "../../assets/desk/find.js";
import { kitchensFor } from "../../assets/desk/forms/places.js";
import { forgiven, slips } from "../../assets/desk/nearly.js";
import { matches, plain, wordsOf } from "../../assets/desk/search.js";
import { board } from "./line_values.js";
import { courier, entry, order, snapshot } from "./values.js";

/** @param {string} text @param {import("../../assets/desk/board.js").Board} [of] */
function find(text, of = board) {
  const index = createIndex();
  index.follow(of);
  return index.find(text, 10).map(({ kind, id }) => `${kind} ${id}`);
}

test("orders are found by number, ends, names, tags and who has them", () => {
  assert.deepEqual(find("1042"), ["order o1"]);
  assert.deepEqual(find("kasarmi"), ["order o2"]);
  assert.deepEqual(find("fragile"), ["order o2"]);
  assert.deepEqual(find("ursula noe"), ["order o2"]);
  assert.deepEqual(find("boeuf"), ["restaurant Bœuf Bar", "order o4"]);
});

test("accents and case do not count, and whole words come before beginnings, beginnings before parts", () => {
  assert.equal(plain("Bœuf À L’Œuf"), "boeuf a l’oeuf");
  assert.deepEqual(wordsOf("Rue de l’Œuvre, 12"), ["rue", "de", "l", "oeuvre", "12"]);
  assert.equal(find("lea")[0], "courier lea");
  const streets = boardOf(
    snapshot({ orders: [street("a", "Ristokuja 1"), street("b", "Risto"), street("c", "Aristotle 3")], couriers: [] }),
  );
  assert.deepEqual(find("risto", streets).filter((one) => one.startsWith("order")), ["order b", "order a", "order c"]);
});

test("letters that no keyboard has are found by those that it has, in the list and in the form; signs part words", () => {
  const names = ["Bœuf Bar", "Crème Brûlée", "Ｐｉｚｚａ", "ﬁsh & chips", "Smørrebrød", "Café №5"];
  const kitchens = names.map((name) => ({ id: name, name, address: "", lat: 60.17, lon: 24.94, here: true }));
  /** @param {string} typed */
  const inForm = (typed) => kitchensFor(kitchens, typed).map(({ name }) => name);
  /** @param {string} typed */
  const inList = (typed) => names.filter((name) => matches(typed, [name]));
  for (const found of [inForm, inList])
    assert.deepEqual(["boeuf", "bœuf", "creme brulee", "pizza", "fish", "smorre", "CAFÉ"].map((typed) => found(typed)), [
      ["Bœuf Bar"], ["Bœuf Bar"], ["Crème Brûlée"], ["Ｐｉｚｚａ"], ["ﬁsh & chips"], ["Smørrebrød"], ["Café №5"],
    ]);
  assert.deepEqual(wordsOf("Café №5"), ["cafe", "5"]);
});

test("a name leads to the person or the place before what they have in hand", () => {
  assert.deepEqual(find("noé").slice(0, 3), ["courier noe", "order o2", "courier noemie"]);
  assert.equal(find("toscana")[0], "restaurant Toscana");
});

test("a small slip is forgiven in words, never in numbers", () => {
  for (const slip of ["tosacna", "tosana", "toscanna", "toxcana"]) assert.ok(find(slip).includes("order o1"), slip);
  assert.deepEqual(find("1024"), []);
  assert.equal(forgiven("1042"), 0);
  assert.equal(forgiven("lea"), 0);
  assert.equal(slips("pizer", "pizzeria", 1), 1);
  assert.equal(slips("kasar", "toscana", 1), Infinity);
});

test("what is right is not drowned in what is nearly right", () => {
  const two = boardOf(snapshot({ orders: [street("a", "Marine 1"), street("b", "Marina 2")], couriers: [] }));
  assert.deepEqual(find("marine", two).filter((one) => one.startsWith("order")), ["order a"]);
});

test("one entry of the journal writes one document anew, and the index knows what has come and gone", () => {
  const index = createIndex();
  let now = boardOf(snapshot({ seq: 1, orders: [order({ id: "o1", ref: "1042" }), order({ id: "o2", ref: "1043" })] }));
  index.follow(now);
  const before = index.written();
  now = apply(now, entry(2, { kind: "order.assigned", subject: "o1", data: { changes: { courier: "lea" } } }));
  index.follow(now);
  assert.equal(index.written(), before + 1);
  assert.deepEqual(index.find("1042 lea", 5).map(({ id }) => id), ["o1"]);
  index.follow(now);
  assert.equal(index.written(), before + 1);
  const without = { ...now, orders: new Map([...now.orders].filter(([id]) => id !== "o1")) };
  index.follow(without);
  assert.deepEqual(index.find("1042", 5), []);
  assert.equal(index.find("home", 5).length, 1);
});

test("a courier's new name leads to what they carry", () => {
  const index = createIndex();
  const first = boardOf(snapshot({ orders: [order({ courier: "lea" })] }));
  index.follow(first);
  index.follow({ ...first, couriers: new Map([["lea", courier({ name: "Zoé" })]]) });
  assert.deepEqual(index.find("zoe", 5).map(({ id }) => id), ["lea", "o1"]);
  assert.deepEqual(index.find("léa", 5).map(({ kind }) => kind), ["courier"]); // by the id, which stays
});

test("the lists are filtered by words in any order", () => {
  assert.ok(matches("noe 10", ["1042", "Noé"]));
  assert.ok(matches("", ["x"]));
  assert.ok(!matches("noe 11", ["1042", "Noé"]));
});

/** @param {string} id @param {string} address */
const street = (id, address) => order({ id, ref: `r${id}`, pickup: at("Kitchen"), dropoff: at(address) });
/** @param {string} address */
const at = (address) => ({ lat: 60, lon: 25, name: "", address, after: null, before: null });
