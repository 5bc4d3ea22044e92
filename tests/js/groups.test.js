import assert from "node:assert/strict";
import { test } from "node:test";
import Supercluster from "supercluster";
import { createGrouping, levelOf } from "../../assets/desk/groups.js";

/** Degrees of longitude that are this many pixels at zoom 12. @param {number} px */
const degrees = (px) => (px * 360) / (512 * 2 ** 12);
/** @param {Record<string, number>} at pixels to the east, by id */
const row = (at) => Object.entries(at).map(([id, px]) => ({ id, lon: 24.9 + degrees(px), lat: 60.17 }));
/** @param {import("../../assets/desk/groups.js").Group[]} groups */
const members = (groups) => groups.map((group) => group.members.toSorted()).toSorted();
const reach = 30;

test("three or more within reach are one group, two are not, and who is far from all stands alone", () => {
  const group = createGrouping(Supercluster, reach);
  const found = group(row({ a: 0, b: 10, c: 20, d: 200, e: 210, f: 500 }), 12);
  assert.deepEqual(members(found), [["a", "b", "c"]]);
  assert.ok(Math.abs(found[0].lon - (24.9 + degrees(10))) < 1e-9, "its sign stands in the middle of them");
});

test("nearer, the same spots fall apart; from zoom 16 on nothing is grouped, not even at one address", () => {
  const spots = row({ a: 0, b: 10, c: 20 });
  assert.equal(createGrouping(Supercluster, reach)(spots, 12.5).length, 1);
  assert.equal(createGrouping(Supercluster, reach)(spots, 14).length, 0);
  assert.equal(levelOf(16.1, null), null);
  assert.deepEqual(createGrouping(Supercluster, reach)(row({ a: 0, b: 0, c: 0 }), levelOf(16.1, 15.5)), []);
});

test("a level is left only when the zoom has gone well past its edge", () => {
  assert.equal(levelOf(12.24, null), 12);
  assert.equal(levelOf(12.26, null), 12.5);
  assert.equal(levelOf(12.3, 12), 12, "still the one before");
  assert.equal(levelOf(12.2, 12.5), 12.5, "nor does it go back at once");
  assert.equal(levelOf(12.4, 12), 12.5);
});

test("who trembles at the edge of a group stays in it, under the same key, and leaves it when well away", () => {
  const group = createGrouping(Supercluster, reach);
  const key = group(row({ a: 0, b: 10, c: 20, d: 25 }), 12)[0].key;
  for (const d of [40, 28, 44, 35]) {
    const [found] = group(row({ a: 0, b: 10, c: 20, d }), 12);
    assert.deepEqual([found.key, found.members.length], [key, 4], `d at ${d}`);
  }
  const gone = group(row({ a: 0, b: 10, c: 20, d: 90 }), 12);
  assert.deepEqual([gone[0].key, members(gone)], [key, [["a", "b", "c"]]]);
  assert.deepEqual(members(group(row({ a: 0, b: 10, c: 20, d: 48 }), 12)), [["a", "b", "c"]], "who has left joins later");
  assert.deepEqual(members(group(row({ a: 0, b: 10, c: 20, d: 15 }), 12)), [["a", "b", "c", "d"]]);
});

test("two groups that meet are one, under the larger one's key; one that shrinks below three is none", () => {
  const group = createGrouping(Supercluster, reach);
  const apart = group(row({ a: 0, b: 5, c: 10, d: 12, x: 100, y: 105, z: 110 }), 12);
  assert.equal(apart.length, 2);
  const large = apart.find((one) => one.members.includes("a"));
  const one = group(row({ a: 0, b: 5, c: 10, d: 12, x: 15, y: 20, z: 25 }), 12);
  assert.deepEqual([one.length, one[0].members.length, one[0].key], [1, 7, large?.key]);
  assert.deepEqual(group(row({ a: 0, b: 5 }), 12), []);
});

test("everybody is in one group at most, and nobody is lost, whatever moves", () => {
  const group = createGrouping(Supercluster, reach);
  const ids = Array.from({ length: 120 }, (_, number) => `c${number}`);
  for (let step = 0; step < 40; step += 1) {
    const spots = ids.map((id, n) => ({
      id,
      lon: 24.9 + degrees(150 * Math.sin(n * 2.4 + step / 9)),
      lat: 60.17 + degrees(60 * Math.cos(n * 1.7 + step / 7)),
    }));
    const found = group(spots, 12);
    const all = found.flatMap((one) => one.members);
    assert.equal(new Set(all).size, all.length, "in two at once");
    assert.equal(new Set(found.map((one) => one.key)).size, found.length, "two with one key");
    assert.ok(found.length > 0 && all.every((id) => ids.includes(id)));
  }
});
