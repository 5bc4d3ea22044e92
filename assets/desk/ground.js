/**
 * The base map and the map's pictures, fetched once.
 *
 * @typedef {{type: "FeatureCollection", features: {properties: Record<string, any>, geometry: any}[]}} Ground
 */

/** Letters are about so wide and lines so high, in pixels, at the size in which streets are named. */
const LETTER_PX = 6.2;
const LINE_PX = 14;
/** At zoom 0. */
export const EQUATOR_M_PER_PX = 78271.52;

/** How much shorter a degree of longitude is than at the equator. @param {number} latitude */
export const shrinkAt = (latitude) => Math.cos((latitude * Math.PI) / 180);

/** @param {number} zoom @param {number} latitude */
export const metresPerPixelAt = (zoom, latitude) => (EQUATOR_M_PER_PX * shrinkAt(latitude)) / 2 ** zoom;
const METRES_PER_DEGREE = 111320;

/** @param {string | null} url @returns {Promise<Ground | null>} null where the city has none @throws {Error} when it does not come */
export async function fetchGround(url) {
  if (!url) return null;
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return answer.json();
}

/**
 * The names in some tiles, whose coordinates are shares of the tile's side from its north-west.
 * @param {{index: {x: number, y: number, z: number}, content: Ground["features"] | null}[]} tiles @returns {Ground}
 */
export const namesIn = (tiles) => ({
  type: "FeatureCollection",
  features: tiles.flatMap(({ index, content }) =>
    (content ?? [])
      .filter(({ properties }) => properties.layer === "name")
      .map(({ properties, geometry }) => ({
        properties,
        geometry: { coordinates: degreesOf(index, geometry.coordinates) },
      })),
  ),
});

/** @param {{x: number, y: number, z: number}} tile @param {[number, number]} share @returns {[number, number]} longitude and latitude */
function degreesOf({ x, y, z }, [right, down]) {
  const north = Math.PI * (1 - (2 * (y + down)) / 2 ** z);
  return [((x + right) / 2 ** z) * 360 - 180, (Math.atan(Math.sinh(north)) * 180) / Math.PI];
}

/**
 * The names that find room at this zoom: along their street, and beside each other, the most important first.
 * @param {Ground} ground @param {number} zoom @param {number} latitude
 */
export function namesAt(ground, zoom, latitude) {
  const shrink = shrinkAt(latitude);
  const metresPerPixel = metresPerPixelAt(zoom, latitude);
  const taken = new Set();
  const names = ground.features.filter(
    ({ properties }) =>
      properties.layer === "name" && properties.metres / metresPerPixel >= LETTER_PX * properties.name.length,
  );
  return names
    .sort((one, other) => one.properties.rank - other.properties.rank)
    .filter((name) => {
      const cells = cellsOf(name, metresPerPixel, shrink);
      if (cells.some((cell) => taken.has(cell))) return false;
      cells.forEach((cell) => taken.add(cell));
      return true;
    });
}

/** The squares of a line's height that a name lies on. @param {Ground["features"][number]} name @param {number} metresPerPixel @param {number} shrink */
function cellsOf({ properties, geometry }, metresPerPixel, shrink) {
  const [lon, lat] = geometry.coordinates;
  const x = (lon * METRES_PER_DEGREE * shrink) / metresPerPixel;
  const y = (lat * METRES_PER_DEGREE) / metresPerPixel;
  const half = (LETTER_PX * properties.name.length) / 2;
  const turn = (properties.angle * Math.PI) / 180;
  const cells = new Set();
  for (let along = -half; along <= half; along += LINE_PX / 2) {
    cells.add(
      `${Math.round((x + along * Math.cos(turn)) / LINE_PX)} ${Math.round((y + along * Math.sin(turn)) / LINE_PX)}`,
    );
  }
  return [...cells];
}

/** @param {string} url of an SVG @returns {Promise<HTMLCanvasElement>} drawn: deck.gl would fetch it, which the page's policy forbids */
export async function drawPicture(url) {
  const picture = new Image();
  picture.src = url;
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = picture.naturalWidth;
  canvas.height = picture.naturalHeight;
  /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")).drawImage(picture, 0, 0);
  return canvas;
}
