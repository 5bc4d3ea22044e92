/**
 * The map's coming up: deck.gl and the pictures are fetched, the map is built, then the ground is laid under it.
 *
 * @import { Page } from "./page.js"
 * @import { State } from "./scene.js"
 * @typedef {Awaited<ReturnType<typeof raiseMap>>} Raised
 */
import { drawPicture, fetchGround } from "./ground.js";
import { newElement } from "./lists.js";
import { createMap, groundProps, streetNameProps, tileProps, vectorTileProps } from "./map.js";

/** So long the ground waits for the first couriers: drawing it takes a moment, and they matter more. */
const GROUND_WAITS_MS = 1500;

/**
 * @param {Page} page @param {State} state
 * @param {{rescaled: () => void, movedByHand: () => void, populated: Promise<void>, ready: (isSoftware: boolean) => void, failed: () => void}} on
 *   called when another scale may show other names, and when a hand moved the map; `populated` when couriers are drawn;
 *   `ready` and `failed` as in map.js
 * @returns {Promise<import("./map.js").LiveMap>}
 */
export async function raiseMap(page, state, on) {
  const { config, words } = state;
  const ground = fetchGround(config.city.basemap_url).catch(() => null);
  const [deckgl, icons] = await Promise.all([import(config.bundles.deck), drawPicture(pictureOf(config.map))]);
  const map = createMap(page.map, config, deckgl, icons, {
    ready: on.ready,
    failed: on.failed,
    cursor: () => (state.hovered ? "pointer" : "grab"),
    moved(byHand) {
      if (byHand) on.movedByHand();
      rescale();
    },
  });
  /** @type {import("./ground.js").Ground | null} */
  let laid = null;
  let scale = "";

  function rescale() {
    const { zoom, latitude } = map?.camera.state() ?? {};
    const now = `${Math.round(2 * zoom)}`;
    if (!map || scale === now) return;
    scale = now;
    if (laid) map.draw(streetNameProps(laid, zoom, latitude));
    on.rescaled();
  }

  /** @param {import("./ground.js").Ground} shown */
  function named(shown) {
    const { zoom, latitude } = map.camera.state();
    laid = shown;
    if (page.map.isConnected) map.draw(streetNameProps(shown, zoom, latitude));
  }

  let isTold = false;
  function groundFailed() {
    if (!isTold) note(page, words("The base map did not come. Couriers and orders are right without it."));
    isTold = true;
  }

  map.camera.fit(config.city.bounds, true);
  const turn = Promise.race([on.populated, new Promise((go) => setTimeout(go, GROUND_WAITS_MS))]);
  void turn
    .then(() => ground)
    .then((found) => {
      const { zoom, latitude } = map.camera.state();
      laid = found;
      if (found && page.map.isConnected) map.draw(groundProps(found, zoom, latitude));
      if (config.city.basemap_tiles) map.draw(vectorTileProps(deckgl, config.city.basemap_tiles, named, groundFailed));
      if (config.city.tiles_url) map.draw(tileProps(deckgl, config.city.tiles_url, groundFailed));
      if (!found && config.city.basemap_url) groundFailed();
    });
  return map;
}

/** @param {Page} page @param {string} text what is to be read in the map's place */
export const note = (page, text) => page.map.append(newElement("p", "map-note", { role: "note" }, text));

/** @param {Record<string, any>} map pydeck's JSON, which takes every text for an expression @returns {string} the picture of all signs */
const pictureOf = (map) => map.layers.find((/** @type {any} */ layer) => layer.iconAtlas).iconAtlas.replace(/^@@=/, "");
