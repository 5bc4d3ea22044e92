/**
 * A sign for each group on the map: how many are in it, and the worst of what they say. Colour is for trouble alone,
 * and each trouble has a sign of its own beside it.
 *
 * @import { Group, Spot } from "./groups.js"
 * @import { Mark } from "./marks.js"
 * @import { Tone } from "./paint.js"
 * @import { Trouble } from "./order_rows.js"
 * @import { Words } from "./types.js"
 * @typedef {{
 *   kind: "orders" | "couriers", id: string, members: string[], spots: string[], lon: number, lat: number, dx: number, position: [number, number],
 *   worst: Trouble, isMarked: boolean, icon: string, size: number, text: string, title: string,
 * }} Cluster `members`: ids of orders, each once, or of couriers; `spots`: of what was grouped; `isMarked`: one of them is marked to be acted upon.
 */

const LEAST_PX = 34;
const MOST_PX = 50;
const LATE = "!";
const DUE = "◔";
const LOST = "?";

/** @param {Mark[]} marks @param {(order: string) => boolean} isPinned orders that never hide @returns {Spot[]} */
export const orderSpots = (marks, isPinned) =>
  marks.filter((mark) => !isPinned(mark.id)).map((mark) => ({ id: spotId(mark), lon: mark.lon, lat: mark.lat }));

/** @param {{kind: string, id: string}} mark */
export const spotId = ({ kind, id }) => `${kind} ${id}`;

/**
 * @param {Group[]} groups of `orderSpots` @param {Mark[]} marks @param {ReadonlySet<string>} marked @param {Words} words
 * @returns {Cluster[]}
 */
export function orderClusters(groups, marks, marked, words) {
  const known = new Map(marks.map((mark) => [spotId(mark), mark]));
  return groups.map((group) => {
    const orders = new Map(group.members.map((spot) => [known.get(spot)?.id ?? "", known.get(spot)?.trouble ?? null]));
    const members = [...orders.keys()];
    const late = countOf(orders.values(), "late");
    const due = countOf(orders.values(), "due");
    const worst = late ? "late" : due ? "due" : null;
    const isMarked = members.some((order) => marked.has(order));
    const facts = [
      late ? words("late: {n}", { n: late }) : "",
      due ? words("nearly late: {n}", { n: due }) : "",
      isMarked ? words("marked: {n}", { n: members.filter((order) => marked.has(order)).length }) : "",
    ];
    const title = said(words("Orders here: {n}", { n: members.length }), facts);
    const text = `${worst === "late" ? LATE : worst === "due" ? DUE : ""}${members.length}`;
    return { ...sign("orders", group, members, `cluster-${worst ?? "plain"}`, text, title), worst, isMarked };
  });
}

/** @param {Group[]} groups of couriers @param {ReadonlyMap<string, Tone>} tones @param {Words} words @returns {Cluster[]} */
export function courierClusters(groups, tones, words) {
  return groups.map((group) => {
    const { members } = group;
    const all = members.map((courier) => tones.get(courier));
    const late = countOf(all, "late");
    const lost = countOf(all, "lost");
    const facts = [
      late ? words("with a late order: {n}", { n: late }) : "",
      lost ? words("not heard of: {n}", { n: lost }) : "",
    ];
    const title = said(words("Couriers here: {n}", { n: members.length }), facts);
    const text = `${late ? LATE : ""}${members.length}${lost ? LOST : ""}`;
    const icon = `flock-${late ? "late" : lost === members.length ? "hollow" : "plain"}`;
    return { ...sign("couriers", group, members, icon, text, title), worst: late ? "late" : null, isMarked: false };
  });
}

/** @param {"orders" | "couriers"} kind @param {Group} group @param {string[]} members @param {string} icon @param {string} text @param {string} title */
function sign(kind, group, members, icon, text, title) {
  const { key: id, lon, lat, members: spots } = group;
  const size = Math.min(MOST_PX, LEAST_PX + 4 * Math.log2(members.length / 2));
  const position = /** @type {[number, number]} */ ([lon, lat]);
  return { kind, id, members, spots, lon, lat, dx: 0, position, icon, size, text, title };
}

/** @param {Iterable<Trouble | Tone | undefined>} found @param {string} wanted */
const countOf = (found, wanted) => [...found].filter((one) => one === wanted).length;

/** @param {string} what @param {string[]} facts those that are not empty are said */
function said(what, facts) {
  const told = facts.filter((fact) => fact);
  return told.length ? `${what} · ${told.join(" · ")}` : what;
}
