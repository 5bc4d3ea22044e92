/**
 * The words of the page, from the same catalogue as Python's: the English text is the key. Its gaps are `{ref}`, or
 * `{n:order|orders}` for the word that goes with so many.
 *
 * @import { Words } from "./types.js"
 * @param {Record<string, string>} catalogue @param {string} locale @returns {Words}
 */
export function createWords(catalogue, locale) {
  const plural = new Intl.PluralRules(locale);
  return (text, facts = {}) => {
    const said = catalogue[text] || text;
    if (!said.includes("{")) return said; // most have no gaps, and are said for every order of a board
    return said.replace(/\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g, (whole, name, one, many) => {
      const fact = facts[name];
      if (fact === undefined || many === undefined) return String(fact ?? whole);
      return plural.select(Number(fact)) === "one" ? one : many;
    });
  };
}
