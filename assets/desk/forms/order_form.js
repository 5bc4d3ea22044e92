/**
 * The form of an order: a new one, a copy, or one that is there and is changed. It keeps what is typed until it is sent.
 *
 * @import { Order } from "../types.js"
 * @import { State } from "../scene.js"
 * @import { Draft } from "./drafts.js"
 * @import { Found, Kitchen } from "./places.js"
 * @import { Fields, Spot, Whole } from "./values.js"
 * @typedef {"pickup" | "dropoff"} End
 * @typedef {{
 *   drawn: (ends: {end: End, at: [number, number]}[]) => void, centre: () => [number, number] | null,
 *   sent: (order: Whole, isNew: boolean, more: Whole[]) => void, opened: () => void, left: () => void,
 * }} On `drawn`: the ends that are known, for the map; `left`: the form was shut, the focus goes back
 * @typedef {ReturnType<typeof createOrderForm>} OrderForm
 */
import { boardIn } from "../scene.js";
import { complete } from "./completion.js";
import { keepDraft, readDraft } from "./drafts.js";
import { createDropOffs, isNext, nextOf, ordersOf, ownOf } from "./drop_offs.js";
import { createFormView } from "./form_view.js";
import { local } from "./local_time.js";
import { createMeanwhile, nextStep } from "./meanwhile.js";
import { fetchKitchens, kitchensFor, placesFor } from "./places.js";
import { amend, fetchDetail, lookAt, place, placeTogether } from "./sending.js";
import { company, isSamePickup, refsOf } from "../together.js";
import { NOWHERE, changedFields, emptyFields, fieldOf, fieldsOf, patchOf, readFields } from "./values.js";

const LOOK_MS = 350;
const NEW = "new";
const LIKE = "like/";

