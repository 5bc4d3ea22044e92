/**
 * The words of the page, from the same catalogue as Python's: the English text is the key.
 *
 * @import { Words } from "./types.js"
 * @param {Record<string, string>} catalogue @returns {Words}
 */
export function createWords(catalogue) {
  return (text, facts = {}) =>
    (catalogue[text] || text).replace(/\{(\w+)\}/g, (whole, name) => String(facts[name] ?? whole));
}
