import assert from "node:assert/strict";
import { test } from "node:test";
import { createFormat } from "../../assets/desk/format.js";
import { dashes } from "../../assets/desk/dashes.js";
import { routeProps } from "../../assets/desk/map.js";
import { routingLine } from "../../assets/desk/connection.js";
import { wayLine } from "../../assets/desk/way_line.js";
import { createWords } from "../../assets/desk/words.js";
import { at } from "./values.js";

/** @typedef {[number, number]} Point */

const corner = /** @type {Point[]} */ ([
  [0, 0],
  [0, 1],
  [1.5, 1],
]);
const way = { points: corner, metres: 1234, seconds: 300, guessed: false, ascent_metres: null };
const words = createWords({}, "en");
const format = createFormat("en-GB", "UTC", words);

test("a dashed line is every other piece of it, from end to end, round the corner", () => {
  const found = dashes(corner);
  assert.equal(found.length, 24);
  assert.deepEqual(found[0][0], [0, 0]);
  assert.ok(found.some((dash) => dash.length === 3 && dash[1][0] === 0 && dash[1][1] === 1));
  assert.deepEqual(
    found[23].at(-1)?.map((each) => +each.toFixed(9)),
    [1.5, 1],
  );
  assert.equal(dashes(corner.map(([lon, lat]) => [lon / 1e4, lat / 1e4])).length, 3);
  assert.deepEqual(dashes([corner[0], corner[0]]), []);
});

test("a guessed way is drawn in dashes, a known one through", () => {
  assert.equal(routeProps(way, null)["route-order"].data.length, 1);
  assert.equal(routeProps(null, { ...way, guessed: true })["route-courier"].data.length, 24);
});

test("the way is told in words, and a guess says that it is one", () => {
  assert.equal(wayLine(null, words, format), "");
  assert.equal(wayLine(way, words, format), "Way ahead: 1.2 km, 5 min");
  assert.equal(wayLine({ ...way, ascent_metres: 31.4 }, words, format), "Way ahead: 1.2 km, 5 min, 31 m uphill");
  assert.match(wayLine({ ...way, guessed: true }, words, format), /about 1.2 km, about 5 min, as the crow flies/);
});

test("since when routes are made otherwise, and by whom", () => {
  assert.equal(routingLine(null, words, format), "");
  assert.match(routingLine({ since: at(0), by: "guess" }, words, format), /^Routes are estimated since \d\d:\d\d: /);
  assert.match(routingLine({ since: at(0), by: "tiles" }, words, format), /routing server has been away since/);
});
