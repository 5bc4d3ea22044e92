/**
 * Ways of the chosen order and courier, asked of the server when they may have changed.
 *
 * @import { Board } from "./board.js"
 * @import { Route, Selection } from "./types.js"
 * @typedef {Route | null} Way null when there is none to show
 */
import { loads } from "./board.js";

/** A courier has moved on after this long. */
const REFRESH_MS = 10000;

/**
 * Both ways; call the answer whenever something has changed.
 * @param {string} url @param {(order: Way, courier: Way) => void} draw
 * @returns {(selection: Selection, board: Board, now: number) => void} `now` in page ms
 */
export function createWays(url, draw) {
  const shown = { order: /** @type {Way} */ (null), courier: /** @type {Way} */ (null) };
  const [order, courier] = /** @type {const} */ (["order", "courier"]).map((subject) =>
    createRoute(url, subject, (way) => {
      shown[subject] = way;
      draw(shown.order, shown.courier);
    }),
  );
  return (selection, board, now) => {
    order(selection.order, progressOf(board, selection.order), now);
    courier(selection.courier, workOf(board, selection.courier), now);
  };
}

/** @param {Board} board @param {string | null} order @returns {string} what the order's way depends on */
function progressOf(board, order) {
  const found = board.orders.get(order ?? "");
  return found ? `${found.state} ${found.courier}` : "";
}

/** @param {Board} board @param {string | null} courier @returns {string} what the courier's way depends on */
const workOf = (board, courier) => (loads(board).get(courier ?? "") ?? []).map((one) => one.id + one.state).join(" ");

/**
 * @param {string} url @param {"order" | "courier"} subject @param {(way: Way) => void} show
 */
function createRoute(url, subject, show) {
  let wanted = "";
  let askedAt = -Infinity;

  /** @param {string} id @param {string} key */
  async function fetchRoute(id, key) {
    const answer = await fetch(`${url}?${subject}=${encodeURIComponent(id)}`).catch(() => null);
    const route = answer?.ok ? /** @type {Route} */ (await answer.json().catch(() => null)) : null;
    if (key === wanted) show(route);
  }

  /**
   * @param {string | null} id null: none is chosen @param {string} state what the way depends on @param {number} now page ms
   */
  return function want(id, state, now) {
    const key = id === null ? "" : `${id} ${state}`;
    if (key === wanted && (key === "" || now - askedAt < REFRESH_MS)) return;
    if (!key || !wanted.startsWith(`${id} `)) show(null);
    wanted = key;
    askedAt = now;
    if (id !== null) void fetchRoute(id, key);
  };
}
