/**
 * The sentence that says what a command will do.
 *
 * @import { Args, Known } from "./arguments.js"
 * @import { Order } from "./types.js"
 */
import { loads } from "./board.js";
import { dayName } from "./days.js";
import { overrideName } from "./named.js";
import { orderState } from "./states.js";
import { STEPS } from "./steps.js";

const MINUTE_MS = 60000;
/** So many numbers are said one by one. */
const MOST_REFS = 6;

/** @param {string} verb @param {Args} args @param {Order[]} able @param {Known} known @returns {string} what it will do */
export function sentence(verb, args, able, known) {
  const { words, board, format } = known;
  const { courier, from, minutes = 0, text = "", tags = [], target = "" } = args;
  const many = able.length > 1;
  const order = able.length ? orderName(able[0]) : "";
  const holder = board.couriers.get(able[0]?.courier ?? "")?.name ?? "";
  const bulk = { n: format.count(able.length), refs: refsOf(able) };
  const load = courier ? (loads(board).get(courier.id)?.length ?? 0) : 0;
  const facts = { order, courier: courier?.name ?? "", n: load };
  switch (verb) {
    case "assign":
      if (!courier) return words("Opens the couriers for {order}", { order });
      if (many) return words("Gives {n} orders to {courier}, who has {load}: {refs}", { ...bulk, courier: courier.name, load });
      return holder
        ? words("Gives {order} to {courier}, who has {n}; now with {giver}", { ...facts, giver: holder })
        : words("Gives {order} to {courier}, who has {n}", facts);
    case "swap":
      return many
        ? words("Hands {n} orders over from {giver} to {courier}: {refs}", { ...bulk, giver: from?.name ?? "", courier: facts.courier })
        : words("Hands {order} over from {giver} to {courier}, who has {n}", { ...facts, giver: from?.name ?? "" });
    case "unassign":
      return many
        ? words("Takes {n} orders back, which then wait again: {refs}", bulk)
        : words("Takes {order} back from {giver}: it waits again", { order, giver: holder });
    case "delay":
      return many
        ? words("{n} orders are ready {minutes} min later: {refs}", { ...bulk, minutes })
        : delayed(able[0], minutes, known);
    case "cancel":
    case "fail":
    case "refuse":
      return ended(verb, many ? words("{n} orders ({refs})", bulk) : order, text, known);
    case "override":
      return words("Sets {order} to {state} whatever the rules say: {reason}", {
        order: many ? words("{n} orders ({refs})", bulk) : order,
        state: overrideName(target, words),
        reason: text,
      });
    case "tag":
    case "untag": {
      const marked = { order: many ? words("{n} orders ({refs})", bulk) : order, tags: tags.join(", ") };
      return verb === "tag" ? words("Tags {order}: {tags}", marked) : words("Takes these tags off {order}: {tags}", marked);
    }
    case "reschedule":
      return rescheduled(args, many ? words("{n} orders ({refs})", bulk) : order, holder, known);
    case "attach":
      return attached(args, many ? words("{n} orders ({refs})", bulk) : order, able, known);
    case "detach":
      return words("{order} has a pickup for itself again", { order: many ? words("{n} orders ({refs})", bulk) : order });
    case "note":
      return noted(courier?.name ?? order, courier?.desk_note ?? able[0]?.desk_note ?? "", text, known);
    case "remember":
      return words("Writes down for whoever has the desk next: {text}", { text });
    case "solve":
      return words("What was reported of {order} is in order again", { order: many ? words("{n} orders ({refs})", bulk) : order });
    case "rain":
      return args.isOn
        ? words("Writes down that it rains from now on: supplements count")
        : words("Writes down that the rain has ended");
    case "undo":
      return words("Takes your last command back, unless it has been overtaken since");
    case "redo":
      return words("Does again what you took back last");
    default:
      if (STEPS[verb]) return stepped(verb, many ? words("{n} orders ({refs})", bulk) : order, able, known);
      return shifted(verb, args, known, load);
  }
}

