/**
 * The cards in the page. What has not changed stays the same element, so that nothing moves under a finger.
 *
 * @import { Words } from "../types.js"
 * @import { Button, Card, Column } from "./cards.js"
 */
import { countdown } from "./cards.js";

/** @type {Column[]} */
const COLUMNS = ["new", "preparing", "ready", "gone"];

/**
 * @param {HTMLElement} host @param {Words} words @param {(card: Card, button: Button) => void} pressed
 */
export function createPaint(host, words, pressed) {
  const titles = {
    new: words("New"),
    preparing: words("Preparing"),
    ready: words("Ready"),
    gone: words("Picked up"),
  };
  const columns = new Map(COLUMNS.map((name) => [name, column(name, titles[name])]));
  const shown = /** @type {Map<string, {text: string, element: HTMLElement, dueAt: number | null}>} */ (new Map());
  host.replaceChildren(...[...columns.values()].map((one) => one.element));

  /** @param {Card[]} cards */
  function draw(cards) {
    const left = new Set(shown.keys());
    for (const card of cards) {
      left.delete(card.id);
      const text = JSON.stringify(card);
      if (shown.get(card.id)?.text !== text) {
        const element = cardElement(card, words, pressed);
        shown.get(card.id)?.element.remove();
        shown.set(card.id, { text, element, dueAt: card.dueAt });
      }
    }
    for (const id of left) {
      shown.get(id)?.element.remove();
      shown.delete(id);
    }
    for (const [name, { list, count }] of columns) {
      const mine = cards.filter((card) => card.column === name);
      count.textContent = String(mine.length);
      place(
        list,
        mine.map((card) => /** @type {{element: HTMLElement}} */ (shown.get(card.id)).element),
      );
    }
  }

  /** @param {number} now the server's epoch ms */
  function tick(now) {
    for (const { element, dueAt } of shown.values()) {
      const clock = element.querySelector(".kitchen-countdown");
      if (clock && dueAt !== null) clock.textContent = countdown(dueAt - now, words);
    }
  }

  return { draw, tick };
}

/** @param {HTMLElement} list @param {HTMLElement[]} elements moved only where they are not in place already */
function place(list, elements) {
  for (const [index, element] of elements.entries()) {
    if (list.children[index] !== element) list.insertBefore(element, list.children[index] ?? null);
  }
}

/** @param {Column} name @param {string} title */
function column(name, title) {
  const count = make("span", "count", "–"); // until it is known
  const list = make("div", "kitchen-list");
  const element = make("section", `kitchen-column is-${name}`);
  const heading = make("h2", "", title);
  heading.append(" ", count);
  element.setAttribute("aria-label", title);
  element.dataset.column = name;
  element.append(heading, list);
  return { element, list, count };
}

/** @param {Card} card @param {Words} words @param {(card: Card, button: Button) => void} pressed */
function cardElement(card, words, pressed) {
  const element = make("article", `kitchen-card is-${card.tone}${card.isHere ? " is-here" : ""}`);
  element.dataset.order = card.id;
  const head = make("div", "kitchen-head");
  head.append(make("strong", "kitchen-ref", card.ref));
  const due = make("span", "kitchen-due", card.due);
  if (card.dueAt !== null) due.append(make("span", "kitchen-countdown"));
  head.append(due);
  element.append(head);
  if (card.share) element.append(Object.assign(make("p", "kitchen-share", card.share), { title: card.shareTitle }));
  if (card.items.length) element.append(list("kitchen-items", card.items));
  if (card.note) element.append(line("kitchen-note", "⚠", card.note, words("Note")));
  if (card.problem) element.append(line("kitchen-problem", "!", card.problem, words("Problem")));
  if (card.courier) element.append(courierLine(card, words));
  if (card.verdict) element.append(make("p", "kitchen-verdict", card.verdict));
  if (card.pending) element.append(make("p", "kitchen-pending", card.pending));
  if (card.buttons.length) {
    const buttons = make("div", "kitchen-buttons");
    for (const one of card.buttons) {
      const button = make("button", one.isMain ? "kitchen-button is-main" : "kitchen-button", one.label);
      button.setAttribute("type", "button");
      button.dataset.button = one.button;
      button.addEventListener("click", () => pressed(card, one));
      buttons.append(button);
    }
    element.append(buttons);
  }
  return element;
}

/** @param {string} name @param {string[]} texts */
function list(name, texts) {
  const element = make("ul", name);
  element.append(...texts.map((text) => make("li", "", text)));
  return element;
}

/** @param {string} name @param {string} sign @param {string} text @param {string} label */
function line(name, sign, text, label) {
  const element = make("p", name);
  const mark = make("span", "kitchen-sign", sign);
  mark.setAttribute("role", "img");
  mark.setAttribute("aria-label", label);
  element.append(mark, make("span", "", text));
  return element;
}

/** @param {Card} card @param {Words} words */
function courierLine(card, words) {
  const element = line("kitchen-courier", card.face?.initials ?? "", card.courier, words("Courier"));
  element.firstElementChild?.classList.add("kitchen-face", card.face ? `is-tone-${card.face.tone}` : "is-nobody");
  return element;
}

/** @param {string} tag @param {string} [name] class @param {string} [text] never HTML @returns {HTMLElement} */
export function make(tag, name = "", text = "") {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (text) element.textContent = text;
  return element;
}
