/** Values in the browser's storage. A browser that keeps nothing takes nothing from a page but what it would know later. */

/** @param {Storage} storage @param {string} place @returns {any} null where nothing is that can be read */
export function readKept(storage, place) {
  try {
    return JSON.parse(storage.getItem(place) ?? "null");
  } catch {
    return null;
  }
}

/** @param {Storage} storage @param {string} place @param {object | null} value null: forget it */
export function keepValue(storage, place, value) {
  try {
    if (value) storage.setItem(place, JSON.stringify(value));
    else storage.removeItem(place);
  } catch {
    // the form itself still holds what was written
  }
}
