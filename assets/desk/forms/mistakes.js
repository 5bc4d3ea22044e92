/**
 * What keeps a report from being sent, beside the field that it is about.
 *
 * @import { Outcome } from "./sending.js"
 * @import { Told } from "./telling.js"
 * @import { Words } from "../types.js"
 * @typedef {{kind?: string, note?: string, photo?: string}} Mistakes
 */

const FIELDS = /** @type {readonly (keyof Mistakes)[]} */ (["kind", "note", "photo"]);

/** What can be said before anything is sent. @param {Told} told @param {Words} words @returns {Mistakes} */
export function mistakesIn(told, words) {
  if (!told.kind) return { kind: words("Choose what fits best") };
  if (told.kind === "other" && !told.note) return { note: words("What happened? Write it down") };
  return {};
}

/** @param {Outcome | {kind: "large"}} outcome @param {Words} words @param {string} unheard what to say when nobody answers @returns {{fields: Mistakes, text: string}} */
export function troubleIn(outcome, words, unheard) {
  const mend = words("Not sent yet: mend what is marked");
  switch (outcome.kind) {
    case "large":
      return { fields: { photo: words("The photo is larger than 2 MB: take a smaller one") }, text: mend };
    case "wrong": {
      const fields = Object.fromEntries(outcome.errors.map((one) => [one.field, one.detail]));
      const isOurs = FIELDS.some((name) => name in fields);
      return isOurs ? { fields, text: mend } : { fields: {}, text: outcome.errors.map((one) => one.detail).join(" ") };
    }
    case "refused":
      return { fields: {}, text: outcome.detail };
    default:
      return { fields: {}, text: unheard };
  }
}
