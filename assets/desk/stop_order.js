/**
 * Moving one stop of a courier's list to another place: what comes of it, and where it cannot go. Plain values.
 *
 * @typedef {{order: string, end: string}} Mark one end of an order
 * @typedef {"up" | "down" | "top" | "bottom"} Way
 * @typedef {ReadonlyMap<string, string>} Groups by order: what shares a pickup, which is made in one go
 */

/** @type {Groups} */
const ALONE = new Map();

/** @param {Mark} mark */
export const keyOf = ({ order, end }) => `${order}:${end}`;

/** @param {readonly Mark[]} marks */
export const keysOf = (marks) => marks.map(keyOf).join(",");

/** @param {readonly Mark[]} all @param {number} from @param {number} to @param {Groups} [groups] @returns {Mark[]} what shares the stop's pickup goes with it */
export function moved(all, from, to, groups = ALONE) {
  const rest = all.filter((_, place) => place !== from);
  return inOneGo([...rest.slice(0, to), all[from], ...rest.slice(to)], all[from], groups);
}

/** Pickups of one group one after the other: where the stop stands that leads, else where the first of them does. @param {Mark[]} marks @param {Mark} lead @param {Groups} groups @returns {Mark[]} */
function inOneGo(marks, lead, groups) {
  const groupOf = (/** @type {Mark} */ { order, end }) => (end === "pickup" ? groups.get(order) : undefined);
  const leading = groupOf(lead);
  return marks.flatMap((mark, place) => {
    const group = groupOf(mark);
    if (group === undefined) return [mark];
    const all = marks.filter((one) => groupOf(one) === group);
    const first = group === leading ? lead : all[0];
    return marks[place] === first ? all : [];
  });
}

/** @param {readonly Mark[]} marks @param {number} from @param {number} to @param {Groups} [groups] @returns {boolean} whether pickups stay before their drop-offs */
export function fits(marks, from, to, groups = ALONE) {
  const stands = moved(marks, from, to, groups);
  const fetched = new Set(stands.filter(({ end }) => end === "pickup").map(({ order }) => order));
  const met = new Set();
  return stands.every(({ order, end }) => (end === "pickup" ? met.add(order) : met.has(order) || !fetched.has(order)));
}

/**
 * Where a key takes the stop: one place on, or as far as it may go.
 * @param {readonly Mark[]} marks @param {number} from @param {Way} way @param {Groups} [groups] @returns {number | null} null: it cannot go that way at all
 */
export function placeFor(marks, from, way, groups = ALONE) {
  const step = way === "up" || way === "top" ? -1 : 1;
  const isFar = way === "top" || way === "bottom";
  let to = from;
  while (to + step >= 0 && to + step < marks.length && fits(marks, from, to + step, groups)) {
    to += step;
    if (!isFar) break;
  }
  return to === from ? null : to;
}

/**
 * An order of stops that somebody thought of, after some were done and others came: what is gone is left out, what is
 * new comes last.
 * @param {readonly Mark[]} thought @param {readonly Mark[]} ahead @returns {Mark[]}
 */
export function brought(thought, ahead) {
  const known = new Set(ahead.map(keyOf));
  const kept = thought.filter((one) => known.has(keyOf(one)));
  const had = new Set(kept.map(keyOf));
  return [...kept, ...ahead.filter((one) => !had.has(keyOf(one)))];
}
