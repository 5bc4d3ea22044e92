/**
 * Alarms on the desk: the panel, the sounds, and what is said to each; driven by the board and the clock.
 *
 * @import { State } from "./scene.js"
 * @import { Alarm } from "./types.js"
 * @import { Answer } from "./alarm_answers.js"
 * @typedef {ReturnType<typeof createAlarmDesk>} AlarmDesk
 */
import { answerAlarm } from "./alarm_answers.js";
import { hear, mute, MUTED_MS, newEar, NOTES, unmute } from "./alarm_sounds.js";
import { createAttention } from "./attention.js";
import { attention, pageOf, shelvedText, textOf } from "./attention_rows.js";
import { sayDone, sayRefused } from "./dash.js";
import { trust } from "./feed.js";
import { createNotes } from "./notes.js";
import { createTurn } from "./one_window.js";
import { boardIn } from "./scene.js";
import { createSharedMoment } from "./shared_moment.js";

const LATER_MS = 15 * 60 * 1000;

/** @param {HTMLElement} host @param {State} state @param {{go: (alarm: Alarm) => void, changed: () => void}} on */
export function createAlarmDesk(host, state, on) {
  const { words, format, clock } = state;
  const { alarms: texts } = state.config;
  const notes = createNotes();
  const turn = createTurn(`roulement-alarms-${state.config.coop}`, navigator.locks);
  const muted = createSharedMoment(`roulement-muted-${state.config.coop}`, () => (heed(), read()));
  const expanded = new Set();
  /** Acknowledged from here, and not yet announced. @type {Set<string>} */
  const told = new Set();
  let ear = newEar();
  heed();
  let seen = /** @type {State["feed"]["board"]} */ (null);
  let hiddenUntil = -Infinity;
  const panel = createAttention(host, words, {
    go,
    answer: (alarm, answer) => void send(alarm, answer),
    isAcknowledged: (alarm) => Boolean(alarm.acknowledged_by) || told.has(alarm.id),
    settle: (alarms) => void acknowledge(alarms),
    expand(key) {
      if (!expanded.delete(key)) expanded.add(key);
      read();
    },
    mute() {
      ear = mute(ear, clock.now());
      muted.set(MUTED_MS);
      read();
    },
    hear: () => void switchOn(),
    later() {
      hiddenUntil = clock.now() + LATER_MS;
      read();
    },
  });
  document.addEventListener("pointerdown", touched, { once: true });
  document.addEventListener("keydown", touched, { once: true });
  window.addEventListener("focus", focused);

  /** @param {Alarm} alarm */
  function go(alarm) {
    const page = pageOf(alarm);
    if (page) window.open(page, `roulement${page.replace("/", "-")}`);
    else on.go(alarm);
  }

  /** Muted in one window, muted in all. */
  function heed() {
    ear = { ...ear, mutedUntil: clock.now() + Math.min(muted.left(), MUTED_MS) };
  }

  /** The first touch of the page is what the browser waits for. */
  function touched() {
    void notes.on().then(focused).then(read);
  }

  /** Of several windows the one that had the focus last sounds, if it can. */
  function focused() {
    if (notes.isOn()) turn.take();
  }

  async function switchOn() {
    ear = unmute(ear);
    muted.set(0);
    await notes.on();
    focused();
    notes.play([...NOTES.attention, ...NOTES.system]);
    read();
  }

  function read() {
    const board = boardIn(state);
    const now = clock.server();
    const heard = hear(ear, board.alarms.values(), clock.now(), seen === null);
    ear = heard.ear;
    if (state.feed.board) seen = state.feed.board;
    for (const id of told) if (!board.alarms.has(id) || board.alarms.get(id)?.acknowledged_by) told.delete(id);
    if (heard.sound && turn.isMine()) notes.play(NOTES[heard.sound]);
    if (heard.news.length) {
      const said = heard.news.map((one) => textOf(one, board, texts, words, format)).map((one) => `${one.says}. ${one.response}`);
      panel.announce(said.join(" "));
    }
    const found = attention(board, now, expanded, texts, words, format);
    panel.render(found, { ...lines(found.flood), shelvedFor, name });
  }

  /** @param {string | null} flood since when */
  function lines(flood) {
    const now = clock.now();
    const silence = ear.mutedUntil - now;
    const isBlind = state.unwatchedSince !== null || trust(state.feed, now).why === "cut";
    return {
      quiet: notes.isOn() || now < hiddenUntil ? "" : words("The sound is off: this browser wants to be touched first"),
      muteUntil: silence > 0 ? words("Muted until {time}", { time: format.clock(clock.server() + silence) }) : "",
      unwatched: isBlind && state.feed.board ? words("Nobody watches for alarms now: look at the orders yourself") : "",
      flood: flood
        ? words("So many alarms since {time} that they are grouped: the urgent ones first", { time: format.clock(Date.parse(flood)) })
        : "",
    };
  }

  /** @param {Alarm} alarm */
  const name = (alarm) => textOf(alarm, boardIn(state), texts, words, format).says;

  /** @param {Alarm} alarm */
  const shelvedFor = (alarm) => shelvedText(alarm, clock.server(), words, format);

  /** @param {Alarm} alarm @param {Answer} answer */
  async function send(alarm, answer) {
    if (answer.step === "acknowledge") told.add(alarm.id);
    const outcome = await answerAlarm(alarm, answer);
    if (outcome !== "done") told.delete(alarm.id);
    const now = clock.server();
    if (outcome === "done") sayDone(words("{alarm}: {done}", { alarm: name(alarm), done: doneText(answer) }), now, format);
    else if (outcome === "late") sayRefused(words("Somebody was first, or it is over: look at it again"), now, format);
    else sayRefused(words("The desk did not answer: try it again"), now, format);
    on.changed();
  }

  /** One after the other, each by name as if it were the only one. @param {Alarm[]} alarms */
  async function acknowledge(alarms) {
    let done = 0;
    for (const alarm of alarms) if ((await answerAlarm(alarm, { step: "acknowledge" })) === "done") done += 1;
    const left = alarms.length - done;
    const say = left ? sayRefused : sayDone;
    const text = left ? words("Alarms acknowledged: {n}; not: {left}", { n: done, left }) : words("Alarms acknowledged: {n}", { n: done });
    say(text, clock.server(), format);
    on.changed();
  }

  /** @param {Answer} answer */
  function doneText({ step }) {
    switch (step) {
      case "acknowledge":
        return words("acknowledged");
      case "resolve":
        return words("resolved");
      case "shelve":
        return words("put aside");
      default:
        return words("taken back");
    }
  }

  return {
    read,
    focus: panel.focus,
    dispose() {
      document.removeEventListener("pointerdown", touched);
      document.removeEventListener("keydown", touched);
      window.removeEventListener("focus", focused);
      turn.dispose();
      muted.dispose();
      notes.dispose();
      panel.dispose();
    },
  };
}
