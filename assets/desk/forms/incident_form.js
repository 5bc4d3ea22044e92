/**
 * What went wrong with the order that the panel shows: a list of it, and the fields that report more, with a photo.
 *
 * @import { State } from "../scene.js"
 * @import { Outcome } from "./sending.js"
 * @typedef {{id: string, text: string, by: string, note: string, photo: string, ending: string, open: boolean}} Incident
 */
import { newElement, setText } from "../lists.js";
import { button } from "./form_view.js";
import { troubleIn } from "./mistakes.js";
import { createTelling } from "./telling.js";

const ANSWER_MS = 30000;

/** @param {HTMLElement} host @param {State} state @param {() => void} done the panel has to be read anew */
export function createIncidents(host, state, done) {
  const { words } = state;
  let order = "";
  const telling = createTelling();
  const list = newElement("ul", "incident-list", {});
  const kind = /** @type {HTMLSelectElement} */ (newElement("select", "", { id: "incident-kind" }));
  const note = /** @type {HTMLTextAreaElement} */ (newElement("textarea", "", { id: "incident-note", rows: "2", maxlength: "1000" }));
  const photo = /** @type {HTMLInputElement} */ (newElement("input", "", { id: "incident-photo", type: "file", accept: "image/jpeg,image/png,image/webp" }));
  const send = button("incident-send", "step", words("Report it"), "");
  const said = newElement("p", "incident-said", { role: "status" });
  const more = newElement("details", "incident-more", { id: "incident-more" });
  const title = newElement("summary", "", {}, words("Report an incident (I)"));
  more.append(
    title,
    labelled(words("What happened"), kind),
    labelled(words("Note"), note),
    labelled(words("Photo"), photo),
    send,
  );
  host.append(list, more, said);
  send.addEventListener("click", () => void report());

  async function report() {
    const outcome = await telling.send(order, { kind: kind.value, note: note.value.trim() }, photo.files?.[0]);
    if (outcome.kind !== "done") return setText(said, troubleOf(outcome));
    note.value = "";
    photo.value = "";
    /** @type {HTMLDetailsElement} */ (more).open = false;
    setText(said, words("The incident is written down"));
    done();
  }

  /** @param {Outcome | {kind: "large"}} outcome */
  function troubleOf(outcome) {
    const { fields, text } = troubleIn(outcome, words, words("The server did not answer: try again"));
    return Object.values(fields).join(" ") || text;
  }

  /** @param {string} incident @param {string} how */
  async function resolve(incident, how) {
    const answer = await fetch(`/api/v1/orders/${encodeURIComponent(order)}/incidents/resolve`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ incident, note: how }),
      signal: AbortSignal.timeout(ANSWER_MS),
    }).catch(() => null);
    if (answer?.ok) done();
    else setText(said, (await answer?.json().catch(() => null))?.detail ?? words("The server did not answer: try again"));
  }

  /** @param {Incident} one */
  function line(one) {
    const item = newElement("li", one.open ? "incident is-open" : "incident", { "data-incident": one.id });
    item.append(newElement("b", "", {}, one.text), newElement("span", "", {}, one.by));
    if (one.note) item.append(newElement("p", "", {}, one.note));
    if (one.photo) {
      const link = newElement("a", "", { href: one.photo, target: "_blank", rel: "noopener" });
      link.append(newElement("img", "", { src: one.photo, alt: words("Photo of the incident"), loading: "lazy" }));
      item.append(link);
    }
    if (!one.open) item.append(newElement("p", "quiet", {}, one.ending));
    else {
      const how = /** @type {HTMLInputElement} */ (newElement("input", "", { type: "text", maxlength: "1000", "aria-label": words("How it ended") }));
      how.placeholder = words("How it ended");
      const settle = button("", "step", words("Resolved"), "");
      settle.addEventListener("click", () => {
        title.focus();
        void resolve(one.id, how.value.trim());
      });
      item.append(how, settle);
    }
    return item;
  }

  return {
    /** @param {string} id @param {Incident[]} incidents @param {[string, string][]} kinds @param {boolean} isOther another order than before */
    draw(id, incidents, kinds, isOther) {
      order = id;
      if (isOther) {
        note.value = photo.value = "";
        setText(said, "");
        /** @type {HTMLDetailsElement} */ (more).open = false;
        kind.replaceChildren(...kinds.map(([value, text]) => new Option(text, value)));
      }
      if (!list.contains(document.activeElement)) list.replaceChildren(...incidents.map(line));
    },
    open() {
      /** @type {HTMLDetailsElement} */ (more).open = true;
      kind.focus();
    },
  };
}

/** @param {string} label @param {HTMLElement} control */
function labelled(label, control) {
  const box = newElement("label", "form-field", {}, "");
  box.append(newElement("span", "", {}, label), control);
  return box;
}
