/**
 * The map: built once from pydeck's JSON, afterwards only its data change, as typed arrays where things move.
 *
 * @import { DeckGl } from "./camera.js"
 * @import { Ground } from "./ground.js"
 * @import { Label } from "./labels.js"
 * @import { Mark } from "./marks.js"
 * @import { Fleet } from "./motion.js"
 * @import { Paint } from "./paint.js"
 * @import { Way } from "./routes.js"
 * @import { Config } from "./types.js"
 * @typedef {ReturnType<typeof createMap>} LiveMap
 */
import { createCamera } from "./camera.js";
import { dashes } from "./dashes.js";
import { createFrames } from "./frames.js";
import { createGrouping } from "./groups.js";
import { namesAt, namesIn } from "./ground.js";
import { createRibbonLayer } from "./ribbon_layer.js";

const LAYERS = /** @type {const} */ (["TileLayer", "MVTLayer", "GeoJsonLayer", "IconLayer", "PathLayer", "ScatterplotLayer", "TextLayer"]);
/** What lies still, on a canvas of its own below: it is drawn again only when the map itself is moved. */
const GROUND = new Set(["tiles", "base", "street-names"]);
/** So far above its place a name stands, unless it says otherwise. */
const ABOVE_PX = 24;
/** What moves the map, and the cursor over it. */
const HANDS = ["pointerdown", "pointermove", "pointerup", "wheel"];
const STILL = 0;
const MOVING = 1;

/**
 * @param {HTMLElement} host @param {Config} config @param {DeckGl} deckgl @param {HTMLCanvasElement} icons the picture of all signs
 * @param {{moved: (byHand: boolean) => void, cursor: () => string, ready: (isSoftware: boolean) => void, failed: () => void}} on
 *   `ready` once it is known what draws: a graphics card, or the processor; `failed` when nothing can
 */
export function createMap(host, config, deckgl, icons, on) {
  const spec = convert(config.map, deckgl, icons);
  const layers = new Map(spec.layers.map((/** @type {any} */ layer) => [layer.id, layer]));
  /** @type {Map<string, any>} */
  const drawn = new Map();
  const size = () => ({ width: Math.max(1, host.clientWidth), height: Math.max(1, host.clientHeight) });
  const camera = createCamera(deckgl, spec.initialViewState, size, () => {
    decks.forEach((deck, level) => change(deck, level, { viewState: camera.state() }));
    on.moved(false);
  });
  let drawings = 0;
  const floors = ["map-ground", "map-moving"].map((name) => floor(host, name));
  /** The ground's is made when there is something to lay on it: each costs a moment. @type {any[]} */
  const decks = [null, null];
  const frames = floors.map((_, level) => createFrames(() => goesOn(decks[level]), window));
  const wake = () => frames.forEach((one) => one.wake());
  const resized = new ResizeObserver(wake);
  resized.observe(host);
  decks[MOVING] = newDeck(MOVING, {
    views: spec.views,
    viewState: camera.state(),
    layers: [],
    deviceProps: { webgl: { antialias: false, preserveDrawingBuffer: false } }, // discs and signs are smooth by themselves
    getCursor: ({ isDragging }) => (isDragging ? "grabbing" : on.cursor()),
    onDeviceInitialized: (device) => on.ready(device.info.gpuType === "cpu"),
    onError: on.failed,
    onViewStateChange: ({ viewState, interactionState }) => {
      camera.look(/** @type {any} */ (viewState));
      if (interactionState?.isDragging || interactionState?.isPanning || interactionState?.isZooming) on.moved(true);
      return viewState;
    },
    onResize: () => camera.resized(),
  });

  const newGround = () =>
    newDeck(STILL, {
      views: new deckgl.MapView({ controller: false }),
      viewState: camera.state(),
      layers: [],
      deviceProps: { webgl: { preserveDrawingBuffer: false } },
    });

  /** @param {number} level @param {import("@deck.gl/core").DeckProps<any>} props */
  function newDeck(level, props) {
    const own = { parent: floors[level], animationFrameProvider: frames[level].provider };
    return new deckgl.Deck({ ...props, ...own, onDeviceInitialized: initialized });

    /** Its canvas gets its size after the first picture. @param {any} device */
    function initialized(device) {
      for (const canvas of floors[level].querySelectorAll("canvas")) resized.observe(canvas);
      props.onDeviceInitialized?.(device);
    }
  }

  /** @param {any} deck @param {number} level @param {object} props */
  function change(deck, level, props) {
    deck?.setProps(props);
    frames[level].wake();
  }

  const undo = new AbortController();
  for (const kind of HANDS) host.addEventListener(kind, wake, { capture: true, passive: true, signal: undo.signal });

  /** @param {Record<string, object>} changes new props by layer id; a layer that Python did not declare is left out */
  function draw(changes) {
    drawings += 1;
    const touched = Object.entries(changes).filter(([id]) => layers.has(id));
    for (const [id, props] of touched) drawn.set(id, layers.get(id).clone({ ...props, pickable: false }));
    for (const level of new Set(touched.map(([id]) => floorOf(id)))) {
      if (level === STILL) decks[STILL] ??= newGround();
      const shown = [...layers.keys()].filter((id) => floorOf(id) === level && drawn.has(id) && hasData(drawn.get(id)));
      change(decks[level], level, { layers: shown.map((id) => drawn.get(id)) });
    }
  }

  return {
    camera,
    draw,
    /** A way of grouping what lies nearer together than so many pixels. @param {number} reach */
    grouping: (reach) => createGrouping(deckgl.Supercluster, reach),
    /** How often something was drawn since the start. */
    drawings: () => drawings,
    dispose() {
      undo.abort();
      resized.disconnect();
      for (const deck of decks) deck?.finalize();
      host.replaceChildren();
    },
  };
}

