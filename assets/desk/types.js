/**
 * The shapes that cross the wire and those that the modules hand each other. Times on the wire are RFC 3339 UTC.
 *
 * @typedef {{lat: number, lon: number, name: string, address: string, after: string | null, before: string | null}} Place
 * @typedef {{
 *   id: string, coop: string, ref: string, kind: string, restaurant: string | null, pickup: Place, dropoff: Place,
 *   placed_at: string, ready_at: string | null, state: string, courier: string | null, version: number,
 *   note?: string, problem?: string | null, tags?: string[] | null, desk_note?: string | null,
 *   group?: string | null,
 * }} Order
 * @typedef {{
 *   id: string, coop: string, name: string, shift: string, shift_started_at: string | null,
 *   break_started_at: string | null, version: number, stops?: {order: string, end: string}[] | null, vehicle: string,
 *   break_until?: string | null, desk_note?: string | null,
 * }} Courier
 * @typedef {{id: string, busy_until: string | null, busy_minutes: number | null}} Restaurant Until when, and how long a new order takes at least.
 * @typedef {{
 *   id: string, rule: string, about: string, priority: string, order: string | null, courier: string | null, ref: string,
 *   place: string, value: number, rings: number, returns: number, cause: string, note: string, version: number,
 *   raised_at: string, rang_at: string, acknowledged_by: string | null, acknowledged_at: string | null,
 *   resolved_by: string | null, resolved_at: string | null, shelved_by: string | null, shelved_until: string | null,
 *   cleared_at: string | null, closed_at: string | null,
 * }} Alarm See dashboard/domain/alarms.py.
 * @typedef {{name: string, says: string, response: string}} AlarmText with gaps
 * @typedef {{
 *   coop: string, seq: number, id: string, at: string, actor: string, kind: string, subject: string, version: number,
 *   data: {changes?: Record<string, unknown>},
 * }} Entry An entry that this visitor may not read comes as its `seq` alone.
 * @typedef {{courier: string, index: number, seen: number | null}} Seat Where a courier stands in the frames; `seen` in epoch seconds.
 * @typedef {{
 *   coop: string, seq: number, at: string, orders: Order[], couriers: Courier[], roster: Seat[],
 *   stale_since: string | null, restaurants?: Restaurant[], alarms?: Alarm[], closed_at?: Record<string, string>, visitor: {id?: string, name: string, role: string},
 * }} Snapshot
 * @typedef {{seq: number, at: string, stale_since: string | null, routes?: Routing | null, unwatched_since?: string | null}} Heartbeat
 * @typedef {{since: string, by: "tiles" | "guess"}} Routing since when routes are made otherwise than they should be
 * @typedef {{earliest: string, expected: string, latest: string, here: boolean, guessed: boolean}} Arrival Four of five lie between the ends; `here`: at the door.
 * @typedef {{seconds: number, pickups: number, own: boolean}} Counter What is usual at a restaurant; `own`: at this one, else at all.
 * @typedef {{pickup?: Arrival, dropoff?: Arrival, counter?: Counter | null}} Forecast The ends of an order that are ahead; `counter`: what is usual there.
 * @typedef {{id?: string, name: string, looking: string | null, holding?: string[]}} Colleague `holding`: orders that they are about to act upon
 * @typedef {{order: string | null, courier: string | null, chosen: string[] | null, number: number, own: boolean}} Selected What a window of the same person selects; `own`: this one.
 * @typedef {{points: [number, number][], metres: number, seconds: number, guessed: boolean, ascent_metres: number | null}} Route
 * @typedef {{
 *   part: string, title: string, coop: string, language: string, locale: string, time_zone: string, theme: string, currency: {code: string, sign: string},
 *   map: Record<string, any>, bundles: {deck: string, socketio: string, desk: string},
 *   city: {name: string, bounds: number[], attribution: string, basemap_url: string | null, basemap_tiles: string, tiles_url: string, invented: boolean},
 *   words: Record<string, string>, route_url: string, trails_url: string, cards_url: string, freed_url: string, stops_url: string, timeline_url: string,
 *   places_url: string, past_orders_url: string, order_url: string, verbs: Record<string, string>[],
 *   alarms: Record<string, AlarmText>,
 * }} Config What Python hands to the page; `bounds` is west, south, east, north in degrees; a window without a map has neither `map` nor `bundles.deck`.
 * @typedef {{order: string | null, courier: string | null}} Selection
 * @typedef {{verb: string, order: string, version?: number | null, courier?: string, from?: string, minutes?: number,
 *   reason?: string, text?: string, tags?: string[], day?: string, orders?: {order: string, version?: number | null}[],
 *   shown?: string, command?: string, to?: string}} Intent `shown`: what was suggested, sealed; `orders`: a bulk act, `order` is "" then.
 * @typedef {(text: string, facts?: Record<string, string | number>) => string} Words
 */
export {};
