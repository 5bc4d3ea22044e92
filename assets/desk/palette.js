/**
 * The command line of the desk: `assign 1042 lea`, `unassign 1042`, `rain on`, `rain off`, or any other words, which filter the lists.
 * The English verbs work in every language, so that a habit travels; those of the language work too.
 *
 * @import { Board } from "./board.js"
 * @import { Intent, Words } from "./types.js"
 * @typedef {{find: string, intent: null, refusal: null} | {find: null, intent: Intent, refusal: null}
 *   | {find: null, intent: null, refusal: {text: string, facts: Record<string, string>}}} Command
 */
import { decideDrop, decideVerb, mayTake } from "./drag.js";
import { plain } from "./search.js";

/**
 * @param {string} line what was typed @param {Board} board @param {Words} words @returns {Command}
 */
export function readCommand(line, board, words) {
  const [verb, ref, ...rest] = line.trim().split(/\s+/);
  const said = plain(verb ?? "");
  if (ref && isVerb(said, "assign", words("assign"))) return assign(ref, rest.join(" "), board, words);
  if (ref && isVerb(said, "unassign", words("take back")))
    return settled(ref, board, words, (order) => decideVerb(board, order, "unassign"));
  if (isVerb(said, "rain", words("rain")) && !rest.length) {
    if (isVerb(plain(ref ?? ""), "on", words("begins"))) return weather("rain_on");
    if (isVerb(plain(ref ?? ""), "off", words("ends"))) return weather("rain_off");
  }
  return { find: line.trim(), intent: null, refusal: null };
}

/** @param {string} verb @returns {Command} */
const weather = (verb) => ({ find: null, intent: { verb, order: "", version: 0 }, refusal: null });

/** @param {string} said @param {string} english @param {string} own */
const isVerb = (said, english, own) => said === english || said === plain(own);

/** @param {string} ref @param {string} name @param {Board} board @param {Words} words @returns {Command} */
function assign(ref, name, board, words) {
  if (!name) return settled(ref, board, words, (order) => decideVerb(board, order, "menu"));
  const found = [...board.couriers.values()].filter(
    (courier) => plain(courier.name).startsWith(plain(name)) || courier.id === name,
  );
  const takers = found.length > 1 ? found.filter((courier) => mayTake(board, courier.id)) : found;
  const exact = takers.filter((courier) => plain(courier.name) === plain(name));
  const taker = takers.length > 1 ? exact : takers;
  if (taker.length !== 1) {
    return refused(
      takers.length
        ? words("Several couriers are called {name}: type more of the name", { name })
        : words("There is no courier {name}", { name }),
    );
  }
  return settled(ref, board, words, (order) => decideDrop(board, order, taker[0].id));
}

/** @param {string} ref @param {Board} board @param {Words} words @param {(order: string) => import("./drag.js").Decision} decide @returns {Command} */
function settled(ref, board, words, decide) {
  const order = [...board.orders.values()].find((one) => one.ref === ref);
  if (!order) return refused(words("There is no order {ref}", { ref }));
  const { intent, refusal } = decide(order.id);
  if (intent) return { find: null, intent, refusal: null };
  return refused(refusal ? words(refusal.text, refusal.facts) : words("{ref} is already with that courier", { ref }));
}

/** @param {string} text @returns {Command} */
const refused = (text) => ({ find: null, intent: null, refusal: { text, facts: {} } });