/** Whether deck.gl has something to draw, or waits for tiles or for programs of the graphics card. @param {any} deck @returns {boolean} */
function goesOn(deck) {
  const layers = deck?.layerManager;
  return Boolean(deck?.needsRedraw() || layers?.needsUpdate()) || (layers?.getLayers() ?? []).some((/** @type {any} */ layer) => !layer.isLoaded);
}

/** @param {string} id of a layer @returns {number} */
const floorOf = (id) => (GROUND.has(id) ? STILL : MOVING);

/** A text layer without texts has no letters to make its picture of. @param {any} layer */
const hasData = (layer) => !Array.isArray(layer.props.data) || layer.props.data.length > 0;

/** @param {HTMLElement} host @param {string} name @returns {HTMLDivElement} */
function floor(host, name) {
  const element = document.createElement("div");
  element.className = name;
  Object.assign(element.style, { position: "absolute", inset: "0" });
  return host.appendChild(element);
}

/** @param {Ground} ground @param {number} zoom @param {number} latitude */
export const groundProps = (ground, zoom, latitude) => ({
  base: { data: ground },
  ...streetNameProps(ground, zoom, latitude),
});

/** @param {DeckGl} deckgl @param {string} url with {z}, {x} and {y} @param {() => void} failed when a tile does not come */
export const tileProps = (deckgl, url, failed) => ({
  tiles: {
    data: url,
    onTileError: failed,
    renderSubLayers: (/** @type {any} */ { id, tile, data }) => {
      const { west, south, east, north } = tile.bbox;
      return new deckgl.BitmapLayer({ id, image: data, bounds: [west, south, east, north] });
    },
  },
});

/**
 * The base map of a large city, in vector tiles: read here, for a worker's code would come from elsewhere.
 * @param {DeckGl} deckgl @param {string} url with {z}, {x} and {y} @param {(shown: Ground) => void} named told the names in what is shown
 * @param {() => void} failed when a tile does not come
 */
