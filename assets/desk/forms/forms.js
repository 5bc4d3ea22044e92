/**
 * The order forms on the desk: what opens them, what they send, and what the map shows of them.
 *
 * @import { LiveMap } from "../map.js"
 * @import { Page } from "../page.js"
 * @import { State } from "../scene.js"
 * @import { Deed } from "./order_panel.js"
 * @typedef {{
 *   map: () => LiveMap | null, select: (order: string) => void, act: (order: string, deed: Deed) => void,
 *   menu: (order: string) => void, leave: () => void,
 * }} Hands
 * @typedef {{end: "pickup" | "dropoff", at: [number, number]}} DraftEnd
 */
import { sayDone, sayRefused } from "../dash.js";
import { dashes } from "../dashes.js";
import { boardIn } from "../scene.js";
import { refsOf } from "../together.js";
import { createOrderForm } from "./order_form.js";
import { createOrderPanel } from "./order_panel.js";
import { fetchDetail } from "./sending.js";

/** Panels over the map: opening one of them shuts the others. */
const OVERLAY = "roulement-overlay";

/** @param {Page} page @param {State} state @param {Hands} hands */
export function createForms(page, state, hands) {
  const { words, format } = state;
  const undo = new AbortController();
  const { signal } = undo;
  const say = (/** @type {string} */ text) => sayDone(text, state.clock.server(), format);
  const refuse = (/** @type {string} */ text) => sayRefused(text, state.clock.server(), format);
  const form = createOrderForm(page.form, state, {
    drawn(ends) {
      state.draft = ends;
      hands.map()?.draw(draftProps(ends));
    },
    centre() {
      const looks = hands.map()?.camera.state();
      return looks ? [looks.longitude, looks.latitude] : null;
    },
    sent(order, isNew, more) {
      if (more.length) say(words("{refs} are placed, with one pickup", { refs: refsOf([order, ...more]) }));
      else say(isNew ? words("{ref} is placed", { ref: order.ref }) : words("{ref} is changed", { ref: order.ref }));
      hands.select(order.id);
      hands.leave();
    },
    opened: () => announce("desk-form"),
    left: hands.leave,
  });
  const panel = createOrderPanel(page.order, state, {
    act: hands.act,
    menu: hands.menu,
    edit: (order, may) => form.openEdit(order, may),
    copy: (order) => form.openCopy(order),
    select: hands.select,
    opened: () => announce("desk-order"),
    left: hands.leave,
  });

  /** @param {string} id of the panel that is open now */
  const announce = (id) => window.dispatchEvent(new CustomEvent(OVERLAY, { detail: id }));

  let wish = 0;

  /** @param {string} order */
  async function edit(order) {
    const own = ++wish;
    const found = await fetchDetail(order);
    if (own !== wish) return; // something else was opened meanwhile: what is typed in it stays
    if (!found) return refuse(words("The server did not answer: try again"));
    if (!found.may.length)
      return refuse(words("{ref} is {state}: nothing of it can be changed any more", { ref: found.order.ref, state: found.state }));
    form.openEdit(found.order, found.may);
  }

  window.addEventListener(
    OVERLAY,
    (event) => {
      const { detail } = /** @type {CustomEvent<string>} */ (event);
      wish += 1;
      if (detail !== "desk-form" && form.isOpen()) form.shut(false);
      if (detail !== "desk-order" && panel.isOpen()) panel.shut(false);
    },
    { signal },
  );
  page.newOrder.addEventListener("click", () => form.openNew(), { signal });

  return {
    /** @param {"new" | "edit" | "show" | "incident"} verb @param {string | null} order the chosen one */
    open(verb, order) {
      if (verb === "new") return form.openNew();
      if (!order || !boardIn(state).orders.has(order)) return refuse(words("Choose an order first"));
      if (verb === "show" || verb === "incident") return panel.open(order, verb === "incident");
      void edit(order);
    },
    /** @param {[number, number]} spot */
    place: (spot) => form.place(spot),
    /** @returns {boolean} whether there was one to shut */
    close() {
      const isOpen = form.isOpen() || panel.isOpen();
      if (form.isOpen()) form.shut();
      panel.shut();
      return isOpen;
    },
    read() {
      form.read();
      panel.read();
    },
    dispose() {
      undo.abort();
    },
  };
}

/** @param {DraftEnd[]} ends @returns {Record<string, {data: object[]}>} */
const draftProps = (ends) => ({
  drafts: { data: ends.map(({ end, at }) => ({ position: at, icon: `${end}-chosen` })) },
  "draft-way": { data: ends.length === 2 ? dashes(ends.map((one) => one.at)).map((path) => ({ path })) : [] },
});
