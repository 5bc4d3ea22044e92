/**
 * Texts that ride along with couriers: how many orders they have, who they are, when they were last seen.
 *
 * @import { Board } from "./board.js"
 * @import { Format } from "./format.js"
 * @import { Fleet } from "./motion.js"
 * @import { Roster } from "./roster.js"
 * @import { Words } from "./types.js"
 * @typedef {{index: number, position: [number, number], text: string, up?: number}} Label `index`: in the roster; -1 for what stands still; `up`: pixels above its place.
 * @typedef {{board: Board, roster: Roster, now: number, zoom: number, named: Set<string>, hidden: ReadonlySet<string>, words: Words, format: Format}} Naming
 *   `named`: couriers whose name is wanted whatever the zoom; `hidden`: those in a group, which has a sign of its own; `now` in the server's epoch ms.
 */
import { loads } from "./board.js";
import { LOST_MS } from "./courier_rows.js";

/** From this zoom on there is room for names. */
const NAMES_ZOOM = 15.6;
/** More names than these say nothing, and cost a frame. */
const MOST_LABELS = 150;

/** @param {Naming} naming @returns {Label[]} how many open orders each has in hand */
export function loadLabels({ board, roster, hidden }) {
  const counted = [...loads(board)]
    .filter(([courier]) => !hidden.has(courier))
    .map(([courier, orders]) => label(roster, courier, String(orders.length)));
  return counted.filter(isShown).slice(0, MOST_LABELS);
}

/** @param {Naming} naming @returns {Label[]} the names that are wanted or find room, and the lost with the time of their last fix */
export function nameLabels(naming) {
  const { board, roster, named, hidden, zoom } = naming;
  const { fleet, courier } = roster;
  const found = /** @type {Label[]} */ ([]);
  const isRoomy = zoom >= NAMES_ZOOM && fleet.shown <= MOST_LABELS;
  for (let place = 0; place < fleet.shown; place += 1) {
    const id = courier[fleet.slots[place]];
    if (hidden.has(id)) continue;
    const isLost = naming.now - fleet.seenAt[fleet.slots[place]] >= LOST_MS;
    const isWanted = named.has(id) || isRoomy || (isLost && found.length < MOST_LABELS);
    if (isWanted)
      found.push(
        /** @type {Label} */ (
          label(
            roster,
            id,
            nameText(board.couriers.get(id)?.name ?? id, isLost, fleet.seenAt[fleet.slots[place]], naming),
          )
        ),
      );
  }
  return found;
}

/** Move the labels to where their couriers are drawn now. @param {Label[]} labels @param {Fleet} fleet */
export function rideAlong(labels, fleet) {
  for (const one of labels) {
    const place = one.index < 0 ? -1 : fleet.places[one.index];
    if (place < 0) continue;
    one.position[0] = fleet.positions[2 * place];
    one.position[1] = fleet.positions[2 * place + 1];
  }
}

/** @param {Roster} roster @param {string} courier @param {string} text @returns {Label | null} null for one without a place */
function label({ fleet, index }, courier, text) {
  const at = index.get(courier);
  const place = at === undefined ? -1 : fleet.places[at];
  if (at === undefined || place < 0) return null;
  return { index: at, position: [fleet.positions[2 * place], fleet.positions[2 * place + 1]], text };
}

/** @param {Label | null} one @returns {one is Label} */
const isShown = (one) => one !== null;

/** @param {string} name @param {boolean} isLost @param {number} seen @param {Naming} naming */
function nameText(name, isLost, seen, { words, format }) {
  return isLost && seen > 0 ? words("{name}, last seen {time}", { name, time: format.clock(seen) }) : name;
}
