/**
 * The service worker of /restaurant: without a network it answers with the page's shell and its scripts (shell.js keeps them).
 * Always the network first, and never anything but these: no order, no answer of the API, nothing that was sent.
 */
/** The same as in shell.js, which a classic worker cannot import. */
const KEPT = "roulement.kitchen";
const PAGE = "/restaurant";
/** For an answer, after which a page that can be had is better than one that may still come. */
const PATIENCE_MS = 6000;

/** @type {any} */
const worker = self;

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const request = /** @type {Request} */ (event.request);
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" && pathname === PAGE) event.respondWith(pageFor(request));
  else if (/^\/(vendor|assets)\//.test(pathname)) event.respondWith(fileFor(request));
});

/** @param {Request} request @returns {Promise<Response>} */
async function pageFor(request) {
  const answer = await Promise.race([fetch(request).catch(() => null), nothing()]);
  if (answer && answer.status < 500) {
    if (answer.type === "opaqueredirect" || answer.status >= 400) await caches.delete(KEPT); // nobody is signed in any more
    return answer;
  }
  return (await caches.match(PAGE, { cacheName: KEPT })) ?? answer ?? Response.error();
}

/** @param {Request} request @returns {Promise<Response>} */
async function fileFor(request) {
  const kept = () => caches.match(request, { cacheName: KEPT });
  return fetch(request).catch(async () => (await kept()) ?? Response.error());
}

/** @returns {Promise<null>} */
const nothing = () => new Promise((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
