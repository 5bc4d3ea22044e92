/**
 * The filters in the page's address: written without a load, read again on the way back and forward. Dash keeps the
 * address too, and would load the old one again if it were not told; which page there is depends on the path alone.
 *
 * @import { Filters } from "./filters.js"
 */
import { readFilters, writeFilters } from "./filters.js";

/** @param {(filters: Filters) => void} apply called when somebody has gone back or forward */
export function createAddress(apply) {
  const undo = new AbortController();
  const path = location.pathname;
  const wentBack = () => location.pathname === path && apply(readFilters(location.search).filters);

  window.addEventListener("popstate", wentBack, { signal: undo.signal });
  return {
    read: () => readFilters(location.search),
    /** @param {Filters} filters */
    write(filters) {
      const search = writeFilters(filters, location.search);
      if (search === location.search) return;
      history.pushState(null, "", location.pathname + search + location.hash);
      window.dispatchEvent(new CustomEvent("_dashprivate_pushstate")); // what dcc.Link says to dcc.Location
    },
    dispose: () => undo.abort(),
  };
}
