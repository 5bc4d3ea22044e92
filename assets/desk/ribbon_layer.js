/**
 * A drop-in for deck.gl's PathLayer for what lies still: its lines in one piece (ribbons.js), made anew only when
 * another scale makes another line too narrow to be seen.
 *
 * @import { DeckGl } from "./camera.js"
 * @import { Line } from "./ribbons.js"
 */
import { EQUATOR_M_PER_PX, metresPerPixelAt, shrinkAt } from "./ground.js";
import { ribbonsOf } from "./ribbons.js";

/** The world's side in deck.gl's own units. */
const WORLD = 512;

/** @param {DeckGl} deckgl @returns {any} the class of the layer */
export function createRibbonLayer(deckgl) {
  return class RibbonLayer extends deckgl.CompositeLayer {
    static layerName = "RibbonLayer";
    static defaultProps = {
      getPath: { type: "accessor", value: (/** @type {any} */ line) => line.path },
      getWidth: { type: "accessor", value: 1 },
      getColor: { type: "accessor", value: [0, 0, 0, 255] },
      widthMinPixels: 0,
    };

    /** @param {any} params */
    shouldUpdateState({ changeFlags }) {
      return changeFlags.propsOrDataChanged || (changeFlags.viewportChanged && this.scale() !== this.state.scale);
    }

    /** @param {any} params */
    updateState({ changeFlags }) {
      if (!changeFlags.dataChanged && !changeFlags.updateTriggersChanged && this.scale() === this.state.scale) return;
      const scale = this.scale();
      const { latitude } = /** @type {any} */ (this.context.viewport);
      const metre = this.metre(shrinkAt(latitude));
      const mesh = ribbonsOf(this.lines(), metre, metresPerPixelAt(scale / 2, latitude), this.props.widthMinPixels);
      this.setState({ scale, data: dataOf(mesh) });
    }

    renderLayers() {
      const own = /** @type {any} */ ({ data: this.state.data, positionFormat: "XY", _normalize: false });
      return new deckgl.SolidPolygonLayer(this.getSubLayerProps({ id: "ribbons" }), own);
    }

    /** In half steps of zoom. */
    scale() {
      return Math.round(2 * this.context.viewport.zoom);
    }

    /** So many units of this layer are a metre: degrees, or shares of a tile. @param {number} shrink of the mercator projection */
    metre(shrink) {
      const around = EQUATOR_M_PER_PX * WORLD;
      const [tile] = this.props.modelMatrix ?? [];
      if (!tile) return { x: 360 / (around * shrink), y: 360 / around };
      const share = WORLD / (around * shrink * tile);
      return { x: share, y: share };
    }

    /** @returns {Iterable<Line>} */
    *lines() {
      const { data, getPath, getWidth, getColor } = this.props;
      let index = 0;
      for (const one of data) {
        const info = { data, index, target: [] };
        index += 1;
        yield { path: getPath(one, info), width: valueOf(getWidth, one, info), color: valueOf(getColor, one, info) };
      }
    }
  };
}

/** @param {any} accessor @param {any} one @param {any} info */
const valueOf = (accessor, one, info) => (typeof accessor === "function" ? accessor(one, info) : accessor);

/** @param {import("./ribbons.js").Mesh} mesh as deck.gl takes it: one polygon that is cut up already */
const dataOf = ({ positions, indices, colors }) => ({
  length: 1,
  startIndices: [0, positions.length / 2],
  attributes: {
    getPolygon: { value: positions, size: 2 },
    indices: { value: indices, size: 1 },
    getFillColor: { value: colors, size: 4, normalized: true },
  },
});
