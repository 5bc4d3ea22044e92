/**
 * What the page knows and how far it can trust it: a state machine without socket or clock.
 * The journal arrives at most once and perhaps out of order; it is applied exactly once, in order, without a gap.
 *
 * @import { Board } from "./board.js"
 * @import { Entry, Heartbeat, Routing, Snapshot } from "./types.js"
 * @typedef {{first: number, last: number, by: "snapshot" | "journal"}} Span Entries that reached the board together.
 * @typedef {{
 *   board: Board | null, linked: boolean, current: boolean, startedAt: number, linkedAt: number, heardAt: number | null,
 *   newest: number, staleSince: number | null, behindSince: number | null, aheadSince: number | null, askedAt: number | null,
 *   early: Map<number, Entry>, ledger: Span[], routes: Routing | null, weather: number, handover: number,
 * }} Feed
 *   `current`: a snapshot came over the present connection. `newest`: the seq of the last heartbeat. `staleSince` in
 *   epoch ms (the server's word), the other instants on the page's own clock. `early`: entries that came before those they follow.
 *   `weather`, `handover`: the seq of the newest entry about the weather, about handing over, or of the snapshot that may hold one.
 * @typedef {{why: "connecting" | "cut" | "silent" | "bus" | "behind" | null, age: number}} Trust
 *   Why what is seen may be old (null: it is live), and its age in ms.
 */
import { apply, boardOf } from "./board.js";

/** Heartbeats come twice a second; the page has to say within two seconds that they do not. */
export const SILENCE_MS = 1700;
const BEHIND_MS = 1000;
const ASK_AFTER_MS = 250;
const ASK_AGAIN_MS = 1000;
const REWOUND_MS = 3000;
const WEATHER = "coop.weather";
const HANDOVER = "desk.";
/** So long after the last word a socket is given up: a line that was cut may leave it open for minutes. */
export const GIVE_UP_MS = 4000;

/** @param {number} now @returns {Feed} */
export const newFeed = (now) => ({
  board: null,
  linked: false,
  current: false,
  startedAt: now,
  linkedAt: now,
  heardAt: null,
  newest: 0,
  staleSince: null,
  behindSince: null,
  aheadSince: null,
  askedAt: null,
  routes: null,
  early: new Map(),
  ledger: [],
  weather: 0,
  handover: 0,
});

/** @param {Feed} feed @param {number} now @returns {Feed} */
export const link = (feed, now) => ({ ...feed, linked: true, current: false, linkedAt: now, askedAt: now });

/**
 * The page itself has stood still: what came meanwhile is read before the line is judged.
 * @param {Feed} feed @param {number} now @returns {Feed}
 */
export const woke = (feed, now) => ({ ...feed, linkedAt: now });

/** @param {Feed} feed @returns {Feed} */
export const cut = (feed) => ({ ...feed, linked: false, current: false });

/**
 * A snapshot replaces the board. One that is older than the board (from a process that lags a little) leaves it,
 * unless the server has been behind for so long that its journal must have been put back.
 * @param {Feed} feed @param {Snapshot} snapshot @param {number} now @returns {Feed}
 */
export function takeSnapshot(feed, snapshot, now) {
  const heard = { ...feed, current: true, heardAt: now, staleSince: instant(snapshot.stale_since), askedAt: null };
  const known = feed.board;
  if (known && known.coop === snapshot.coop && snapshot.seq < known.seq && !isRewound(feed, now)) return heard;
  const isSame = known?.coop === snapshot.coop && known.seq === snapshot.seq;
  const first = known?.coop === snapshot.coop && snapshot.seq > known.seq ? known.seq + 1 : 1;
  const ledger = isSame
    ? feed.ledger
    : [...(first === 1 ? [] : feed.ledger), { first, last: snapshot.seq, by: /** @type {const} */ ("snapshot") }];
  return drain({ ...heard, board: boardOf(snapshot), behindSince: null, aheadSince: null, ledger, weather: snapshot.seq, handover: snapshot.seq });
}

