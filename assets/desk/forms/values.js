/**
 * A form of an order as plain values: what was typed, what that means, and what of it is other than before.
 *
 * @import { Order, Place, Words } from "../types.js"
 * @typedef {{text: string, name: string, said: string, lat: number | null, lon: number | null, pinned: boolean, restaurant: string | null}} Spot
 *   What stands in the field of an end. `said` is the text of the place that was chosen: what is typed behind it belongs
 *   to the address. `pinned`: put there on the map, whatever the text says.
 * @typedef {{
 *   pickup: Spot, dropoff: Spot, who: string, day: string, from: string, until: string, ready: string, after: string, by: string,
 *   kind: string, items: string, weight: string, price: string, fee: string, tip: string, note: string, tags: string,
 * }} Fields
 * @typedef {Exclude<keyof Fields, "pickup" | "dropoff">} Typed
 * @typedef {{field: keyof Fields, text: string}} Wrong
 * @typedef {{now: number, zone: string, words: Words, isNew: boolean}} Reading
 * @typedef {Order & {
 *   items: {name: string, quantity: number}[], weight_g: number | null, price_cents: number | null,
 *   delivery_fee_cents: number | null, tip_cents: number | null,
 * }} Whole
 */
import { instant, local, readTime } from "./local_time.js";

/** @type {Readonly<Spot>} */
export const NOWHERE = Object.freeze({ text: "", name: "", said: "", lat: null, lon: null, pinned: false, restaurant: null });
/** Which part of the document each field is, as the server names what is wrong. */
const PATHS = /** @type {const} */ ({
  "pickup.after": "from",
  "pickup.before": "until",
  "dropoff.after": "after",
  "dropoff.before": "by",
  "dropoff.name": "who",
  pickup: "pickup",
  restaurant: "pickup",
  dropoff: "dropoff",
  ready_at: "ready",
  kind: "kind",
  items: "items",
  weight_g: "weight",
  price_cents: "price",
  delivery_fee_cents: "fee",
  tip_cents: "tip",
  note: "note",
  tags: "tags",
});
const TIMES = /** @type {const} */ (["from", "until", "ready", "after", "by"]);

/** @param {string} day @returns {Fields} */
export const emptyFields = (day) => ({
  pickup: { ...NOWHERE },
  dropoff: { ...NOWHERE },
  who: "",
  day,
  from: "",
  until: "",
  ready: "",
  after: "",
  by: "",
  kind: "meal",
  items: "",
  weight: "",
  price: "",
  fee: "",
  tip: "",
  note: "",
  tags: "",
});

/** @param {string} path as the server names a field @returns {keyof Fields | null} */
export function fieldOf(path) {
  const own = path.replace(/^orders\.\d+\./, "");
  const found = Object.keys(PATHS).find((known) => own === known || own.startsWith(`${known}.`));
  return found ? PATHS[/** @type {keyof typeof PATHS} */ (found)] : null;
}

/** @param {string} text 12,50 or 12.5 or € 1 234,50 @returns {number | null} cents; null for nothing, NaN for what is no amount */
export function readCents(text) {
  const typed = text.replace(/[\s\p{Sc}]|[A-Z]{2,3}/gu, "");
  if (!typed) return null;
  const found = /^(\d{1,7})(?:[.,](\d{1,2}))?$/.exec(typed);
  return found ? Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0")) : NaN;
}

/** @param {number | null} cents @param {string} locale @returns {string} as readCents takes it back */
export const centsText = (cents, locale) => (cents === null ? "" : plain(locale, 2, 2).format(cents / 100));

/** @param {string} text kilograms @returns {number | null} grams; null for nothing, NaN for what is no weight */
export function readGrams(text) {
  const typed = text.trim().replace(/\s*kg$/i, "");
  if (!typed) return null;
  return /^\d{1,4}([.,]\d{1,3})?$/.test(typed) ? Math.round(Number(typed.replace(",", ".")) * 1000) : NaN;
}

/** @param {string} text a line each: `2 Soup`, `2 x Soup`, `Soup` */
export const readItems = (text) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const found = /^(\d{1,4})\s*[x×]?\s+(.+)$/u.exec(line) ?? /^(\d{1,4})[x×](.+)$/u.exec(line);
      return found ? { name: found[2].trim(), quantity: Number(found[1]) } : { name: line, quantity: 1 };
    });

/** @param {string} text with commas @returns {string[]} each once, in turn */
export const readTags = (text) =>
  [...new Set(text.split(",").map((tag) => tag.trim()).filter(Boolean))].sort();

/**
 * The document that the fields say, as POST /orders takes it, and every field that cannot be read.
 * @param {Fields} fields @param {Reading} reading @returns {{order: Record<string, any>, wrong: Wrong[]}}
 */
