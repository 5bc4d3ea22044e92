// Which names of the base map are written at a zoom.
import assert from "node:assert/strict";
import { test } from "node:test";
import { namesAt, namesIn } from "../../assets/desk/ground.js";

/** @param {string} text @param {number} rank @param {number} lon @param {number} lat */
const name = (text, rank, lon, lat, metres = 1000, angle = 0) => ({
  properties: { layer: "name", name: text, rank, metres, angle },
  geometry: { coordinates: [lon, lat] },
});
/** @param {...any} features @returns {import("../../assets/desk/ground.js").Ground} */
const ground = (...features) => ({ type: "FeatureCollection", features });
/** @param {import("../../assets/desk/ground.js").Ground} map @param {number} zoom */
const written = (map, zoom) => namesAt(map, zoom, 60).map(({ properties }) => properties.name);

test("a name is written where its street is long enough for it", () => {
  const map = ground(name("Kaivokatu", 2, 24.94, 60.17, 60));
  assert.deepEqual(written(map, 14), []);
  assert.deepEqual(written(map, 17), ["Kaivokatu"]);
});

test("of two names at one place the more important is written, whatever their order", () => {
  const map = ground(name("Side street", 3, 24.94, 60.17), name("Main street", 1, 24.94, 60.17, 1000, 45));
  assert.deepEqual(written(map, 15), ["Main street"]);
});

test("names that lie apart are both written, and what is no name never is", () => {
  const street = {
    properties: { layer: "street", name: "Kaivokatu", rank: 1 },
    geometry: { coordinates: [[24.94, 60.17]] },
  };
  const map = ground(street, name("North", 3, 24.94, 60.175), name("South", 3, 24.94, 60.17));
  assert.deepEqual(written(map, 15), ["North", "South"]);
});

test("names in tiles stand where they do on the globe", () => {
  const names = namesIn([
    { index: { z: 1, x: 1, y: 0 }, content: [name("Middle", 1, 0.5, 1), { ...name("", 1, 0, 0), properties: { layer: "street" } }] },
    { index: { z: 1, x: 0, y: 0 }, content: null },
  ]);
  assert.deepEqual(
    names.features.map(({ properties, geometry }) => [properties.name, ...geometry.coordinates.map(Math.round)]),
    [["Middle", 90, 0]],
  );
});
