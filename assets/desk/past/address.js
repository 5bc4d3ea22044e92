/** The address says what is shown, so that it can be sent as a link; language and theme are changed at that moment. */

/** @param {string} at on the co-op's clock @param {string | null} order the chosen one */
export function writeAddress(at, order) {
  const query = new URLSearchParams({ at });
  if (order) query.set("order", order);
  const text = String(query).replaceAll("%3A", ":");
  history.replaceState(history.state, "", `${location.pathname}?${text}`);
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll('.visitor-menu a[href^="?"]'))) {
    link.dataset.choice ??= String(link.getAttribute("href")).slice(1);
    link.setAttribute("href", `?${link.dataset.choice}&${text}`);
  }
}
