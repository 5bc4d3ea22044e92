/**
 * Ways of the chosen order and courier, asked of the server when they may have changed.
 *
 * @import { Route } from "./types.js"
 * @typedef {ReturnType<typeof createRoute>} RouteOf
 */

/** A courier has moved on after this long. */
const REFRESH_MS = 10000;

/**
 * @param {string} url @param {"order" | "courier"} subject @param {(points: [number, number][] | null) => void} show
 */
export function createRoute(url, subject, show) {
  let wanted = "";
  let askedAt = -Infinity;

  /** @param {string} id @param {string} key */
  async function fetchRoute(id, key) {
    const answer = await fetch(`${url}?${subject}=${encodeURIComponent(id)}`).catch(() => null);
    const route = answer?.ok ? /** @type {Route} */ (await answer.json().catch(() => null)) : null;
    if (key === wanted) show(route?.points ?? null);
  }

  /**
   * @param {string | null} id null: none is chosen @param {string | null} state what the way depends on @param {number} now page ms
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
