import assert from "node:assert/strict";
import { test } from "node:test";
import { newNames, readLine, VERBS } from "../../assets/desk/grammar.js";
import { createWords } from "../../assets/desk/words.js";
import { choices, known, meaning, names } from "./line_values.js";

/** @param {string} line @param {object} intent @param {object} [more] */
const means = (line, intent, more) => assert.deepEqual(meaning(line, more).intent, intent, line);
/** @param {string} line @param {string} text @param {object} [more] */
const asks = (line, text, more) => {
  const found = meaning(line, more);
  assert.equal(found.intent, null, line);
  assert.equal(found.text, text, line);
};
const o1 = { order: "o1", version: 3 };
const o2 = { order: "o2", version: 1 };

test("each verb says what is sent", () => {
  means("assign 1042 lea", { verb: "assign", ...o1, courier: "lea" });
  means("swap 1043 noe lea", { verb: "swap", ...o2, from: "noe", courier: "lea" });
  means("unassign 1043", { verb: "unassign", ...o2 });
  means("delay 1042 +10", { verb: "delay", ...o1, minutes: 10 });
  means("cancel 1042 nobody is home", { verb: "cancel", ...o1, reason: "nobody is home" });
  means("tag 1042 fragile, #cold", { verb: "tag", ...o1, tags: ["fragile", "cold"] });
  means("untag 1043 fragile", { verb: "untag", ...o2, tags: ["fragile"] });
  means("note 1042 rings twice", { verb: "note", ...o1, text: "rings twice" });
  means("note noémie dupont has the spare key", { verb: "note", order: "", version: 2, courier: "noemie", text: "has the spare key" });
  means("override 1043 delivered the phone was dead", { verb: "override", ...o2, text: "deliver", reason: "the phone was dead" });
  means("override 1050 reopened wrong door", { verb: "override", order: "o4", version: 1, text: "reopen", reason: "wrong door" });
  means("override 1044 cancelled by the customer", { verb: "override", order: "o3", version: 1, text: "cancel", reason: "by the customer" });
  means("reschedule 1042 +30", { verb: "reschedule", ...o1, minutes: 30 });
  means("reschedule 1042 tomorrow", { verb: "reschedule", ...o1, day: "2026-11-25" });
  means("break lea 20", { verb: "break", order: "", courier: "lea", minutes: 20 });
  means("break courier 1", { verb: "break", order: "", courier: "c1" });
  means("break courier 1 10", { verb: "break", order: "", courier: "c1", minutes: 10 });
  means("resume leon", { verb: "resume", order: "", courier: "leon" });
  means("start noemie", { verb: "start", order: "", courier: "noemie" });
  means("end lea", { verb: "end", order: "", courier: "lea" });
  means("rain on", { verb: "rain_on", order: "" });
  means("Rain OFF", { verb: "rain_off", order: "" });
  means("undo", { verb: "undo", order: "" });
  means("redo", { verb: "redo", order: "" });
  means("accept 1042", { verb: "accept", ...o1 });
  means("pickup 1043", { verb: "pick_up", ...o2 });
  means("delivered 1044", { verb: "deliver", order: "o3", version: 1 });
});

test("orders share a pickup by its number, and have one for themselves again", () => {
  const { board: given } = known();
  const twin = { .../** @type {any} */ (given.orders.get("o1")), id: "o6", ref: "1046", version: 1 };
  const mates = ["o1", "o6"].map((id) => ({ ...(id === "o6" ? twin : given.orders.get("o1")), group: "g" }));
  const board = { ...given, orders: new Map(given.orders).set("o6", twin) };
  const together = { ...given, orders: new Map([...given.orders, ["o1", mates[0]], ["o6", mates[1]]]) };
  means("attach 1046 1042", { verb: "attach", order: "o6", version: 1, to: "o1" }, { board });
  means("attach 1042", { verb: "attach", order: "o6", version: 1, to: "o1" }, { board, order: "o6" });
  asks("attach 1042", "To which order? Type the number of one with the same pickup", { board, order: "o1" });
  const far = { ...twin, pickup: { ...twin.pickup, lat: 60.18, address: "" } };
  asks("attach 1046 1042", "1046 and 1042 are fetched at different places: give them the same pickup first", {
    board: { ...given, orders: new Map(given.orders).set("o6", far) },
  });
  assert.deepEqual(choices("attach 1046 ", { board }).map(({ title }) => title), ["1042", "1043"]);
  means("detach 1046", { verb: "detach", order: "o6", version: 1 }, { board: together });
  asks("detach 1042", "1042 has its pickup for itself: there is nothing to detach");
  assert.match(meaning("assign 1042 lea", { board: together }).text, /and with it, from the same pickup: 1046$/);
});

test("several numbers are one act upon all of them, with commas, spaces or #", () => {
  const orders = [o1, o2].map(({ order, version }) => ({ order, version }));
  for (const line of ["assign 1042,1043 lea", "assign 1042 1043 lea", "assign #1042, 1043 Léa"])
    means(line, { verb: "assign", order: "", orders, courier: "lea" });
  means("delay 1042 1043 +10", { verb: "delay", order: "", orders, minutes: 10 });
});

test("several are handed over as they are given, for nobody else has changed them since", () => {
  const orders = [{ order: "o3", version: 1 }, { order: "o5", version: 1 }];
  const { board } = known();
  const both = { ...board, orders: new Map(board.orders).set("o5", { .../** @type {any} */ (board.orders.get("o3")), id: "o5", ref: "1045" }) };
  means("swap 1044,1045 lea noe", { verb: "assign", order: "", orders, courier: "noe" }, { board: both });
});

