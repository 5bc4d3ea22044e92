/**
 * An incident on its way to the desk. Whoever did not hear the answer sends the same again, and it is written once.
 *
 * @import { Outcome } from "./sending.js"
 * @typedef {{kind: string, note: string}} Told
 */
import { photoOf } from "./photos.js";
import { report } from "./sending.js";

export function createTelling() {
  let sent = { key: "", text: "" };
  return {
    /** @param {string} order @param {Told} told @param {File | undefined} file @returns {Promise<Outcome | {kind: "large"}>} */
    async send(order, told, file) {
      const photo = file ? await photoOf(file) : undefined;
      if (photo === null) return { kind: "large" };
      const document = photo ? { ...told, photo } : told;
      const text = JSON.stringify([order, document]);
      if (text !== sent.text) sent = { key: crypto.randomUUID(), text };
      const outcome = await report(order, document, sent.key);
      if (outcome.kind === "done") sent = { key: "", text: "" };
      return outcome;
    },
  };
}