/** @param {Args} args @param {string} order @param {string} holder @param {Known} known */
function rescheduled({ day, minutes = 0 }, order, holder, { words, locale }) {
  const signed = minutes > 0 ? `+${minutes}` : `−${-minutes}`;
  const by = words("{n} min", { n: signed });
  if (!day) return words("Moves {order} by {minutes}", { order, minutes: by });
  const facts = { order, day: dayName(day, locale), courier: holder };
  return holder
    ? words("Moves {order} to {day} and takes it back from {courier}", facts)
    : words("Moves {order} to {day}", facts);
}

/** @param {Args} args @param {string} order @param {Order[]} able @param {Known} known */
function attached({ to }, order, able, { words, board }) {
  const facts = { order, other: to?.ref ?? "" };
  const both = [...able, ...(to ? [to] : [])];
  const taker = both.find((one) => one.courier)?.courier;
  if (!taker || both.every((one) => one.courier)) return words("Makes {order} a drop-off of the pickup of {other}", facts);
  return words("Makes {order} a drop-off of the pickup of {other}; {courier} gets what waits of it", { ...facts, courier: board.couriers.get(taker)?.name ?? taker });
}

/** @param {string} subject @param {string} before @param {string} text @param {Known} known */
const noted = (subject, before, text, { words }) =>
  before
    ? words("Notes on {subject}: {text} – instead of “{before}”", { subject, text, before })
    : words("Notes on {subject}: {text}", { subject, text });

/** @param {Order} order @param {number} minutes @param {Known} known */
function delayed(order, minutes, { words, format, now }) {
  const before = order.ready_at ? Date.parse(order.ready_at) : null;
  const time = format.clock((before ?? now) + minutes * MINUTE_MS);
  return before
    ? words("{order} is ready at {time} instead of {before}", { order: orderName(order), time, before: format.clock(before) })
    : words("{order} is ready in {minutes} min, at {time}", { order: orderName(order), minutes, time });
}

/** @param {string} verb @param {string} order @param {string} reason @param {Known} known */
function ended(verb, order, reason, { words }) {
  const why = reason || words("no reason yet: type it behind the number");
  if (verb === "cancel") return words("Cancels {order} – {why}", { order, why });
  return verb === "fail" ? words("{order} failed – {why}", { order, why }) : words("Refuses {order} – {why}", { order, why });
}

/** @param {string} verb @param {string} order @param {Order[]} able @param {Known} known */
function stepped(verb, order, able, { words }) {
  const target = orderState(STEPS[verb].target, words).name;
  if (able.length > 1) return words("Now {state}: {order}", { order, state: target });
  return words("{order} becomes {target}; now it is {state}", { order, target, state: orderState(able[0].state, words).name });
}

/** @param {string} verb @param {Args} args @param {Known} known @param {number} load */
function shifted(verb, { courier, minutes }, { words, format, now }, load) {
  const name = courier?.name ?? "";
  const inHand = load ? " · " + words("has {n} {n:order|orders} in hand", { n: format.count(load) }) : "";
  switch (verb) {
    case "start":
      return words("{courier} begins a shift", { courier: name });
    case "end":
      return words("{courier} ends the shift", { courier: name }) + inHand;
    case "resume":
      return words("{courier} is back from the break", { courier: name });
    default:
      return minutes
        ? words("{courier} has a break until {time}", { courier: name, time: format.clock(now + minutes * MINUTE_MS) }) + inHand
        : words("{courier} has a break, until you say that it is over", { courier: name }) + inHand;
  }
}

/** @param {Order} order @returns {string} 1042 (Toscana → Home 2) */
export const orderName = ({ ref, pickup, dropoff }) =>
  `${ref} (${pickup.name || pickup.address} → ${dropoff.address || dropoff.name})`;

/** @param {Order[]} orders */
function refsOf(orders) {
  const refs = orders.slice(0, MOST_REFS).map(({ ref }) => ref);
  return orders.length > MOST_REFS ? `${refs.join(", ")} …` : refs.join(", ");
}