/**
 * An entry: applied if it is the next one, kept if it came early, dropped if it is known.
 * @param {Feed} feed @param {Entry} entry @returns {Feed}
 */
export function takeEntry(feed, entry) {
  if (feed.board && entry.seq <= feed.board.seq) return feed;
  return drain({ ...feed, early: new Map(feed.early).set(entry.seq, entry) });
}

/** @param {Feed} feed @param {Heartbeat} beat @param {number} now @returns {Feed} */
export function takeHeartbeat(feed, beat, now) {
  const seq = feed.board?.seq ?? beat.seq;
  return {
    ...feed,
    heardAt: now,
    newest: beat.seq,
    staleSince: instant(beat.stale_since),
    routes: beat.routes ?? null,
    behindSince: beat.seq > seq ? (feed.behindSince ?? now) : null,
    aheadSince: beat.seq < seq ? (feed.aheadSince ?? now) : null,
  };
}

/**
 * The seq after which the server should send again, or null. Call `asked` when it was asked.
 * @param {Feed} feed @param {number} now
 */
export function missingAfter(feed, now) {
  if (!feed.linked || !feed.board || (feed.askedAt !== null && now - feed.askedAt < ASK_AGAIN_MS)) return null;
  const isBehind = feed.behindSince !== null && now - feed.behindSince >= ASK_AFTER_MS;
  return feed.early.size > 0 || isBehind || isRewound(feed, now) ? feed.board.seq : null;
}

/** @param {Feed} feed @param {number} now @returns {Feed} */
export const asked = (feed, now) => ({ ...feed, askedAt: now });

/** @param {Feed} feed @param {number} now @returns {Trust} */
export function trust(feed, now) {
  const quiet = now - (feed.heardAt ?? feed.startedAt);
  if (feed.heardAt === null) return { why: quiet < SILENCE_MS ? "connecting" : "cut", age: quiet };
  if (!feed.linked || !feed.current) return { why: "cut", age: quiet };
  if (quiet > SILENCE_MS) return { why: "silent", age: quiet };
  if (feed.staleSince !== null) return { why: "bus", age: quiet };
  const behind = feed.behindSince === null ? 0 : now - feed.behindSince;
  return behind > BEHIND_MS ? { why: "behind", age: behind } : { why: null, age: quiet };
}

/**
 * Whether to drop this socket and make another: nothing was heard over it for too long.
 * @param {Feed} feed @param {number} now
 */
export const isDead = (feed, now) => feed.linked && now - Math.max(feed.heardAt ?? 0, feed.linkedAt) > GIVE_UP_MS;

/** @param {Feed} feed @param {number} now */
const isRewound = (feed, now) => feed.aheadSince !== null && now - feed.aheadSince > REWOUND_MS;

/** @param {string | null} text */
const instant = (text) => (text === null ? null : Date.parse(text));

/** Apply what is next among the early entries, and forget what is known. @param {Feed} feed @returns {Feed} */
function drain(feed) {
  if (!feed.board) return feed;
  const early = new Map(feed.early);
  const from = feed.board.seq;
  let { board, weather, handover } = feed;
  for (let next = early.get(board.seq + 1); next; next = early.get(board.seq + 1)) {
    board = apply(board, next);
    if (next.kind === WEATHER) weather = next.seq;
    if (next.kind?.startsWith(HANDOVER)) handover = next.seq;
  }
  for (const seq of early.keys()) if (seq <= board.seq) early.delete(seq);
  const behindSince = board.seq >= feed.newest ? null : feed.behindSince;
  return {
    ...feed,
    board,
    early,
    weather,
    handover,
    behindSince,
    ledger: board.seq > from ? entered(feed.ledger, from + 1, board.seq) : feed.ledger,
  };
}

/** @param {Span[]} ledger @param {number} first @param {number} last @returns {Span[]} */
function entered(ledger, first, last) {
  const before = ledger.at(-1);
  if (before?.by === "journal" && before.last === first - 1) return [...ledger.slice(0, -1), { ...before, last }];
  return [...ledger, { first, last, by: "journal" }];
}
