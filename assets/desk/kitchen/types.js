/**
 * What the server tells the restaurant's screen, and what its modules hand each other. Times on the wire are RFC 3339 UTC.
 *
 * @import { Arrival, Counter } from "../types.js"
 * @typedef {{
 *   id: string, ref: string, state: string, version: number, kind: string, items: {name: string, quantity: number}[],
 *   note: string, problem: string | null, placed_at: string, ready_at: string | null, courier: string | null,
 *   arrival: Arrival | null, waits_for: "kitchen" | "courier" | null, waits_seconds: number | null,
 *   looked_at_by: string | null, share: {nth: number, of: number, refs: string[]} | null,
 * }} KitchenOrder
 * @typedef {{id: string, busy_until: string | null, busy_minutes: number | null}} Restaurant
 * @typedef {{
 *   restaurant: string, name: string, at: string, seq: number, stale_since: string | null, busy: Restaurant,
 *   counter: Counter | null,
 *   dispatchers: string[], orders: KitchenOrder[],
 * }} Screen
 * @typedef {{key: string, path: string, order: string, button: string, body: Record<string, unknown>, at: number, text: string}} Press
 *   `at` in the server's epoch ms, `text` what was pressed, in words; `order` is empty for what is about no order.
 * @typedef {{
 *   coop: string, restaurant: string, locale: string, time_zone: string, words: Record<string, string>,
 *   bundles: {socketio: string, kitchen: string},
 * }} Config What Python hands to the page.
 */
export {};
