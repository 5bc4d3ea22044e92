// What the map uses of deck.gl, and what groups its marks: `npm run build` bundles exactly this, so that /dispatch stays light.
export { CompositeLayer, Deck, FlyToInterpolator, MapView, WebMercatorViewport } from "@deck.gl/core";
export { MVTLayer, TileLayer } from "@deck.gl/geo-layers";
export { JSONConfiguration, JSONConverter } from "@deck.gl/json";
export { BitmapLayer, GeoJsonLayer, IconLayer, PathLayer, PolygonLayer, ScatterplotLayer, SolidPolygonLayer, TextLayer } from "@deck.gl/layers";
export { MVTLoader } from "@loaders.gl/mvt";
export { default as Supercluster } from "supercluster";
