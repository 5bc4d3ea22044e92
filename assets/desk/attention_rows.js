/**
 * What needs somebody's response, as plain values: the most urgent first, what has one root under it, what is put aside.
 * Filters of the lists do not reach it: an alarm about a hidden order is shown all the same.
 *
 * @import { Board } from "./board.js"
 * @import { Format } from "./format.js"
 * @import { Alarm, AlarmText, Words } from "./types.js"
 * @typedef {{
 *   key: string, alarm: Alarm | null, priority: string, isNew: boolean, isOver: boolean, isUnder: boolean, text: string,
 *   response: string, age: string, by: string, members: number, isExpanded: boolean,
 * }} Row `alarm` is null for a row that stands for several of one rule; `members` are those that stand under it.
 * @typedef {{rows: Row[], shelved: Alarm[], open: number, flood: string | null}} Attention `flood`: since when.
 */

/** @type {Readonly<Record<string, number>>} */
const RANK = Object.freeze({ highest: 0, high: 1, medium: 2, low: 3 });
const FLOOD = "flood";
const INCIDENT = "A10";
const MINUTE_MS = 60 * 1000;
const ABSENT = "A11"; // its `ref` is a day and a time
/** Alarms about what is not on the desk. @type {Readonly<Record<string, string>>} */
const PAGES = Object.freeze({ [ABSENT]: "/recurring" });

/** @param {Alarm} alarm @returns {string | null} the page on which something is done about it; null: here */
export const pageOf = (alarm) => PAGES[alarm.rule] ?? null;

/**
 * @param {Board} board @param {number} now server's epoch ms @param {ReadonlySet<string>} expanded keys of rows
 * @param {Record<string, AlarmText>} texts @param {Words} words @param {Format} format @returns {Attention}
 */
export function attention(board, now, expanded, texts, words, format) {
  const alarms = [...board.alarms.values()].filter((one) => one.rule !== FLOOD);
  const inHand = alarms.filter((one) => !one.cleared_at && !one.resolved_by);
  const shelved = inHand.filter((one) => one.shelved_by && !one.cause);
  const unseen = alarms.filter((one) => one.cleared_at && !one.acknowledged_by && !one.cause);
  const shown = [...inHand.filter((one) => !one.shelved_by && !one.cause), ...unseen].sort(byUrgency);
  const flood = board.alarms.get(FLOOD);
  const since = flood && !flood.cleared_at ? flood.raised_at : null;
  const single = shown.filter((one) => since === null || isUrgent(one) || one.cleared_at);
  const rows = [
    ...single.flatMap((one) => withMembers(one)),
    ...groups(shown.filter((one) => !single.includes(one))).flatMap(([rule, of]) => grouped(rule, of)),
  ];
  return { rows, shelved: shelved.sort(byUrgency), open: shown.length, flood: since };

  /** @param {Alarm} one */
  function withMembers(one) {
    const members = inHand.filter((each) => each.cause === one.id).sort(byUrgency);
    const isExpanded = expanded.has(one.id);
    const row = { ...rowOf(one), members: members.length, isExpanded };
    return [row, ...(isExpanded ? members.map((each) => ({ ...rowOf(each), isUnder: true })) : [])];
  }

  /** @param {string} rule @param {Alarm[]} of */
  function grouped(rule, of) {
    const key = `rule-${rule}`;
    const isExpanded = expanded.has(key);
    const head = {
      ...rowOf(of[0]),
      key,
      alarm: null,
      text: words("{alarm}: {count} {count:alarm|alarms}", { alarm: texts[rule]?.name ?? rule, count: format.count(of.length) }),
      response: words("Grouped while so many come at once"),
      by: "",
      members: of.length,
      isExpanded,
    };
    return [head, ...(isExpanded ? of.map((each) => ({ ...rowOf(each), isUnder: true })) : [])];
  }

  /** @param {Alarm} one @returns {Row} */
  function rowOf(one) {
    const { says, response } = textOf(one, board, texts, words, format);
    return {
      key: one.id,
      alarm: one,
      priority: one.priority,
      isNew: !one.cleared_at && !one.acknowledged_by && !one.cause,
      isOver: Boolean(one.cleared_at),
      isUnder: false,
      text: says,
      response: one.cleared_at ? words("Over; nobody has acknowledged it") : response,
      age: format.age(now - Date.parse(one.raised_at)),
      by: one.acknowledged_by ?? "",
      members: 0,
      isExpanded: false,
    };
  }
}

/** @param {Alarm} alarm @param {Board} board @param {Record<string, AlarmText>} texts @param {Words} words @param {Format} format @returns {{says: string, response: string}} */
export function textOf(alarm, board, texts, words, format) {
  const part = alarm.about.split(".")[0]; // of an incident its kind, of the system the part that is away
  const text = texts[`${alarm.rule}.${part}`] ?? texts[alarm.rule] ?? { says: alarm.rule, response: "" };
  const courier = board.couriers.get(alarm.courier ?? "");
  const facts = {
    ref: alarm.rule === ABSENT ? format.onTheWall(alarm.ref) : alarm.ref,
    place: alarm.place || "–",
    name: courier?.name ?? alarm.courier ?? words("the courier"),
    minutes: Math.round(alarm.value),
  };
  return { says: words(text.says, facts), response: words(text.response, facts) };
}

/** @param {Alarm} alarm @param {number} now @param {Words} words @param {Format} format @returns {string} for how long it is put aside */
export function shelvedText(alarm, now, words, format) {
  if (!alarm.shelved_until) return words("until it clears");
  const left = Date.parse(alarm.shelved_until) - now;
  return format.age(Math.max(MINUTE_MS, Math.ceil(left / MINUTE_MS) * MINUTE_MS));
}

/** @param {Alarm} one @param {Alarm} other what is over comes last, then by priority, then by age; as domain/alarm_order.py */
const byUrgency = (one, other) =>
  Number(Boolean(one.cleared_at)) - Number(Boolean(other.cleared_at)) ||
  RANK[one.priority] - RANK[other.priority] ||
  Date.parse(one.raised_at) - Date.parse(other.raised_at) ||
  (one.id < other.id ? -1 : 1);

/** @param {Iterable<Alarm>} alarms @returns {Set<string>} the orders with an incident that is not settled */
export const ordersWithIncident = (alarms) =>
  new Set([...alarms].filter((one) => isIncident(one) && !one.cleared_at).map((one) => one.order ?? ""));

/** @param {Alarm} one */
export const isIncident = (one) => one.rule === INCIDENT;

/** @param {Alarm} one */
export const isUrgent = (one) => RANK[one.priority] <= RANK.high;

/** @param {Alarm[]} alarms @returns {[string, Alarm[]][]} */
function groups(alarms) {
  /** @type {Map<string, Alarm[]>} */
  const found = new Map();
  for (const one of alarms) found.set(one.rule, [...(found.get(one.rule) ?? []), one]);
  return [...found];
}
