/** The hosts that Python lays out and the desk fills. */

const HOSTS = /** @type {const} */ ({
  desk: "desk",
  map: "desk-map",
  orders: "desk-orders",
  couriers: "desk-couriers",
  attention: "desk-attention",
  timeline: "desk-timeline",
  stops: "desk-stops",
  windows: "desk-windows",
  connection: "desk-connection",
  banner: "desk-stale-banner",
  routing: "desk-routing",
  way: "desk-way",
  filters: "desk-filters",
  filtersOpen: "desk-filters-open",
  bulk: "desk-bulk",
  result: "desk-result",
  ordersCount: "desk-orders-count",
  couriersCount: "desk-couriers-count",
  clock: "desk-clock",
  presence: "desk-presence",
  kitchens: "desk-kitchens",
  next: "desk-next",
  card: "desk-card",
  freed: "desk-freed",
  fit: "desk-fit",
  follow: "desk-follow",
  groups: "desk-groups",
  trails: "desk-trails",
  lasso: "desk-lasso",
  mapSaid: "desk-map-said",
  help: "desk-help-open",
  plan: "desk-plan",
  planOpen: "desk-plan-open",
  planStops: "desk-plan-stops",
  form: "desk-form",
  newOrder: "desk-new-order",
  order: "desk-order",
});

/** @typedef {Record<keyof typeof HOSTS, HTMLElement>} Page */

/** @returns {Page} what a page leaves out (a window with the map alone has no lists) is filled beside the document */
export function findPage() {
  const found = Object.entries(HOSTS).map(([name, id]) => [
    name,
    document.getElementById(id) ?? beside(),
  ]);
  return Object.fromEntries(found);
}

function beside() {
  const element = document.createElement("div");
  element.hidden = true;
  return element;
}

/** @typedef {Readonly<{map: boolean, lists: boolean, timeline: boolean, attention: boolean}>} Has What a window shows. */

const PARTS = /** @type {Record<string, Has>} */ (
  Object.freeze({
    all: { map: true, lists: true, timeline: false, attention: true },
    map: { map: true, lists: false, timeline: false, attention: false },
    board: { map: false, lists: true, timeline: false, attention: false },
    timeline: { map: false, lists: false, timeline: true, attention: false },
    attention: { map: false, lists: false, timeline: false, attention: true },
  })
);

/** @param {string} part as Python names it (layouts/windows.py) */
export const partsOf = (part) => PARTS[part] ?? PARTS.all;
