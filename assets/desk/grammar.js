/**
 * The line's grammar: what each verb is called, what it takes, and how a line that somebody types is read. No page, no
 * clock: a text and what is known go in, a reading comes out. What it then means is in meaning.js.
 *
 * @import { Words } from "./types.js"
 * @import { Known, Args, Gap } from "./arguments.js"
 * @typedef {"orders" | "about" | "mate" | "taker" | "holder" | "rider" | "minutes" | "spell" | "day" | "tags" | "target" | "text" | "reason" | "why" | "switch" | "words"} Takes
 *   `mate` is whose pickup is shared, `taker` gets an order, `holder` has it, `rider` is any courier; `spell` is minutes that may be left out, `reason` a text
 *   that may be, `why` one that may not.
 * @typedef {{verb: string, says: string, takes: Takes[], does: string}} Verb `says`: its names, a key of the catalogue.
 * @typedef {{named: (text: string) => Verb | null, shown: (verb: Verb) => string, all: (verb: Verb) => string[]}} Names
 * @typedef {{verb: Verb | null, name: string, args: Args, gap: Gap | null, typed: Typed}} Reading
 *   `verb` null: these are words to be looked for. `gap` is the first thing that is missing or wrong.
 * @typedef {{takes: Takes | "verb", text: string, head: string}} Typed What is being typed: the kind of thing, its text so
 *   far, and the line before it.
 */
import { readArguments } from "./arguments.js";
import { plain } from "./search.js";

/** Mark a text for the catalogue. @param {string} text */
const words = (text) => text;

/** @type {[verb: string, says: string, takes: Takes[], does: string][]} */
const TABLE = [
  // TRANSLATORS: names of a command, the usual one first, each one word: what people type. Keep the word before the colon.
  ["assign", words("verb: assign give"), ["orders", "taker"], words("gives orders to a courier")],
  ["swap", words("verb: swap"), ["orders", "holder", "taker"], words("hands orders over from one courier to another")],
  ["unassign", words("verb: unassign"), ["orders"], words("takes orders back from their courier")],
  ["delay", words("verb: delay"), ["orders", "minutes"], words("the kitchen needs more time")],
  ["accept", words("verb: accept"), ["orders"], words("the restaurant takes the order")],
  ["prepare", words("verb: prepare"), ["orders"], words("the kitchen has begun")],
  ["ready", words("verb: ready"), ["orders"], words("the food is ready")],
  ["pick_up", words("verb: pickup"), ["orders"], words("the courier has it")],
  ["deliver", words("verb: delivered deliver"), ["orders"], words("the customer has it")],
  ["fail", words("verb: failed fail"), ["orders", "reason"], words("it could not be delivered")],
  ["cancel", words("verb: cancel"), ["orders", "reason"], words("it is not wanted any more")],
  ["refuse", words("verb: refuse"), ["orders", "reason"], words("the restaurant does not take it")],
  ["solve", words("verb: solved solve"), ["orders"], words("what was reported is in order again")],
  ["override", words("verb: override"), ["orders", "target", "why"], words("sets a state that the rules would not, with a reason")],
  ["tag", words("verb: tag"), ["orders", "tags"], words("puts tags on orders")],
  ["untag", words("verb: untag"), ["orders", "tags"], words("takes tags off orders")],
  ["reschedule", words("verb: reschedule"), ["orders", "day"], words("moves orders to another day")],
  ["attach", words("verb: attach"), ["orders", "mate"], words("makes orders drop-offs of another one’s pickup")],
  ["detach", words("verb: detach"), ["orders"], words("gives orders their pickup for themselves again")],
  ["note", words("verb: note"), ["about", "text"], words("a note on an order or a courier")],
  ["remember", words("verb: remember"), ["text"], words("a note for whoever has the desk next")],
  ["start", words("verb: start"), ["rider"], words("a courier begins a shift")],
  ["break", words("verb: break"), ["rider", "spell"], words("a courier takes a break")],
  ["resume", words("verb: resume"), ["rider"], words("a courier is back from a break")],
  ["end", words("verb: end"), ["rider"], words("a courier ends the shift")],
  ["rain", words("verb: rain"), ["switch"], words("it begins or ends to rain, for the supplement")],
  ["find", words("verb: find"), ["words"], words("the lists show only what has these words")],
  ["record", words("verb: record history"), ["orders"], words("what has happened to an order")],
  ["undo", words("verb: undo"), [], words("takes your last command back")],
  ["redo", words("verb: redo"), [], words("does it again")],
];

export const VERBS = TABLE.map(([verb, says, takes, does]) => /** @type {Verb} */ ({ verb, says, takes, does }));

/** What stands before the names in the catalogue. */
const PREFIX = /^[^:]*:\s*/;

/**
 * The names of the verbs: those of the page's own language, which are shown, and those of all others, so that a habit travels.
 * @param {Words} own @param {Record<string, string>[]} others catalogues @returns {Names}
 */
export function newNames(own, others) {
  const read = (/** @type {string} */ text) => text.replace(PREFIX, "").split(/\s+/);
  const known = new Map(VERBS.map((verb) => [verb.verb, read(own(verb.says))]));
  /** @type {Map<string, Verb>} */
  const byName = new Map();
  const learn = (/** @type {Verb} */ verb, /** @type {string[]} */ names) => {
    for (const name of names) if (!byName.has(plain(name))) byName.set(plain(name), verb);
  };
  for (const verb of VERBS) learn(verb, known.get(verb.verb) ?? []);
  for (const verb of VERBS) learn(verb, read(verb.says));
  for (const texts of others) for (const verb of VERBS) if (texts[verb.says]) learn(verb, read(texts[verb.says]));
  return {
    named: (text) => byName.get(plain(text)) ?? null,
    shown: (verb) => known.get(verb.verb)?.[0] ?? verb.verb,
    all: (verb) => [...byName].filter(([, one]) => one === verb).map(([name]) => name),
  };
}

/** @param {string} line what was typed @param {Known} known @returns {Reading} */
export function readLine(line, known) {
  const text = line.trimStart();
  const name = text.split(/\s/, 1)[0];
  const verb = known.names.named(name);
  const rest = text.slice(name.length);
  const nothing = { orders: [], refs: [] };
  const asIs = { name, args: nothing, gap: null, typed: /** @type {Typed} */ ({ takes: "verb", text: text.trim(), head: "" }) };
  if (!verb) return { verb: null, ...asIs };
  const { args, gap, typed } = readArguments(verb, rest, known);
  if (!rest) return { ...asIs, verb, args, gap };
  return { verb, name, args, gap, typed: { ...typed, head: text.slice(0, text.length - typed.text.length) } };
}
