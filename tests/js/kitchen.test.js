/** The restaurant's screen: what its cards say, and that no press is lost or sent twice. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { cardOf, cardsOf, countdown } from "../../assets/desk/kitchen/cards.js";
import { createNotices } from "../../assets/desk/kitchen/notices.js";
import { createPresses } from "../../assets/desk/kitchen/presses.js";
import { problemText } from "../../assets/desk/problems.js";
import { MINUTE, NOON, at, format, words } from "./values.js";

/** @import { KitchenOrder, Press } from "../../assets/desk/kitchen/types.js" */

/** @param {Partial<KitchenOrder>} [more] @returns {KitchenOrder} */
const order = (more = {}) => ({
  id: "o1",
  ref: "1042",
  state: "preparing",
  version: 2,
  kind: "meal",
  items: [{ name: "Pizza", quantity: 2 }],
  note: "",
  problem: null,
  placed_at: at(-5 * MINUTE),
  ready_at: at(10 * MINUTE),
  courier: null,
  arrival: null,
  waits_for: null,
  waits_seconds: null,
  looked_at_by: null,
  share: null,
  ...more,
});

/** @param {KitchenOrder[]} orders @param {string[]} dispatchers @param {Press[]} waiting */
const view = (orders, dispatchers = [], waiting = []) => ({
  screen: {
    restaurant: "toscana",
    name: "Toscana",
    at: at(0),
    seq: 1,
    stale_since: null,
    busy: { id: "toscana", busy_until: null, busy_minutes: null },
    counter: null,
    dispatchers,
    orders,
  },
  now: NOON,
  waiting,
  words,
  format,
});

/** @param {number} early @param {number} late minutes from now @param {boolean} [here] */
const comes = (early, late, here = false) => ({
  earliest: at(early * MINUTE),
  expected: at(((early + late) / 2) * MINUTE),
  latest: at(late * MINUTE),
  here,
  guessed: false,
});

/** @param {Partial<KitchenOrder>} more @param {string[]} [dispatchers] */
const card = (more, dispatchers) => cardOf(order(more), view([], dispatchers));

test("orders stand in the column of their state, those that are no more in none", () => {
  const states = ["placed", "accepted", "preparing", "ready", "picked_up", "delivered", "refused", "cancelled"];
  const cards = cardsOf(view(states.map((state, id) => order({ id: String(id), state }))));
  assert.deepEqual(
    cards.map((one) => one.column),
    ["new", "preparing", "preparing", "ready", "gone", "gone"],
  );
});

test("without a courier it says so and who is on it, never an invented arrival", () => {
  assert.equal(card({ looked_at_by: "Ana" }).courier, "No courier yet: Ana is on it");
  assert.equal(card({}, ["Ana", "Bo"]).courier, "No courier yet; at the desk: Ana, Bo");
  assert.equal(card({}).courier, "No courier yet, and nobody is at the desk");
  assert.equal(card({ courier: "Léa" }).courier, "Léa comes; when is not known yet");
});

test("a drop-off of a shared pickup says which it is and what goes with it", () => {
  const shared = card({ share: { nth: 1, of: 3, refs: ["1043", "1044"] } });
  assert.equal(shared.share, "1/3, with 1043, 1044");
  assert.equal(shared.shareTitle, "drop-off 1 of 3 from one pickup, with 1043, 1044");
  assert.equal(card({}).share, "");
});

test("a narrow arrival is one time, a wide one a range, one that is past says how late, at the door is at the door", () => {
  assert.equal(card({ courier: "Léa", arrival: comes(5, 7) }).courier, "Léa comes in 6 min, at 12:06");
  assert.equal(card({ courier: "Léa", arrival: comes(5, 12) }).courier, "Léa comes in 5 to 12 min, by 12:12");
  assert.equal(card({ courier: "Léa", arrival: comes(0, 0, true) }).courier, "Léa is here");
  assert.equal(card({ courier: "Léa", arrival: comes(-5, -3.5) }).courier, "Léa is late by 4 min");
});

test("it says which of the two is waited for", () => {
  const early = { courier: "Léa", arrival: comes(4, 6), waits_for: /** @type {const} */ ("kitchen"), waits_seconds: 300 };
  assert.equal(card(early).verdict, "Courier 5 min early: finish by 12:05");
  assert.equal(card({ ...early, arrival: comes(0, 0, true) }).verdict, "The courier waits for the food");
  const late = { ...early, waits_for: /** @type {const} */ ("courier"), waits_seconds: 240 };
  assert.equal(card(late).verdict, "Courier 4 min after the food");
  assert.equal(card({ ...late, state: "ready" }).verdict, "The food waits for the courier");
});

