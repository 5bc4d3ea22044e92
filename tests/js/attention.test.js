import assert from "node:assert/strict";
import { test } from "node:test";
import { APART_MS, hear, mute, MUTED_MS, newEar } from "../../assets/desk/alarm_sounds.js";
import { attention, pageOf, shelvedText, textOf } from "../../assets/desk/attention_rows.js";
import { boardOf } from "../../assets/desk/board.js";
import { createFormat } from "../../assets/desk/format.js";
import { alarm, at, courier, format, MINUTE, NOON, snapshot, words } from "./values.js";

/** @import { Alarm } from "../../assets/desk/types.js" */

const texts = {
  A1: { name: "Has to be given now", says: "{ref} has to be given", response: "Give it." },
  A2: { name: "Will be late", says: "{ref} will be {minutes} min late", response: "Call {name}." },
  A6: { name: "No position", says: "No position of {name}", response: "Call {name}." },
};

/** @param {Alarm[]} alarms @param {string[]} [expanded] */
const shown = (alarms, expanded = []) =>
  attention(
    boardOf(snapshot({ alarms, couriers: [courier()] })),
    NOON + 10 * MINUTE,
    new Set(expanded),
    texts,
    words,
    format,
  );

/** @param {Alarm[]} alarms @param {string[]} [expanded] */
const keys = (alarms, expanded) => shown(alarms, expanded).rows.map((row) => row.key);

test("the most urgent stands first, then the oldest; what is over and unseen comes last", () => {
  const over = { cleared_at: at(9 * MINUTE), closed_at: at(9 * MINUTE) };
  assert.deepEqual(
    keys([
      alarm("A2", "o1", { raised_at: at(MINUTE) }),
      alarm("A2", "o2"),
      alarm("A1", "o4", { priority: "high", ...over }),
      alarm("A1", "o3", { priority: "high", raised_at: at(5 * MINUTE) }),
    ]),
    ["A1.o3", "A2.o2", "A2.o1", "A1.o4"],
  );
});

test("what was resolved, put aside, or seen before it was over is not in the list; what is aside is counted", () => {
  const found = shown([
    alarm("A2", "o1", { resolved_by: "ada", acknowledged_by: "ada" }),
    alarm("A2", "o2", { shelved_by: "ada", shelved_until: at(15 * MINUTE) }),
    alarm("A2", "o3", { acknowledged_by: "ada", cleared_at: at(1), closed_at: at(1) }),
    alarm("A2", "o4", { acknowledged_by: "ada" }),
  ]);
  assert.deepEqual(
    found.rows.map((row) => [row.key, row.by, row.isNew]),
    [["A2.o4", "ada", false]],
  );
  assert.deepEqual(
    found.shelved.map((one) => shelvedText(one, NOON + 10 * MINUTE, words, format)),
    ["5 min"],
  );
});

test("alarms of one root stand under it, counted, and come out when asked for", () => {
  const alarms = [alarm("A6", "lea", { order: null }), alarm("A2", "o1", { cause: "A6.lea" })];
  assert.deepEqual(
    shown(alarms).rows.map((row) => [row.key, row.members]),
    [["A6.lea", 1]],
  );
  assert.deepEqual(keys(alarms, ["A6.lea"]), ["A6.lea", "A2.o1"]);
});

test("what is not on the desk is done about on a page of its own", () => {
  assert.equal(pageOf(alarm("A11", "rule.2026-11-30")), "/recurring");
  assert.equal(pageOf(alarm("A1", "o1")), null);
});

test("in a flood the urgent ones stay single and the others stand together by rule; none is missing", () => {
  const alarms = [
    alarm("flood", "flood", { id: "flood", priority: "high" }),
    alarm("A1", "o9", { priority: "high" }),
    ...[1, 2, 3].map((n) => alarm("A2", `o${n}`)),
  ];
  const found = shown(alarms);
  assert.deepEqual(
    found.rows.map((row) => [row.key, row.members]),
    [
      ["A1.o9", 0],
      ["rule-A2", 3],
    ],
  );
  assert.equal(found.rows[1].text, "Will be late: 3 alarms");
  assert.equal(found.flood, at(0));
  assert.equal(keys(alarms, ["rule-A2"]).length, 5);
});

