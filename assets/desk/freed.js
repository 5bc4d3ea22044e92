/**
 * When a courier becomes free (delivered, back from break, on shift), the orders that wait are looked at again; a quiet
 * line says so, and only when it matters.
 *
 * @import { Board } from "./board.js"
 * @typedef {{text: string | null, order: string | null}} Answer
 */
import { loads } from "./board.js";
import { setText } from "./lists.js";

/** So long the line stays. */
const SHOWN_MS = 60000;

/** @param {string} url @param {HTMLElement} host @param {(order: string, courier: string) => void} choose */
export function createFreed(url, host, choose) {
  let before = /** @type {Set<string> | null} */ (null);
  let flight = new AbortController();
  let shown = /** @type {{order: string, courier: string, until: number, holder: string | null} | null} */ (null);

  function hide() {
    shown = null;
    host.hidden = true;
  }

  /** @param {string} courier @param {Board} board @param {number} now */
  async function ask(courier, board, now) {
    flight.abort();
    flight = new AbortController();
    const { signal } = flight;
    const answer = await fetch(`${url}?courier=${encodeURIComponent(courier)}`, { signal }).catch(() => null);
    const found = answer?.ok ? /** @type {Answer} */ (await answer.json().catch(() => null)) : null;
    if (signal.aborted || !found?.text || !found.order) return;
    shown = { order: found.order, courier, until: now + SHOWN_MS, holder: board.orders.get(found.order)?.courier ?? null };
    setText(host, found.text);
    host.hidden = false;
  }

  const pressed = () => {
    if (shown) choose(shown.order, shown.courier);
    hide();
  };
  host.addEventListener("click", pressed);
  return {
    /** Call it whenever the board has changed. @param {Board} board @param {number} now page ms */
    look(board, now) {
      const free = freeIn(board);
      const order = shown && board.orders.get(shown.order);
      if (shown && (now > shown.until || !order || order.state === "picked_up" || order.courier !== shown.holder || !free.has(shown.courier))) hide();
      if (!board.couriers.size || document.hidden) return;
      const news = before ? [...free].filter((courier) => !before?.has(courier)) : [];
      before = free;
      if (news.length) void ask(news[0], board, now);
    },
    dispose() {
      flight.abort();
      host.removeEventListener("click", pressed);
    },
  };
}

/** @param {Board} board @returns {Set<string>} who is on shift and has nothing in hand */
export function freeIn(board) {
  const busy = loads(board);
  return new Set([...board.couriers.values()].filter((one) => one.shift === "on" && !busy.has(one.id)).map((one) => one.id));
}
