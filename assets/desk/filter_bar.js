/**
 * The bar above the orders: what is on, each removable, what it hides, and the choices that open below it. Its parts stay
 * the same elements, so that the keyboard keeps its place.
 *
 * @import { Board } from "./board.js"
 * @import { Facet, Filters } from "./filters.js"
 * @import { Words } from "./types.js"
 * @typedef {{filters: Filters, board: Board, hidden: string}} Shown
 * @typedef {ReturnType<typeof createFilterBar>} FilterBar
 */
import { isFiltering, KINDS, LATENESS, NOBODY, NONE, restaurantOf, set, stanceOf, STATES } from "./filters.js";
import { chipsOf, valueText } from "./filter_words.js";
import { newElement, setText } from "./lists.js";
import { plain } from "./search.js";

const NEXT = /** @type {const} */ ({ off: "only", only: "not", not: "off" });
const NAMED = /** @type {const} */ (["courier", "restaurant", "tag"]);

/**
 * @param {HTMLElement} host @param {HTMLElement} opener the button that opens it @param {Words} words
 * @param {{change: (filters: Filters) => void, leave: () => void}} on `leave`: the keyboard goes back to the list
 */
export function createFilterBar(host, opener, words, on) {
  const chips = newElement("div", "filter-chips", {});
  const clear = button("filter-clear", words("Clear filters"), () => on.change(NONE));
  clear.id = "desk-filters-clear";
  const said = newElement("p", "filter-said", { id: "desk-filters-said", role: "status" });
  const line = newElement("div", "filter-line", {});
  line.append(chips, clear);
  const choices = newElement("div", "filter-choices", { id: "desk-filters-choices", role: "group", "aria-label": words("Filters") });
  let shown = /** @type {Shown | null} */ (null);
  let painted = "";
  const stances = /** @type {(() => void)[]} */ ([]);
  const filters = () => shown?.filters ?? NONE;
  const undo = new AbortController();
  const lists = new Map(NAMED.map((facet) => [facet, newElement("datalist", "", { id: `desk-filter-${facet}s` })]));
  const times = /** @type {const} */ (["from", "until"]).map((name) => ({ name, input: timeInput(name) }));
  choices.append(
    row(words("State"), STATES.map((value) => stance("state", value))),
    row(words("Lateness"), LATENESS.map((value) => stance("late", value))),
    row(words("Courier"), [stance("courier", NOBODY), finder("courier", words("Name of a courier")), shift()]),
    row(words("Restaurant"), [finder("restaurant", words("Name of a restaurant"))]),
    row(words("Tag"), [finder("tag", words("Tag"))]),
    row(words("Kind"), KINDS.map((value) => stance("kind", value))),
    row(words("Promised between"), [times[0].input, newElement("span", "", { "aria-hidden": "true" }, "–"), times[1].input]),
    newElement("p", "filter-hint", {}, words("Press again to leave something out, once more for no matter. The address of the page says it all: send it as a link.")),
  );
  choices.hidden = true;
  host.replaceChildren(line, said, choices);
  host.addEventListener("keydown", pressed, { signal: undo.signal });
  opener.addEventListener("click", () => toggle(), { signal: undo.signal });
  opener.setAttribute("aria-controls", choices.id);

  /** @param {Shown} next */
  function render(next) {
    shown = next;
    const isOn = isFiltering(next.filters);
    host.hidden = !isOn && choices.hidden;
    line.hidden = said.hidden = !isOn;
    opener.setAttribute("aria-expanded", String(!choices.hidden));
    opener.classList.toggle("is-on", isOn);
    setText(said, isOn ? next.hidden : "");
    const wanted = chipsOf(next.filters, next.board, words);
    const key = JSON.stringify(wanted);
    if (key === painted) return;
    painted = key;
    const hadFocus = chips.contains(document.activeElement);
    chips.replaceChildren(...wanted.map(({ facet, value, text }) => chip(facet, value, text)));
    for (const paint of stances) paint();
    for (const { name, input } of times) if (input !== document.activeElement) input.value = next.filters[name];
    if (hadFocus) (/** @type {HTMLElement | null} */ (chips.firstElementChild) ?? opener).focus();
  }

  /** @param {Facet | "span" | "shift"} facet @param {string} value @param {string} text */
  function chip(facet, value, text) {
    const made = button("filter-chip", text, () => on.change(without(filters(), facet, value)));
    made.dataset.facet = facet;
    made.dataset.value = value;
    made.setAttribute("aria-label", words("{filter}: take this filter off", { filter: text }));
    made.append(newElement("span", "filter-off", { "aria-hidden": "true" }, "✕"));
    return made;
  }

  /** A value that is wanted, not wanted, or neither. @param {Facet} facet @param {string} value */
  function stance(facet, value) {
    const made = button("filter-choice", "", () => on.change(set(filters(), facet, value, NEXT[stanceOf(filters(), facet, value)])));
    made.dataset.facet = facet;
    made.dataset.value = value;
    const paint = () => {
      const is = stanceOf(filters(), facet, value);
      const name = valueText(facet, value, /** @type {Board} */ (shown?.board ?? { orders: new Map(), couriers: new Map() }), words);
      made.dataset.stance = is;
      made.setAttribute("aria-pressed", String(is !== "off"));
      setText(made, is === "not" ? words("not {what}", { what: name }) : name);
    };
    stances.push(paint);
    paint();
    return made;
  }

  function shift() {
    const made = button("filter-choice", words("on shift only"), () => on.change({ ...filters(), shift: filters().shift ? "" : "on" }));
    made.id = "desk-filter-shift";
    stances.push(() => {
      made.dataset.stance = filters().shift ? "only" : "off";
      made.setAttribute("aria-pressed", String(Boolean(filters().shift)));
    });
    return made;
  }

  /** A name, typed or chosen from those there are. @param {(typeof NAMED)[number]} facet @param {string} label */
  function finder(facet, label) {
    const input = /** @type {HTMLInputElement} */ (
      newElement("input", "filter-name", { type: "text", id: `desk-filter-${facet}`, list: `desk-filter-${facet}s`, autocomplete: "off", placeholder: label, "aria-label": label })
    );
    const take = (/** @type {boolean} */ isSure) => {
      const value = found(facet, input.value, isSure);
      if (value === null) return;
      input.value = "";
      on.change(set(filters(), facet, value, "only"));
    };
    input.addEventListener("input", () => take(false));
    input.addEventListener("keydown", (event) => event.key === "Enter" && take(true));
    input.addEventListener("focus", () => offer(facet));
    const group = newElement("span", "filter-finder", {});
    group.append(input, /** @type {HTMLElement} */ (lists.get(facet)));
    return group;
  }

  /** Those there are now. @param {(typeof NAMED)[number]} facet @returns {[value: string, name: string][]} */
  function known(facet) {
    if (!shown) return [];
    const { board } = shown;
    if (facet === "courier") return [...board.couriers.values()].map((one) => [one.id, one.name]);
    const orders = [...board.orders.values()];
    const values = facet === "tag" ? orders.flatMap((order) => order.tags ?? []) : orders.map(restaurantOf);
    const names = facet === "tag" ? (/** @type {string} */ value) => value : (/** @type {string} */ value) => valueText(facet, value, board, words);
    return [...new Set(values)].filter(Boolean).map((value) => [value, names(value)]);
  }

  /** @param {(typeof NAMED)[number]} facet */
  function offer(facet) {
    const names = [...new Set(known(facet).map(([, name]) => name))].sort((one, other) => one.localeCompare(other));
    lists.get(facet)?.replaceChildren(...names.map((name) => newElement("option", "", { value: name })));
  }

  /** @param {(typeof NAMED)[number]} facet @param {string} typed @param {boolean} isSure whether a beginning will do @returns {string | null} */
  function found(facet, typed, isSure) {
    const said = plain(typed.replace(/^#/, ""));
    if (!said) return null;
    const exact = known(facet).find(([, name]) => name === typed) ?? (isSure ? known(facet).find(([, name]) => plain(name) === said) : undefined);
    if (exact || !isSure) return exact?.[0] ?? null;
    const begins = known(facet).filter(([, name]) => plain(name).startsWith(said));
    return begins.length === 1 ? begins[0][0] : facet === "tag" && !begins.length ? typed : null;
  }

  /** Written as the co-op's clocks read, whatever the browser's own habit. @param {"from" | "until"} name */
  function timeInput(name) {
    const label = name === "from" ? words("Promised from") : words("Promised until");
    const input = /** @type {HTMLInputElement} */ (
      newElement("input", "filter-time", { type: "text", id: `desk-filter-${name}`, inputmode: "numeric", maxlength: "5", placeholder: name === "from" ? "18:00" : "20:30", "aria-label": label })
    );
    input.addEventListener("change", () => {
      const clock = clockOf(input.value);
      input.setAttribute("aria-invalid", String(clock === null));
      if (clock !== null) on.change({ ...filters(), [name]: (input.value = clock) });
    });
    return input;
  }

  function open() {
    choices.hidden = false;
    if (shown) render(shown);
    for (const paint of stances) paint();
    /** @type {HTMLElement | null} */ (choices.querySelector("button"))?.focus();
  }

  function shut() {
    choices.hidden = true;
    if (shown) render(shown);
    on.leave();
  }

  const toggle = () => (choices.hidden ? open() : shut());

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    if (event.key === "Escape" && !choices.hidden) shut();
    else if (event.key === "Escape") on.leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return {
    render,
    open: toggle,
    dispose() {
      undo.abort();
      host.replaceChildren();
    },
  };
}

/** @param {Filters} filters @param {Facet | "span" | "shift"} facet @param {string} value @returns {Filters} */
function without(filters, facet, value) {
  if (facet === "span") return { ...filters, from: "", until: "" };
  return facet === "shift" ? { ...filters, shift: "" } : { ...filters, [facet]: filters[facet].filter((one) => one !== value) };
}

/** @param {string} typed @returns {string | null} 18:00 of 18, 1800, 18.00 or 18h00; "" of nothing; null of what is no time */
export function clockOf(typed) {
  if (!typed.trim()) return "";
  const [, hour, minute = "00"] = typed.trim().match(/^(\d{1,2})(?:[:.h ]?(\d{2}))?h?$/) ?? [];
  return hour && Number(hour) < 24 && Number(minute) < 60 ? `${hour.padStart(2, "0")}:${minute}` : null;
}

/** @param {string} label @param {HTMLElement[]} parts */
function row(label, parts) {
  const made = newElement("div", "filter-row", { role: "group", "aria-label": label });
  const values = newElement("div", "filter-values", {});
  values.append(...parts);
  made.append(newElement("span", "filter-label", { "aria-hidden": "true" }, label), values);
  return made;
}

/** @param {string} className @param {string} label @param {() => void} act */
function button(className, label, act) {
  const made = newElement("button", className, { type: "button" }, label);
  made.addEventListener("click", act);
  return made;
}