export const vectorTileProps = (deckgl, url, named, failed) => ({
  base: {
    data: url,
    binary: false,
    loaders: [deckgl.MVTLoader],
    loadOptions: { core: { worker: false }, mvt: { layerProperty: "layer" } },
    onTileError: failed,
    onViewportLoad: (/** @type {any[]} */ tiles) => named(namesIn(tiles)),
  },
});

/** @param {Ground} ground @param {number} zoom @param {number} latitude */
export const streetNameProps = (ground, zoom, latitude) => ({
  "street-names": { data: namesAt(ground, zoom, latitude) },
});

/** @param {{pickups: Mark[], dropoffs: Mark[]}} marks */
export const markProps = ({ pickups, dropoffs }) => ({
  pickups: { data: pickups, getPixelOffset: beside },
  "pickup-letters": { data: pickups, getPixelOffset: beside },
  dropoffs: { data: dropoffs },
  "dropoff-letters": { data: dropoffs.filter((mark) => mark.text) },
});

/** @param {{dx: number}} mark @returns {[number, number]} */
export const beside = (mark) => [mark.dx, 0];

/** @param {Fleet} fleet @param {Paint} paint */
export function courierProps(fleet, paint) {
  const getPosition = { value: fleet.positions, size: 2 };
  return {
    couriers: {
      getLineWidth: 2,
      data: {
        length: fleet.shown,
        attributes: {
          getPosition,
          getRadius: { value: paint.radii, size: 1 },
          getFillColor: { value: paint.fills, size: 4, normalized: true },
          getLineColor: { value: paint.lines, size: 4, normalized: true },
        },
      },
    },
    heading: {
      getIcon: "heading-plain",
      getColor: [0, 0, 0, 255],
      getPixelOffset: [0, 0],
      data: {
        length: fleet.shown,
        attributes: {
          getPosition,
          getAngle: { value: fleet.angles, size: 1 },
          getSize: { value: paint.headings, size: 1 },
        },
      },
    },
  };
}

/** @param {Label[]} loads @param {Label[]} names @param {number} turn grows whenever they have moved */
export const labelProps = (loads, names, turn) => ({
  "courier-loads": { data: loads, updateTriggers: { getPosition: turn } },
  names: {
    data: names,
    getPixelOffset: (/** @type {Label} */ label) => [0, -(label.up ?? ABOVE_PX)],
    updateTriggers: { getPosition: turn },
  },
});

/** @param {Way} order @param {Way} courier */
export const routeProps = (order, courier) => ({
  "route-order": { data: path(order) },
  "route-courier": { data: path(courier) },
});

/** @param {Way} way */
function path(way) {
  if (!way || way.points.length < 2) return [];
  return (way.guessed ? dashes(way.points) : [way.points]).map((points) => ({ path: points }));
}

/** @param {Record<string, any>} map pydeck's JSON @param {DeckGl} deckgl @param {HTMLCanvasElement} icons @returns {any} */
function convert(map, deckgl, icons) {
  const classes = Object.fromEntries([...LAYERS, /** @type {const} */ ("MapView")].map((name) => [name, deckgl[name]]));
  const converter = new deckgl.JSONConverter({ configuration: new deckgl.JSONConfiguration({ classes }) });
  const { palette, mapStyle, ...spec } = map;
  const empty = spec.layers.map((/** @type {any} */ { iconAtlas, ...layer }) => ({ ...layer, data: [] }));
  const converted = /** @type {any} */ (converter).convert({ ...spec, layers: empty });
  const { iconMapping } = spec.layers.find((/** @type {any} */ layer) => layer.iconAtlas);
  const lines = { type: createRibbonLayer(deckgl) };
  const completed = converted.layers.map((/** @type {any} */ layer) => {
    if (layer instanceof deckgl.IconLayer) return layer.clone({ iconMapping, iconAtlas: icons });
    return layer.id === "base" ? layer.clone({ _subLayerProps: { linestrings: lines, "polygons-stroke": lines } }) : layer;
  });
  return { ...converted, layers: completed };
}