export function readFields(fields, { now, zone, words, isNew }) {
  /** @type {Wrong[]} */
  const wrong = [];
  /** @param {keyof Fields} field @param {string} text */
  const say = (field, text) => wrong.push({ field, text });
  const at = Object.fromEntries(TIMES.map((name) => [name, readTime(fields[name], fields.day, now, zone)]));
  for (const end of /** @type {const} */ (["pickup", "dropoff"]))
    if (fields[end].lat === null)
      say(end, fields[end].text ? words("Choose one of the places found, or click on the map") : words("This is needed"));
  if (Number.isNaN(instant(fields.day, "12:00", zone))) say("day", words("This is no day"));
  for (const name of TIMES) if (Number.isNaN(at[name])) say(name, words("Write a time such as 18:30, or +20 for in 20 minutes"));
  for (const [first, last] of /** @type {const} */ ([["from", "until"], ["after", "by"]])) {
    const [opens, closes] = [at[first], at[last]];
    if (opens && closes && closes < opens) say(last, words("This is before it begins"));
    else if (isNew && closes && closes < now) say(last, words("This has passed already"));
  }
  const [price, fee, tip] = /** @type {const} */ (["price", "fee", "tip"]).map((name) => {
    const cents = readCents(fields[name]);
    if (Number.isNaN(cents)) say(name, words("Write an amount such as 12.50"));
    return cents;
  });
  const weight = readGrams(fields.weight);
  if (Number.isNaN(weight)) say("weight", words("Write kilograms such as 1.2"));
  const items = readItems(fields.items);
  if (items.some((item) => item.quantity < 1 || item.quantity > 1000)) say("items", words("A quantity is from 1 to 1000"));
  const order = {
    kind: fields.kind,
    restaurant: fields.pickup.restaurant,
    pickup: placeOf(fields.pickup, fields.pickup.name, at.from, at.until),
    dropoff: placeOf(fields.dropoff, fields.who.trim(), at.after, at.by),
    items,
    weight_g: weight,
    price_cents: price,
    delivery_fee_cents: fee,
    tip_cents: tip,
    ready_at: wire(at.ready),
    note: fields.note.trim(),
    tags: readTags(fields.tags),
  };
  return { order, wrong };
}

/** @param {Whole} order @param {{zone: string, locale: string, today: string}} where @returns {Fields} */
export function fieldsOf(order, { zone, locale, today }) {
  const { pickup, dropoff } = order;
  const times = [pickup.after, pickup.before, order.ready_at, dropoff.after, dropoff.before];
  const first = times.find((time) => time !== null);
  const clock = (/** @type {string | null} */ time) => (time ? local(Date.parse(time), zone).clock : "");
  return {
    pickup: spotOf(pickup, order.restaurant, pickup.name),
    dropoff: spotOf(dropoff, null, ""),
    who: dropoff.name,
    day: first ? local(Date.parse(first), zone).day : today,
    from: clock(pickup.after),
    until: clock(pickup.before),
    ready: clock(order.ready_at),
    after: clock(dropoff.after),
    by: clock(dropoff.before),
    kind: order.kind,
    items: (order.items ?? []).map((item) => `${item.quantity} ${item.name}`).join("\n"),
    weight: order.weight_g === null ? "" : plain(locale, 0, 3).format(order.weight_g / 1000),
    price: centsText(order.price_cents, locale),
    fee: centsText(order.delivery_fee_cents, locale),
    tip: centsText(order.tip_cents, locale),
    note: order.note ?? "",
    tags: (order.tags ?? []).join(", "),
  };
}

/** @param {Fields} fields @param {Fields} before @returns {(keyof Fields)[]} those in which something else stands now */
export const changedFields = (fields, before) =>
  /** @type {(keyof Fields)[]} */ (Object.keys(fields)).filter((name) => JSON.stringify(fields[name]) !== JSON.stringify(before[name]));

/**
 * What PATCH /orders/{id} has to be told: of the document `order`, that of which the fields were changed. Times lose
 * their seconds in a field, so what was not touched is not sent.
 * @param {Record<string, any>} order @param {(keyof Fields)[]} changed @returns {Record<string, any>}
 */
export function patchOf(order, changed) {
  const touched = new Set(changed.includes("day") ? [...changed, ...TIMES.filter((name) => timeIn(order, name))] : changed);
  /** @type {Record<string, any>} */
  const patch = {};
  for (const [path, field] of Object.entries(PATHS)) {
    if (!touched.has(field)) continue;
    const [name, part] = path.split(".");
    if (part) patch[name] = { ...patch[name], [part]: order[name][part] };
    else if (field === "pickup" || field === "dropoff") {
      if (name === "restaurant") patch.restaurant = order.restaurant;
      else patch[name] = { ...patch[name], ...whereOf(order[name], name === "pickup") };
    } else patch[name] = order[name];
  }
  return patch;
}

/** @param {Record<string, any>} order @param {typeof TIMES[number]} field */
function timeIn(order, field) {
  const path = Object.keys(PATHS).find((known) => PATHS[/** @type {keyof typeof PATHS} */ (known)] === field) ?? "";
  const [name, part] = path.split(".");
  return part ? order[name][part] : order[name];
}

/** @param {Record<string, any>} place @param {boolean} isNamed */
const whereOf = ({ lat, lon, name, address }, isNamed) => ({ lat, lon, address, ...(isNamed ? { name } : {}) });

/** @param {Spot} spot @param {string} name @param {number | null} after @param {number | null} before */
function placeOf(spot, name, after, before) {
  const address = spot.text.trim() === name ? "" : spot.text.trim();
  return { lat: spot.lat, lon: spot.lon, name, address, after: wire(after), before: wire(before) };
}

/** @param {Place} place @param {string | null} restaurant @param {string} name @returns {Spot} */
function spotOf({ lat, lon, address }, restaurant, name) {
  const text = address || name || `${lat.toFixed(5)}, ${lon.toFixed(5)}`;
  return { text, name, said: text, lat, lon, pinned: !address && !name, restaurant };
}

/** @param {number | null} at @returns {string | null} */
const wire = (at) => (at === null || Number.isNaN(at) ? null : new Date(at).toISOString());

/** @param {string} locale @param {number} least @param {number} most digits behind the comma */
const plain = (locale, least, most) =>
  new Intl.NumberFormat(locale, { minimumFractionDigits: least, maximumFractionDigits: most, useGrouping: false });
