/**
 * Putting elements into an order by moving as few of them as can be: an element that is moved is styled, laid out and
 * painted anew, and one that goes from the top to the bottom must not push all others up one by one.
 */

/** Put `wanted` into `host`, and nothing else. @param {HTMLElement} host @param {HTMLElement[]} wanted in this order */
export function arrange(host, wanted) {
  const kept = new Set(wanted);
  for (const child of [...host.children]) if (!kept.has(/** @type {HTMLElement} */ (child))) child.remove();
  const places = new Map([...host.children].map((child, place) => [child, place]));
  const still = staying(wanted.map((element) => places.get(element) ?? -1));
  let after = /** @type {Element | null} */ (null);
  for (let at = wanted.length - 1; at >= 0; at -= 1) {
    if (!still.has(at)) host.insertBefore(wanted[at], after);
    after = wanted[at];
  }
}

/**
 * Which of the wanted may stay where they are: the longest run of places that already ascends.
 * @param {number[]} places where each of the wanted stands now; -1: nowhere yet @returns {Set<number>} indices into `places`
 */
export function staying(places) {
  const ends = /** @type {number[]} */ ([]); // of the runs of each length, the index whose place is lowest
  const before = new Map();
  places.forEach((place, at) => {
    if (place < 0) return;
    const length = lengthBelow(ends, places, place);
    before.set(at, ends[length - 1]);
    ends[length] = at;
  });
  const found = new Set();
  for (let at = ends.at(-1); at !== undefined; at = before.get(at)) found.add(at);
  return found;
}

/** @param {number[]} ends @param {number[]} places @param {number} place @returns {number} how long a run it can be put behind */
function lengthBelow(ends, places, place) {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[ends[middle]] < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