test("the colour is by forecast: calm, at risk, late", () => {
  assert.equal(card({}).tone, "calm");
  assert.equal(card({ ready_at: at(2 * MINUTE) }).tone, "due");
  assert.equal(card({ ready_at: at(-MINUTE) }).tone, "late");
  assert.equal(card({ waits_for: "kitchen", waits_seconds: 200 }).tone, "due");
  assert.equal(card({ state: "placed", placed_at: at(-4 * MINUTE) }).tone, "late");
  assert.equal(card({ problem: "call" }).tone, "late");
  assert.equal(card({ state: "ready" }).tone, "due");
});

test("time is counted down, and up with a minus after it", () => {
  assert.equal(countdown(9.5 * MINUTE, words), "9:30");
  assert.equal(countdown(-65000, words), "−1:05");
});

test("a problem reads in words, with what was added", () => {
  assert.equal(problemText("missing: no tofu: none", words), "An item is missing: no tofu: none");
  assert.equal(problemText("call", words), "Please call us");
});

test("a courier has a face: initials, and the same colour on every card", () => {
  assert.equal(card({}).face, null);
  assert.deepEqual(card({ courier: "Léa" }).face, card({ courier: "Léa", state: "ready" }).face);
  assert.equal(card({ courier: "Léa" }).face?.initials, "LÉ");
  assert.notEqual(card({ courier: "Léa" }).face?.tone, card({ courier: "Mia" }).face?.tone);
});

test("a notice comes when a courier's time moves by five minutes or more, and once when they are there", () => {
  const notices = createNotices(words, format);
  /** @param {ReturnType<typeof comes>} arrival */
  const tell = (arrival) => notices(view([order({ courier: "Léa", arrival })]).screen);
  assert.deepEqual(tell(comes(5, 7)), { moved: [], arrived: [] });
  assert.deepEqual(tell(comes(8, 10)), { moved: [], arrived: [] });
  assert.deepEqual(tell(comes(11, 13)).moved, ["Léa comes later for 1042: about 12:12"]);
  assert.deepEqual(tell(comes(5, 7)).moved, ["Léa comes sooner for 1042: about 12:06"]);
  assert.deepEqual(tell(comes(0, 0, true)).arrived, ["Léa is here for 1042"]);
  assert.deepEqual(tell(comes(0, 0, true)).arrived, []);
});

/** @param {Map<string, string>} kept */
const storage = (kept) => ({
  getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
  setItem: (/** @type {string} */ key, /** @type {string} */ text) => void kept.set(key, text),
});

/** @param {string} key @returns {Press} */
const press = (key) => ({ key, path: "/orders/o1/ready", order: "o1", button: "ready", body: {}, at: NOON, text: "Ready" });

test("what was pressed without a network is kept, survives the page, and is sent once, in its order", async () => {
  const kept = new Map();
  const dead = createPresses(storage(kept), "p", async () => "unreachable", () => {});
  await dead.add(press("1"));
  await dead.add(press("2"));
  assert.equal(dead.waiting().length, 2);
  const sent = /** @type {string[]} */ ([]);
  const alive = createPresses(
    storage(kept),
    "p",
    async (one) => {
      sent.push(one.key);
      return "done";
    },
    () => {},
  );
  assert.match(cardOf(order(), view([], [], [...alive.waiting()])).pending, /Ready at 12:00: waiting to be sent/);
  await Promise.all([alive.flush(), alive.flush()]);
  assert.deepEqual(sent, ["1", "2"]);
  assert.equal(alive.waiting().length, 0);
  assert.equal(kept.get("p"), "[]");
});

test("a press that nobody was told of is taken back as if it had never been; one on its way is not", async () => {
  const presses = createPresses(storage(new Map()), "p", async () => "unreachable", () => {});
  await presses.add(press("1"));
  assert.equal(presses.withdraw("1"), true);
  assert.equal(presses.withdraw("1"), false);
  /** @type {(outcome: "done") => void} */
  let answer = () => {};
  const slow = createPresses(storage(new Map()), "p", () => new Promise((resolve) => (answer = resolve)), () => {});
  const under = slow.add(press("2"));
  assert.equal(slow.withdraw("2"), false);
  answer("done");
  await under;
});

test("a refusal is told with its reason and does not hold up what comes after it", async () => {
  const told = /** @type {unknown[]} */ ([]);
  const send = async (/** @type {Press} */ one) => (one.key === "1" ? { refused: "too late" } : /** @type {const} */ ("done"));
  const presses = createPresses(storage(new Map()), "p", send, (one, outcome) => outcome && told.push([one.key, outcome]));
  await presses.add(press("1"));
  await presses.add(press("2"));
  assert.deepEqual(told, [
    ["1", { refused: "too late" }],
    ["2", "done"],
  ]);
});
