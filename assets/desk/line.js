/**
 * What the one line of the desk knows and does: it reads what is typed, looks for it, says what it would do, and does it.
 *
 * @import { Known } from "./arguments.js"
 * @import { Card } from "./cards.js"
 * @import { Choice, Target } from "./choices.js"
 * @import { Desk } from "./desk.js"
 * @import { State } from "./scene.js"
 * @typedef {{desk: () => Desk, record: (order: string) => void, cards: (order: string) => Card[] | null}} Given
 * @typedef {ReturnType<typeof createLine>} Line
 */
import { createAsking } from "./asking.js";
import { choicesOf } from "./choices.js";
import { createCommandLine } from "./command_line.js";
import { createIndex } from "./find.js";
import { newNames, readLine } from "./grammar.js";
import { meaningOf } from "./meaning.js";
import { boardIn } from "./scene.js";

/** Between two looks at the board while the line is open. */
const REFRESH_MS = 1000;

/** @param {HTMLElement} host @param {State} state @param {Given} given */
export function createLine(host, state, { desk, record, cards }) {
  const { words, config } = state;
  const names = newNames(words, config.verbs);
  const index = createIndex();
  const asking = createAsking({ places: config.places_url, past: config.past_orders_url }, () => line.refresh());
  let filtered = "";
  let refreshedAt = 0;

  /** @returns {Known} */
  const known = () => ({
    board: boardIn(state),
    chosen: [...state.chosen],
    order: state.selection.order,
    courier: state.selection.courier,
    names,
    words,
    format: state.format,
    now: state.clock.server(),
    zone: config.time_zone,
    locale: config.locale,
    cards,
  });

  /** @param {string} text */
  function read(text) {
    const now = known();
    const reading = readLine(text, now);
    return { now, reading, meaning: reading.verb ? meaningOf(reading, now) : null };
  }

  const line = createCommandLine(host, words, {
    advise(text) {
      index.follow(boardIn(state));
      const { now, reading, meaning } = read(text);
      const isRecord = reading.verb?.verb === "record";
      asking.want(reading.verb && !isRecord ? "" : isRecord ? reading.typed.text.trim() : text.trim());
      desk().speakOf(meaning?.looked ?? null);
      desk().filter(meaning?.own?.verb === "find" ? meaning.own.text : filtered);
      const choices = choicesOf(text, reading, now, index, asking.held());
      if (!meaning) return { choices, active: text.trim() ? firstOf(choices) : -1, tone: "plain", preview: lookedFor(text, choices) };
      const isDone = meaning.tone === "will";
      const isTyping = meaning.tone === "wrong" && choices.some((choice) => choice.line !== null);
      return {
        choices,
        active: isDone || !choices.length ? -1 : 0,
        tone: isTyping ? "missing" : meaning.tone,
        preview: isDone ? words("Enter: {what}", { what: meaning.text }) : meaning.text,
      };
    },
    enter(text) {
      const { meaning } = read(text);
      if (!meaning || meaning.tone !== "will") {
        desk().refuse(meaning?.text ?? words("Nothing has “{text}”", { text }));
        return false;
      }
      if (meaning.intent) desk().carryOut({ intent: meaning.intent, refusal: null });
      if (meaning.own?.verb === "record") record(meaning.own.order);
      if (meaning.own?.verb === "find") {
        filtered = meaning.own.text;
        desk().done(meaning.text);
      }
      return true;
    },
    go(choice) {
      if (choice.target) go(choice.target);
    },
    left() {
      asking.want("");
      desk().speakOf(null);
      desk().filter(filtered);
    },
  });

  /** On map and list. @param {Target} target */
  function go(target) {
    const restaurant = target.kind === "restaurant" ? index.restaurant(target.id) : null;
    switch (target.kind) {
      case "order":
      case "courier":
        return desk().goTo({ order: null, courier: null, [target.kind]: target.id });
      case "restaurant":
        if (!restaurant) return;
        desk().filter(restaurant.name);
        return desk().mark([{ ...restaurant.place, text: restaurant.name }]);
      case "spot":
        return desk().mark([{ ...target.spot, text: target.spot.name }]);
      default:
        return record(target.past.order.id);
    }
  }

  /** @param {string} text @param {Choice[]} choices */
  const lookedFor = (text, choices) =>
    text.trim() && !choices.length ? words("Nothing has “{text}”", { text: text.trim() }) : "";

  return {
    open() {
      filtered = state.filter;
      line.open();
    },
    close: line.close,
    /** Call it whenever something has changed. @param {number} now page ms */
    refresh(now) {
      if (!line.isOpen() || now - refreshedAt < REFRESH_MS) return;
      refreshedAt = now;
      line.refresh();
    },
    /** The cards of the order that is spoken of have come. */
    carded: line.refresh,
    dispose() {
      asking.dispose();
      line.dispose();
    },
  };
}

/** @param {Choice[]} choices */
const firstOf = (choices) => (choices.length ? 0 : -1);
