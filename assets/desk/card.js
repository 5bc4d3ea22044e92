/**
 * The card before a hand-over, painted beside the courier list as soon as somebody is pointed at.
 *
 * @import { Card, Cell } from "./cards.js"
 * @import { Words } from "./types.js"
 */
import { newElement } from "./lists.js";

/** @param {HTMLElement} host @param {Words} words */
export function createCardView(host, words) {
  let painted = "";
  return {
    /**
     * @param {Card | null} card null: nobody is pointed at @param {boolean} isGiving whether Enter would give it now
     * @param {string} held who else has it in hand, "" when nobody has
     */
    show(card, isGiving, held) {
      const key = card ? JSON.stringify([card, isGiving, held]) : "";
      if (key === painted) return;
      painted = key;
      host.hidden = card === null;
      host.dataset.courier = card?.courier ?? "";
      host.replaceChildren(...(card ? parts(card, isGiving, held, words) : []));
    },
  };
}

/** @param {Card} card @param {boolean} isGiving @param {string} held @param {Words} words @returns {HTMLElement[]} */
function parts(card, isGiving, held, words) {
  const found = [line("card-title", card.title)];
  if (held) found.push(line("card-held", held));
  const verdict = card.why || card.best;
  if (verdict) found.push(line(`card-verdict is-${card.standing}`, verdict));
  const customer = line("card-customer", "");
  customer.append(span("card-arrival", card.arrival), span(`card-late is-${card.late[1] || "plain"}`, card.late[0]));
  found.push(customer);
  if (card.others) found.push(line("card-others", card.others));
  if (card.says) found.push(line("card-says", card.says));
  if (card.rows.length) found.push(table(card, words));
  if (card.coop) found.push(line(`card-coop is-${card.coop[1] || "plain"}`, card.coop[0]));
  if (card.fair) found.push(line(`card-fair is-${card.fair[2] || "plain"}`, `${card.fair[0]} ${card.fair[1]}`));
  if (isGiving && card.can) found.push(line("card-keys", words("Enter gives it, Esc leaves it")));
  return found;
}

/** @param {Card} card @param {Words} words */
function table(card, words) {
  const found = newElement("table", "card-figures", {}, "");
  if (card.heads.length > 1) {
    const signs = [words("gets it"), words("gives it up")];
    const head = newElement("tr", "", {}, "");
    head.append(newElement("td", "", {}, ""));
    for (const [place, name] of card.heads.entries()) {
      const cell = newElement("th", "", { scope: "col" }, name);
      cell.append(newElement("small", "", {}, signs[place] ?? ""));
      head.append(cell);
    }
    found.append(head);
  }
  for (const [label, ...cells] of card.rows) {
    const row = newElement("tr", "", {}, "");
    row.append(newElement("th", "", { scope: "row" }, label), ...cells.map(cellOf));
    found.append(row);
  }
  return found;
}

/** @param {Cell} cell */
const cellOf = (cell) =>
  typeof cell === "string" ? newElement("td", "", {}, cell) : newElement("td", `is-${cell[1] || "plain"}`, {}, cell[0]);

/** @param {string} name @param {string} text */
const line = (name, text) => newElement("p", name, {}, text);

/** @param {string} name @param {string} text */
const span = (name, text) => newElement("span", name, {}, text);