/** @param {HTMLElement} host @param {State} state @param {On} on */
export function createOrderForm(host, state, on) {
  const { words, config } = state;
  const zone = config.time_zone;
  const view = createFormView(host, words, config.currency.sign);
  const { controls } = view;
  const meanwhile = createMeanwhile(view.meanwhile, words);
  const dropOffs = createDropOffs(view.more, words, { another, back: (place) => bring(place), out: takeOut });
  const where = () => ({ zone, locale: config.locale, today: local(state.clock.server(), zone).day });
  let about = NEW;
  /** @type {Draft} */
  let draft = anew();
  /** @type {ReadonlySet<string>} the fields that may be changed, empty: all */
  let may = new Set();
  /** @type {Promise<Kitchen[]> | null} */
  let kitchens = null;
  let filling = /** @type {End | null} */ (null);
  let isSending = false;
  let isRebasing = false;
  let waits = /** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined);
  let looks = 0;

  /** @returns {Draft} */
  function anew(fields = emptyFields(where().today), before = fields, version = 0) {
    return { fields, before, version, key: crypto.randomUUID() };
  }

  const isNew = () => about === NEW || about.startsWith(LIKE);
  const reading = () => ({ now: state.clock.server(), zone, words, isNew: isNew() });

  /** @param {string} subject NEW, LIKE and an order, or an order @param {Draft} wanted @param {string} heading */
  function open(subject, wanted, heading) {
    about = subject;
    draft = wanted;
    host.dataset.holds = isNew() ? "" : about; // others see who changes it, and are told before they act
    view.name(heading);
    view.say("");
    view.mark(new Map());
    view.expect([], []);
    meanwhile.clear();
    kitchens ??= fetchKitchens();
    write();
    host.hidden = false;
    on.opened();
    controls[isNew() ? "pickup" : "dropoff"].focus();
    changed();
  }

  /** What is in the draft goes into the fields. */
  function write() {
    for (const name of /** @type {(keyof Fields)[]} */ (Object.keys(controls))) {
      const value = draft.fields[name];
      controls[name].value = typeof value === "string" ? value : value.text;
      controls[name].disabled = may.size > 0 && !may.has(FIELD_NAMES[name]);
    }
    dropOffs.show(draft.more ?? [], isNew());
    const many = ordersOf(draft.fields, draft.more ?? []).length;
    view.act(many > 1 ? words("Place {n} orders", { n: many }) : isNew() ? words("Place the order") : words("Save the changes"));
    for (const end of /** @type {End[]} */ (["pickup", "dropoff"])) view.centre(end).disabled = controls[end].disabled;
  }

  /** Something else stands in a field. */
  function changed() {
    const isTouched = changedFields(draft.fields, draft.before).length > 0 || Boolean(draft.more?.length);
    keepDraft(sessionStorage, config.coop, about, isTouched ? draft : null);
    const ends = /** @type {End[]} */ (["pickup", "dropoff"]).flatMap((end) => {
      const { lat, lon } = draft.fields[end];
      return lat === null || lon === null ? [] : [{ end, at: /** @type {[number, number]} */ ([lon, lat]) }];
    });
    on.drawn(ends);
    looks += 1;
    clearTimeout(waits);
    if (ends.length === 2) waits = setTimeout(() => void look(looks, 2), LOOK_MS);
    else view.expect([], []);
  }

  /** @param {number} turn @param {number} more so often it is asked again while ways are guessed */
  async function look(turn, more) {
    const { order, wrong } = readFields(draft.fields, reading());
    if (wrong.some((one) => one.field === "pickup" || one.field === "dropoff")) return;
    const found = await lookAt(order, isNew() ? null : about);
    if (turn !== looks || host.hidden) return;
    if (!found || found.wrong.length) return view.expect([], []);
    view.expect([found.way, found.when], found.warns);
    if (found.guessed && more) waits = setTimeout(() => void look(turn, more - 1), 2 * LOOK_MS);
  }

  /** @param {End} end @param {Partial<Spot>} spot */
  function put(end, spot) {
    draft.fields = { ...draft.fields, [end]: { ...NOWHERE, ...spot } };
    if (end === "pickup" && isNew()) draft.fields.kind = spot.restaurant ? "meal" : "parcel";
    write();
    view.mark(new Map());
    changed();
  }

  /** @param {End} end @param {string} text typed into its field */
  function typed(end, text) {
    const spot = draft.fields[end];
    const isSame = spot.lat !== null && (spot.pinned || (spot.said && text.startsWith(spot.said)));
    draft.fields = { ...draft.fields, [end]: isSame ? { ...spot, text } : { ...NOWHERE, text } };
    changed();
  }

  /** @param {End} end @param {Found} one */
  function take(end, one) {
    const isSpot = one.kind === "kitchen" || one.kind === "eating" || one.kind === "spot";
    const text = one.kind === "kitchen" ? one.address || one.name : one.name;
    const restaurant = end === "pickup" ? one.restaurant : null;
    put(end, { text, said: text, name: isSpot ? one.name : "", lat: one.lat, lon: one.lon, restaurant });
  }

  /** @param {[number, number]} at lon, lat @param {End} end */
  function pin([lon, lat], end) {
    const text = `${lat.toFixed(5)}, ${lon.toFixed(5)}`;
    put(end, { text, lat: Number(lat.toFixed(6)), lon: Number(lon.toFixed(6)), pinned: true });
    view.say(words("Put there on the map: {where}. Write the address over it.", { where: text }));
    controls[end].focus();
    /** @type {HTMLInputElement} */ (controls[end]).select();
  }

  /** @param {Map<keyof Fields, string>} wrong */
  function refuse(wrong) {
    view.mark(wrong);
    const first = /** @type {(keyof Fields)[]} */ (Object.keys(controls)).find((name) => wrong.has(name));
    view.say(words("{n} {n:field has|fields have} to be mended", { n: wrong.size }), true);
    if (first) controls[first].focus();
  }

  /** What is written of a drop-off is kept, and the next one of this pickup is asked for. */
  function another() {
    const { wrong } = readFields(draft.fields, reading());
    if (wrong.length) return refuse(new Map(wrong.map((one) => [one.field, one.text])));
    draft = { ...draft, more: [...(draft.more ?? []), ownOf(draft.fields)], fields: nextOf(draft.fields) };
    rewritten(words("Kept: {n} {n:drop-off|drop-offs}. Write the next one, or place them", { n: draft.more?.length ?? 0 }));
  }

  /** @param {number} at of those that are written; what stands in the fields takes its place */
  function bring(at) {
    const more = [...(draft.more ?? [])];
    const [own] = isNext(draft.fields) ? more.splice(at, 1) : more.splice(at, 1, ownOf(draft.fields));
    draft = { ...draft, more, fields: { ...draft.fields, ...own } };
    rewritten("");
  }

  /** @param {number} at */
  function takeOut(at) {
    draft = { ...draft, more: (draft.more ?? []).filter((_, place) => place !== at) };
    rewritten("");
  }

  /** @param {string} said */
  function rewritten(said) {
    write();
    view.mark(new Map());
    view.say(said);
    changed();
    controls.dropoff.focus();
  }

  async function send() {
    if (isSending) return;
    const all = ordersOf(draft.fields, draft.more ?? []).map((fields) => readFields(fields, reading()));
    const bad = all.findIndex((one) => one.wrong.length);
    if (bad >= 0 && bad < (draft.more?.length ?? 0)) bring(bad);
    if (bad >= 0) return refuse(new Map(all[bad].wrong.map((one) => [one.field, one.text])));
    const { order } = all[0];
    const changes = changedFields(draft.fields, draft.before);
    if (!isNew() && !changes.length) return view.say(words("Nothing is other than before"), true);
    const known = isNew() ? undefined : boardIn(state).orders.get(about);
    const left = known ? company(known, boardIn(state)).filter((one) => !isSamePickup({ ...known, restaurant: order.restaurant, pickup: order.pickup }, one)) : [];
    if (known && left.length && changes.includes("pickup"))
      return refuse(new Map([["pickup", words("{ref} has one pickup with {others}: detach it first, then change where it is fetched", { ref: known.ref, others: refsOf(left) })]]));
    isSending = true;
    view.mark(new Map());
    view.say(words("On its way…"));
    view.send.setAttribute("aria-busy", "true");
    const [sentAbout, sent] = [about, draft];
    const outcome = isNew()
      ? await (all.length > 1 ? placeTogether(all.map((one) => one.order), draft.key) : place(order, draft.key))
      : await amend(about, { expected_version: draft.version, ...patchOf(order, changes) });
    isSending = false;
    view.send.removeAttribute("aria-busy");
    if (outcome.kind === "done") return finish(outcome.order, sentAbout, outcome.more ?? []);
    if (about !== sentAbout || draft.key !== sent.key) return; // another form is open by now: this one's draft is kept
    if (outcome.kind === "unreachable")
      return view.say(words("The server did not answer. What you typed is kept: send it again, it will not be taken twice."), true);
    if (outcome.kind === "conflict") return rebase();
    if (outcome.kind === "wrong") return void refusedBy(order, outcome.errors);
    if (outcome.name === "wrong-state") return rebase(outcome.detail);
    view.say(outcome.detail || words("The server refuses this"), true);
  }

  /** @param {Record<string, any>} order @param {{field: string, detail: string}[]} errors */
  async function refusedBy(order, errors) {
    if (errors.some((one) => one.field === "Idempotency-Key")) {
      draft = { ...draft, key: crypto.randomUUID() };
      return view.say(words("This form was taken in already, with other words: look at the list. Send again to place one more."), true);
    }
    const said = (await lookAt(order, null))?.wrong ?? [];
    const known = new Map(said.map((one) => [one.field, one.text]));
    const wrong = new Map(errors.map((one) => [fieldOf(one.field), known.get(one.field) ?? words("The server refuses this")]));
    const placed = /** @type {Map<keyof Fields, string>} */ (new Map([...wrong].filter(([field]) => field !== null)));
    if (placed.size) refuse(placed);
    else view.say(errors[0]?.detail || words("The server refuses this"), true);
  }

  /** @param {Whole} order @param {string} sentAbout @param {Whole[]} more further drop-offs of its pickup */
  function finish(order, sentAbout, more) {
    keepDraft(sessionStorage, config.coop, sentAbout, null);
    if (about === sentAbout) {
      draft = anew();
      shut(false);
    }
    on.sent(order, sentAbout === NEW || sentAbout.startsWith(LIKE), more);
  }

  /**
   * Somebody was first: their values come in where nothing was typed, both are offered where something was.
   * @param {string} [reason] of the refusal that told so
   */
  async function rebase(reason = "") {
    if (isRebasing || isNew()) return;
    isRebasing = true;
    const [sentAbout, found] = [about, await fetchDetail(about, draft.version)];
    isRebasing = false;
    if (about !== sentAbout || host.hidden) return;
    if (!found) return view.say(words("The server did not answer. What you typed is kept."), true);
    const mine = changedFields(draft.fields, draft.before);
    const before = draft.before;
    const theirs = fieldsOf(found.order, where());
    const fields = { ...theirs, ...Object.fromEntries(mine.map((name) => [name, draft.fields[name]])) };
    const clashes = mine.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(theirs[name]));
    draft = { ...draft, fields, before: theirs, version: found.order.version };
    may = new Set(found.may);
    write();
    changed();
    meanwhile.show(found.changed, clashes.map((name) => ({ label: labelOf(name), mine: textOf(fields[name]), theirs: textOf(theirs[name]), take: () => takeTheirs(name) })));
    const isOther = found.changed.length > 0 || clashes.length > 0;
    view.say(nextStep({ reason, isOver: !may.size, isOther, ref: found.order.ref, state: found.state }, words), true);
  }

  /** @param {keyof Fields} name */
  function takeTheirs(name) {
    draft.fields = { ...draft.fields, [name]: draft.before[name] };
    write();
    changed();
    controls[name].focus();
  }

  /** @param {keyof Fields} name */
  const labelOf = (name) => controls[name].labels?.[0]?.textContent ?? name;

  function shut(isLeft = true) {
    host.hidden = true;
    filling = null;
    clearTimeout(waits);
    on.drawn([]);
    if (isLeft) on.left();
  }

  function startAnew() {
    if (isNew()) draft = anew();
    else draft = { ...draft, fields: draft.before };
    write();
    view.mark(new Map());
    view.say("");
    changed();
    controls[isNew() ? "pickup" : "dropoff"].focus();
  }

  for (const end of /** @type {End[]} */ (["pickup", "dropoff"])) {
    complete(/** @type {HTMLInputElement} */ (controls[end]), {
      async find(text, signal) {
        const [known, places] = [end === "pickup" ? kitchensFor((await kitchens) ?? [], text) : [], await placesFor(text, signal)];
        const names = new Set(known.map((one) => one.name));
        return places ? [...known, ...places.filter((one) => one.kind !== "eating" || !names.has(one.name))] : known.length ? known : null;
      },
      label: (one) => ({ text: one.name, detail: one.kind === "kitchen" ? one.detail || words("restaurant") : one.detail }),
      take: (one) => take(end, one),
      typed: (text) => typed(end, text),
      said: (count) => (count === null ? words("The server did not answer") : words("{n} {n:place|places} found", { n: count })),
    });
    view.centre(end).addEventListener("click", () => {
      const at = on.centre();
      if (at) pin(at, end);
    });
  }
  host.addEventListener("input", ({ target }) => {
    const name = /** @type {keyof Fields | undefined} */ (Object.keys(controls).find((one) => controls[/** @type {keyof Fields} */ (one)] === target));
    if (!name || name === "pickup" || name === "dropoff") return;
    draft.fields = { ...draft.fields, [name]: controls[name].value };
    changed();
  });
  host.addEventListener("focusin", ({ target }) => {
    const end = /** @type {Element} */ (target).closest(".is-end");
    filling = /** @type {End | null} */ (end?.getAttribute("data-field") ?? null);
    host.dataset.filling = filling ?? "";
  });
  host.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void send();
    else if (event.key === "Escape") shut();
    else {
      if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation(); // letters are not meant for the desk here
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
  view.send.addEventListener("click", () => void send());
  view.empty.addEventListener("click", startAnew);
  view.close.addEventListener("click", () => shut());

  return {
    isOpen: () => !host.hidden,
    shut,
    /** A new order, with what was typed before and not sent. */
    openNew() {
      may = new Set();
      open(NEW, readDraft(sessionStorage, config.coop, NEW) ?? anew(), words("New order"));
    },
    /** A new order that says what another one does; times that have passed are left to be given. @param {Whole} order */
    openCopy(order) {
      may = new Set();
      const about = LIKE + order.id;
      const fields = { ...fieldsOf(order, where()), day: where().today, from: "", until: "", ready: "", after: "", by: "" };
      open(about, readDraft(sessionStorage, config.coop, about) ?? anew(fields, emptyFields(fields.day)), words("New order, like {ref}", { ref: order.ref }));
    },
    /** @param {Whole} order @param {string[]} fields that may be changed */
    openEdit(order, fields) {
      may = new Set(fields);
      const kept = readDraft(sessionStorage, config.coop, order.id);
      const before = fieldsOf(order, where());
      open(order.id, kept ?? anew(before, before, order.version), words("Change {ref}", { ref: order.ref }));
      if (kept && kept.version < order.version) void rebase();
    },
    /** A click on the map. @param {[number, number]} at @returns {boolean} whether a field waited for it */
    place(at) {
      if (host.hidden || !filling || controls[filling].disabled) return false;
      pin(at, filling);
      return true;
    },
    /** Call it when the board has changed. */
    read() {
      const order = /** @type {Order | undefined} */ (host.hidden || isNew() || isSending ? undefined : boardIn(state).orders.get(about));
      if (order && order.version > draft.version) void rebase();
    },
  };
}

const FIELD_NAMES = /** @type {Readonly<Record<keyof Fields, string>>} */ ({
  pickup: "pickup",
  dropoff: "dropoff",
  who: "dropoff",
  day: "dropoff",
  from: "pickup",
  until: "pickup",
  ready: "ready_at",
  after: "dropoff",
  by: "dropoff",
  kind: "kind",
  items: "items",
  weight: "weight_g",
  price: "price_cents",
  fee: "delivery_fee_cents",
  tip: "tip_cents",
  note: "note",
  tags: "tags",
});

/** @param {string | Spot} value */
const textOf = (value) => (typeof value === "string" ? value : value.text);
