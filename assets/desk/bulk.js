/**
 * The bar for marked orders: how many, and what can be done with all of them. What is asked back (to whom, why, which
 * day) opens in the bar itself. One press is one wish for all.
 *
 * @import { Board } from "./board.js"
 * @import { Intent, Words } from "./types.js"
 * @typedef {{verb: string} & Partial<Intent>} Asked
 * @typedef {{send: (asked: Asked) => void, clear: () => void, leave: () => void, board: () => Board, today: () => string}} OnBulk
 *   `leave`: the keyboard goes back to the list; `today` by the co-op's clocks, ISO 8601.
 * @typedef {ReturnType<typeof createBulk>} Bulk
 */
import { loads } from "./board.js";
import { mayTake } from "./drag.js";
import { newElement, setText } from "./lists.js";
import { matches } from "./search.js";
import { laterDay } from "./wall.js";

const DELAYS = [5, 10, 20];
const MOST_OFFERED = 8;

/** @param {HTMLElement} host @param {Words} words @param {OnBulk} on */
export function createBulk(host, words, on) {
  const count = newElement("span", "bulk-count", { id: "bulk-count", role: "status" });
  const bar = newElement("div", "bulk-bar", { role: "toolbar", "aria-label": words("What to do with the marked orders") });
  const box = newElement("div", "bulk-ask", { role: "group" });
  const asks = /** @type {Record<string, () => HTMLElement[]>} */ ({ assign: askCourier, tag: askTag, reschedule: askDay, cancel: askReason });
  let asking = "";
  bar.append(
    act("assign", words("Assign…"), () => ask("assign")),
    act("unassign", words("Take them back"), () => send({ verb: "unassign" })),
    ...DELAYS.map((minutes) =>
      act(`delay-${minutes}`, words("+{n} min", { n: minutes }), () => send({ verb: "delay", minutes }), words("Ready {n} min later", { n: minutes })),
    ),
    act("tag", words("Tag…"), () => ask("tag")),
    act("reschedule", words("Another day…"), () => ask("reschedule")),
    act("attach", words("One pickup"), () => send({ verb: "attach" }), words("Make them drop-offs of one pickup, that of the first")),
    act("detach", words("Detach"), () => send({ verb: "detach" }), words("Give each its pickup for itself again")),
    act("cancel", words("Cancel…"), () => ask("cancel")),
    act("clear", words("Unmark"), on.clear),
  );
  box.hidden = true;
  host.replaceChildren(count, newElement("p", "held-line", { role: "status" }), bar, box);
  const undo = new AbortController();
  host.addEventListener("keydown", pressed, { signal: undo.signal });

  /** @param {number} marked */
  function show(marked) {
    const hadFocus = host.contains(document.activeElement);
    host.hidden = marked === 0;
    setText(count, marked ? words("{count} marked", { count: marked }) : "");
    if (marked) return;
    stopAsking(false);
    if (hadFocus) on.leave();
  }

  /** @param {string} name @param {string} label @param {() => void} does @param {string} [title] */
  function act(name, label, does, title) {
    const made = newElement("button", "bulk-act", { type: "button", id: `bulk-${name}`, tabindex: name === "assign" ? "0" : "-1" }, label);
    if (title) {
      made.title = title;
      made.setAttribute("aria-label", `${label}: ${title}`);
    }
    made.addEventListener("click", does);
    return made;
  }

  /** @param {Asked} asked */
  function send(asked) {
    stopAsking(false);
    on.leave();
    on.send(asked);
  }

  /** @param {string} what */
  function ask(what) {
    asking = what;
    box.replaceChildren(...asks[what]());
    box.hidden = false;
    /** @type {HTMLElement | null} */ (box.querySelector("input"))?.focus();
  }

  /** @param {boolean} isBack whether the keyboard goes back to the button */
  function stopAsking(isBack) {
    const button = /** @type {HTMLElement | null} */ (bar.querySelector(`#bulk-${asking || "assign"}`));
    if (asking) box.replaceChildren();
    asking = "";
    box.hidden = true;
    if (isBack) button?.focus();
  }

  /** Who can take them now, whoever has least to do first. */
  function askCourier() {
    const list = newElement("ul", "bulk-couriers", { role: "listbox", id: "bulk-couriers", "aria-label": words("Couriers") });
    const input = field("courier", words("To whom?"), { role: "combobox", "aria-expanded": "true", "aria-controls": list.id, "aria-autocomplete": "list" });
    let at = 0;
    const options = () => /** @type {HTMLElement[]} */ ([...list.children]);
    const point = (/** @type {number} */ to) => {
      at = Math.max(0, Math.min(to, options().length - 1));
      options().forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
      input.setAttribute("aria-activedescendant", options()[at]?.id ?? "");
      options()[at]?.scrollIntoView({ block: "nearest" });
    };
    const give = (/** @type {HTMLElement | undefined} */ option) => option?.dataset.courier && send({ verb: "assign", courier: option.dataset.courier });
    const find = () => {
      const found = takers(input.value);
      list.replaceChildren(...(found.length ? found.map(option) : [newElement("li", "bulk-nobody", {}, words("Nobody on shift is called that"))]));
      point(0);
    };
    input.addEventListener("input", find);
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") point(at + 1);
      else if (event.key === "ArrowUp") point(at - 1);
      else if (event.key === "Enter") give(options()[at]);
      else return;
      event.preventDefault();
    });
    list.addEventListener("click", ({ target }) => give(/** @type {HTMLElement | undefined} */ (/** @type {Element} */ (target).closest("[data-courier]") ?? undefined)));
    find();
    return [input, list];
  }

  /** @param {string} typed */
  function takers(typed) {
    const board = on.board();
    const load = loads(board);
    return [...board.couriers.values()]
      .filter((one) => mayTake(board, one.id) && matches(typed, [one.name, one.id]))
      .map((one) => ({ id: one.id, name: one.name, load: load.get(one.id)?.length ?? 0 }))
      .sort((one, other) => one.load - other.load || one.name.localeCompare(other.name))
      .slice(0, MOST_OFFERED);
  }

  /** @param {{id: string, name: string, load: number}} taker */
  function option({ id, name, load }) {
    const made = newElement("li", "bulk-courier", { role: "option", id: `bulk-courier-${id}` });
    made.dataset.courier = id;
    made.append(newElement("span", "", {}, name), newElement("span", "bulk-load", {}, words("{count} in hand", { count: load })));
    return made;
  }

  function askTag() {
    const input = field("tag-name", words("Which tag?"), { list: "bulk-tags", maxlength: "40" });
    const known = [...new Set([...on.board().orders.values()].flatMap((order) => order.tags ?? []))].sort();
    const list = newElement("datalist", "", { id: "bulk-tags" });
    list.append(...known.map((tag) => newElement("option", "", { value: tag })));
    const go = (/** @type {string} */ verb) => input.value.trim() && send({ verb, tags: [input.value.trim().replace(/^#/, "")] });
    entered(input, () => go("tag"));
    return [input, list, button("tag-on", words("Put it on"), () => go("tag")), button("tag-off", words("Take it off"), () => go("untag"))];
  }

  function askDay() {
    const today = on.today();
    const tomorrow = laterDay(today, 1);
    const input = field("day", words("To which day?"), { type: "date", min: today, value: tomorrow });
    const go = () => input.value && send({ verb: "reschedule", day: input.value });
    entered(input, go);
    return [input, button("day-go", words("Move them"), go)];
  }

  function askReason() {
    const input = field("reason", words("Why? The customer may ask"), { maxlength: "200" });
    const go = () => (input.value.trim() ? send({ verb: "cancel", reason: input.value.trim() }) : input.focus());
    entered(input, go);
    return [input, button("cancel-go", words("Cancel the orders"), go)];
  }

  /** @param {string} name @param {string} label @param {Record<string, string>} more @returns {HTMLInputElement} */
  function field(name, label, more) {
    const plainly = { type: "text", id: `bulk-${name}`, autocomplete: "off", placeholder: label, "aria-label": label };
    return /** @type {HTMLInputElement} */ (newElement("input", "bulk-field", { ...plainly, ...more }));
  }

  /** @param {string} name @param {string} label @param {() => void} does */
  function button(name, label, does) {
    const made = newElement("button", "bulk-act is-main", { type: "button", id: `bulk-${name}` }, label);
    made.addEventListener("click", does);
    return made;
  }

  /** @param {HTMLInputElement} input @param {() => void} does */
  function entered(input, does) {
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      does();
    });
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    const isInBar = bar.contains(/** @type {Node} */ (event.target));
    if (event.key === "Escape") asking ? stopAsking(true) : on.leave();
    else if (isInBar && (event.key === "ArrowRight" || event.key === "ArrowLeft")) step(event.key === "ArrowRight" ? 1 : -1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Along the bar: one stop for Tab, the arrows within. @param {number} by */
  function step(by) {
    const all = /** @type {HTMLElement[]} */ ([...bar.children]);
    const at = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const next = all[(at + by + all.length) % all.length];
    for (const one of all) one.tabIndex = one === next ? 0 : -1;
    next.focus();
  }

  return {
    show,
    ask,
    open: () => /** @type {HTMLElement | null} */ (bar.querySelector("[tabindex='0']"))?.focus(),
    dispose() {
      undo.abort();
      host.replaceChildren();
    },
  };
}
