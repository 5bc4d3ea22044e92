/**
 * What was typed and not sent yet: kept in this tab, whatever happens to the panel, the page or the connection.
 *
 * @import { Own } from "./drop_offs.js"
 * @import { Fields } from "./values.js"
 * @typedef {{fields: Fields, before: Fields, version: number, key: string, more?: Own[]}} Draft
 *   `before` is what the form showed at first, of the order's `version` (0: a new one); `key` makes sending it twice harmless; `more` are
 *   the drop-offs of the same pickup that are written already.
 */
import { keepValue, readKept } from "../kept.js";

const PREFIX = "roulement-draft";

/** @param {Storage} storage @param {string} coop @param {string} about an order, or "new" @returns {Draft | null} */
export function readDraft(storage, coop, about) {
  const found = readKept(storage, place(coop, about));
  return found?.fields && found.key ? found : null;
}

/** @param {Storage} storage @param {string} coop @param {string} about @param {Draft | null} draft null: forget it */
export const keepDraft = (storage, coop, about, draft) => keepValue(storage, place(coop, about), draft);

/** @param {string} coop @param {string} about */
const place = (coop, about) => `${PREFIX}/${coop}/${about}`;
