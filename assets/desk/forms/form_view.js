/**
 * What the form of an order looks like: its fields with their labels, what is wrong beside each, and what is expected.
 *
 * @import { Words } from "../types.js"
 * @import { Fields } from "./values.js"
 * @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control
 * @typedef {Record<keyof Fields, Control>} Controls
 * @typedef {ReturnType<typeof createFormView>} FormView
 */
import { newElement, setText } from "../lists.js";

const IDS = /** @type {Readonly<Record<keyof Fields, string>>} */ ({
  pickup: "order-pickup",
  dropoff: "order-dropoff",
  who: "order-dropoff-name",
  day: "order-day",
  from: "order-pickup-after",
  until: "order-pickup-before",
  ready: "order-ready-at",
  after: "order-dropoff-after",
  by: "order-dropoff-before",
  kind: "order-kind",
  items: "order-items",
  weight: "order-weight",
  price: "order-price",
  fee: "order-fee",
  tip: "order-tip",
  note: "order-note",
  tags: "order-tags",
});

/** @param {HTMLElement} host @param {Words} words @param {string} currency as the reader writes its sign */
export function createFormView(host, words, currency) {
  const title = newElement("h2", "form-title", { id: "order-form-title" });
  const close = button("order-form-close", "quiet-button", words("Close"), words("Esc"));
  const head = newElement("div", "form-head", {});
  head.append(title, close);
  const body = newElement("div", "form-body", {});
  const meanwhile = newElement("div", "form-meanwhile", { role: "alert", id: "order-meanwhile" });
  meanwhile.hidden = true;
  /** @type {Partial<Controls>} */
  const made = {};

  /** @param {keyof Fields} name @param {string} label @param {Control} control @param {string} [wide] */
  function field(name, label, control, wide = "") {
    const id = IDS[name];
    control.id = id;
    control.setAttribute("aria-describedby", `${id}-wrong`);
    made[name] = control;
    const box = newElement("div", `form-field ${wide}`.trim(), { "data-field": name });
    box.append(newElement("label", "", { for: id }, label), control, newElement("span", "form-wrong", { id: `${id}-wrong` }));
    return box;
  }

  const text = (length = 200, placeholder = "") =>
    /** @type {HTMLInputElement} */ (newElement("input", "", { type: "text", maxlength: String(length), placeholder, spellcheck: "false" }));
  const asap = words("asap");
  /** @param {"pickup" | "dropoff"} end @param {string} label */
  function end(end, label) {
    const box = field(end, label, text(500, words("restaurant, street and number, or a click on the map")), "is-wide is-end");
    box.append(button(`${IDS[end]}-centre`, "quiet-button form-centre", words("Take the map’s centre")));
    return box;
  }
  const amount = (/** @type {string} */ name) => words("{name} ({currency})", { name, currency });
  const more = newElement("div", "form-more is-wide", {});
  const kind = /** @type {HTMLSelectElement} */ (newElement("select", "", {}));
  kind.append(new Option(words("meal"), "meal"), new Option(words("parcel"), "parcel"));
  body.append(
    meanwhile,
    group(words("Pickup"), [
      end("pickup", words("From where")),
      field("day", words("Day"), /** @type {HTMLInputElement} */ (newElement("input", "", { type: "date" }))),
      field("ready", words("Ready at"), text(8, asap)),
      field("from", words("Not before"), text(8, asap)),
      field("until", words("Not after"), text(8)),
    ]),
    group(words("Drop-off"), [
      end("dropoff", words("To where")),
      field("who", words("Name there"), text(), "is-half"),
      field("after", words("Not before"), text(8, asap)),
      field("by", words("Promised by"), text(8)),
      more,
    ]),
    group(words("What"), [
      field("kind", words("Kind"), kind),
      field("weight", words("Weight (kg)"), text(12)),
      field("items", words("Items, a line each"), area(2), "is-half"),
      field("price", amount(words("Price")), text(14)),
      field("fee", amount(words("Delivery fee")), text(14)),
      field("tip", amount(words("Tip")), text(14)),
      field("tags", words("Tags"), text(400, words("fragile") + ", …"), "is-tags"),
      field("note", words("Note for kitchen and courier"), area(2), "is-wide"),
    ]),
  );
  const expected = newElement("div", "form-expected", { id: "order-expected", role: "status" });
  const status = newElement("p", "form-status", { id: "order-form-status", role: "status" });
  const send = button("order-send", "step is-main", words("Place the order"), words("Ctrl+Enter"));
  const empty = button("order-form-empty", "step", words("Start anew"));
  const foot = newElement("div", "steps form-steps", {});
  foot.append(send, empty);
  host.replaceChildren(head, body, expected, status, foot);
  host.setAttribute("aria-labelledby", title.id);
  const controls = /** @type {Controls} */ (made);

  return {
    controls,
    close,
    send,
    empty,
    more,
    meanwhile,
    /** @param {"pickup" | "dropoff"} name */
    centre: (name) => /** @type {HTMLButtonElement} */ (host.querySelector(`#${IDS[name]}-centre`)),
    /** @param {string} heading */
    name: (heading) => setText(title, heading),
    /** @param {string} action what the button does */
    act: (action) => setText(/** @type {HTMLElement} */ (send.firstElementChild), action),
    /** @param {string} words what is going on, "" for nothing @param {boolean} isTrouble */
    say(words, isTrouble = false) {
      setText(status, words);
      status.classList.toggle("is-trouble", isTrouble);
    },
    /** @param {ReadonlyMap<keyof Fields, string>} wrong */
    mark(wrong) {
      for (const [name, control] of /** @type {[keyof Fields, Control][]} */ (Object.entries(controls))) {
        const said = wrong.get(name) ?? "";
        if (said) control.setAttribute("aria-invalid", "true");
        else control.removeAttribute("aria-invalid");
        setText(/** @type {HTMLElement} */ (host.querySelector(`#${control.id}-wrong`)), said);
      }
    },
    /** @param {readonly string[]} lines @param {readonly string[]} warnings */
    expect(lines, warnings) {
      expected.replaceChildren(
        ...lines.filter(Boolean).map((line) => newElement("p", "", {}, line)),
        ...warnings.map((line) => newElement("p", "form-warning", {}, line)),
      );
    },
  };
}

/** @param {string} legend @param {HTMLElement[]} fields */
function group(legend, fields) {
  const box = newElement("fieldset", "form-group", {});
  box.append(newElement("legend", "", {}, legend), ...fields);
  return box;
}

/** @param {string} id @param {string} className @param {string} text @param {string} [key] */
export function button(id, className, text, key = "") {
  const made = newElement("button", className, { type: "button", id });
  made.append(newElement("span", "", {}, text));
  if (key) made.append(newElement("kbd", "", {}, key));
  return /** @type {HTMLButtonElement} */ (made);
}

/** @param {number} rows */
const area = (rows) => /** @type {HTMLTextAreaElement} */ (newElement("textarea", "", { rows: String(rows), maxlength: "1000" }));
