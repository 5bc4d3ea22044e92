/**
 * The panel of what needs attention: rows of real buttons that stay the same elements while their alarm is there, so that
 * the keyboard keeps its place. What is asked back (for how long, what was done) opens in the row itself.
 *
 * @import { Attention, Row } from "./attention_rows.js"
 * @import { Alarm, Words } from "./types.js"
 * @import { Answer } from "./alarm_answers.js"
 * @typedef {{go: (alarm: Alarm) => void, answer: (alarm: Alarm, answer: Answer) => void, isAcknowledged: (alarm: Alarm) => boolean, settle: (alarms: Alarm[]) => void, expand: (key: string) => void, mute: () => void, hear: () => void, later: () => void}} On
 * @typedef {{quiet: string, muteUntil: string, unwatched: string, flood: string, shelvedFor: (alarm: Alarm) => string, name: (alarm: Alarm) => string}} Said
 *   What stands above the rows, empty where there is nothing to say. `quiet`: the sound is off; `muteUntil`: muted.
 * @typedef {ReturnType<typeof createAttention>} AttentionPanel
 */
import { newElement, setText } from "./lists.js";

const MARKS = /** @type {Record<string, string>} */ ({ highest: "‼", high: "!", medium: "▲", low: "△" });
const URGENT = new Set(["highest", "high"]);
const MINUTES = [5, 15, 30];
/** From so many on one press for all of them is worth a button. */
const MANY_OVER = 2;

