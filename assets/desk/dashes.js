/**
 * A line that nobody knows to be a street is drawn in dashes.
 *
 * @typedef {[number, number]} Point lon, lat
 */

/** From the beginning of one dash to that of the next, in degrees of latitude (130 m); of a short line less, of a long one more. */
const STEP = 0.0012;
const FEWEST = 3;
const MOST = 24;

/**
 * Every other piece of the line, all of one length.
 * @param {Point[]} points at least two @returns {Point[][]}
 */
export function dashes(points) {
  const at = distances(points);
  const whole = at[at.length - 1];
  if (whole === 0) return [];
  const count = Math.min(MOST, Math.max(FEWEST, Math.round(whole / STEP)));
  const piece = whole / (2 * count - 1);
  return Array.from({ length: count }, (_, n) => cutOut(points, at, 2 * n * piece, Math.min((2 * n + 1) * piece, whole)));
}

/** @param {Point[]} points @returns {number[]} how far along the line each lies; in degrees of latitude */
function distances(points) {
  const shrink = Math.cos((points[0][1] * Math.PI) / 180);
  const at = [0];
  for (let n = 1; n < points.length; n += 1) {
    const [east, north] = [points[n][0] - points[n - 1][0], points[n][1] - points[n - 1][1]];
    at.push(at[n - 1] + Math.hypot(east * shrink, north));
  }
  return at;
}

/** @param {Point[]} points @param {number[]} at @param {number} from @param {number} to @returns {Point[]} */
function cutOut(points, at, from, to) {
  const inside = points.filter((_, n) => at[n] > from && at[n] < to);
  return [pointAt(points, at, from), ...inside, pointAt(points, at, to)];
}

/** @param {Point[]} points @param {number[]} at @param {number} where @returns {Point} */
function pointAt(points, at, where) {
  const n = Math.max(
    1,
    at.findIndex((each) => each >= where),
  );
  const share = at[n] === at[n - 1] ? 0 : (where - at[n - 1]) / (at[n] - at[n - 1]);
  const [a, b] = [points[n - 1], points[n]];
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
}
