import assert from "node:assert/strict";
import { test } from "node:test";
import { boardOf } from "../../assets/desk/board.js";
import { loadLabels, nameLabels, rideAlong } from "../../assets/desk/labels.js";
import { initials } from "../../assets/desk/initials.js";
import { orderMarks } from "../../assets/desk/marks.js";
import { advance, moveTo } from "../../assets/desk/motion.js";
import { newPaint, paintCouriers } from "../../assets/desk/paint.js";
import { addSeats, newRoster } from "../../assets/desk/roster.js";
import { courierTones } from "../../assets/desk/tones.js";
import { at, courier, format, MINUTE, NOON, order, seat, snapshot, words } from "./values.js";

const palette = {
  ink: [1, 1, 1],
  paper: [9, 9, 9],
  faint: [5, 5, 5],
  chosen: [0, 0, 8],
  due: [8, 8, 0],
  late: [8, 0, 0],
};
const late = { ...order().dropoff, before: at(-MINUTE) };

/** @param {Record<string, number>} ages of the couriers' places, ms */
function rosterOf(ages) {
  const roster = addSeats(
    newRoster(),
    Object.keys(ages).map((id, index) => seat(id, index)),
  );
  Object.values(ages).forEach((age, index) => moveTo(roster.fleet, index, index, 50, NOON - age, 0));
  advance(roster.fleet, 1e6);
  return roster;
}

test("an order shows both ends until it is picked up, then its drop-off, then nothing", () => {
  /** @param {string} state */
  const marks = (state) =>
    orderMarks(
      boardOf(snapshot({ orders: [order({ state, courier: "lea" })] })),
      { order: null, courier: null },
      NOON,
      words,
    );
  assert.deepEqual(
    marks("ready").pickups.map(({ icon, text }) => [icon, text]),
    [["pickup-hollow", "R"]],
  );
  assert.deepEqual(
    marks("ready").dropoffs.map(({ icon, text }) => [icon, text]),
    [["dropoff-hollow", "LÉ"]],
  );
  assert.deepEqual([marks("picked_up").pickups.length, marks("picked_up").dropoffs.length], [0, 1]);
  assert.deepEqual([marks("delivered").pickups.length, marks("delivered").dropoffs.length], [0, 0]);
});

test("colour means trouble, with a second sign; the chosen one lies on top", () => {
  const orders = [order({ id: "a" }), order({ id: "b", dropoff: late }), order({ id: "c" })];
  const { dropoffs } = orderMarks(boardOf(snapshot({ orders })), { order: "c", courier: null }, NOON, words);
  assert.deepEqual(
    dropoffs.map(({ id, icon, text }) => [id, icon, text]),
    [
      ["a", "dropoff-hollow", ""],
      ["b", "dropoff-late", "!"],
      ["c", "dropoff-chosen", ""],
    ],
  );
});

test("a pickup that waits for a courier is full, one that has been given is hollow", () => {
  const { pickups } = orderMarks(
    boardOf(snapshot({ orders: [order({ id: "a" }), order({ id: "b", courier: "lea" })] })),
    { order: null, courier: null },
    NOON,
    words,
  );
  assert.deepEqual(
    pickups.map(({ icon }) => icon),
    ["pickup-plain", "pickup-hollow"],
  );
});

test("orders of one restaurant stand beside each other", () => {
  const { pickups } = orderMarks(
    boardOf(snapshot({ orders: [order({ id: "a" }), order({ id: "b" })] })),
    { order: null, courier: null },
    NOON,
    words,
  );
  assert.deepEqual(
    pickups.map(({ dx }) => dx),
    [0, 11],
  );
});

test("initials are those of first and last name, or two letters of the only one", () => {
  assert.deepEqual(["Léa", "Léa Martin", "Anna Maria Berg", "X", " é "].map(initials), ["LÉ", "LM", "AB", "X", "É"]);
});

test("a place fades at a minute, is a ring at three; a late order makes its courier red", () => {
  const roster = rosterOf({ lea: 0, noe: 61000, zoe: 181000, ana: 0 });
  const board = boardOf(snapshot({ orders: [order({ courier: "ana", dropoff: late })], couriers: [courier()] }));
  const seen = (/** @type {string} */ id) => roster.fleet.seenAt[/** @type {number} */ (roster.index.get(id))];
  const tones = courierTones(board, roster.index.keys(), seen, NOON);
  const paint = paintCouriers(
    newPaint(0),
    roster.fleet,
    roster.courier,
    { tones, chosen: "lea", target: null },
    palette,
  );
  assert.deepEqual(
    [0, 1, 2, 3].map((place) => [...paint.fills.subarray(4 * place, 4 * place + 4)]),
    [
      [0, 0, 8, 255],
      [1, 1, 1, 110],
      [9, 9, 9, 255],
      [8, 0, 0, 255],
    ],
  );
  assert.deepEqual([...paint.lines.subarray(8, 11)], palette.faint);
  assert.ok(paint.radii[0] > paint.radii[1]);
});

test("names are there when wanted, near enough, or lost; loads for whoever has orders", () => {
  const roster = rosterOf({ lea: 0, noe: 0, zoe: 200000 });
  const couriers = [courier(), courier({ id: "noe", name: "Noé" }), courier({ id: "zoe", name: "Zoé" })];
  const board = boardOf(
    snapshot({
      orders: [order({ courier: "noe" }), order({ id: "o2", courier: "noe" }), order({ id: "o3", courier: "away" })],
      couriers,
    }),
  );
  const naming = { board, roster, now: NOON, zoom: 14, named: new Set(["lea"]), hidden: new Set(), words, format };
  assert.deepEqual(
    nameLabels(naming).map(({ text }) => text),
    ["Léa", "Zoé, last seen 11:56"],
  );
  assert.equal(nameLabels({ ...naming, zoom: 17 }).length, 3);
  const hidden = new Set(["noe", "zoe"]);
  assert.deepEqual([nameLabels({ ...naming, hidden }).length, loadLabels({ ...naming, hidden })], [1, []], "in a group");
  assert.deepEqual(
    loadLabels(naming).map(({ text, position }) => [text, position]),
    [["2", [1, 50]]],
  );
});

test("labels ride along with their couriers", () => {
  const roster = rosterOf({ lea: 0 });
  const labels = [
    { index: 0, position: /** @type {[number, number]} */ ([0, 0]), text: "Léa" },
    { index: -1, position: /** @type {[number, number]} */ ([7, 7]), text: "1042" },
  ];
  moveTo(roster.fleet, 0, 0.001, 50, NOON + 1000, 1e6);
  advance(roster.fleet, 2e6);
  rideAlong(labels, roster.fleet);
  assert.deepEqual(
    labels.map(({ position }) => position),
    [
      [Math.fround(0.001), 50],
      [7, 7],
    ],
  );
});
