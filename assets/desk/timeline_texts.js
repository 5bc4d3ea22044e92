/**
 * What the bars and lanes of a timeline words, to whoever reads and to whoever listens.
 *
 * @import { Format } from "./format.js"
 * @import { Words } from "./types.js"
 * @import { Bar, Band, Lane } from "./timeline_lanes.js"
 */

const MINUTE_MS = 60000;

/** @param {Bar} bar @param {Lane} lane @param {Words} words @param {Format} format */
export function barLabel(bar, lane, words, format) {
  const facts = { ref: bar.ref, from: format.clock(bar.from), until: format.clock(bar.to) };
  return [
    lane.courier ? `${words(STATES[bar.kind], facts)}, ${lane.courier.name}` : words("{ref}: waits for a courier", facts),
    bar.promise === null ? words("nothing promised") : words("promised by {time}", { time: format.clock(bar.promise) }),
    lateText(bar, words, format),
  ]
    .filter(Boolean)
    .join(", ");
}

/** Mark a text for the catalogue. @param {string} text */
const words = (text) => text;

const STATES = Object.freeze({
  waiting: words("{ref}: waits for a courier"),
  ahead: words("{ref}: pickup {from}, drop-off {until}"),
  aboard: words("{ref}: picked up {from}, drop-off {until}"),
  unknown: words("{ref}: nobody knows when"),
  done: words("{ref}: delivered, {from}–{until}"),
  failed: words("{ref}: not delivered, {from}–{until}"),
});

/** @param {Bar} bar @param {Words} words @param {Format} format */
function lateText({ kind, promise, to, trouble }, words, format) {
  if (!trouble || promise === null) return "";
  if (kind === "waiting") return words("overdue");
  return words("late by {n}", { n: format.age(Math.max(MINUTE_MS, to - promise)) });
}

/** @param {Lane} lane @param {Words} words @param {Format} format @returns {string} the name of the lane to a screen reader */
export function laneLabel(lane, words, format) {
  if (!lane.courier) return words("Orders that nobody has: {n}", { n: lane.bars.length });
  const n = lane.bars.filter((one) => one.kind !== "done" && one.kind !== "failed").length;
  const shift = { on: words("on shift"), break: words("on break"), off: words("off shift") }[lane.courier.shift] ?? "";
  const beyond = lane.beyond ? words("work goes on {n} beyond the shift", { n: format.age(lane.beyond) }) : "";
  return [lane.courier.name, shift, words("{n} {n:order|orders} in hand", { n }), beyond].filter(Boolean).join(", ");
}

/** @param {Band} band @param {Words} words @param {Format} format what stands in it */
export function bandText({ kind, from, to }, words, format) {
  if (kind === "gap") return format.age(to - from);
  if (kind === "beyond") return `+${format.age(Math.max(MINUTE_MS, to - from))}`;
  return kind === "break" ? words("break") : "";
}

/** @param {Band} band @param {Words} words @param {Format} format */
export function bandTitle({ kind, from, to }, words, format) {
  const facts = { from: format.clock(from), until: format.clock(to) };
  switch (kind) {
    case "planned":
      return words("Planned shift {from}–{until}", facts);
    case "worked":
      return words("On shift {from}–{until}", facts);
    case "break":
      return words("Break {from}–{until}", facts);
    case "beyond":
      return words("Beyond the shift, which ends at {from}: until {until}", facts);
    default:
      return words("Nothing in hand {from}–{until}", facts);
  }
}
