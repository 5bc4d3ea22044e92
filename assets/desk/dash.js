/**
 * The way to Python: what the dispatcher wants goes into stores that callbacks listen to.
 *
 * @import { Format } from "./format.js"
 * @import { Intent, Selection } from "./types.js"
 * @typedef {{set_props: (id: string, props: object) => void}} DashClientside
 */

/** @param {string} id @param {object} props */
const setProps = (id, props) =>
  /** @type {{dash_clientside: DashClientside}} */ (/** @type {unknown} */ (window)).dash_clientside.set_props(
    id,
    props,
  );

let asked = 0;

/** @param {Intent} intent each is another one, even if it says the same: the nonce tells them apart */
export function sendIntent(intent) {
  asked += 1;
  setProps("desk-intent", { data: { ...intent, nonce: `${Date.now()}-${asked}` } });
}

/**
 * In which order a courier shall ride to the stops.
 * @param {string} courier @param {number} version @param {{order: string, end: string}[]} stops
 */
export function sendStops(courier, version, stops) {
  asked += 1;
  setProps("desk-stops-wanted", { data: { courier, version, stops, nonce: `${Date.now()}-${asked}` } });
}

/** @param {Selection} selection */
export const sendSelection = (selection) => setProps("desk-selection", { data: { ...selection } });

/** The result line for what the page itself refuses. @param {string} text @param {number} now server's epoch ms @param {Format} format */
export const sayRefused = (text, now, format) => say("is-refused", "✕", text, format.exactClock(now));

/** The result line for what somebody should know before they go on. @param {string} text @param {number} now server's epoch ms @param {Format} format */
export const sayWaiting = (text, now, format) => say("is-waiting", "!", text, format.exactClock(now));

/** The result line for what was done without a callback. @param {string} text @param {number} now server's epoch ms @param {Format} format */
export const sayDone = (text, now, format) => say("is-done", "✓", text, format.exactClock(now));

/** @param {string} className @param {string} sign @param {string} text @param {string} time */
function say(className, sign, text, time) {
  const parts = [
    component("Time", { className: "result-time", children: time }),
    component("Span", { className: "result-sign", "aria-hidden": "true", children: sign }),
    component("Span", { children: text }),
  ];
  setProps("desk-result", { children: component("Span", { className: `result ${className}`, children: parts }) });
}

/** @param {string} type @param {object} props */
const component = (type, props) => ({ namespace: "dash_html_components", type, props });
