/**
 * A courier reports an incident: started by assets/clientside.js when its form has been laid out on /me.
 *
 * @import { Mistakes } from "../forms/mistakes.js"
 * @typedef {{order: string, coop: string, locale: string, kinds: [string, string][], longest: number, done: string, words: Record<string, string>}} Config
 */
import { newElement, setText } from "../lists.js";
import { mistakesIn, troubleIn } from "../forms/mistakes.js";
import { createTelling } from "../forms/telling.js";
import { createWords } from "../words.js";
import { forget, keep, kept } from "./draft.js";

/** @param {Config} config */
export function start(config) {
  const host = document.getElementById("report");
  if (!host) return;
  const words = createWords(config.words, config.locale);
  const telling = createTelling();
  const form = /** @type {HTMLFormElement} */ (newElement("form", "report-form", { novalidate: "" }));
  const kinds = newElement("fieldset", "report-kinds", { id: "report-kind", role: "radiogroup" });
  kinds.append(newElement("legend", "", {}, words("What happened?")), ...config.kinds.map(([kind, name]) => choice(kind, name)));
  const note = /** @type {HTMLTextAreaElement} */ (
    newElement("textarea", "", { id: "report-note", rows: "4", maxlength: String(config.longest) })
  );
  const photo = /** @type {HTMLInputElement} */ (
    newElement("input", "", { id: "report-photo", type: "file", accept: "image/jpeg,image/png,image/webp" })
  );
  const said = newElement("p", "form-error", { id: "report-said", role: "alert" });
  const send = /** @type {HTMLButtonElement} */ (newElement("button", "report-send", { type: "submit", id: "report-send" }, words("Tell the desk")));
  form.append(
    withMistake("kind", kinds),
    withMistake("note", labelled(words("In your own words"), note)),
    withMistake("photo", labelled(words("Photo, if it helps"), photo)),
    said,
    send,
  );
  host.replaceChildren(form);
  const choices = /** @type {HTMLInputElement[]} */ ([...kinds.querySelectorAll("input")]);
  const told = () => ({ kind: choices.find((one) => one.checked)?.value ?? "", note: note.value.trim() });
  /** @type {Record<keyof Mistakes, HTMLElement>} */
  const controls = { kind: kinds, note, photo };

  const before = kept(sessionStorage, config.coop, config.order);
  note.value = before.note;
  for (const one of choices) one.checked = one.value === before.kind;
  form.addEventListener("input", () => keep(sessionStorage, config.coop, config.order, told()));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void report();
  });

  async function report() {
    if (send.disabled) return;
    const wrong = mistakesIn(told(), words);
    if (Object.keys(wrong).length) return show(wrong, words("Not sent yet: mend what is marked"));
    show({}, "");
    send.disabled = true;
    setText(send, words("On its way…"));
    const outcome = await telling.send(config.order, told(), photo.files?.[0]);
    send.disabled = false;
    setText(send, words("Tell the desk"));
    if (outcome.kind === "done") {
      forget(sessionStorage, config.coop, config.order);
      return location.assign(config.done);
    }
    const unheard = words("No answer: nothing is lost. Press once more when there is a network; if it is urgent, call the desk.");
    const { fields, text } = troubleIn(outcome, words, unheard);
    show(fields, text);
  }

  /** @param {Mistakes} wrong beside each field; the first of them gets the keyboard @param {string} text */
  function show(wrong, text) {
    for (const [name, control] of /** @type {[keyof Mistakes, HTMLElement][]} */ (Object.entries(controls))) {
      if (wrong[name]) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
      setText(/** @type {HTMLElement} */ (form.querySelector(`#report-${name}-wrong`)), wrong[name] ?? "");
    }
    setText(said, text);
    if (wrong.kind) choices[0]?.focus();
    else if (wrong.note) note.focus();
    else if (wrong.photo) photo.focus();
  }
}

/** @param {string} kind @param {string} name */
function choice(kind, name) {
  const box = newElement("label", "report-choice", {});
  box.append(newElement("input", "", { type: "radio", name: "report-kind", value: kind }), newElement("span", "", {}, name));
  return box;
}

/** @param {string} label @param {HTMLElement} control */
function labelled(label, control) {
  const box = newElement("div", "report-field", {});
  box.append(newElement("label", "", { for: control.id }, label), control);
  return box;
}

/** @param {string} name @param {HTMLElement} box */
function withMistake(name, box) {
  const wrong = newElement("p", "report-wrong", { id: `report-${name}-wrong` });
  (box.id ? box : /** @type {HTMLElement} */ (box.lastElementChild)).setAttribute("aria-describedby", wrong.id);
  box.append(wrong);
  return box;
}
