/**
 * What a line that was read will do, in one sentence, before anybody presses Enter; or exactly what keeps it from doing it.
 *
 * @import { Known, Args } from "./arguments.js"
 * @import { Reading } from "./grammar.js"
 * @import { Refusal } from "./drag.js"
 * @import { Courier, Intent, Order } from "./types.js"
 * @typedef {{
 *   tone: "will" | "missing" | "wrong", text: string, intent: Intent | null, own: {verb: "find" | "record", text: string, order: string} | null,
 *   looked: {order: string, courier: string | null} | null,
 * }} Meaning `intent` goes to the server, `own` is done by the page itself; both null: nothing can be done yet. `looked`: the
 *   hand-over whose effect is worth a look.
 */
import { whyNot } from "./drag.js";
import { orderName, sentence } from "./previews.js";
import { orderState, shiftState } from "./states.js";
import { companions, company, goesAlong, refsOf, whyNotAttach, whyNotDetach } from "./together.js";
import { whyNoOverride, whyNoShiftStep, whyNoStep } from "./steps.js";

const NOTHING = { intent: null, own: null, looked: null };
/** The verbs that bring an order into somebody's hands. */
const GIVES = new Set(["assign", "swap"]);
/** What happens at the pickup, and so to all that share it. */
const AT_THE_PICKUP = new Set(["assign", "swap", "unassign", "ready", "pick_up"]);
/** What is done to one order at a time. */
const ALONE = new Set(["note", "override", "solve"]);

/** @param {Reading} reading one with a verb @param {Known} known @returns {Meaning} */
export function meaningOf({ verb, args, gap }, known) {
  const name = verb?.verb ?? "";
  const isOne = args.orders.length === 1 && GIVES.has(name);
  const looked = isOne ? { order: args.orders[0].id, courier: args.courier?.id ?? null } : null;
  if (gap) return { ...NOTHING, tone: gap.kind, text: gap.text, looked };
  if (name === "find") return finding(args, known);
  if (name === "record") return recording(args, known);
  if (args.orders.length > 1 && ALONE.has(name))
    return { ...NOTHING, tone: "wrong", text: known.words("One order at a time"), looked };
  const refusals = refused(name, args, known);
  const able = args.orders.filter((order) => !refusals.has(order));
  if (refusals.size && !able.length) return { ...NOTHING, tone: "wrong", text: [...refusals.values()].join(" · "), looked };
  const shift = args.courier && whyNoShiftStep(name, args.courier);
  if (shift) return { ...NOTHING, tone: "wrong", text: said(shift, known) };
  const text = [sentence(name, args, able, known), withIt(name, able, args.day, known), ...refusals.values()].filter(Boolean).join(" · ");
  return { ...NOTHING, tone: "will", text, intent: intentOf(name, args), looked };
}

/** What moves with them, for it shares their pickup; or what another day parts them from. @param {string} verb @param {Order[]} able @param {string | undefined} day @param {Known} known */
function withIt(verb, able, day, { board, words }) {
  const left = verb === "reschedule" && day ? new Set(able.flatMap((order) => company(order, board)).filter((one) => !able.includes(one))) : new Set();
  if (left.size) return words("without what shares its pickup: {refs}", { refs: refsOf([...left]) });
  if (!AT_THE_PICKUP.has(verb)) return "";
  const others = new Set(able.flatMap((order) => companions(order, board).filter((one) => goesAlong(verb, order, one))).filter((one) => !able.includes(one)));
  return others.size ? words("and with it, from the same pickup: {refs}", { refs: refsOf([...others]) }) : "";
}

/** @param {Args} args @param {Known} known @returns {Meaning} */
function finding({ text = "" }, { words }) {
  const says = text ? words("The lists show only what has “{text}”", { text }) : words("The lists show everything again");
  return { ...NOTHING, tone: "will", text: says, own: { verb: "find", text, order: "" } };
}

