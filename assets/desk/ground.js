/**
 * The base map and the map's pictures, fetched once.
 *
 * @typedef {{type: "FeatureCollection", features: {properties: Record<string, any>, geometry: any}[]}} Ground
 */

/** Letters are about so wide, in pixels, at the size in which streets are named. */
const LETTER_PX = 6.2;
const EQUATOR_M_PER_PX = 78271.52;

/** @param {string | null} url @returns {Promise<Ground | null>} null where the city has none @throws {Error} when it does not come */
export async function fetchGround(url) {
  if (!url) return null;
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return answer.json();
}

/**
 * The names that find room at this zoom.
 * @param {Ground} ground @param {number} zoom @param {number} latitude
 */
export function namesAt(ground, zoom, latitude) {
  const metresPerPixel = (EQUATOR_M_PER_PX * Math.cos((latitude * Math.PI) / 180)) / 2 ** zoom;
  return ground.features.filter(({ properties }) => {
    if (properties.layer !== "name") return false;
    return properties.metres / metresPerPixel >= LETTER_PX * properties.name.length;
  });
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
