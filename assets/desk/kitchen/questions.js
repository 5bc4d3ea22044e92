/**
 * Questions that a button asks before it counts: why refused, what is wrong, how busy for how long.
 *
 * @import { Words } from "../types.js"
 */
import { problemName } from "../problems.js";
import { make } from "./paint.js";

const PROBLEMS = ["missing", "closed", "cancel", "call", "other"];
/** The least minutes of a new order, and how many minutes that lasts. */
const BUSY = [
  [20, 30],
  [30, 30],
  [30, 60],
  [45, 60],
  [45, 120],
];

/**
 * @template T @param {HTMLElement} page @param {string} title @param {[string, T][]} answers @param {Words} words
 * @param {string} [more] the label of a field for more words; none without
 * @returns {Promise<{value: T, text: string} | null>} null when it was given up
 */
function ask(page, title, answers, words, more = "") {
  const dialog = /** @type {HTMLDialogElement} */ (make("dialog", "kitchen-question"));
  const field = /** @type {HTMLInputElement} */ (make("input"));
  dialog.setAttribute("aria-label", title);
  dialog.append(make("h2", "", title));
  if (more) {
    const label = make("label", "", more);
    field.maxLength = 150;
    label.append(field);
    dialog.append(label);
  }
  page.append(dialog);
  return new Promise((resolve) => {
    /** @type {{value: T, text: string} | null} */
    let given = null;
    const choices = make("div", "kitchen-choices");
    for (const [text, value] of answers) {
      const button = make("button", "kitchen-button", text);
      button.addEventListener("click", () => {
        given = { value, text: field.value.trim() };
        dialog.close();
      });
      choices.append(button);
    }
    const back = make("button", "kitchen-button is-quiet", words("Back"));
    back.addEventListener("click", () => dialog.close());
    dialog.append(choices, back);
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(given);
    });
    dialog.showModal();
  });
}

/** @param {HTMLElement} page @param {string} ref @param {Words} words @returns {Promise<string | null>} the reason */
export async function askWhyRefused(page, ref, words) {
  const reasons = [words("Out of ingredients"), words("Too much to do"), words("We are closed"), words("Something else")];
  const given = await ask(
    page,
    words("Refuse {ref}: why?", { ref }),
    reasons.map((text) => [text, text]),
    words,
    words("More, for the dispatcher"),
  );
  return given && [given.value, given.text].filter(Boolean).join(": ");
}

/** @param {HTMLElement} page @param {string} ref @param {Words} words */
export async function askWhatIsWrong(page, ref, words) {
  const given = await ask(
    page,
    words("What is wrong with {ref}?", { ref }),
    PROBLEMS.map((kind) => [problemName(kind, words), kind]),
    words,
    words("More, for the dispatcher"),
  );
  return given && { kind: given.value, text: given.text };
}

/** @param {HTMLElement} page @param {Words} words */
export async function askHowBusy(page, words) {
  /** @type {[string, {minutes: number, lasts: number}][]} */
  const choices = BUSY.map(([minutes, lasts]) => [
    words("At least {n} min for a new order, for {m} min", { n: minutes, m: lasts }),
    { minutes, lasts },
  ]);
  const given = await ask(page, words("How busy is the kitchen?"), choices, words);
  return given && given.value;
}
