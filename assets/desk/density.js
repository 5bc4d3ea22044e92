/**
 * How close the rows stand: roomy while there are few, a line each when there are many, two beside each other when those
 * would not be seen together. Up late and down later, so that nothing jumps about at a limit.
 *
 * @typedef {0 | 1 | 2} Density
 */

const UP = [18, 34];
const DOWN = [11, 25];

/** @param {number} rows of work in hand @param {Density} before @returns {Density} */
export function densityOf(rows, before) {
  const risen = UP.filter((limit) => rows > limit).length;
  const fallen = DOWN.filter((limit) => rows >= limit).length;
  return /** @type {Density} */ (Math.min(Math.max(before, risen), fallen));
}
