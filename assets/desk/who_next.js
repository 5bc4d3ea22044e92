/**
 * The list beside the chosen order: who could take it, those that nobody beats first. Any line is one click.
 *
 * @import { Card, Held } from "./cards.js"
 * @import { Words } from "./types.js"
 * @typedef {{give: (courier: string) => void, aim: (courier: string | null) => void}} OnLine
 */
import { newElement } from "./lists.js";

/** Of each kind; all are in the dialog. */
const MOST = Object.freeze({ open: 6, dominated: 4, impossible: 3 });

/** @param {HTMLElement} host @param {Words} words @param {OnLine} on */
export function createWhoNext(host, words, on) {
  let painted = "";
  let seen = /** @type {Held | null | undefined} */ (undefined);
  const undo = new AbortController();
  const { signal } = undo;
  const courierAt = (/** @type {EventTarget | null} */ target) =>
    target instanceof Element
      ? (/** @type {HTMLElement | null} */ (target.closest("[data-courier]"))?.dataset.courier ?? null)
      : null;
  host.addEventListener("click", (event) => {
    const courier = courierAt(event.target);
    if (courier) on.give(courier);
  }, { signal }); // prettier-ignore
  for (const kind of ["pointerover", "focusin"]) {
    host.addEventListener(kind, (event) => on.aim(courierAt(event.target)), { signal });
  }
  host.addEventListener("pointerleave", () => on.aim(null), { signal });

  return {
    /** @param {Held | null} held null: no order is chosen, or nothing is known of it */
    show(held) {
      if (held === seen) return;
      seen = held;
      const key = held ? JSON.stringify([held.ref, held.suggested, held.cards.map(lineOf)]) : "";
      if (key === painted) return;
      painted = key;
      const focused = courierAt(document.activeElement);
      host.hidden = held === null || !held.suggested;
      host.replaceChildren(...(held?.suggested ? parts(held, words) : []));
      if (focused) /** @type {HTMLElement | null} */ (host.querySelector(`[data-courier="${CSS.escape(focused)}"]`))?.focus();
    },
    dispose: () => undo.abort(),
  };
}

/** @param {Card} card what its line is made of */
const lineOf = ({ courier, name, standing, can, why, best, arrival, late, coop }) => ({
  courier,
  name,
  standing,
  can,
  text: why || best,
  arrival,
  late,
  coop: coop?.[0] ?? "",
});

/** @param {Held} held @param {Words} words @returns {HTMLElement[]} */
function parts(held, words) {
  const cards = held.cards.filter((one) => one.can);
  const shown = Object.entries(MOST).flatMap(([standing, most]) =>
    cards.filter((one) => one.standing === standing).slice(0, most),
  );
  const more = cards.length - shown.length;
  const isOneCost = new Set(shown.map((one) => one.coop?.[0])).size < 2;
  return [
    newElement("h3", "", {}, words("Who next for {ref}?", { ref: held.ref })),
    ...(shown.length ? shown.map((one) => button(one, isOneCost)) : [newElement("p", "quiet", {}, words("Nobody is on shift who could take it"))]),
    ...(more > 0 ? [newElement("p", "quiet", {}, words("{n} more: A shows all", { n: more }))] : []),
  ];
}

/** @param {Card} card @param {boolean} isOneCost whether the co-op pays the same whoever gets it */
function button(card, isOneCost) {
  const { courier, name, standing, text, arrival, late, coop } = lineOf(card);
  const found = newElement("button", `next-line is-${standing}`, { type: "button", "data-courier": courier }, "");
  found.append(
    newElement("span", "next-name", {}, name),
    newElement("span", "next-arrival", {}, arrival),
    newElement("span", `next-late is-${late[1] || "plain"}`, {}, late[0]),
  );
  const second = [text, standing === "open" && !isOneCost ? coop : ""].filter(Boolean).join(" · ");
  if (second) found.append(newElement("span", "next-why", {}, second));
  return found;
}
