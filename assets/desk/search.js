/** Finding by words as people type them: without accents, in any order, parts of words. */

/** @param {string} text */
export const plain = (text) =>
  text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase()
    .trim();

/** @param {string} filter what was typed @param {string[]} texts @returns {boolean} whether each word of it is found somewhere */
export function matches(filter, texts) {
  if (!filter) return true;
  const all = plain(texts.join(" "));
  return plain(filter)
    .split(/\s+/)
    .every((word) => all.includes(word));
}