test("an alarm about a courier or order that the page does not know is shown all the same", () => {
  const [row] = shown([alarm("A2", "gone", { order: "gone", courier: "nobody" })]).rows;
  assert.deepEqual([row.text, row.response], ["1042 will be 7 min late", "Call nobody."]);
});

test("what was there before the page is not heard; each new one is, once; and again when it is said again", () => {
  const first = hear(newEar(), [alarm("A2", "o1")], 0, true);
  assert.deepEqual([first.sound, first.news.length], [null, 0]);
  const both = [alarm("A2", "o1"), alarm("A1", "o2", { priority: "high" })];
  const second = hear(first.ear, both, 10, false);
  assert.deepEqual([second.sound, second.news.map((one) => one.id)], ["urgent", ["A1.o2"]]);
  assert.equal(hear(second.ear, both, APART_MS * 2, false).sound, null);
  const again = both.map((one) => ({ ...one, rang_at: at(3 * MINUTE) }));
  assert.equal(hear(second.ear, again, APART_MS * 2, false).sound, "urgent");
});

test("one sound in three seconds: what comes between waits, and the more important one is played", () => {
  const first = hear(newEar(), [alarm("A2", "o1")], 0, false);
  assert.equal(first.sound, "attention");
  const alarms = [alarm("A2", "o1"), alarm("A2", "o2"), alarm("A9", "redis", { priority: "high" })];
  const second = hear(first.ear, alarms, 1000, false);
  assert.equal(second.sound, null);
  assert.equal(hear(second.ear, alarms, APART_MS, false).sound, "system");
});

test("a mute ends by itself after a quarter of an hour, and what came meanwhile is read aloud but not heard", () => {
  const muted = mute(newEar(), 0);
  const silent = hear(muted, [alarm("A2", "o1")], 1000, false);
  assert.deepEqual([silent.sound, silent.news.length], [null, 1]);
  assert.equal(hear(silent.ear, [alarm("A2", "o2")], MUTED_MS, false).sound, "attention");
});

test("in a flood only urgent ones and the system's are heard; what somebody has in hand is not", () => {
  const flood = alarm("flood", "flood", { id: "flood", priority: "high" });
  assert.equal(hear(newEar(), [flood, alarm("A2", "o1")], 0, false).sound, null);
  assert.equal(hear(newEar(), [flood, alarm("A1", "o1", { priority: "high" })], 0, false).sound, "urgent");
  for (const said of [{ acknowledged_by: "ada" }, { shelved_by: "ada" }, { cause: "A1.o1" }, { cleared_at: at(1) }])
    assert.equal(hear(newEar(), [alarm("A2", "o1", said)], 0, false).sound, null);
});

test("an incident says what was told and what to do by its kind", () => {
  const kinds = { A10: { name: "Incident", says: "{ref}: an incident", response: "" }, "A10.theft": { name: "Incident", says: "{ref}: theft", response: "Call {name}." } };
  const board = boardOf(snapshot({ couriers: [courier()] }));
  const said = (/** @type {string} */ about) => textOf(alarm("A10", about), board, kinds, words, format).says;
  assert.deepEqual([said("theft.i"), said("other.i")], ["1042: theft", "1042: an incident"]);
});

test("a recurring order that is not there is told by its day and time, as people write them here", () => {
  const absent = { A11: { name: "Recurring order", says: "The order of {ref} from {place}", response: "" } };
  const told = (/** @type {typeof format} */ written) =>
    textOf(alarm("A11", "rule.2026-11-30", { ref: "2026-11-30 12:00" }), boardOf(snapshot()), absent, words, written).says;
  assert.equal(told(format), "The order of Mon 30 Nov, 12:00 from Toscana");
  assert.equal(told(createFormat("fr-FR", "UTC", words)), "The order of lun. 30 nov., 12:00 from Toscana");
});
