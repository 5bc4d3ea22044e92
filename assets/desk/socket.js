/**
 * The line to the server: Socket.IO over a websocket, made anew whenever it breaks or falls silent.
 *
 * @import { Told } from "./arrivals.js"
 * @import { Said } from "./in_step.js"
 * @import { Colleague, Entry, Heartbeat, Seat, Selected, Snapshot } from "./types.js"
 * @typedef {{
 *   connect: () => void, disconnect: () => void, snapshot: (snapshot: Snapshot) => void, journal: (entry: Entry) => void,
 *   heartbeat: (beat: Heartbeat) => void, roster: (seats: Seat[]) => void, presence: (colleagues: Colleague[]) => void,
 *   arrivals: (told: {orders: Told}) => void, select: (selected: Selected) => void,
 *   positions: (frame: ArrayBuffer) => void,
 * }} Listener What is called for each event, by its name in the contract.
 * @typedef {ReturnType<typeof openLine>} Line
 */

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 1500;
/** An attempt that has had no answer for so long is given up: behind it may be a dead line. */
const ATTEMPT_MS = 4000;
/** What live/sockets.py sends along when it refuses whoever is not signed in (any more). */
const NOBODY = "not_signed_in";

/** @param {(url: string, options: object) => any} io Socket.IO's `io` @param {Listener} listener */
export function openLine(io, listener) {
  const socket = io("/live", {
    transports: ["websocket"],
    timeout: ATTEMPT_MS,
    forceNew: true,
    reconnectionDelay: FIRST_RETRY_MS,
    reconnectionDelayMax: LAST_RETRY_MS,
    randomizationFactor: 0.5,
  });
  for (const [event, handler] of Object.entries(listener)) socket.on(event, handler);
  socket.on("disconnect", (/** @type {string} */ reason) => {
    if (reason === "io server disconnect") socket.connect(); // only this one is not tried again by itself
  });

  socket.on("connect_error", (/** @type {{data?: {code?: string}}} */ refusal) => {
    if (refusal.data?.code === NOBODY) location.assign("/sign-in"); // what this page shows is not for us any more
  });

  return {
    /** @param {number} seq */
    resume: (seq) => socket.emit("resume", { seq }),
    /** @param {string | null} order */
    looking: (order) => socket.emit("looking", { order }),
    /** @param {Said} said */
    select: (said) => socket.emit("select", said),
    /** @param {string[]} orders */
    hold: (orders) => socket.volatile.emit("hold", { orders }),
    here: () => socket.volatile.emit("here"),
    /** @param {number} frame */
    ack: (frame) => socket.volatile.emit("ack", frame),
    /** Give up this connection, whatever it says of itself, and make another. */
    renew: () => socket.io.engine?.close(),
    dispose: () => socket.close(),
  };
}
