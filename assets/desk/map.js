/**
 * The map: built once from pydeck's JSON, afterwards only its data change, as typed arrays where things move.
 *
 * @import { DeckGl } from "./camera.js"
 * @import { Ground } from "./ground.js"
 * @import { Label } from "./labels.js"
 * @import { Mark } from "./marks.js"
 * @import { Fleet } from "./motion.js"
 * @import { Paint } from "./paint.js"
 * @import { Config } from "./types.js"
 * @typedef {ReturnType<typeof createMap>} LiveMap
 */
import { createCamera } from "./camera.js";
import { namesAt } from "./ground.js";

const LAYERS = /** @type {const} */ (["GeoJsonLayer", "IconLayer", "PathLayer", "ScatterplotLayer", "TextLayer"]);

/** @returns {boolean} whether this browser can draw the map at all */
export const canDraw = () => Boolean(document.createElement("canvas").getContext("webgl2"));

/**
 * @param {HTMLElement} host @param {Config} config @param {DeckGl} deckgl @param {HTMLCanvasElement} icons the picture of all signs
 * @param {{moved: (byHand: boolean) => void, cursor: () => string}} on
 */
export function createMap(host, config, deckgl, icons, on) {
  const spec = convert(config.map, deckgl, icons);
  const layers = new Map(spec.layers.map((/** @type {any} */ layer) => [layer.id, layer]));
  const drawn = new Map(layers);
  const size = () => ({ width: Math.max(1, host.clientWidth), height: Math.max(1, host.clientHeight) });
  const camera = createCamera(deckgl, spec.initialViewState, size, () => {
    deck?.setProps({ viewState: camera.state() });
    on.moved(false);
  });
  let drawings = 0;
  /** @type {any} */
  let deck = null;
  deck = new deckgl.Deck({
    parent: /** @type {HTMLDivElement} */ (host), views: spec.views, viewState: camera.state(), layers: [...drawn.values()], useDevicePixels: true,
    getCursor: ({ isDragging }) => (isDragging ? "grabbing" : on.cursor()),
    onViewStateChange: ({ viewState, interactionState }) => {
      camera.look(/** @type {any} */ (viewState));
      if (interactionState?.isDragging || interactionState?.isPanning || interactionState?.isZooming) on.moved(true);
      return viewState;
    },
    onResize: () => camera.resized(),
  });

  /** @param {Record<string, object>} changes new props by layer id; a layer that Python did not declare is left out */
  function draw(changes) {
    drawings += 1;
    for (const [id, props] of Object.entries(changes)) {
      const layer = layers.get(id);
      if (layer) drawn.set(id, layer.clone({ ...props, pickable: false }));
    }
    deck.setProps({ layers: [...drawn.values()] });
  }

  return {
    camera,
    draw,
    /** How often something was drawn since the start. */
    drawings: () => drawings,
    dispose: () => deck.finalize(),
  };
}

/** @param {Ground} ground @param {number} zoom @param {number} latitude */
export const groundProps = (ground, zoom, latitude) => ({ base: { data: ground }, ...streetNameProps(ground, zoom, latitude) });

/** @param {Ground} ground @param {number} zoom @param {number} latitude */
export const streetNameProps = (ground, zoom, latitude) => ({ "street-names": { data: namesAt(ground, zoom, latitude) } });

/** @param {{pickups: Mark[], dropoffs: Mark[]}} marks */
export const markProps = ({ pickups, dropoffs }) => ({
  pickups: { data: pickups, getPixelOffset: beside },
  "pickup-letters": { data: pickups, getPixelOffset: beside },
  dropoffs: { data: dropoffs },
  "dropoff-letters": { data: dropoffs.filter((mark) => mark.text) },
});

/** @param {Mark} mark @returns {[number, number]} */
const beside = (mark) => [mark.dx, 0];

/** @param {Fleet} fleet @param {Paint} paint */
export function courierProps(fleet, paint) {
  const getPosition = { value: fleet.positions, size: 2 };
  return {
    couriers: {
      getLineWidth: 2,
      data: { length: fleet.shown, attributes: {
        getPosition, getRadius: { value: paint.radii, size: 1 },
        getFillColor: { value: paint.fills, size: 4 }, getLineColor: { value: paint.lines, size: 4 },
      } },
    },
    heading: {
      getIcon: "heading-plain", getColor: [0, 0, 0, 255], getPixelOffset: [0, 0],
      data: { length: fleet.shown, attributes: {
        getPosition, getAngle: { value: fleet.angles, size: 1 }, getSize: { value: paint.headings, size: 1 },
      } },
    },
  };
}

/** @param {Label[]} loads @param {Label[]} names @param {number} turn grows whenever they have moved */
export const labelProps = (loads, names, turn) => ({
  "courier-loads": { data: loads, updateTriggers: { getPosition: turn } },
  names: { data: names, updateTriggers: { getPosition: turn } },
});

/** @param {[number, number][] | null} order @param {[number, number][] | null} courier */
export const routeProps = (order, courier) => ({ "route-order": { data: path(order) }, "route-courier": { data: path(courier) } });

/** @param {[number, number][] | null} points */
const path = (points) => (points && points.length > 1 ? [{ path: points }] : []);

/** @param {Record<string, any>} map pydeck's JSON @param {DeckGl} deckgl @param {HTMLCanvasElement} icons @returns {any} */
function convert(map, deckgl, icons) {
  const classes = Object.fromEntries([...LAYERS, /** @type {const} */ ("MapView")].map((name) => [name, deckgl[name]]));
  const converter = new deckgl.JSONConverter({ configuration: new deckgl.JSONConfiguration({ classes }) });
  const { palette, mapStyle, ...spec } = map;
  const empty = spec.layers.map((/** @type {any} */ { iconAtlas, ...layer }) => ({ ...layer, data: [] }));
  const converted = /** @type {any} */ (converter).convert({ ...spec, layers: empty });
  const withIcons = converted.layers.map((/** @type {any} */ layer) => (layer.props.iconMapping ? layer.clone({ iconAtlas: icons }) : layer));
  return { ...converted, layers: withIcons };
}
