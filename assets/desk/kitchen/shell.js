/**
 * The page for when there is no network: what stands around the board is kept in the browser, with the scripts that it needs.
 * No order is in it: they come when the network is back. It goes when somebody signs out.
 *
 * @import { Config } from "./types.js"
 */

/** The same as in worker.js. */
const KEPT = "roulement.kitchen";
const PAGE = "/restaurant";
export const CONFIG = "kitchen-shell";
/** What the kept page may do: less than the others, for nothing of it was written by Dash. */
const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self' ws: wss:; " +
  "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const EMPTIED = ["kitchen-board", "kitchen-notices", "kitchen-banner", "kitchen-busy-banner"];

/** Whether this page is the kept one. */
export const isKept = () => document.getElementById(CONFIG) !== null;

/**
 * Keep this page, as it is around the board. Where browsers have no such thing (plain http), nothing is kept.
 * @param {Config} config
 */
export async function keep(config) {
  if (!("serviceWorker" in navigator) || isKept()) return;
  const modules = config.bundles.kitchen.replace("main.js", "");
  const page = shellOf(document, config, `${modules}again.js`);
  const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": POLICY };
  const cache = await caches.open(KEPT);
  const files = [...filesOf(document), `${modules}again.js`];
  const known = new Set([PAGE, ...files].map((file) => new URL(file, location.href).href));
  for (const request of await cache.keys()) if (!known.has(request.url)) await cache.delete(request);
  await cache.addAll(files);
  await cache.put(PAGE, new Response(page, { headers }));
  await navigator.serviceWorker.register(`${modules}worker.js`, { scope: PAGE });
}

/** Forget it: somebody signs out. */
export const forget = () => ("caches" in window ? caches.delete(KEPT) : Promise.resolve(false));

/** @param {Document} from @param {Config} config @param {string} script @returns {string} HTML */
function shellOf(from, config, script) {
  const copy = /** @type {HTMLElement} */ (from.documentElement.cloneNode(true));
  for (const each of copy.querySelectorAll("script, link[rel=modulepreload]")) each.remove();
  for (const id of EMPTIED) copy.querySelector(`#${id}`)?.replaceChildren();
  const data = from.createElement("script");
  data.id = CONFIG;
  data.type = "application/json";
  data.textContent = JSON.stringify(config).replaceAll("<", "\\u003c");
  const start = from.createElement("script");
  start.type = "module";
  start.src = script;
  copy.querySelector("body")?.append(data, start);
  return `<!DOCTYPE html>${copy.outerHTML}`;
}

/** What the page has loaded of ours: styles, modules, Socket.IO. @param {Document} from @returns {string[]} */
function filesOf(from) {
  const styles = [...from.querySelectorAll("link[rel=stylesheet]")].map((one) => one.getAttribute("href") ?? "");
  const loaded = performance.getEntriesByType("resource").map((one) => new URL(one.name));
  const modules = loaded.filter((one) => one.origin === location.origin && one.pathname.startsWith("/vendor/"));
  return [...new Set([...styles, ...modules.map((one) => one.pathname)])].filter((one) => one.startsWith("/"));
}
