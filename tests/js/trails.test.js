import assert from "node:assert/strict";
import { test } from "node:test";
import { hide, moveTo } from "../../assets/desk/motion.js";
import { addSeats, newRoster } from "../../assets/desk/roster.js";
import {
  addOlder,
  colourOf,
  hear,
  hearFrame,
  keepOnly,
  KEPT_MS,
  nextWhose,
  piecesOf,
} from "../../assets/desk/trails.js";
import { MINUTE, NOON, seat } from "./values.js";

const SECOND = 1000;
/** @param {import("../../assets/desk/trails.js").Trails} trails */
const steps = (trails, courier = "lea") => (trails.get(courier) ?? []).map(({ lon, lat }) => [lon, lat]);

test("a ride exactly to the north or exactly to the east is kept, step by step", () => {
  const trails = new Map();
  [
    [24.94, 60.17],
    [24.94, 60.171],
    [24.94, 60.172],
    [24.941, 60.172],
    [24.942, 60.172],
  ].forEach(([lon, lat], n) => hear(trails, "lea", lon, lat, NOON + n * 5 * SECOND));
  assert.deepEqual(steps(trails), [
    [24.94, 60.17],
    [24.94, 60.171],
    [24.94, 60.172],
    [24.941, 60.172],
    [24.942, 60.172],
  ]);
});

test("who stands still has two steps, however long; a fix that is older or comes at once adds none", () => {
  const trails = new Map();
  for (let n = 0; n < 20; n += 1) hear(trails, "lea", 24.94, 60.17, NOON + n * 5 * SECOND);
  assert.equal(steps(trails).length, 2);
  hear(trails, "lea", 24.95, 60.17, NOON);
  hear(trails, "lea", 24.95, 60.17, NOON + 96 * SECOND);
  assert.equal(steps(trails).length, 2);
});

test("a quarter of an hour is kept and no more, at one fix a second too", () => {
  const trails = new Map();
  for (let n = 0; n < 3600; n += 1) hear(trails, "lea", 24.9 + n / 1e5, 60.17, NOON + n * SECOND);
  const kept = trails.get("lea");
  assert.ok(kept.length <= KEPT_MS / (4 * SECOND) + 2, `${kept.length} steps`);
  assert.ok(kept.at(-1).at - kept[0].at <= KEPT_MS);
});

test("of who is off shift nothing is kept, and nothing comes in any more", () => {
  const trails = new Map();
  const roster = addSeats(newRoster(), [seat("lea", 0), seat("noe", 1)]);
  for (const index of [0, 1]) moveTo(roster.fleet, index, 24.94, 60.17, NOON, 0);
  const frame = {
    number: 1,
    builtAt: NOON / 1000,
    index: new Uint32Array([0, 1]),
    lon: new Float32Array([24.94, 24.95]),
    lat: new Float32Array([60.17, 60.17]),
    ageMs: new Uint16Array([100, 65535]),
  };
  hearFrame(trails, roster, frame);
  assert.deepEqual([...trails.keys()], ["lea"], "a fix without a known age says nothing of a way");
  keepOnly(trails, () => false);
  hide(roster.fleet, 0, true);
  hearFrame(trails, roster, { ...frame, builtAt: NOON / 1000 + 10 });
  assert.equal(trails.size, 0);
});

test("what the server knew is put before what was heard, without a step twice", () => {
  const trails = new Map();
  hear(trails, "lea", 24.95, 60.17, NOON);
  addOlder(trails, "lea", [
    { lon: 24.93, lat: 60.17, at: NOON - 10 * SECOND },
    { lon: 24.951, lat: 60.17, at: NOON + SECOND },
  ]);
  assert.deepEqual(steps(trails), [
    [24.93, 60.17],
    [24.95, 60.17],
  ]);
});

test("a way fades with its age, ends at the courier, and is broken where nobody was heard", () => {
  const way = [
    { lon: 24.9, lat: 60.17, at: NOON - 14 * MINUTE },
    { lon: 24.901, lat: 60.17, at: NOON - 13.5 * MINUTE },
    { lon: 24.91, lat: 60.17, at: NOON - MINUTE },
    { lon: 24.911, lat: 60.17, at: NOON - 30 * SECOND },
  ];
  const pieces = piecesOf(way, [24.912, 60.17], NOON, [1, 2, 3]);
  assert.deepEqual(
    pieces.map(({ path }) => path.length),
    [2, 3],
  );
  assert.deepEqual(pieces[1].path.at(-1), [24.912, 60.17]);
  const strengths = pieces.flatMap(({ colors }) => colors.map((colour) => colour[3]));
  assert.deepEqual(strengths, strengths.toSorted((one, other) => one - other));
  assert.ok(strengths[0] < 60 && strengths[4] > 200);
  const coarse = piecesOf(way.slice(2), null, NOON, [1, 2, 3], 7);
  assert.deepEqual(coarse[0].path, [[24.91, 60.17], [24.911, 60.17]], "however coarse, it leads to the last step");
  assert.deepEqual(piecesOf(way, null, NOON + 20 * MINUTE, [1, 2, 3]), [], "nothing that is older");
});

test("H goes from the chosen one to all, to nobody and back; a courier's colour is the same everywhere", () => {
  assert.deepEqual([nextWhose("chosen"), nextWhose("all"), nextWhose("none")], ["all", "none", "chosen"]);
  const colours = [[1], [2], [3], [4], [5]];
  assert.equal(colourOf("lea", colours), colourOf("lea", colours));
  assert.ok(new Set(["lea", "noe", "zoe", "max", "ana", "bo"].map((id) => colourOf(id, colours))).size > 2);
});
