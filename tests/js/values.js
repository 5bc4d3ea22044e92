/**
 * Plain values for the tests of the page's modules.
 *
 * @import { Alarm, Courier, Entry, Order, Seat, Snapshot } from "../../assets/desk/types.js"
 */
import { boardOf } from "../../assets/desk/board.js";
import { createFormat } from "../../assets/desk/format.js";
import { createWords } from "../../assets/desk/words.js";

export const NOON = Date.parse("2026-11-24T12:00:00.000Z");
export const MINUTE = 60000;
export const words = createWords({}, "en");
export const format = createFormat("en-GB", "UTC", words);

/** @param {number} ms after noon */
export const at = (ms) => new Date(NOON + ms).toISOString();

/** @param {string} name */
const place = (name) => ({ lat: 60.17, lon: 24.94, name, address: `${name} 1`, after: null, before: null });

/** @param {Partial<Order>} [more] @returns {Order} */
export const order = (more = {}) => ({
  id: "o1",
  coop: "acme",
  ref: "1042",
  kind: "meal",
  restaurant: "Toscana",
  pickup: place("Toscana"),
  dropoff: place("Home"),
  placed_at: at(0),
  ready_at: null,
  state: "placed",
  courier: null,
  version: 1,
  ...more,
});

/** @param {Partial<Courier>} [more] @returns {Courier} */
export const courier = (more = {}) => ({
  id: "lea",
  coop: "acme",
  name: "Léa",
  shift: "on",
  shift_started_at: at(-60 * MINUTE),
  break_started_at: null,
  version: 2,
  vehicle: "bicycle",
  ...more,
});

/** @param {number} seq @param {Partial<Entry>} [more] @returns {Entry} */
export const entry = (seq, more = {}) => ({
  coop: "acme",
  seq,
  id: `e${seq}`,
  at: at(seq * 1000),
  actor: "ana",
  kind: "order.assigned",
  subject: "o1",
  version: seq,
  data: { changes: { courier: `c${seq}` } },
  ...more,
});

/** @param {Partial<Snapshot>} [more] @returns {Snapshot} */
export const snapshot = (more = {}) => ({
  coop: "acme",
  seq: 10,
  at: at(0),
  orders: [order()],
  couriers: [courier()],
  roster: [],
  stale_since: null,
  visitor: { name: "ana", role: "dispatcher" },
  ...more,
});

/** @param {string} id @param {number} index @param {number | null} [seen] epoch s @returns {Seat} */
export const seat = (id, index, seen = null) => ({ courier: id, index, seen });

/** @param {string} rule @param {string} about @param {Partial<Alarm>} [more] @returns {Alarm} raised at noon */
export const alarm = (rule, about, more = {}) => ({
  id: `${rule}.${about}`,
  rule,
  about,
  priority: "medium",
  order: about,
  courier: "lea",
  ref: "1042",
  place: "Toscana",
  value: 7,
  rings: 0,
  returns: 0,
  cause: "",
  note: "",
  version: 1,
  raised_at: at(0),
  rang_at: at(0),
  acknowledged_by: null,
  acknowledged_at: null,
  resolved_by: null,
  resolved_at: null,
  shelved_by: null,
  shelved_until: null,
  cleared_at: null,
  closed_at: null,
  ...more,
});

/** What lists are drawn from: these orders, nothing chosen. @param {Order[]} orders @param {object} [more] */
export const scene = (orders, more = {}) => ({
  board: boardOf(snapshot({ orders, couriers: [courier(), courier({ id: "noe", name: "Noé", shift: "break" })] })),
  now: NOON,
  selection: { order: null, courier: null },
  filter: "",
  shows: () => true,
  isOnShiftOnly: false,
  chosen: new Set(),
  colleagues: [],
  arrivals: new Map(),
  words,
  format,
  ...more,
});
