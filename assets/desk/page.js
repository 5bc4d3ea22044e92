/** The hosts that Python lays out and the desk fills. */

const HOSTS = /** @type {const} */ ({
  desk: "desk",
  map: "desk-map",
  orders: "desk-orders",
  couriers: "desk-couriers",
  attention: "desk-attention",
  connection: "desk-connection",
  banner: "desk-stale-banner",
  routing: "desk-routing",
  way: "desk-way",
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
  help: "desk-help-open",
  plan: "desk-plan",
  planOpen: "desk-plan-open",
  planStops: "desk-plan-stops",
});

/** @typedef {Record<keyof typeof HOSTS, HTMLElement>} Page */

/** @returns {Page} @throws {Error} naming the host that is not there */
export function findPage() {
  const found = Object.entries(HOSTS).map(([name, id]) => {
    const element = document.getElementById(id);
    if (!element) throw new Error(`the page has no #${id}`);
    return [name, element];
  });
  return Object.fromEntries(found);
}
