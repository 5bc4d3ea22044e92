/** Finding by words as people type them: without accents, in any order, parts of words. */

/** Letters that Unicode does not take for others with a mark upon them, or tied together. @type {Record<string, string>} */
const WRITTEN_OUT = { œ: "oe", æ: "ae", ß: "ss", ø: "o", ł: "l", đ: "d", ı: "i" };

/** Letters alone are taken apart: № and ½ are signs, and stay what words are parted by. @param {string} letter */
const writtenOut = (letter) => WRITTEN_OUT[letter] ?? letter.normalize("NFKD");

/** @param {string} text @returns {string} as it is compared: small letters of the keyboard, without marks */
export const plain = (text) =>
  text
    .normalize("NFD")
    .toLowerCase()
    .replace(/(?!\p{ASCII})\p{L}/gu, writtenOut)
    .replace(/\p{Diacritic}/gu, "")
    .trim();

/** @param {string} text @returns {string[]} its words, plain */
export const wordsOf = (text) =>
  plain(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** @param {string} filter what was typed @param {string[]} texts @returns {boolean} whether each word of it is found somewhere */
export function matches(filter, texts) {
  if (!filter) return true;
  const all = plain(texts.join(" "));
  return plain(filter)
    .split(/\s+/)
    .every((word) => all.includes(word));
}
