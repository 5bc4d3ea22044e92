/**
 * What lies too close together to be told apart is one group. Supercluster finds groups; that they stay the same while
 * couriers move is done here: who is in a group stays until well away from its middle.
 *
 * @typedef {typeof import("supercluster").default} SuperclusterClass
 * @typedef {{id: string, lon: number, lat: number}} Spot Something on the map; `id` is unique among what is grouped together.
 * @typedef {{key: string, members: string[], lon: number, lat: number}} Group `key` stays as long as the group is kept;
 *   `lon`, `lat`: the middle of its members.
 * @typedef {(spots: Spot[], level: number | null) => Group[]} Grouping
 */

/** From this zoom on nothing is grouped: what is still on top of another there stands at one address. */
const MOST_LEVEL = 16;
/** Half a step of zoom is a new level; so much more it takes to leave one that has been reached. */
const STEP = 0.5;
const SLACK = 0.1;
/** Two are told apart more easily than they are found in a group. */
export const LEAST = 3;
/** Who has joined leaves at so many times the distance. */
const LEAVES_AT = 1.5;
const WORLD_PX = 512;

/**
 * The level of zoom at which groups are made; it does not go back and forth while the zoom trembles between two.
 * @param {number} zoom @param {number | null} before @returns {number | null} null: nothing is grouped
 */
export function levelOf(zoom, before) {
  const isNear = before !== null && Math.abs(zoom - before) <= STEP / 2 + SLACK;
  const level = isNear ? before : Math.round(zoom / STEP) * STEP;
  return level < MOST_LEVEL ? level : null;
}

/**
 * A way of grouping that remembers its last groups.
 * @param {SuperclusterClass} Supercluster @param {number} reach pixels within which one joins @returns {Grouping}
 */
export function createGrouping(Supercluster, reach) {
  let groups = /** @type {Group[]} */ ([]);
  let at = /** @type {number | null} */ (null);
  let given = 0;

  return (spots, level) => {
    const known = new Map(spots.map((spot) => [spot.id, spot]));
    const kept = level === null || level !== at ? [] : groups.flatMap((group) => whatStays(group, known, level, reach));
    at = level;
    if (level === null) return (groups = []);
    const held = new Set(kept.flatMap((group) => group.members));
    const free = spots.filter((spot) => !held.has(spot.id)).map((spot) => ({ ...spot, key: "", members: [spot.id] }));
    groups = together(Supercluster, [...kept, ...free], level, reach)
      .map((parts) => joined(parts, () => `g${(given += 1)}`))
      .filter((group) => group.members.length >= LEAST);
    return groups;
  };
}

/** @param {Group} group @param {Map<string, Spot>} known @param {number} level @param {number} reach @returns {Group[]} one, or none */
function whatStays(group, known, level, reach) {
  const present = group.members.map((id) => known.get(id)).filter((spot) => spot !== undefined);
  if (present.length < LEAST) return [];
  const middle = middleOf(present);
  const near = present.filter((spot) => pixelsApart(spot, middle, level) <= LEAVES_AT * reach);
  return near.length < LEAST ? [] : [{ key: group.key, members: near.map((spot) => spot.id), ...middleOf(near) }];
}

/**
 * @param {SuperclusterClass} Supercluster @param {Group[]} parts @param {number} level @param {number} reach
 * @returns {Group[][]} those that come together, each with what it is made of; and the others, each alone
 */
function together(Supercluster, parts, level, reach) {
  const zoom = Math.max(0, Math.floor(level));
  const index = new Supercluster({
    minZoom: zoom,
    maxZoom: zoom,
    radius: reach * 2 ** (zoom - level),
    extent: WORLD_PX,
    minPoints: 2,
  });
  index.load(
    parts.map((part) => ({
      type: "Feature",
      geometry: { type: "Point", coordinates: [part.lon, part.lat] },
      properties: part,
    })),
  );
  return index.getClusters([-180, -90, 180, 90], zoom).map(({ properties }) => {
    const { cluster_id: id } = /** @type {{cluster_id?: number}} */ (properties);
    const leaves = id === undefined ? [{ properties }] : index.getLeaves(id, Infinity);
    return leaves.map((leaf) => /** @type {Group} */ (leaf.properties));
  });
}

/** @param {Group[]} parts @param {() => string} newKey @returns {Group} the largest one's name lives on */
function joined(parts, newKey) {
  const largest = parts.reduce((one, other) => (other.members.length > one.members.length ? other : one));
  const count = parts.reduce((sum, part) => sum + part.members.length, 0);
  const share = (/** @type {"lon" | "lat"} */ axis) =>
    parts.reduce((sum, part) => sum + part[axis] * part.members.length, 0) / count;
  return {
    key: largest.key || newKey(),
    members: parts.flatMap((part) => part.members),
    lon: share("lon"),
    lat: share("lat"),
  };
}

/** @param {{lon: number, lat: number}[]} spots at least one */
export const middleOf = (spots) => ({
  lon: spots.reduce((sum, spot) => sum + spot.lon, 0) / spots.length,
  lat: spots.reduce((sum, spot) => sum + spot.lat, 0) / spots.length,
});

/** @param {{lon: number, lat: number}} one @param {{lon: number, lat: number}} other @param {number} level */
function pixelsApart(one, other, level) {
  const perDegree = (WORLD_PX * 2 ** level) / 360;
  const stretched = 1 / Math.cos(((one.lat + other.lat) * Math.PI) / 360);
  return perDegree * Math.hypot(one.lon - other.lon, (one.lat - other.lat) * stretched);
}
