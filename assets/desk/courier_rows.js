/**
 * The list of couriers as plain values.
 *
 * @import { Group, Row, Scene } from "./order_rows.js"
 * @import { Courier } from "./types.js"
 * @typedef {(courier: string) => number | null} Seen The time of a courier's last fix in the server's epoch ms.
 * @typedef {Scene & {seen: Seen, target: string | null}} CourierScene `target`: the courier above whom an order is held.
 */
import { isOpen, loads } from "./board.js";
import { matches } from "./search.js";
import { shiftState } from "./states.js";

/** A fix this old fades; at the second age it is no longer drawn as if it were true. */
export const AGEING_MS = 60 * 1000;
export const LOST_MS = 180 * 1000;
/** More rows than a person scrolls through: the rest is found by its name. */
const MOST_ROWS = 500;
const SHIFTS = ["on", "break", "off"];

/** @param {number | null} seen @param {number} now @returns {"ageing" | "lost" | null} */
export function ageOf(seen, now) {
  if (seen === null || now - seen < AGEING_MS) return null;
  return now - seen < LOST_MS ? "ageing" : "lost";
}

/** @param {CourierScene} scene @returns {Group[]} on shift first */
export function courierGroups(scene) {
  const load = loads(scene.board);
  const wanted = [...scene.board.couriers.values()]
    .filter((courier) => matches(scene.filter, [courier.name, courier.id]) && isShown(courier, scene))
    .sort(byName);
  const groups = SHIFTS.map((shift) => ({ shift, members: wanted.filter((courier) => courier.shift === shift) }));
  return groups
    .filter(({ members }) => members.length)
    .map(({ shift, members }) => ({
      key: shift,
      title: groupTitle(shift, members.length, scene),
      rows: members.slice(0, MOST_ROWS).map((courier) => courierRow(courier, load.get(courier.id)?.length ?? 0, scene)),
    }));
}

/** @param {Courier} courier @param {Scene} scene whoever is chosen is there, on shift or not */
const isShown = ({ id, shift }, { isOnShiftOnly, selection }) => !isOnShiftOnly || shift !== "off" || selection.courier === id;

/** @param {Courier} one @param {Courier} other */
const byName = (one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : one.id < other.id ? -1 : 1);

/** @param {string} shift @param {number} members @param {Scene} scene */
function groupTitle(shift, members, { words, format }) {
  const count =
    members > MOST_ROWS
      ? words("{shown} of {all}", { shown: format.count(MOST_ROWS), all: format.count(members) })
      : format.count(members);
  switch (shift) {
    case "on":
      return words("On shift ({count})", { count });
    case "break":
      return words("On break ({count})", { count });
    default:
      return words("Off shift ({count})", { count });
  }
}

/** @param {Courier} courier @param {number} load @param {CourierScene} scene @returns {Row} */
function courierRow(courier, load, scene) {
  const { now, words, format } = scene;
  const state = shiftState(courier.shift, words);
  const seen = courier.shift === "on" ? scene.seen(courier.id) : null;
  const age = ageOf(seen, now);
  const stops = stopsText(courier, scene);
  return {
    key: `courier-${courier.id}`,
    id: courier.id,
    isSelected: scene.selection.courier === courier.id,
    isActedUpon: scene.selection.courier === courier.id,
    classes: `courier-row is-${courier.shift}${age ? ` is-${age}` : ""}${scene.target === courier.id ? " is-drop-target" : ""}`,
    cells: {
      "courier-state": state.letter,
      "courier-name": courier.desk_note ? `${courier.name} ✎` : courier.name,
      "courier-load": `${stops ? "↓ " : ""}${load ? format.count(load) : ""}`,
      "courier-shift": courier.shift_started_at ? format.age(now - Date.parse(courier.shift_started_at)) : "",
      "courier-seen": seenText(courier, seen, age, scene),
    },
    edges: "",
    titles: {
      "courier-state": state.name,
      ...(courier.desk_note ? { "courier-name": words("Note: {text}", { text: courier.desk_note }) } : {}),
      "courier-load": stops ? words("Open orders, to be ridden to in this order: {stops}", { stops }) : words("Open orders"),
      "courier-shift": words("Time on shift"),
      "courier-seen": words("Age of the last position"),
    },
  };
}

/** The stops ahead in the order that the desk decided; "" where it decided none. @param {Courier} courier @param {CourierScene} scene */
function stopsText(courier, { board }) {
  const ahead = (courier.stops ?? []).flatMap(({ order, end }) => {
    const found = board.orders.get(order);
    const isAhead = found?.courier === courier.id && isOpen(found) && (end === "dropoff" || found.state !== "picked_up");
    return isAhead ? [`${end === "pickup" ? "↑" : "↓"}${found.ref}`] : [];
  });
  return ahead.length > 1 ? ahead.join(" ") : "";
}

/** @param {Courier} courier @param {number | null} seen @param {string | null} age @param {Scene} scene */
function seenText(courier, seen, age, { now, words, format }) {
  if (courier.shift !== "on") return "";
  if (seen === null) return words("no position");
  return age === "lost" ? words("last seen {time}", { time: format.clock(seen) }) : format.age(now - seen);
}
