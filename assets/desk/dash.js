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

/** @param {Selection} selection */
export const sendSelection = (selection) => setProps("desk-selection", { data: { ...selection } });

/** The result line for what the page itself refuses. @param {string} text @param {number} now server's epoch ms @param {Format} format */
export function sayRefused(text, now, format) {
  const parts = [
    component("Time", { className: "result-time", children: format.exactClock(now) }),
    component("Span", { className: "result-sign", "aria-hidden": "true", children: "✕" }),
    component("Span", { children: text }),
  ];
  setProps("desk-result", { children: component("Span", { className: "result is-refused", children: parts }) });
}

/** @param {string} type @param {object} props */
const component = (type, props) => ({ namespace: "dash_html_components", type, props });
