/** The menu of windows: opened by a key, gone through with the arrows; Escape leads back to where one was. */

const STEPS = /** @type {Record<string, number>} */ ({ ArrowDown: 1, ArrowUp: -1 });

/** @param {HTMLElement} host a `details` with links in it */
export function createWindowsMenu(host) {
  const undo = new AbortController();
  const links = () => /** @type {HTMLElement[]} */ ([...host.querySelectorAll("a")]);
  const shut = () => host.removeAttribute("open");
  let before = /** @type {Element | null} */ (null);

  function open() {
    before = document.activeElement;
    host.setAttribute("open", "");
    links()[0]?.focus();
  }

  function leave() {
    shut();
    const back = before instanceof HTMLElement && before !== document.body && before.isConnected ? before : host.querySelector("summary");
    before = null;
    back?.focus({ preventScroll: true });
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    if (event.key === "Escape" && host.hasAttribute("open")) {
      event.stopPropagation();
      return leave();
    }
    const step = STEPS[event.key];
    const at = links().indexOf(/** @type {HTMLElement} */ (document.activeElement));
    if (!step || at < 0) return;
    links()[(at + step + links().length) % links().length].focus();
    event.preventDefault();
  }

  host.addEventListener("keydown", pressed, { signal: undo.signal });
  host.addEventListener("click", ({ target }) => target instanceof Element && target.closest("a") && shut(), { signal: undo.signal });
  return { open, dispose: () => undo.abort() };
}
