/**
 * A list on the page: rows that stay the same elements as long as what they stand for is there, and change only where
 * their text changes. Texts are set as text, never as HTML.
 *
 * @import { Group, Row } from "./order_rows.js"
 * @typedef {{subject: "order" | "courier", cells: string[], label: string, button: {className: string, label: string, sign?: string} | null, isMultiple?: boolean, empty: string}} Form
 *   What the rows are about, their cells in order, the list's name, the button at the end of each row, whether several can be marked.
 * @typedef {ReturnType<typeof createList>} List
 */

import { arrange } from "./arrange.js";

/** @param {HTMLElement} host @param {Form} form */
export function createList(host, form) {
  /** @type {Map<string, HTMLElement>} */
  const elements = new Map();
  /** What each element says, so that a row that is still the same is not looked at again. @type {WeakMap<HTMLElement, Row>} */
  const filled = new WeakMap();
  let ids = /** @type {string[]} */ ([]);
  let standing = /** @type {HTMLElement[]} */ ([]);
  let selected = "";
  host.setAttribute("role", "listbox");
  host.setAttribute("aria-label", form.label);
  if (form.isMultiple) host.setAttribute("aria-multiselectable", "true");
  host.tabIndex = 0;

  /** @param {Group[]} groups */
  function render(groups) {
    ids = groups.flatMap((group) => group.rows.map((row) => row.id));
    const wanted = groups.flatMap((group) => [titleOf(group), ...group.rows.map(rowOf)]);
    const shown = wanted.length ? wanted : [empty()];
    if (!isSame(shown, standing)) stand(shown);
    showSelected(groups.flatMap((group) => group.rows).find((row) => row.isSelected));
  }

  /** @param {HTMLElement[]} shown */
  function stand(shown) {
    arrange(host, shown);
    const kept = new Set(shown);
    for (const [key, element] of elements) if (!kept.has(element)) elements.delete(key);
    standing = shown;
  }

  /** @param {Group} group */
  const titleOf = (group) => titled(`group-${group.key}`, group.title);

  /** An option that cannot be chosen: a list box holds options, or a screen reader finds none. */
  const empty = () =>
    elements.get("empty") ??
    remember("empty", newElement("div", "group-title", { role: "option", "aria-disabled": "true" }, form.empty));

  /** @param {string} key @param {string} title */
  function titled(key, title) {
    const element = elements.get(key) ?? remember(key, newElement("div", "group-title", { role: "presentation" }));
    setText(element, title);
    return element;
  }

  /** @param {Row} row */
  function rowOf(row) {
    const element = elements.get(row.key) ?? remember(row.key, newRow(row, form));
    if (filled.get(element) !== row) fillRow(element, row);
    filled.set(element, row);
    return element;
  }

  /** @param {string} key @param {HTMLElement} element */
  function remember(key, element) {
    elements.set(key, element);
    return element;
  }

  /** Bring a newly chosen row into sight. @param {Row | undefined} row */
  function showSelected(row) {
    const key = row?.key ?? "";
    if (key === selected) return;
    selected = key;
    if (!row) return host.removeAttribute("aria-activedescendant");
    host.setAttribute("aria-activedescendant", rowId(row));
    elements.get(key)?.scrollIntoView({ block: "nearest" });
  }

  return {
    render,
    /** The subjects in the order in which they stand. */
    ids: () => ids,
    focus: () => host.focus({ preventScroll: true }),
    dispose: () => host.replaceChildren(),
  };
}

/** @param {Row} row */
const rowId = (row) => `desk-${row.key}`;

/** @param {Row} row @param {Form} form @returns {HTMLElement} */
function newRow(row, form) {
  const element = newElement("div", "", { role: "option", id: rowId(row) });
  element.dataset[form.subject] = row.id;
  element.draggable = form.subject === "order";
  element.append(...form.cells.map((name) => newElement("span", name, {})));
  if (form.button)
    element.append(newElement("span", form.button.className, { "aria-hidden": "true", title: form.button.label }, form.button.sign ?? "⋯"));
  return element;
}

/** @param {HTMLElement} element @param {Row} row */
function fillRow(element, row) {
  const classes = row.isSelected ? `${row.classes} is-selected` : row.classes;
  if (element.className !== classes) element.className = classes;
  if (row.edges || element.style.getPropertyValue("--edges")) element.style.setProperty("--edges", row.edges);
  setAttribute(element, "aria-selected", String(row.isActedUpon));
  setAttribute(element, "aria-current", String(row.isSelected));
  for (const cell of /** @type {Iterable<HTMLElement>} */ (element.children)) {
    const text = row.cells[cell.className];
    if (text !== undefined) setText(cell, text);
    const title = row.titles[cell.className];
    if (title !== undefined && cell.title !== title) cell.title = title;
  }
}

/** @param {HTMLElement} element @param {string} name @param {string} value */
function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** @param {HTMLElement[]} one @param {HTMLElement[]} other */
const isSame = (one, other) => one.length === other.length && one.every((element, at) => element === other[at]);

/** @param {HTMLElement} element @param {string} text */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * @param {string} tag @param {string} className @param {Record<string, string>} attributes @param {string} [text]
 * @returns {HTMLElement}
 */
export function newElement(tag, className, attributes, text = "") {
  const element = document.createElement(tag);
  if (className) element.className = className;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text) element.textContent = text;
  return element;
}