/** @param {HTMLElement} host @param {Words} words @param {On} on */
export function createAttention(host, words, on) {
  const count = newElement("span", "count", {});
  const muting = button("attention-quiet", words("Mute for 15 min"), on.mute);
  const settling = button("attention-quiet attention-settle", "", settle);
  settling.title = words("Acknowledge all that are over (⇧ Q)");
  const title = newElement("div", "panel-title", {});
  title.append(newElement("h2", "", {}, words("Attention")), settling, count, muting);
  const lines = ["unwatched", "flood", "sound"].map((name) => newElement("p", `attention-line is-${name}`, {}));
  const [unwatched, flood, sound] = lines;
  const soundText = newElement("span", "", {});
  const soundOn = button("attention-quiet", words("Switch on"), on.hear);
  const soundLater = button("attention-quiet", words("Later"), on.later);
  sound.append(soundText, soundOn, soundLater);
  unwatched.setAttribute("role", "alert");
  const list = newElement("ul", "attention-list", {});
  const empty = newElement("p", "attention-empty", {}, words("Nothing needs attention"));
  const shelf = newElement("details", "attention-shelf", {});
  const shelfTitle = newElement("summary", "", {});
  const shelfList = newElement("ul", "", {});
  shelf.append(shelfTitle, shelfList);
  const aloud = newElement("p", "attention-aloud", { role: "status", "aria-live": "polite" });
  host.replaceChildren(title, ...lines, list, empty, shelf, aloud);
  /** @type {Map<string, {element: HTMLElement, row: Row}>} */
  const known = new Map();
  let asking = /** @type {{key: string, step: "shelve" | "resolve"} | null} */ (null);
  let over = /** @type {Alarm[]} */ ([]);
  host.addEventListener("keydown", pressed);

  function settle() {
    if (over.length) on.settle(over);
  }

  /** @param {Attention} found @param {Said} said */
  function render(found, said) {
    setText(count, found.open ? String(found.open) : "");
    host.classList.toggle("is-urgent", found.rows.some((row) => row.isNew && URGENT.has(row.priority)));
    host.classList.toggle("is-flooded", said.flood !== "");
    show(unwatched, said.unwatched);
    show(flood, said.flood);
    const quiet = said.muteUntil || said.quiet;
    sound.hidden = !quiet;
    setText(soundText, quiet);
    soundLater.hidden = Boolean(said.muteUntil);
    muting.hidden = Boolean(quiet);
    empty.hidden = found.rows.length > 0;
    over = found.rows.flatMap((row) => (row.alarm && row.isOver && !row.by ? [row.alarm] : []));
    settling.hidden = over.length < MANY_OVER;
    setText(settling, words("✓ {n} over", { n: over.length }));
    const focused = focusedKey();
    arrange(found.rows.map(rowElement));
    for (const key of known.keys()) if (!found.rows.some((row) => row.key === key)) known.delete(key);
    if (asking && !known.has(asking.key)) asking = null;
    if (focused !== null && !known.has(focused)) focusFirst();
    renderShelf(found.shelved, said);
  }

  /** @param {Row} row */
  function rowElement(row) {
    const element = known.get(row.key)?.element ?? newRow(row.key);
    known.set(row.key, { element, row });
    fill(element, row);
    return element;
  }

  /** @param {string} key */
  function newRow(key) {
    const element = newElement("li", "attention-row", {});
    element.dataset.alarm = key;
    const go = button("attention-go", "", () => goTo(key));
    go.append(
      newElement("span", "attention-mark", { "aria-hidden": "true" }),
      newElement("span", "attention-text", {}),
      newElement("span", "attention-age", {}),
      newElement("span", "attention-response", {}),
    );
    element.append(
      go,
      button("attention-members", "", () => on.expand(key)),
      acts(key),
    );
    return element;
  }

  /** @param {string} key */
  function acts(key) {
    const group = newElement("span", "attention-acts", {});
    group.append(
      button("attention-act is-acknowledge", words("Acknowledge"), () => say(key, { step: "acknowledge" })),
      button("attention-act is-shelve", words("Put aside"), () => ask(key, "shelve")),
      button("attention-act is-resolve", words("Resolve"), () => ask(key, "resolve")),
    );
    return group;
  }

  /** @param {HTMLElement} element @param {Row} row */
  function fill(element, row) {
    const signs = [`is-${row.priority}`, row.isNew && "is-new", row.isOver && "is-over", row.isUnder && "is-under"];
    const classes = ["attention-row", ...signs.filter(Boolean)].join(" ");
    if (element.className !== classes) element.className = classes;
    setText(part(".attention-mark", element), row.isOver ? "✓" : (MARKS[row.priority] ?? ""));
    setText(part(".attention-text", element), row.text);
    setText(part(".attention-age", element), row.by ? `✓ ${row.by} · ${row.age}` : row.age);
    setText(part(".attention-response", element), row.response);
    const members = part(".attention-members", element);
    members.hidden = !row.members;
    setText(members, row.isExpanded ? "−" : `+${row.members}`);
    const label = words("{count} grouped", { count: row.members });
    if (members.title !== label) {
      members.title = label;
      members.setAttribute("aria-label", label);
    }
    members.setAttribute("aria-expanded", String(row.isExpanded));
    part(".is-acknowledge", element).hidden = !row.alarm || Boolean(row.by);
    part(".is-shelve", element).hidden = !row.alarm || row.isOver || row.priority === "highest";
    part(".is-resolve", element).hidden = !row.alarm || (row.isOver && !row.isNew);
  }

  /** @param {string} key */
  function goTo(key) {
    const alarm = known.get(key)?.row.alarm;
    if (alarm) on.go(alarm);
    else on.expand(key);
  }

  /** @param {string} key @param {Answer} answer */
  function say(key, answer) {
    const alarm = known.get(key)?.row.alarm;
    if (alarm) on.answer(alarm, answer);
  }

  /** Ask back in the row. @param {string} key @param {"shelve" | "resolve"} step */
  function ask(key, step) {
    const found = known.get(key);
    if (!found?.row.alarm || (step === "shelve" && found.row.priority === "highest")) return;
    stopAsking(false);
    asking = { key, step };
    const box = newElement("span", "attention-ask", { role: "group" });
    box.append(...(step === "shelve" ? shelves(key) : notes(key)), button("attention-act", words("Back"), () => stopAsking()));
    found.element.append(box);
    /** @type {HTMLElement | null} */ (box.querySelector("input, button"))?.focus();
  }

  /** @param {string} key @returns {HTMLElement[]} */
  function shelves(key) {
    const choices = MINUTES.map((minutes) => ({ label: words("{n} min", { n: minutes }), minutes }));
    return [...choices, { label: words("Until it clears"), minutes: null }].map(({ label, minutes }) =>
      button("attention-act", label, () => {
        stopAsking();
        say(key, { step: "shelve", body: { minutes } });
      }),
    );
  }

  /** @param {string} key @returns {HTMLElement[]} */
  function notes(key) {
    const label = words("What was done?");
    const input = /** @type {HTMLInputElement} */ (
      newElement("input", "attention-note", { type: "text", placeholder: label, "aria-label": label, maxlength: "200" })
    );
    const send = () => {
      const note = input.value;
      stopAsking();
      say(key, { step: "resolve", body: { note } });
    };
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") send();
    });
    return [input, button("attention-act", words("Done"), send)];
  }

  function stopAsking(isBack = true) {
    if (!asking) return;
    const element = known.get(asking.key)?.element;
    asking = null;
    element?.querySelector(".attention-ask")?.remove();
    if (isBack && element) part(".attention-go", element).focus();
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    const row = /** @type {HTMLElement} */ (event.target).closest(".attention-row");
    if (event.ctrlKey || event.metaKey || event.altKey || !(row instanceof HTMLElement)) return;
    const isTyping = /** @type {HTMLElement} */ (event.target).matches("input");
    if (!act(event.key, row.dataset.alarm ?? "", isTyping)) {
      if (isTyping) event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {string} pressedKey @param {string} key @param {boolean} isTyping @returns {boolean} whether it meant something here */
  function act(pressedKey, key, isTyping) {
    if (pressedKey === "Escape" && asking) stopAsking();
    else if (isTyping) return false;
    else if (pressedKey === "Q") settle();
    else if (pressedKey === "q") return acknowledge(key);
    else if (pressedKey === "s") ask(key, "shelve");
    else if (pressedKey === "r") ask(key, "resolve");
    else if (pressedKey === "e") on.expand(key);
    else return step(pressedKey, key);
    return true;
  }

  /** Where nothing is left to acknowledge, the key is the desk's own again. @param {string} key @returns {boolean} */
  function acknowledge(key) {
    const alarm = known.get(key)?.row.alarm;
    if (!alarm || on.isAcknowledged(alarm)) return false;
    on.answer(alarm, { step: "acknowledge" });
    return true;
  }

  /** @param {string} pressedKey @param {string} key */
  function step(pressedKey, key) {
    const keys = shownKeys();
    const at = keys.indexOf(key);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: keys.length - 1 }[pressedKey];
    if (to === undefined) return false;
    focusRow(keys[Math.min(Math.max(to, 0), keys.length - 1)]);
    return true;
  }

  /** @param {string | undefined} key */
  function focusRow(key) {
    const element = key === undefined ? null : known.get(key)?.element;
    if (element) part(".attention-go", element).focus();
    element?.scrollIntoView({ block: "nearest" });
  }

  const shownKeys = () => [...list.children].map((child) => /** @type {HTMLElement} */ (child).dataset.alarm ?? "");

  function focusFirst() {
    const first = shownKeys()[0];
    if (first === undefined) host.focus({ preventScroll: true });
    else focusRow(first);
  }

  /** @returns {string | null} */
  function focusedKey() {
    const row = document.activeElement?.closest(".attention-row");
    return row instanceof HTMLElement && list.contains(row) ? (row.dataset.alarm ?? null) : null;
  }

  /** @param {HTMLElement[]} wanted moving only what stands elsewhere: what is moved loses the focus */
  function arrange(wanted) {
    for (const child of [...list.children]) if (!wanted.includes(/** @type {HTMLElement} */ (child))) child.remove();
    let at = list.firstElementChild;
    for (const element of wanted) {
      if (element === at) at = at.nextElementSibling;
      else list.insertBefore(element, at);
    }
  }

  /** @param {Alarm[]} shelved @param {Said} said */
  function renderShelf(shelved, said) {
    shelf.hidden = !shelved.length;
    setText(shelfTitle, words("Put aside ({count})", { count: shelved.length }));
    const texts = shelved.map((one) => `${said.name(one)} · ${said.shelvedFor(one)} · ${one.shelved_by}`);
    if (shelfList.dataset.shown === texts.join("\n")) return;
    shelfList.dataset.shown = texts.join("\n");
    shelfList.replaceChildren(
      ...shelved.map((one, index) => {
        const item = newElement("li", "attention-shelved", {});
        const back = button("attention-act", words("Show again"), () => on.answer(one, { step: "unshelve" }));
        item.append(newElement("span", "", {}, texts[index]), back);
        return item;
      }),
    );
  }

  return {
    render,
    focus: focusFirst,
    /** Read aloud by a screen reader. @param {string} text */
    announce: (text) => setText(aloud, text),
    dispose: () => host.replaceChildren(),
  };
}

/** @param {string} className @param {string} label @param {() => void} act */
function button(className, label, act) {
  const element = newElement("button", className, { type: "button" }, label);
  element.addEventListener("click", act);
  return element;
}

/** @param {string} selector @param {HTMLElement} element */
const part = (selector, element) => /** @type {HTMLElement} */ (element.querySelector(selector));

/** @param {HTMLElement} line @param {string} text */
function show(line, text) {
  line.hidden = !text;
  setText(line, text);
}
