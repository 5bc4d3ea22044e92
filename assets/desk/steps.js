/**
 * Which steps are possible from where, so that a line can say beforehand what will be refused. The rule itself is the
 * server's (dashboard/domain/orders.py, couriers.py).
 *
 * @import { Courier, Order } from "./types.js"
 * @import { Refusal } from "./drag.js"
 */
import { isOpen } from "./board.js";

/** Mark a text for the catalogue. @param {string} text */
const words = (text) => text;

const BEFORE_PICKUP = ["placed", "accepted", "preparing", "ready"];

/** @type {Readonly<Record<string, {from: string[], target: string}>>} */
export const STEPS = {
  accept: { from: ["placed"], target: "accepted" },
  refuse: { from: ["placed"], target: "refused" },
  prepare: { from: ["accepted"], target: "preparing" },
  ready: { from: ["accepted", "preparing"], target: "ready" },
  pick_up: { from: ["accepted", "preparing", "ready"], target: "picked_up" },
  deliver: { from: ["picked_up"], target: "delivered" },
  fail: { from: ["accepted", "preparing", "ready", "picked_up"], target: "failed" },
  cancel: { from: BEFORE_PICKUP, target: "cancelled" },
};

/** What the rules do not have, but a dispatcher may say with a reason (dashboard/domain/overrides.py). @type {typeof STEPS} */
export const OVERRIDES = {
  ready: { from: ["placed"], target: "ready" },
  pick_up: { from: ["placed"], target: "picked_up" },
  deliver: { from: BEFORE_PICKUP, target: "delivered" },
  fail: { from: ["placed"], target: "failed" },
  cancel: { from: ["picked_up"], target: "cancelled" },
  reopen: { from: ["delivered", "refused", "cancelled", "failed"], target: "" },
};

/** @type {Readonly<Record<string, {from: string[], target: string}>>} */
export const SHIFT_STEPS = {
  start: { from: ["off"], target: "on" },
  end: { from: ["on", "break"], target: "off" },
  break: { from: ["on"], target: "break" },
  resume: { from: ["break"], target: "on" },
};

/** @param {string} verb @param {Order} order @returns {Refusal | null} why the order cannot take it; states are named by their key */
export function whyNoStep(verb, order) {
  const facts = { ref: order.ref, state: order.state };
  const step = STEPS[verb];
  if (step) {
    const from = verb === "ready" && order.kind === "parcel" ? [...step.from, "placed"] : step.from;
    if (!from.includes(order.state))
      return { text: words("{ref} is {state}: it cannot become {target}"), facts: { ...facts, target: step.target } };
    if (["pick_up", "deliver"].includes(verb) && !order.courier) {
      return {
        text: words("{ref} is {state} and has no courier: assign it before it becomes {target}"),
        facts: { ...facts, target: step.target },
      };
    }
  }
  if (verb === "unassign") return whyNotBack(order, facts);
  if (verb === "delay" && !BEFORE_PICKUP.includes(order.state))
    return { text: words("{ref} is {state}: it cannot be delayed any more"), facts };
  if (verb === "solve" && !order.problem)
    return { text: words("{ref} has no problem: there is nothing to solve"), facts };
  return null;
}

/** @param {string} step of OVERRIDES @param {Order} order @returns {Refusal | null} */
export function whyNoOverride(step, order) {
  const facts = { ref: order.ref, state: order.state, target: OVERRIDES[step]?.target ?? "" };
  if (STEPS[step] && !whyNoStep(step, order))
    return { text: words("{ref} is {state}: it becomes {target} without an override"), facts };
  if (!OVERRIDES[step]?.from.includes(order.state))
    return { text: words("{ref} is {state}: this override does not start from there"), facts };
  if (["pick_up", "deliver"].includes(step) && !order.courier) {
    return { text: words("{ref} is {state} and has no courier: assign it before it becomes {target}"), facts };
  }
  return null;
}

/** @param {Order} order @param {Record<string, string>} facts @returns {Refusal | null} */
function whyNotBack(order, facts) {
  if (!order.courier) return { text: words("{ref} has no courier: there is nothing to take back"), facts };
  if (!isOpen(order)) return { text: words("{ref} is {state}: it cannot be taken back any more"), facts };
  if (order.state === "picked_up")
    return { text: words("{ref} is {state}: hand it to another courier instead of taking it back"), facts };
  return null;
}

/** @param {string} verb @param {Courier} courier @returns {Refusal | null} */
export function whyNoShiftStep(verb, courier) {
  const step = SHIFT_STEPS[verb];
  if (!step || step.from.includes(courier.shift)) return null;
  return {
    text: words("{name} is {state}: the shift cannot become {target}"),
    facts: { name: courier.name, state: courier.shift, target: step.target },
  };
}
