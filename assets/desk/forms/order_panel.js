/**
 * Everything about one order beside the map: what it says, what happened to it, and a button for each act that is possible.
 *
 * @import { Board } from "../board.js"
 * @import { State } from "../scene.js"
 * @import { Whole } from "./values.js"
 * @typedef {{verb: string, reason?: string, text?: string, minutes?: number, day?: string, to?: string}} Deed
 * @typedef {{id: string, text: string}} Mate
 * @typedef {{
 *   act: (order: string, deed: Deed) => void, menu: (order: string) => void, edit: (order: Whole, may: string[]) => void,
 *   copy: (order: Whole) => void, select: (order: string) => void, opened: () => void, left: () => void,
 * }} On
 */
import { isIncident } from "../attention_rows.js";
import { hidesFocus } from "../dialog_focus.js";
import { boardIn } from "../scene.js";
import { newElement, setText } from "../lists.js";
import { button } from "./form_view.js";
import { laterDay } from "../wall.js";
import { local } from "./local_time.js";
import { createIncidents } from "./incident_form.js";
import { fetchDetail } from "./sending.js";

/** @param {HTMLElement} host @param {State} state @param {On} on */
export function createOrderPanel(host, state, on) {
  const { words, config } = state;
  let order = /** @type {string | null} */ (null);
  let found = /** @type {any} */ (null);
  let asked = /** @type {string | null} */ (null);
  let version = -1;
  let incidentsSeen = "";
  let wantsIncident = false;
  const title = newElement("h2", "form-title", { id: "order-panel-title" });
  const close = button("order-panel-close", "quiet-button", words("Close"), words("Esc"));
  const head = newElement("div", "form-head", {});
  head.append(title, close);
  const facts = newElement("dl", "order-facts", {});
  const history = newElement("ol", "order-history", {});
  const cut = newElement("p", "quiet", {}, words("What is older than a day, an administrator can read in the journal."));
  const incidents = newElement("div", "order-incidents", { id: "order-incidents" });
  const trouble = createIncidents(incidents, state, () => void load());
  const note = /** @type {HTMLTextAreaElement} */ (newElement("textarea", "", { id: "order-panel-note", rows: "2", maxlength: "300" }));
  const reason = /** @type {HTMLSelectElement} */ (newElement("select", "", { id: "order-cancel-reason" }));
  const more = /** @type {HTMLInputElement} */ (newElement("input", "", { type: "text", id: "order-cancel-text", maxlength: "200" }));
  const steps = stepTexts();
  const acts = {
    menu: press("order-assign", words("Assign"), "A", () => order && on.menu(order)),
    unassign: press("order-take-back", words("Take back"), "U", () => act({ verb: "unassign" })),
    edit: press("order-edit", words("Change"), "E", () => found && on.edit(found.order, found.may)),
    copy: press("order-copy", words("Duplicate"), "", () => found && on.copy(found.order)),
    repeat: press("order-repeat", words("Repeat…"), "", () => found && location.assign(`/recurring?order=${found.order.id}`)),
    delay: press("order-delay", words("10 min later ready"), "", () => act({ verb: "delay", minutes: 10 })),
    solve: press("order-solve", words("Problem solved"), "", () => act({ verb: "solve" })),
  };
  const moves = Object.entries(steps).map(([step, text]) =>
    Object.assign(press(`order-step-${step.replace("_", "-")}`, text, "", () => act({ verb: step })), { step }),
  );
  const presets = [
    press("order-later", words("15 min later"), "", () => act({ verb: "reschedule", minutes: 15 })),
    press("order-tomorrow", words("Tomorrow, same time"), "", () => act({ verb: "reschedule", day: shifted(1) })),
    press("order-next-week", words("In a week"), "", () => act({ verb: "reschedule", day: shifted(7) })),
  ];
  const keep = press("order-note-save", words("Keep the note"), "", () => act({ verb: "note", text: note.value.trim() }));
  const cancel = press("order-cancel", words("Cancel the order"), "", cancelled);
  const mates = newElement("ul", "order-mates", { id: "order-mates" });
  const detach = press("order-detach", words("Detach"), "", () => act({ verb: "detach" }));
  const whyNot = newElement("p", "order-why-not", { id: "order-why-not-detach" });
  const mate = /** @type {HTMLSelectElement} */ (newElement("select", "", { id: "order-mate" }));
  const joining = labelled(words("Share the pickup of"), mate);
  const attach = press("order-attach", words("Attach"), "", () => mate.value && act({ verb: "attach", to: mate.value }));
  const sharing = group(words("Drop-offs of one pickup"), [mates, detach, whyNot, joining, attach]);
  const when = group(words("Another time"), presets);
  const noted = group(words("Note among dispatchers"), [labelled(words("Note"), note), keep]);
  const cancelling = group(words("Cancel"), [labelled(words("Reason"), reason), labelled(words("More words"), more), cancel]);
  const body = newElement("div", "form-body", {});
  const doing = newElement("div", "steps order-acts", {});
  doing.append(...Object.values(acts), ...moves);
  body.append(doing, facts, sharing, incidents, when, noted, cancelling, newElement("h3", "", {}, words("What happened")), history, cut);
  host.replaceChildren(head, body);
  host.setAttribute("aria-labelledby", title.id);

  /** @param {string} id @param {string} text @param {string} key @param {() => void} done */
  function press(id, text, key, done) {
    const made = button(id, "step", text, key);
    made.addEventListener("click", done);
    return made;
  }

  /** @returns {Record<string, string>} */
  function stepTexts() {
    return {
      accept: words("Accept"),
      refuse: words("Refuse"),
      prepare: words("Preparing"),
      ready: words("Ready"),
      pick_up: words("Picked up"),
      deliver: words("Delivered"),
      fail: words("Failed"),
    };
  }

  /** @param {Deed} deed */
  function act(deed) {
    if (order) on.act(order, deed);
  }

  function cancelled() {
    const why = [reason.value, more.value.trim()].filter(Boolean).join(": ");
    if (!why) {
      more.setAttribute("aria-invalid", "true");
      return more.focus();
    }
    more.removeAttribute("aria-invalid");
    act({ verb: "cancel", reason: why });
  }

  /** What was pressed may be possible no more, and go: the keyboard stays in the panel. */
  function keepFocus() {
    if (hidesFocus(host)) close.focus();
  }

  /** @param {number} days @returns {string} so many days after the day that the order is for */
  function shifted(days) {
    const { pickup, dropoff, ready_at } = found.order;
    const due = dropoff.before ?? dropoff.after ?? ready_at ?? pickup.before ?? pickup.after;
    return laterDay(local(due ? Date.parse(due) : state.clock.server(), config.time_zone).day, days);
  }

  async function load() {
    const wanted = order;
    if (!wanted) return;
    body.hidden = found?.order.id !== wanted; // what is about another order must not be read, nor acted upon
    asked = wanted;
    const told = await fetchDetail(wanted);
    if (order !== wanted) return;
    if (!told) return setText(title, words("This order cannot be shown: it is too old, or the server did not answer"));
    const isOther = found?.order.id !== told.order.id;
    found = told;
    version = told.order.version;
    body.hidden = false;
    draw(isOther);
  }

  /** @param {boolean} isOther another order than before: what was typed was about that one */
  function draw(isOther) {
    const { order: whole } = found;
    setText(title, words("{ref}, {state}", { ref: whole.ref, state: found.state }));
    facts.replaceChildren(
      ...found.facts.flatMap((/** @type {[string, string]} */ [label, text]) => [newElement("dt", "", {}, label), newElement("dd", "", {}, text)]),
    );
    trouble.draw(whole.id, found.incidents, found.incident_kinds, isOther);
    if (wantsIncident) trouble.open();
    wantsIncident = false;
    history.replaceChildren(...found.history.map(told));
    cut.hidden = !found.is_cut;
    acts.menu.hidden = !found.can_assign;
    acts.unassign.hidden = !found.can_unassign;
    acts.edit.hidden = !found.may.length;
    acts.delay.hidden = !found.can_delay;
    acts.solve.hidden = !whole.problem;
    for (const one of moves) one.hidden = !found.steps.includes(one.step);
    drawSharing();
    when.hidden = !found.can_delay;
    cancelling.hidden = !found.steps.includes("cancel");
    keepFocus();
    if (isOther || document.activeElement !== note) note.value = whole.desk_note ?? "";
    if (!isOther) return;
    more.value = "";
    reason.replaceChildren(new Option(words("choose one, or write"), ""), ...found.cancel_reasons.map((/** @type {string} */ text) => new Option(text, text)));
  }

  /** The other drop-offs of its pickup, and the orders whose pickup it could share. */
  function drawSharing() {
    const chosen = mate.value;
    mates.replaceChildren(...found.together.map(mateLine));
    detach.hidden = !found.can_detach;
    whyNot.hidden = !found.why_not_detach;
    setText(whyNot, found.why_not_detach);
    mate.replaceChildren(...found.can_attach.map((/** @type {Mate} */ { id, text }) => new Option(text, id)));
    if (found.can_attach.some((/** @type {Mate} */ { id }) => id === chosen)) mate.value = chosen;
    joining.hidden = attach.hidden = !found.can_attach.length;
    sharing.hidden = !found.together.length && !found.can_attach.length;
  }

  /** @param {Mate} one */
  function mateLine({ id, text }) {
    const item = newElement("li", "", {});
    const go = button(`order-mate-${id}`, "quiet-button", text);
    go.addEventListener("click", () => on.select(id));
    item.append(go);
    return item;
  }

  /** @param {{time: string, who: string, what: string}} line */
  function told({ time, who, what }) {
    const item = newElement("li", "", {});
    item.append(newElement("time", "", {}, time), newElement("b", "", {}, who), newElement("span", "", {}, what));
    return item;
  }

  function shut(isLeft = true) {
    if (host.hidden) return;
    host.hidden = true;
    order = null;
    if (isLeft) on.left();
  }

  close.addEventListener("click", () => shut());
  host.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    shut();
  });

  return {
    isOpen: () => !host.hidden,
    shut,
    /** @param {string} id @param {boolean} [isIncident] its fields are what is wanted */
    open(id, isIncident = false) {
      wantsIncident = isIncident;
      order = id;
      version = -1;
      asked = null;
      host.hidden = false;
      on.opened();
      close.focus();
      void load();
    },
    /** Call it when the board has changed, or another order was chosen. */
    read() {
      if (host.hidden || !order) return;
      const chosen = state.selection.order;
      if (chosen && chosen !== order) order = chosen;
      const board = boardIn(state);
      const known = board.orders.get(order);
      const incidentsNow = incidentSteps(board, order);
      const isOther = found?.order.id !== order && asked !== order;
      if (isOther || (known && known.version !== version) || incidentsNow !== incidentsSeen) {
        version = known?.version ?? version;
        incidentsSeen = incidentsNow;
        void load();
      }
    },
  };
}

/** @param {Board} board @param {string} order @returns {string} another one whenever one of its incidents is told or settled */
const incidentSteps = (board, order) =>
  [...board.alarms.values()]
    .filter((one) => one.order === order && isIncident(one))
    .map((one) => `${one.id} ${one.version}`)
    .join();

/** @param {string} label @param {HTMLElement} control */
function labelled(label, control) {
  const box = newElement("label", "form-field", {}, "");
  box.append(newElement("span", "", {}, label), control);
  return box;
}

/** @param {string} legend @param {HTMLElement[]} parts */
function group(legend, parts) {
  const box = /** @type {HTMLFieldSetElement} */ (newElement("fieldset", "form-group order-group", {}));
  box.append(newElement("legend", "", {}, legend), ...parts);
  return box;
}
