/** How far a word that was typed is from one that is meant: letters left out, added, changed, or two in the wrong order. */

/** Shorter words have too many neighbours. */
const SHORTEST = 4;
const LONG = 8;

/** @param {string} word as typed @returns {number} so many slips are forgiven; numbers are meant as they are written */
export const forgiven = (word) => (word.length < SHORTEST || /\d/.test(word) ? 0 : word.length < LONG ? 1 : 2);

/**
 * Slips between what was typed and the beginning of a word, no more than `most` (Infinity then): whoever types has often
 * not come to its end.
 * @param {string} typed @param {string} word @param {number} most @returns {number}
 */
export function slips(typed, word, most) {
  if (word.length < typed.length - most || !most) return word.startsWith(typed) ? 0 : Infinity;
  const width = Math.min(word.length, typed.length + most);
  let before = /** @type {number[]} */ ([]);
  let row = Array.from({ length: width + 1 }, (_, at) => at);
  for (let line = 1; line <= typed.length; line += 1) {
    const next = [line];
    for (let at = 1; at <= width; at += 1) {
      const isSame = typed[line - 1] === word[at - 1];
      let best = Math.min(row[at] + 1, next[at - 1] + 1, row[at - 1] + (isSame ? 0 : 1));
      const isSwapped = line > 1 && at > 1 && typed[line - 1] === word[at - 2] && typed[line - 2] === word[at - 1];
      if (isSwapped) best = Math.min(best, before[at - 2] + 1);
      next.push(best);
    }
    if (Math.min(...next) > most) return Infinity;
    before = row;
    row = next;
  }
  const found = Math.min(...row);
  return found <= most ? found : Infinity;
}
