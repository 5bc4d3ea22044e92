/**
 * Who else is at which order: looks at it, or has it in hand. Plain values; each colleague has a colour, and initials
 * because a colour alone says nothing to many.
 *
 * @import { Colleague, Words } from "./types.js"
 * @typedef {{id: string, name: string, initials: string, tone: number, isHolding: boolean}} Companion `tone` counts from 1
 * @typedef {{people: Companion[], names: string, initials: string, held: string, edges: string}} Company
 *   Of one order: who is at it, and who of them holds it, these first; `edges` is a CSS image, a stripe for each.
 */
import { initials } from "./initials.js";

/** So many colours there are: --person-1 and so on in assets/company.css. */
export const TONES = 6;

/** @type {WeakMap<Colleague[], Map<string, Company>>} */
const known = new WeakMap();

/** @param {Colleague[]} colleagues @returns {Map<string, Company>} by order; the same values as long as nobody moves */
export function companies(colleagues) {
  const found = known.get(colleagues) ?? gather(colleagues);
  known.set(colleagues, found);
  return found;
}

/** @param {Colleague[]} colleagues @param {string} order @returns {string[]} the names of those who hold it */
export const heldBy = (colleagues, order) => [
  ...new Set(colleagues.filter((one) => one.holding?.includes(order)).map((one) => one.name)),
];

/** @param {Colleague[]} colleagues @param {string[]} orders @returns {Companion[]} who is at one of them, each once, who holds one first */
export function companionsAt(colleagues, orders) {
  const found = companies(colleagues);
  const people = holdingFirst(orders.flatMap((order) => found.get(order)?.people ?? []));
  return people.filter(({ id }, place) => people.findIndex((one) => one.id === id) === place);
}

/** @param {Company | null | undefined} company @param {Words} words @returns {string} "" for nobody */
export function companyText(company, words) {
  if (!company) return "";
  if (company.held) return words("{names} has it in hand", { names: company.held });
  return words("{names} is looking at it", { names: company.names });
}

/**
 * What is to be said before somebody acts upon orders that others have in hand; "" when nobody has.
 * @param {Colleague[]} colleagues @param {Iterable<string>} orders @param {(order: string) => string} refOf @param {Words} words
 */
export function heldLine(colleagues, orders, refOf, words) {
  const held = [...orders].filter((order) => heldBy(colleagues, order).length);
  if (!held.length) return "";
  const names = [...new Set(held.flatMap((order) => heldBy(colleagues, order)))].join(", ");
  if (held.length > 1) return words("{names} has {count} of these in hand just now: ask first", { names, count: held.length });
  return words("{names} has {ref} in hand just now: ask first", { names, ref: refOf(held[0]) });
}

/** @param {Colleague[]} colleagues @returns {Map<string, number>} a colour for each id: by the id, so that it is the same in all windows, and another one if that is taken */
export function tonesOf(colleagues) {
  /** @type {Map<string, number>} */
  const found = new Map();
  for (const id of [...new Set(colleagues.map(idOf))].sort()) {
    const taken = new Set(found.values());
    const wanted = [...id].reduce((sum, letter) => (31 * sum + letter.charCodeAt(0)) % 9973, 7) % TONES;
    const steps = Array.from({ length: TONES }, (_, step) => (wanted + step) % TONES);
    found.set(id, 1 + (steps.find((tone) => !taken.has(1 + tone)) ?? wanted));
  }
  return found;
}

/** @param {Colleague} one */
export const idOf = (one) => one.id ?? one.name;

/** @param {Colleague[]} colleagues */
function gather(colleagues) {
  const tones = tonesOf(colleagues);
  /** @type {Map<string, Map<string, Companion>>} */
  const found = new Map();
  for (const one of colleagues) {
    const id = idOf(one);
    const at = new Set([...(one.looking ? [one.looking] : []), ...(one.holding ?? [])]);
    for (const order of at) {
      const isHolding = one.holding?.includes(order) ?? false;
      const beside = found.get(order) ?? found.set(order, new Map()).get(order);
      beside?.set(id, { id, name: one.name, initials: initials(one.name), tone: tones.get(id) ?? 1, isHolding });
    }
  }
  return new Map([...found].map(([order, companions]) => [order, companyOf([...companions.values()])]));
}

/** @param {Companion[]} people */
const holdingFirst = (people) => people.toSorted((one, other) => Number(other.isHolding) - Number(one.isHolding));

/** @param {Companion[]} companions @returns {Company} */
function companyOf(companions) {
  const sorted = holdingFirst(companions);
  const stripes = sorted.map(({ tone }, at) => {
    const [from, to] = [at, at + 1].map((end) => `${Math.round((100 * end) / sorted.length)}%`);
    return `var(--person-${tone}) ${from} ${to}`;
  });
  return {
    people: sorted,
    names: sorted.map(({ name }) => name).join(", "),
    initials: sorted.map((one) => one.initials).join(" "),
    held: sorted.filter((one) => one.isHolding).map(({ name }) => name).join(", "),
    edges: `linear-gradient(${stripes.join(", ")})`,
  };
}
