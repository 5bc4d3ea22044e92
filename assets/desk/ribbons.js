/**
 * Lines as flat ribbons of triangles, in one piece. deck.gl draws each segment of a line as a copy of one model, and
 * where there is no graphics card each copy costs as much as a drawing of its own: 13,000 took 0.8 s a picture.
 *
 * @typedef {[number, number]} Point x, y in the layer's units
 * @typedef {{path: Point[], width: number, color: number[]}} Line `width` in metres, `color` red, green, blue[, alpha] (0–255)
 * @typedef {{positions: Float64Array, indices: Uint32Array, colors: Uint8Array}} Mesh x, y and four colours a corner
 */

/** A line that turns more sharply than this cosine is cut there, and both pieces get a round end. */
const SHARP = 0;
/** Ends are round where they are wide enough to be seen as such. */
const ROUND_FROM_PX = 2;
const ROUND = [0.25, 0.5, 0.75].map((share) => [Math.cos(share * Math.PI), Math.sin(share * Math.PI)]);

/**
 * @param {Iterable<Line>} lines
 * @param {{x: number, y: number}} metre so many of the layer's units it is long, to the east and to the north
 * @param {number} metresPerPixel @param {number} leastPx no ribbon is narrower
 * @returns {Mesh}
 */
export function ribbonsOf(lines, metre, metresPerPixel, leastPx) {
  /** @type {number[]} */
  const positions = [];
  /** @type {number[]} */
  const indices = [];
  /** @type {number[]} */
  const colors = [];
  /** @type {number[]} */
  let color = [];
  let half = 0;

  /** @param {Point} at @param {number} x @param {number} y away from there, in halves of the width @returns {number} the corner */
  function corner([lon, lat], x, y) {
    positions.push(lon + x * half * metre.x, lat + y * half * metre.y);
    colors.push(color[0], color[1], color[2], color[3] ?? 255);
    return positions.length / 2 - 1;
  }

  /** Half a disc from the corner on the left by way of `dx`, `dy` to the one on the right. @param {Point} at @param {number} dx @param {number} dy @param {number} left @param {number} right */
  function end(at, dx, dy, left, right) {
    const rim = [left, ...ROUND.map(([along, out]) => corner(at, -dy * along + dx * out, dx * along + dy * out)), right];
    for (let i = 1; i + 1 < rim.length; i += 1) indices.push(left, rim[i], rim[i + 1]);
  }

  /** @param {Point[]} path without sharp turns @param {number[][]} ways of its segments @param {boolean} isRound its ends */
  function ribbon(path, ways, isRound) {
    const last = path.length - 1;
    const isRing = last > 2 && isSame(path[0], path[last]) && isGentle(ways[last - 1], ways[0]);
    let left = -1;
    let right = -1;
    path.forEach((at, i) => {
      const before = ways[i - 1] ?? (isRing ? ways[last - 1] : ways[i]);
      const after = ways[i] ?? (isRing ? ways[0] : before);
      const scale = 1 / (1 + before[0] * after[0] + before[1] * after[1]); // of the mitre, whose normals are added up
      const x = -(before[1] + after[1]) * scale;
      const y = (before[0] + after[0]) * scale;
      const [nextLeft, nextRight] = [corner(at, x, y), corner(at, -x, -y)];
      if (i > 0) indices.push(left, right, nextLeft, right, nextRight, nextLeft);
      else if (isRound && !isRing) end(at, -after[0], -after[1], nextRight, nextLeft);
      [left, right] = [nextLeft, nextRight];
    });
    if (isRound && !isRing) end(path[last], ways[last - 1][0], ways[last - 1][1], left, right);
  }

  for (const line of lines) {
    const metres = Math.max(line.width, leastPx * metresPerPixel);
    [color, half] = [line.color, metres / 2];
    const isRound = metres >= ROUND_FROM_PX * metresPerPixel;
    const path = line.path.filter((at, i) => i === 0 || !isSame(at, line.path[i - 1]));
    const ways = path.slice(1).map((at, i) => wayOf(path[i], at, metre));
    let begin = 0;
    for (let i = 1; i <= ways.length; i += 1) {
      if (i < ways.length && isGentle(ways[i - 1], ways[i])) continue;
      ribbon(path.slice(begin, i + 1), ways.slice(begin, i), isRound);
      begin = i;
    }
  }
  return {
    positions: new Float64Array(positions),
    indices: new Uint32Array(indices),
    colors: new Uint8Array(colors),
  };
}

/** @param {Point} one @param {Point} other */
const isSame = (one, other) => one[0] === other[0] && one[1] === other[1];

/** @param {number[]} before @param {number[]} after */
const isGentle = (before, after) => before[0] * after[0] + before[1] * after[1] > SHARP;

/** @param {Point} from @param {Point} to @param {{x: number, y: number}} metre @returns {[number, number]} of length 1 */
function wayOf(from, to, metre) {
  const [x, y] = [(to[0] - from[0]) / metre.x, (to[1] - from[1]) / metre.y];
  const length = Math.hypot(x, y);
  return [x / length, y / length];
}