/** @param {Args} args @param {Known} known @returns {Meaning} */
function recording({ orders }, known) {
  const { words } = known;
  if (orders.length > 1) return { ...NOTHING, tone: "wrong", text: words("One order at a time"), looked: null };
  const text = words("Shows what has happened to {order}", { order: orderName(orders[0]) });
  return { ...NOTHING, tone: "will", text, own: { verb: "record", text: "", order: orders[0].id } };
}

/** @param {string} verb @param {Args} args @param {Known} known @returns {Map<Order, string>} the orders that cannot, and why */
function refused(verb, args, known) {
  const found = new Map();
  for (const order of args.orders) {
    const why = whyNotThis(verb, order, args, known);
    if (why) found.set(order, why);
  }
  return found;
}

/** @param {string} verb @param {Order} order @param {Args} args @param {Known} known @returns {string} "" when nothing is in the way */
function whyNotThis(verb, order, { courier, from, to, target, tags }, known) {
  const { words, board } = known;
  const { ref } = order;
  const refusal = whyNoStep(verb, order) ?? (courier && GIVES.has(verb) ? whyNot(order, courier) : null);
  if (refusal) return said(refusal, known);
  const apart = verb === "attach" && to ? whyNotAttach(order, to, board) : verb === "detach" ? whyNotDetach(order, board) : null;
  if (apart) return said(apart, known);
  if (verb === "swap" && from && order.courier !== from.id) return notWith(order, from, known);
  if (GIVES.has(verb) && courier && order.courier === courier.id)
    return words("{ref} is already with {courier}", { ref, courier: courier.name });
  const unfit = verb === "override" ? whyNoOverride(target ?? "", order) : null;
  if (unfit) return said(unfit, known);
  if (verb === "untag" && !tags?.some((tag) => order.tags?.includes(tag)))
    return words("{ref} has no such tag", { ref });
  return "";
}

/** @param {Order} order @param {Courier} giver @param {Known} known */
function notWith(order, giver, { words, board }) {
  const facts = { ref: order.ref, giver: giver.name, holder: board.couriers.get(order.courier ?? "")?.name ?? "" };
  return order.courier
    ? words("{ref} is not with {giver}: it is with {holder}", facts)
    : words("{ref} is not with {giver}: nobody has it", facts);
}

/** @param {string} verb @param {Args} args @returns {Intent} */
function intentOf(verb, args) {
  const { orders, courier, from, minutes, tags, day, target, text, isOn, to } = args;
  if (verb === "rain") return { verb: isOn ? "rain_on" : "rain_off", order: "" };
  if (verb === "remember") return { verb, order: "", text };
  const isMenu = verb === "assign" && !courier;
  const isMany = verb === "swap" && orders.length > 1; // that each is with the giver was looked at; its version says the rest
  const whole = {
    verb: isMenu ? "menu" : isMany ? "assign" : verb,
    ...whichOrders(isMenu ? orders.slice(0, 1) : orders),
    ...(verb === "note" && courier ? { version: courier.version } : {}),
    courier: courier?.id,
    from: isMany ? undefined : from?.id,
    minutes,
    tags,
    day,
    to: to?.id,
    ...(verb === "override" ? { text: target, reason: text } : verb === "note" ? { text } : { reason: text || undefined }),
  };
  return /** @type {Intent} */ (Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined)));
}

/** @param {Order[]} orders */
function whichOrders(orders) {
  if (orders.length === 1) return { order: orders[0].id, version: orders[0].version };
  if (!orders.length) return { order: "" };
  return { order: "", orders: orders.map(({ id, version }) => ({ order: id, version })) };
}

/** @param {Refusal} refusal @param {Known} known @returns {string} with states by their names */
function said({ text, facts }, { words }) {
  const name = (/** @type {string} */ state) =>
    ["on", "off", "break"].includes(state) ? shiftState(state, words).name : orderState(state, words).name;
  const named = ["state", "target"].flatMap((fact) => (facts[fact] ? [[fact, name(facts[fact])]] : []));
  return words(text, { ...facts, ...Object.fromEntries(named) });
}
