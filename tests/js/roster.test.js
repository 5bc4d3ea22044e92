import assert from "node:assert/strict";
import { test } from "node:test";
import { AGE_LIMIT_MS } from "../../assets/desk/frame.js";
import { advance } from "../../assets/desk/motion.js";
import { addSeats, newRoster, reseat, showOnly, takeFrame } from "../../assets/desk/roster.js";
import { NOON, seat } from "./values.js";

/** @param {[index: number, lon: number, lat: number, ageMs: number][]} fixes @param {number} [builtAt] epoch ms */
const frame = (fixes, builtAt = NOON) => ({
  number: 1,
  builtAt: builtAt / 1000,
  index: Uint32Array.from(fixes.map(([index]) => index)),
  lon: Float32Array.from(fixes.map(([, lon]) => lon)),
  lat: Float32Array.from(fixes.map(([, , lat]) => lat)),
  ageMs: Uint16Array.from(fixes.map(([, , , age]) => age)),
});

/** @param {import("../../assets/desk/roster.js").Roster} roster */
function drawn(roster) {
  advance(roster.fleet, 1e6);
  return Object.fromEntries(
    [...roster.fleet.slots.subarray(0, roster.fleet.shown)].map((index, place) => [
      roster.courier[index],
      [roster.fleet.positions[2 * place], roster.fleet.positions[2 * place + 1]],
    ]),
  );
}

test("frames name couriers by the index that the roster gave them", () => {
  const roster = addSeats(addSeats(newRoster(), [seat("lea", 0)]), [seat("noe", 200)]);
  takeFrame(
    roster,
    frame([
      [200, 1, 2, 0],
      [0, 3, 4, 0],
      [7, 5, 6, 0],
      [90000, 5, 6, 0],
    ]),
    0,
  );
  assert.deepEqual(drawn(roster), { lea: [3, 4], noe: [1, 2] });
});

test("a new connection numbers couriers anew, and nobody moves", () => {
  const before = addSeats(newRoster(), [seat("lea", 0), seat("noe", 1)]);
  takeFrame(
    before,
    frame([
      [0, 1, 2, 0],
      [1, 3, 4, 0],
    ]),
    0,
  );
  const after = reseat(before, [seat("noe", 0), seat("ana", 1), seat("lea", 2)]);
  assert.deepEqual(drawn(after), { noe: [3, 4], lea: [1, 2] });
});

test("who goes off shift vanishes, and frames that were under way do not bring them back", () => {
  const roster = addSeats(newRoster(), [seat("lea", 0), seat("noe", 1)]);
  takeFrame(
    roster,
    frame([
      [0, 1, 2, 0],
      [1, 3, 4, 0],
    ]),
    0,
  );
  showOnly(roster, (courier) => courier !== "lea");
  takeFrame(roster, frame([[0, 1.001, 2, 0]], NOON + 1000), 1000);
  assert.deepEqual(drawn(roster), { noe: [3, 4] });
});

test("the age of a fix is what the frame says, and beyond its limit what the roster says", () => {
  const roster = addSeats(newRoster(), [seat("lea", 0), seat("noe", 1, NOON / 1000 - 500), seat("ana", 2)]);
  takeFrame(
    roster,
    frame([
      [0, 1, 2, 1500],
      [1, 3, 4, AGE_LIMIT_MS],
      [2, 3, 4, AGE_LIMIT_MS],
    ]),
    0,
  );
  assert.deepEqual([...roster.fleet.seenAt.subarray(0, 3)], [NOON - 1500, NOON - 500000, NOON - AGE_LIMIT_MS]);
  takeFrame(roster, frame([[1, 3, 4, AGE_LIMIT_MS]], NOON + 100000), 100000);
  assert.equal(roster.fleet.seenAt[1], NOON - 500000, "an old fix that is sent again is no newer");
});