test("without a number the marked orders are meant, else the selected one", () => {
  means("assign lea", { verb: "assign", ...o1, courier: "lea" }, { order: "o1" });
  means("delay +10", { verb: "delay", ...o1, minutes: 10 }, { order: "o1" });
  const orders = [{ order: "o1", version: 3 }, { order: "o2", version: 1 }];
  means("delay +10", { verb: "delay", order: "", orders, minutes: 10 }, { order: "o3", chosen: ["o1", "o2"] });
  means("break 20", { verb: "break", order: "", courier: "lea", minutes: 20 }, { courier: "lea" });
  asks("delay +10", "Which order? Type its number, or choose it first");
});

test("assign without a name opens the couriers", () => {
  means("assign 1042", { verb: "menu", ...o1 });
});

test("a number that nobody has is never taken for the first word of a reason, or for minutes", () => {
  asks("cancel 1099 customer called", "There is no order 1099", { order: "o1" });
  asks("cancel 1042 1099 customer called", "There is no order 1099");
  asks("delay 1099", "There is no order 1099", { order: "o1" });
  means("cancel 1042 2 bags are missing", { verb: "cancel", ...o1, reason: "2 bags are missing" });
});

test("what is wrong is said exactly", () => {
  asks("assign 1042 bob", "There is no courier bob");
  asks("assign 1042 le", "Several couriers are called le: type more of the name", { board: withAllOnShift() });
  asks("assign 1042 noémie", "Noémie Dupont is off shift: choose a courier who is on shift");
  asks("assign 1044 léa", "1044 is already with Léa");
  asks("assign 1050 noé", "1050 is closed: it cannot be given to anybody any more");
  asks("swap 1043 lea noe", "1043 is not with Léa: it is with Noé");
  asks("swap 1042 lea noe", "1042 is not with Léa: nobody has it");
  asks("unassign 1042", "1042 has no courier: there is nothing to take back");
  asks("unassign 1044", "1044 is picked up: hand it to another courier instead of taking it back");
  asks("ready 1044", "1044 is picked up: it cannot become ready");
  asks("delay 1042 +900", "“+900” is no number of minutes from 1 to 240");
  asks("resume lea", "Léa is on shift: the shift cannot become on shift");
  asks("override 1042 eaten", "“eaten” is no state that can be set: choose one of these");
  asks("override 1044 delivered late", "1044 is picked up: it becomes delivered without an override");
  asks("override 1042 picked up early", "1042 is placed and has no courier: assign it before it becomes picked up");
  asks("note 1042,1043 both", "One order at a time");
  asks("override 1043 delivered", "Why? The reason stays in the journal");
  asks("reschedule 1042 2020-01-01", "“2020-01-01” is no day to come: type tomorrow, a weekday, 2026-12-01, or minutes such as +30");
  asks("undo all of it", "“all of it” is too much here");
  asks("rain", "Does it begin or end? Type on or off");
});

test("the preview says in one line what will happen", () => {
  assert.equal(meaning("assign 1043 lea").text, "Gives 1043 (Café Ursula → Kasarmikatu 21) to Léa, who has 1; now with Noé");
  assert.equal(meaning("assign 1042 noe").text, "Gives 1042 (Toscana → Bulevardi 9) to Noé, who has 1");
  assert.equal(meaning("delay 1042 +10").text, "1042 (Toscana → Bulevardi 9) is ready in 10 min, at 12:10");
  assert.equal(meaning("end lea").text, "Léa ends the shift · has 1 order in hand");
  assert.equal(meaning("find ursula").text, "The lists show only what has “ursula”");
});

test("of several orders those that cannot are named beforehand", () => {
  assert.equal(
    meaning("assign 1042,1044 lea").text,
    "Gives 1042 (Toscana → Bulevardi 9) to Léa, who has 1 · 1044 is already with Léa",
  );
  assert.equal(meaning("assign 1042,1044 lea").intent?.orders?.length, 2);
});

test("among several only those on shift are meant, and a whole name before a beginning", () => {
  means("assign 1042 le", { verb: "assign", ...o1, courier: "lea" });
  means("assign 1042 courier 1", { verb: "assign", ...o1, courier: "c1" });
  means("assign 1042 dupont", { verb: "assign", ...o1, courier: "noemie" }, { board: withAllOnShift() });
});

test("a hand-over is looked at as soon as its order is known", () => {
  assert.deepEqual(meaning("assign 1042 ").looked, { order: "o1", courier: null });
  assert.deepEqual(meaning("assign 1042 noe").looked, { order: "o1", courier: "noe" });
});

test("the page's own verbs, the English ones and those of other languages all work, and no name means two things", () => {
  means("confier 1042 lea", { verb: "assign", ...o1, courier: "lea" });
  const french = newNames(createWords({ "verb: assign give": "verbe : confier donner", "verb: ready": "verbe : prête" }, "fr"), []);
  assert.equal(french.shown(VERBS[0]), "confier");
  for (const name of ["donner", "CONFIER", "assign", "give"]) assert.equal(french.named(name)?.verb, "assign");
  assert.equal(french.named("Prete")?.verb, "ready");
  const all = VERBS.flatMap((verb) => verb.says.split(": ")[1].split(" "));
  assert.equal(new Set(all).size, all.length);
});

test("whatever begins with no verb is looked for", () => {
  for (const line of ["tosc", "1042", "", "assignment"]) assert.equal(readLine(line, known()).verb, null);
  assert.equal(readLine("  ASSIGN 1042", known()).verb?.verb, "assign");
  assert.equal(names.named("tosc"), null);
});

function withAllOnShift() {
  const { board } = known();
  return { ...board, couriers: new Map([...board.couriers].map(([id, one]) => [id, { ...one, shift: "on" }])) };
}
