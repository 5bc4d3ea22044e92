/**
 * Where the map looks: deck.gl asks, this answers. Fit and follow are ours, pan and zoom deck.gl's.
 *
 * @typedef {typeof import("./third_party/deck.js")} DeckGl
 * @typedef {{longitude: number, latitude: number, zoom: number, [prop: string]: any}} ViewState
 * @typedef {ReturnType<typeof createCamera>} Camera
 */

const FIT_PADDING_PX = 48;
const MOST_FIT_ZOOM = 16.5;
const FLIGHT_MS = 400;
/** Whoever wants nothing to move is there at once. */
const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/**
 * @param {DeckGl} deckgl @param {ViewState} initial @param {() => {width: number, height: number}} size in CSS pixels
 * @param {() => void} changed called whenever the map looks elsewhere
 */
export function createCamera(deckgl, initial, size, changed) {
  let state = initial;
  /** @type {any} */
  let viewport = null;

  /** @param {ViewState} next */
  function look(next) {
    state = next;
    viewport = null;
    changed();
  }

  function current() {
    viewport ??= new deckgl.WebMercatorViewport({ ...state, ...size() });
    return viewport;
  }

  return {
    state: () => state,
    look,
    /** The size has changed. */
    resized: () => look({ ...state }),
    /** @param {number} lon @param {number} lat @returns {number[]} */
    toPixels: (lon, lat) => current().project([lon, lat]),
    /** Whether a place is in sight. @param {number} lon @param {number} lat */
    shows(lon, lat) {
      const [x, y] = current().project([lon, lat]);
      const { width, height } = size();
      return x >= 0 && y >= 0 && x <= width && y <= height;
    },
    /** @param {number} x @param {number} y @returns {number[]} */
    toDegrees: (x, y) => current().unproject([x, y]),
    /** @param {number[]} bounds west, south, east, north @param {boolean} atOnce */
    fit(bounds, atOnce = false) {
      const [west, south, east, north] = bounds;
      const { longitude, latitude, zoom } = new deckgl.WebMercatorViewport(size()).fitBounds(
        [
          [west, south],
          [Math.max(east, west + 1e-4), Math.max(north, south + 1e-4)],
        ],
        { padding: Math.min(FIT_PADDING_PX, Math.min(size().width, size().height) / 4) },
      );
      const flight = atOnce || isStill()
        ? {}
        : { transitionDuration: FLIGHT_MS, transitionInterpolator: new deckgl.FlyToInterpolator() };
      look({ ...still(state), longitude, latitude, zoom: Math.min(zoom, MOST_FIT_ZOOM), ...flight });
    },
    /** Look so many pixels to the right and down. @param {number} x @param {number} y */
    pan(x, y) {
      const { width, height } = size();
      const [longitude, latitude] = current().unproject([width / 2 + x, height / 2 + y]);
      look({ ...still(state), longitude, latitude });
    },
    /** @param {number} by steps of zoom, nearer when positive */
    zoom(by) {
      const { zoom, minZoom = 0, maxZoom = 20 } = state;
      look({ ...still(state), zoom: Math.min(maxZoom, Math.max(minZoom, zoom + by)) });
    },
    /** @param {number} lon @param {number} lat */
    centre: (lon, lat) => look({ ...still(state), longitude: lon, latitude: lat }),
  };
}

/** @param {ViewState} state @returns {ViewState} without the flight that led there */
const still = ({ transitionDuration, transitionInterpolator, ...rest }) => rest;

/** @param {number[][]} points lon, lat @returns {[number, number, number, number]} west, south, east, north */
export function boundsOf(points) {
  /** @type {[number, number, number, number]} */
  const bounds = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of points) {
    bounds[0] = Math.min(bounds[0], lon);
    bounds[1] = Math.min(bounds[1], lat);
    bounds[2] = Math.max(bounds[2], lon);
    bounds[3] = Math.max(bounds[3], lat);
  }
  return bounds;
}
