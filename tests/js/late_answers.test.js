import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import { createAsking } from "../../assets/desk/asking.js";
import { boardOf } from "../../assets/desk/board.js";
import { createCards } from "../../assets/desk/cards.js";
import { createFreed } from "../../assets/desk/freed.js";
import { createRecord } from "../../assets/desk/record.js";
import { courier, order, snapshot, words } from "./values.js";

/** Until all that has been answered is read. */
const settled = () => new Promise(setImmediate);

/** A server that answers, or fails, when it is told to, in any order; it knows nothing of who has lost interest. */
function server() {
  /** @type {{url: string, answer: (body: object | null) => Promise<unknown>}[]} */
  const asked = [];
  mock.method(globalThis, "fetch", (/** @type {string} */ url) =>
    new Promise((resolve, reject) => {
      const answer = (/** @type {object | null} */ body) => {
        if (body) resolve(Response.json(body));
        else reject(new TypeError("no line"));
        return settled();
      };
      asked.push({ url, answer });
    }),
  );
  return asked;
}

/** @param {string} id */
const held = (id) => ({ order: id, guessed: false, cards: [{ courier: "lea", title: id }] });

afterEach(() => mock.restoreAll());

test("cards of an order that was put down again are not shown, nor does their failure take away those of the next one", async () => {
  for (const late of [held("o1"), null]) {
    const asked = server();
    let changes = 0;
    const cards = createCards("/live/cards", () => (changes += 1));
    cards.want("o1", 1, 0);
    cards.want("o2", 1, 10);
    await asked[1].answer(held("o2"));
    await asked[0].answer(late);
    assert.deepEqual([cards.card("o2", "lea")?.title, cards.of("o1"), changes], ["o2", null, 1]);
    mock.restoreAll();
  }
});

test("cards are asked for again when the board has moved on, not while an answer is on its way, and the old ones stand meanwhile", async () => {
  const asked = server();
  const cards = createCards("/live/cards", () => {});
  for (let seq = 1; seq < 20; seq += 1) cards.want("o1", seq, seq * 2000);
  assert.equal(asked.length, 1);
  await asked[0].answer(held("o1"));
  cards.want("o1", 20, 41000);
  assert.deepEqual([asked.length, cards.of("o1")?.order], [2, "o1"]);
});

test("what was found for words that nobody types any more is not shown", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  Object.assign(globalThis, { window: globalThis });
  const asked = server();
  let changes = 0;
  const asking = createAsking({ places: "/places", past: "/past" }, () => (changes += 1));
  for (const text of ["to", "tos", "bul"]) {
    asking.want(text);
    if (text !== "to") mock.timers.tick(200);
  }
  assert.deepEqual(asked.map(({ url }) => url.slice(0, url.indexOf("&"))), ["/places?q=tos", "/past?q=tos", "/places?q=bul", "/past?q=bul"]);
  await asked[2].answer({ places: ["Bulevardi"] });
  await asked[3].answer({ orders: [] });
  await asked[0].answer({ places: ["Toscana"] });
  await asked[1].answer({ orders: ["1042"] });
  assert.deepEqual([asking.held(), changes], [{ spots: ["Bulevardi"], past: [] }, 1]);
  mock.timers.reset();
});

test("the line about who became free is about the last one, and goes when that one has something to do", async () => {
  Object.assign(globalThis, { document: { hidden: false } });
  const asked = server();
  const host = /** @type {any} */ ({ hidden: true, textContent: "", addEventListener() {}, removeEventListener() {} });
  const freed = createFreed("/live/freed", host, () => {});
  /** @param {...(string | null)} hands who has o1, o2 */
  const board = (...hands) =>
    boardOf(
      snapshot({
        orders: [...hands.map((one, n) => order({ id: `o${n + 1}`, courier: one })), order({ id: "o3" })],
        couriers: ["lea", "noe"].map((id) => courier({ id })),
      }),
    );
  freed.look(board("lea", "noe"), 0);
  freed.look(board(null, "noe"), 1000);
  freed.look(board(null, null), 2000);
  await asked[1].answer({ text: "Noé is free", order: "o3" });
  await asked[0].answer({ text: "Léa is free", order: "o3" });
  assert.deepEqual([host.textContent, host.hidden], ["Noé is free", false]);
  freed.look(board("lea", null), 3000);
  assert.equal(host.hidden, false);
  freed.look(board("lea", "noe"), 4000);
  assert.equal(host.hidden, true);
});

/** As much of an element as the record needs. */
class Bare {
  hidden = false;
  attributes = new Map();
  parts = /** @type {Bare[]} */ ([]);
  setAttribute = this.attributes.set.bind(this.attributes);
  append = (/** @type {Bare[]} */ ...parts) => void this.parts.push(...parts);
  replaceChildren = (/** @type {Bare[]} */ ...parts) => void (this.parts = parts);
  addEventListener() {}
  focus() {}
  remove() {}
}

test("what happened to an order is not shown once its panel is closed, however late the answer comes", async () => {
  const bare = { createElement: () => new Bare(), activeElement: null };
  Object.assign(globalThis, { document: bare, window: { document: bare }, HTMLElement: Bare });
  const asked = server();
  const host = new Bare();
  let marked = 0;
  const record = createRecord(/** @type {any} */ (host), "/live/order", words, (spots) => (marked = spots.length));
  const [panel] = host.parts;
  const told = (/** @type {string} */ ref) => ({ order: order({ ref }), history: [], is_cut: false });
  record.open("o1");
  await asked[0].answer(told("1041"));
  assert.deepEqual([panel.hidden, panel.attributes.get("aria-label"), marked], [false, "What happened to 1041", 2]);
  record.open("o2");
  record.close();
  await asked[1].answer(told("1042"));
  assert.deepEqual([panel.hidden, marked], [true, 0]);
  record.open("o3");
  record.close();
  await asked[2].answer(told("1043"));
  assert.equal(panel.hidden, true);
});
