/**
 * Places that somebody may mean: the co-op's restaurants, and streets, house numbers and spots of the city pack.
 *
 * @typedef {{name: string, kind: string, detail: string, lat: number, lon: number, restaurant: string | null, address: string}} Found
 * @typedef {{id: string, name: string, address: string, lat: number, lon: number, here: boolean}} Kitchen
 */

import { plain } from "../search.js";

const MOST = 8;
const MOST_KITCHENS = 4;

/**
 * The restaurants of which each word typed begins a word; those with orders on the board first.
 * @param {readonly Kitchen[]} kitchens @param {string} text @returns {Found[]}
 */
export function kitchensFor(kitchens, text) {
  const typed = plain(text).split(/\P{L}+/u).filter(Boolean);
  if (!typed.length) return [];
  return kitchens
    .filter((one) => {
      const words = plain(one.name).split(/\P{L}+/u);
      return typed.every((part) => words.some((word) => word.startsWith(part)));
    })
    .slice(0, MOST_KITCHENS)
    .map(({ id, name, address, lat, lon }) => ({ name, kind: "kitchen", detail: address, lat, lon, restaurant: id, address }));
}

/** @param {string} text @param {AbortSignal} signal @returns {Promise<Found[] | null>} null when nobody answers */
export async function placesFor(text, signal) {
  const query = new URLSearchParams({ q: text, limit: String(MOST) });
  const answer = await fetch(`/api/v1/places?${query}`, { signal }).catch(() => null);
  const found = answer?.ok ? await answer.json().catch(() => null) : null;
  return found ? found.places.map((/** @type {any} */ one) => ({ ...one, restaurant: null, address: "" })) : null;
}

/** @returns {Promise<Kitchen[]>} none when nobody answers: any pickup can still be found */
export async function fetchKitchens() {
  const answer = await fetch("/live/restaurants").catch(() => null);
  const found = answer?.ok ? await answer.json().catch(() => null) : null;
  return found?.restaurants ?? [];
}
