/**
 * The order on its way to the server, and what came of it.
 *
 * @import { Whole } from "./values.js"
 * @typedef {{kind: "done", order: Whole, more?: Whole[]} | {kind: "unreachable"} | {kind: "conflict", order: Whole, by: string}
 *   | {kind: "wrong", errors: {field: string, detail: string}[]} | {kind: "refused", name: string, detail: string}} Outcome
 * @typedef {{way: string, when: string, warns: string[], guessed: boolean, wrong: {field: string, text: string}[]}} Look
 */

const ANSWER_MS = 10000;
const WITH_PHOTO_MS = 30000;

/** @param {object} document @param {string} key the same again makes no second order @returns {Promise<Outcome>} */
export const place = (document, key) => send("POST", "/api/v1/orders", document, { "Idempotency-Key": key });

/** Drop-offs of one pickup: all, or none. @param {object[]} orders @param {string} key @returns {Promise<Outcome>} with the first of them */
export async function placeTogether(orders, key) {
  const outcome = await send("POST", "/api/v1/orders/together", { orders }, { "Idempotency-Key": key });
  if (outcome.kind !== "done") return outcome;
  const placed = /** @type {{orders: Whole[]}} */ (/** @type {unknown} */ (outcome.order)).orders;
  return { kind: "done", order: placed[0], more: placed.slice(1) };
}

/** @param {string} order @param {object} patch @returns {Promise<Outcome>} */
export const amend = (order, patch) => send("PATCH", `/api/v1/orders/${encodeURIComponent(order)}`, patch, {});

/** @param {string} order @param {object} document @param {string} key the same again makes no second incident @returns {Promise<Outcome>} */
export const report = (order, document, key) =>
  send("POST", `/api/v1/orders/${encodeURIComponent(order)}/incidents`, document, { "Idempotency-Key": key }, WITH_PHOTO_MS);

/** @param {object} document @param {string | null} order @returns {Promise<Look | null>} null when nobody answers */
export async function lookAt(document, order) {
  const answer = await ask("POST", "/live/order-look", { order: document, id: order }, {});
  return answer?.ok ? answer.json().catch(() => null) : null;
}

/** @param {string} order @param {number | null} since @returns {Promise<any>} layouts/order_detail.py; null when it is not told */
export async function fetchDetail(order, since = null) {
  const query = new URLSearchParams({ order, ...(since === null ? {} : { since: String(since) }) });
  const answer = await fetch(`/live/order?${query}`).catch(() => null);
  return answer?.ok ? answer.json().catch(() => null) : null;
}

/**
 * @param {string} method @param {string} path @param {object} document @param {Record<string, string>} headers @param {number} [most] ms
 * @returns {Promise<Outcome>}
 */
async function send(method, path, document, headers, most = ANSWER_MS) {
  const answer = await ask(method, path, document, headers, most);
  const said = answer ? await answer.json().catch(() => null) : null;
  if (!answer || !said || answer.status >= 500) return { kind: "unreachable" };
  if (answer.ok) return { kind: "done", order: said };
  const name = String(said.type ?? "").split(":").at(-1) ?? "";
  if (name === "conflict" && said.order) return { kind: "conflict", order: said.order, by: said.changed_by };
  if (answer.status === 422) return { kind: "wrong", errors: said.errors ?? [] };
  return { kind: "refused", name, detail: said.detail ?? "" };
}

/** @param {string} method @param {string} path @param {object} document @param {Record<string, string>} headers @param {number} [most] ms */
const ask = (method, path, document, headers, most = ANSWER_MS) =>
  fetch(path, {
    method,
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(document),
    signal: AbortSignal.timeout(most),
  }).catch(() => null);
