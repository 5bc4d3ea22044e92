import assert from "node:assert/strict";
import { test } from "node:test";

import { companies, companionsAt, companyText, heldBy, heldLine, TONES, tonesOf } from "../../assets/desk/company.js";
import { companyEdges } from "../../assets/desk/company_edges.js";
import { words } from "./values.js";

const colleagues = [
  { id: "b", name: "Bo", looking: "o1", holding: ["o2", "o3"] },
  { id: "c", name: "Cleo Martin", looking: "o2", holding: [] },
  { id: "d", name: "Dara", looking: null, holding: [] },
];

test("each order says who is at it, who of them holds it, and bears a stripe for each of them", () => {
  const found = companies(colleagues);
  const tones = tonesOf(colleagues);
  assert.deepEqual([...found.keys()].sort(), ["o1", "o2", "o3"]);
  const bo = { id: "b", name: "Bo", initials: "BO", tone: tones.get("b"), isHolding: false };
  assert.deepEqual(found.get("o1"), { people: [bo], names: "Bo", initials: "BO", held: "", edges: `linear-gradient(var(--person-${tones.get("b")}) 0% 100%)` });
  assert.equal(found.get("o2")?.names, "Bo, Cleo Martin");
  assert.equal(found.get("o2")?.initials, "BO CM");
  assert.equal(found.get("o2")?.held, "Bo");
  assert.equal(found.get("o2")?.edges, `linear-gradient(var(--person-${tones.get("b")}) 0% 50%, var(--person-${tones.get("c")}) 50% 100%)`);
});

/** @param {"pickup" | "dropoff"} kind @param {string} id @param {number} dx */
const mark = (kind, id, dx = 0) => /** @type {any} */ ({ kind, id, dx, position: [24.94, 60.17] });

test("on the map both ends of an order bear a bar in the colour that its colleague has in the list, broad when in hand", () => {
  const [bo, cleo] = ["b", "c"].map((id) => tonesOf(colleagues).get(id));
  const marks = [mark("pickup", "o2", 11), mark("dropoff", "o2"), mark("dropoff", "o1"), mark("dropoff", "nobody's")];
  const edges = companyEdges(marks, [], colleagues);
  assert.deepEqual(
    edges.map(({ icon, offset: [right] }) => [icon, right]),
    [[`held-${bo}`, 11], [`seen-${cleo}`, 11], [`held-${bo}`, 0], [`seen-${cleo}`, 0], [`seen-${bo}`, 0]],
  );
  assert.ok(edges[1].offset[1] > edges[0].offset[1], "they lie on each other");
  assert.deepEqual(companyEdges(marks, [], colleagues.slice(1)).map(({ icon }) => icon), [`seen-${tonesOf(colleagues.slice(1)).get("c")}`, `seen-${tonesOf(colleagues.slice(1)).get("c")}`]);
  assert.deepEqual(companyEdges(marks, [], []), []);
});

test("a group of orders bears a bar for each who is at one of them, once", () => {
  const group = /** @type {any} */ ({ kind: "orders", id: "g1", members: ["o1", "o2", "o3"], dx: 0, position: [24.94, 60.17], size: 40 });
  assert.deepEqual(companionsAt(colleagues, group.members).map(({ name, isHolding }) => [name, isHolding]), [["Bo", true], ["Cleo Martin", false]]);
  assert.equal(companyEdges([], [group], colleagues).length, 2);
});

test("who is at an order is said in words, too: who has it in hand before who looks", () => {
  const found = companies(colleagues);
  assert.deepEqual(
    ["o1", "o2", "o4"].map((order) => companyText(found.get(order), words)),
    ["Bo is looking at it", "Bo has it in hand", ""],
  );
});

test("nothing is gathered anew as long as nobody moves", () => {
  assert.equal(companies(colleagues), companies(colleagues));
  assert.notEqual(companies(colleagues), companies([...colleagues]));
});

test("as many colleagues as there are colours have one each, whoever else is there", () => {
  const many = Array.from({ length: TONES }, (_, at) => ({ id: `person-${at}`, name: "X", looking: null }));
  assert.equal(new Set(tonesOf(many).values()).size, TONES);
  const more = [...many, { id: "one more", name: "X", looking: null }];
  assert.ok([...tonesOf(more).values()].every((tone) => tone >= 1 && tone <= TONES));
});

test("a person alone has the same colour in every window", () => {
  assert.equal(tonesOf([colleagues[0]]).get("b"), tonesOf([...colleagues.slice(0, 1)]).get("b"));
});

test("what others hold is said before it is acted upon: by name, and of several how many", () => {
  const refOf = (/** @type {string} */ order) => `10${order.slice(1)}`;
  assert.deepEqual(heldBy(colleagues, "o2"), ["Bo"]);
  assert.equal(heldLine(colleagues, ["o1"], refOf, words), "");
  assert.equal(heldLine(colleagues, [], refOf, words), "");
  assert.equal(heldLine(colleagues, ["o2", "o1"], refOf, words), "Bo has 102 in hand just now: ask first");
  assert.equal(heldLine(colleagues, ["o1", "o2", "o3"], refOf, words), "Bo has 2 of these in hand just now: ask first");
});
