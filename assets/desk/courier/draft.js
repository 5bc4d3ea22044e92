/**
 * What was written of an incident and not sent yet: kept in this tab, whatever happens to the page or the connection.
 *
 * @import { Told } from "../forms/telling.js"
 */
import { keepValue, readKept } from "../kept.js";

const PREFIX = "roulement-report";

/** @param {Storage} storage @param {string} coop @param {string} order @returns {Told} */
export function kept(storage, coop, order) {
  const { kind, note } = readKept(storage, place(coop, order)) ?? {};
  return { kind: String(kind ?? ""), note: String(note ?? "") };
}

/** @param {Storage} storage @param {string} coop @param {string} order @param {Told} told */
export const keep = (storage, coop, order, told) => keepValue(storage, place(coop, order), told);

/** @param {Storage} storage @param {string} coop @param {string} order */
export const forget = (storage, coop, order) => keepValue(storage, place(coop, order), null);

/** @param {string} coop @param {string} order */
const place = (coop, order) => `${PREFIX}/${coop}/${order}`;
