/**
 * What happened to an order, line by line, beside the map: for those that have left the board, and for any other. Its two
 * ends stand on the map meanwhile.
 *
 * @import { Order, Words } from "./types.js"
 * @typedef {{time: string, who: string, what: string}} Line
 * @typedef {{order: Order, history: Line[], is_cut: boolean}} Told as layouts/order_detail.py has it, the newest first
 */
import { newElement } from "./lists.js";

/**
 * @param {HTMLElement} host @param {string} url @param {Words} words
 * @param {(spots: {lon: number, lat: number, text: string}[]) => void} mark shows places on the map
 */
export function createRecord(host, url, words, mark) {
  const panel = newElement("section", "record-panel", { id: "desk-record", tabindex: "-1" });
  panel.hidden = true;
  host.append(panel);
  /** @type {Element | null} */
  let before = null;
  let flight = new AbortController();

  /** @param {string} order its id */
  async function open(order) {
    flight.abort();
    flight = new AbortController();
    const { signal } = flight;
    const answer = await fetch(`${url}?order=${encodeURIComponent(order)}`, { signal }).catch(() => null);
    const document = /** @type {(Told & {detail?: string}) | null} */ (await answer?.json().catch(() => null) ?? null);
    if (signal.aborted) return;
    if (answer?.ok && document) return show(document);
    const why = document?.detail ?? words("The server does not answer: try again in a moment");
    fill(words("What happened to it cannot be shown"), [newElement("p", "record-way", {}, why)]);
  }

  /** @param {Told} told */
  function show({ order, history, is_cut: isCut }) {
    const { pickup, dropoff, ref } = order;
    mark([
      { lon: dropoff.lon, lat: dropoff.lat, text: `${ref} ↓ ${dropoff.address || dropoff.name}` },
      { lon: pickup.lon, lat: pickup.lat, text: `${ref} ↑ ${pickup.name || pickup.address}` },
    ]);
    const list = newElement("ol", "record-lines", {});
    list.append(...history.toReversed().map(lineOf));
    const way = `${pickup.name || pickup.address} → ${dropoff.address || dropoff.name}`;
    const then = newElement("a", "record-then", { href: `/replay?order=${encodeURIComponent(order.id)}`, target: "roulement-past" }, words("Show me how it was then"));
    const cut = words("What was written before is not open to you any more");
    fill(words("What happened to {ref}", { ref }), [
      newElement("p", "record-way", {}, way),
      ...(isCut ? [newElement("p", "record-way", {}, cut)] : []),
      list,
      then,
    ]);
  }

  /** @param {string} title @param {HTMLElement[]} parts */
  function fill(title, parts) {
    const head = newElement("div", "record-head", {});
    const shut = newElement("button", "quiet-button", { id: "desk-record-shut", type: "button" }, words("Close"));
    shut.addEventListener("click", close);
    head.append(newElement("h2", "", {}, title), shut);
    panel.setAttribute("aria-label", title);
    panel.replaceChildren(head, ...parts);
    if (panel.hidden) before = window.document.activeElement;
    panel.hidden = false;
    panel.focus({ preventScroll: true });
  }

  function close() {
    flight.abort();
    if (panel.hidden) return;
    panel.hidden = true;
    mark([]);
    if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
  }

  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  });

  return {
    open: (/** @type {string} */ order) => void open(order),
    close,
    dispose() {
      flight.abort();
      panel.remove();
    },
  };
}

/** @param {Line} line */
function lineOf({ time, who, what }) {
  const row = newElement("li", "record-line", {});
  for (const [name, text] of [["time", time], ["text", what], ["by", who]])
    row.append(newElement("span", `record-${name}`, {}, text));
  return row;
}
