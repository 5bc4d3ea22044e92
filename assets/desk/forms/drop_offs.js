/**
 * Several drop-offs of one pickup in the form of a new order: each keeps what is its own, the pickup is the same for all.
 *
 * @import { Words } from "../types.js"
 * @import { Fields } from "./values.js"
 * @typedef {Pick<Fields, typeof OWN[number]>} Own
 */
import { newElement } from "../lists.js";
import { button } from "./form_view.js";
import { NOWHERE } from "./values.js";

/** What each drop-off says for itself. */
const OWN = /** @type {const} */ (["dropoff", "who", "after", "by", "items", "weight", "price", "fee", "tip", "note", "tags"]);
/** What the next one is likely to share. */
const KEPT = new Set(["after", "by", "tags"]);

/** @param {Fields} fields @returns {Own} */
export const ownOf = (fields) => /** @type {Own} */ (Object.fromEntries(OWN.map((name) => [name, fields[name]])));

/** @param {Fields} fields @returns {Fields} with a further drop-off still to be written */
export const nextOf = (fields) => {
  const empty = OWN.filter((name) => !KEPT.has(name)).map((name) => [name, name === "dropoff" ? { ...NOWHERE } : ""]);
  return { ...fields, ...Object.fromEntries(empty) };
};

/** @param {Fields} fields @returns {boolean} whether nothing was written of a further drop-off */
export const isNext = (fields) => fields.dropoff.text.trim() === "" && fields.dropoff.lat === null && fields.who.trim() === "" && fields.items.trim() === "";

/** @param {Fields} fields what stands in the form @param {readonly Own[]} more the drop-offs before it @returns {Fields[]} an order each */
export const ordersOf = (fields, more) => [
  ...more.map((own) => ({ ...fields, ...own })),
  ...(more.length && isNext(fields) ? [] : [fields]),
];

/**
 * The list of those that are written already, and the button for a further one.
 * @param {HTMLElement} host @param {Words} words @param {{another: () => void, back: (place: number) => void, out: (place: number) => void}} on
 *   `back`: into the fields again, `out`: it is not wanted
 */
export function createDropOffs(host, words, on) {
  const list = newElement("ol", "form-drop-offs", { id: "order-drop-offs" });
  const another = button("order-another", "step", words("Another drop-off of this pickup"));
  host.replaceChildren(list, another);
  another.addEventListener("click", on.another);
  list.addEventListener("click", ({ target }) => {
    const pressed = target instanceof Element ? target.closest("button") : null;
    if (!pressed) return;
    const place = Number(pressed.dataset.place);
    if (pressed.dataset.does === "out") on.out(place);
    else on.back(place);
  });

  return {
    another,
    /** @param {readonly Own[]} more @param {boolean} isNew whether there may be several at all */
    show(more, isNew) {
      host.hidden = !isNew;
      list.replaceChildren(...more.map(line));
    },
  };

  /** @param {Own} own @param {number} place */
  function line(own, place) {
    const text = [own.dropoff.text, own.who].filter(Boolean).join(", ");
    const item = newElement("li", "", {});
    const back = button(`order-drop-off-${place}`, "quiet-button", text);
    const out = button(`order-drop-off-${place}-out`, "quiet-button", words("Take out"));
    back.title = words("Change it");
    out.setAttribute("aria-label", words("Take out: {text}", { text }));
    out.dataset.does = "out";
    for (const made of [back, out]) made.dataset.place = String(place);
    item.append(back, out);
    return item;
  }
}
