import assert from "node:assert/strict";
import { test } from "node:test";
import { boardOf } from "../../assets/desk/board.js";
import { companionProps } from "../../assets/desk/map_layers.js";
import { companionWays } from "../../assets/desk/together.js";
import { order, snapshot } from "./values.js";

/** @param {string} id @param {number} lon @param {Partial<import("../../assets/desk/types.js").Order>} [more] */
const door = (id, lon, more) => order({ id, group: "g", dropoff: { ...order().dropoff, lon }, ...more });

test("from the pickup of the chosen order a line leads to each door that it is fetched for, too, as long as it waits there", () => {
  const { pickup } = order();
  /** @param {string | null} chosen @param {...import("../../assets/desk/types.js").Order} orders @returns {number[]} how far east each line ends */
  function ends(chosen, ...orders) {
    const ways = companionWays(chosen, boardOf(snapshot({ orders })));
    assert.ok(ways.every(([[lon, lat]]) => lon === pickup.lon && lat === pickup.lat));
    return ways.map(([, [lon]]) => lon);
  }
  const [a, b, c] = [door("a", 24.95), door("b", 24.96), door("c", 24.97)];
  assert.deepEqual(ends("a", a, b, c), [24.96, 24.97]);
  assert.deepEqual(ends(null, a, b, c), []);
  assert.deepEqual(ends("gone", a, b, c), []);
  assert.deepEqual(ends("a", a, b, door("c", 24.97, { state: "cancelled" })), [24.96]);
  assert.deepEqual(ends("a", ...[a, b].map((one) => ({ ...one, state: "picked_up" }))), []);
  assert.deepEqual(ends("a", a, order({ id: "alone" })), []);
});

test("such a line is no street: it is drawn in dashes", () => {
  const { companions } = companionProps([[[24.94, 60.17], [24.96, 60.17]]]);
  assert.ok(companions.data.length > 2);
  assert.deepEqual(companionProps([]).companions.data, []);
});
