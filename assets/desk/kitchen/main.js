/**
 * The restaurant's screen: what the server tells is drawn, what is pressed is kept and sent. Started by assets/clientside.js.
 *
 * @import { Button, Card } from "./cards.js"
 * @import { Outcome } from "./presses.js"
 * @import { Config, Press, Screen } from "./types.js"
 */
import { counterText } from "../arrivals.js";
import { createClock } from "../clock.js";
import { createFormat } from "../format.js";
import { openLine } from "../socket.js";
import { soon } from "../soon.js";
import { createWords } from "../words.js";
import { cardsOf } from "./cards.js";
import { createNotices } from "./notices.js";
import { createPaint, make } from "./paint.js";
import { createPresses } from "./presses.js";
import { askHowBusy, askWhatIsWrong, askWhyRefused } from "./questions.js";
import { forget, keep } from "./shell.js";
import { createSounds } from "./sounds.js";

const API = "/api/v1";
const ASK_EACH_MS = 5000;
const SECOND_MS = 1000;
/** After so long without a word from the server the screen says that it may be old. */
const SILENT_MS = 6000;
const ANSWER_MS = 8000;
const UNDO_MS = 10000;
const NOTICE_MS = 12000;
const MOST_NOTICES = 3;
const NEWS_MS = 80;
const UNDOABLE = new Set(["accept", "refuse", "ready", "delay", "problem"]);

let stop = () => {};

/** @param {Config} config */
export async function start(config) {
  stop();
  const { io } = await import(config.bundles.socketio);
  const page = document.getElementById("kitchen");
  if (!page) return;
  stop = run(config, page, io);
  keep(config).catch(() => null); // without it the page works as long as it is not loaded anew
}

/** @param {Config} config @param {HTMLElement} page @param {(url: string, options: object) => any} io @returns {() => void} */
function run(config, page, io) {
  const words = createWords(config.words, config.locale);
  const format = createFormat(config.locale, config.time_zone, words);
  const clock = createClock(
    () => performance.now(),
    () => Date.now(),
  );
  const sounds = createSounds();
  const notices = createNotices(words, format);
  const paint = createPaint(host("kitchen-board"), words, pressed);
  const news = soon(ask, NEWS_MS);
  const place = `roulement.presses.${config.coop}.${config.restaurant}`;
  const presses = createPresses(localStorage, place, send, told);
  /** @type {Screen | null} */
  let screen = null;
  let heard = clock.now();
  let isAsking = false;
  let isOver = false;

  const line = openLine(io, {
    connect: () => news.ask(),
    disconnect: () => {},
    snapshot: () => news.ask(),
    journal: (entry) => entry.kind && news.ask(),
    heartbeat: () => {
      heard = clock.now();
    },
    roster: () => {},
    presence: () => {},
    select: () => {},
    arrivals: () => {},
    positions: () => {},
  });

  async function ask() {
    if (isAsking) return;
    isAsking = true;
    try {
      const answer = await fetch(`${API}/kitchen`, { signal: AbortSignal.timeout(ANSWER_MS) });
      if (answer.status === 401 || answer.status === 403) return location.reload();
      if (!answer.ok) return;
      take(await answer.json());
    } catch {
      return; // no network: the next second says so
    } finally {
      isAsking = false;
    }
  }

  /** @param {Screen} found */
  function take(found) {
    if (isOver) return;
    heard = clock.now();
    clock.hear(Date.parse(found.at));
    screen = found;
    const { moved, arrived } = notices(found);
    for (const text of [...moved, ...arrived]) say(text);
    if (arrived.length) sounds.arrived();
    draw();
    void presses.flush();
  }

  function draw() {
    if (!screen) return;
    const cards = cardsOf({ screen, now: clock.server(), waiting: presses.waiting(), words, format });
    paint.draw(cards);
    paint.tick(clock.server());
    sounds.ring(cards.some((card) => card.column === "new" && !card.pending));
    drawBusy(screen);
    const { counter } = screen;
    const usually = counter && words("Couriers: {usually}", { usually: counterText(counter, words, format) });
    host("kitchen-counter").textContent = usually ?? "";
  }

  function drawConnection() {
    const silence = clock.now() - heard;
    const isOff = silence > SILENT_MS || (!screen && !navigator.onLine);
    const banner = host("kitchen-banner");
    const time = format.clock(clock.server() - silence);
    const waiting = presses.waiting().length;
    page.dataset.connection = isOff ? "off" : "live";
    host("kitchen-connection").textContent = isOff ? words("No connection") : words("Connected");
    banner.hidden = !isOff && !screen?.stale_since;
    if (isOff && !screen) {
      banner.textContent = waiting
        ? words("No connection. Your orders come as soon as it is back; what was pressed ({n}) is kept and will be sent.", {
            n: waiting,
          })
        : words("No connection. Your orders come as soon as it is back.");
    } else if (isOff) {
      banner.textContent = waiting
        ? words("No connection since {time}: times may be old. {n} {n:press is|presses are} kept and will be sent.", {
            time,
            n: waiting,
          })
        : words("No connection since {time}: times may be old. You can go on: what you press is kept.", { time });
    } else if (screen?.stale_since) {
      banner.textContent = words("No news from the couriers since {time}: their times may be old.", {
        time: format.clock(Date.parse(screen.stale_since)),
      });
    }
    const sound = host("kitchen-sound");
    sound.textContent = sounds.isOn() ? words("Sound on") : words("Sound off: touch to switch on");
    sound.setAttribute("aria-pressed", String(sounds.isOn()));
    sound.classList.toggle("is-off", !sounds.isOn());
  }

  /** @param {Screen} found */
  function drawBusy({ busy }) {
    const banner = host("kitchen-busy-banner");
    const until = busy.busy_until ? Date.parse(busy.busy_until) : 0;
    const isBusy = until > clock.server();
    banner.hidden = !isBusy;
    host("kitchen-busy").textContent = isBusy ? words("As usual again") : words("Busy");
    if (isBusy) {
      banner.textContent = words("Busy until {time}: a new order takes at least {n} min", {
        time: format.clock(until),
        n: busy.busy_minutes ?? 0,
      });
    }
  }

  /** @param {Card} card @param {Button} button */
  async function pressed(card, button) {
    let body = button.body;
    if (button.button === "refuse") {
      const reason = await askWhyRefused(page, card.ref, words);
      if (reason === null) return;
      body = { reason };
    }
    if (button.button === "problem") {
      const problem = await askWhatIsWrong(page, card.ref, words);
      if (problem === null) return;
      body = problem;
    }
    await press(`/orders/${encodeURIComponent(card.id)}/${button.button}`, card.id, button.button, body, button.label);
  }

  /** @param {string} path @param {string} order @param {string} button @param {Record<string, unknown>} body @param {string} text */
  const press = (path, order, button, body, text) =>
    presses.add({ key: crypto.randomUUID(), path, order, button, body, at: clock.server(), text });

  /** @param {Press} one @returns {Promise<Outcome>} */
  async function send(one) {
    const pressedAt = one.order ? { pressed_at: new Date(one.at).toISOString() } : {};
    try {
      const answer = await fetch(API + one.path, {
        method: "POST",
        headers: { "Content-Type": "application/json", "Idempotency-Key": one.key },
        body: JSON.stringify({ ...one.body, ...pressedAt }),
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      if (answer.status >= 500 || answer.status === 429) return "unreachable";
      if (answer.ok) return "done";
      const problem = await answer.json().catch(() => ({}));
      return { refused: String(problem.detail ?? answer.statusText) };
    } catch {
      return "unreachable";
    }
  }

  /** @param {Press} one @param {Outcome | null} outcome */
  function told(one, outcome) {
    if (outcome === null && UNDOABLE.has(one.button)) offerUndo(one);
    if (outcome && typeof outcome === "object") say(words("Not done: {why}", { why: outcome.refused }), "is-refused");
    if (outcome !== null) news.ask();
    draw();
  }

  /** @param {Press} one */
  function offerUndo(one) {
    const ref = screen?.orders.find((order) => order.id === one.order)?.ref ?? "";
    const button = make("button", "kitchen-button", words("Undo"));
    const notice = say(words("{ref}: {button}", { ref, button: one.text }), "is-undo", UNDO_MS, button);
    button.addEventListener("click", () => {
      notice.remove();
      if (presses.withdraw(one.key)) draw();
      else void press(`/orders/${encodeURIComponent(one.order)}/undo`, one.order, "undo", {}, words("Undo"));
    });
  }

  /** @param {string} text @param {string} [name] @param {number} [lasts] ms @param {HTMLElement} [button] */
  function say(text, name = "", lasts = NOTICE_MS, button) {
    const notice = make("p", `kitchen-notice ${name}`, text);
    if (button) notice.append(" ", button);
    const notices = host("kitchen-notices");
    notices.append(notice);
    if (notices.children.length > MOST_NOTICES) notices.querySelector(".kitchen-notice:not(.is-undo)")?.remove();
    setTimeout(() => notice.remove(), lasts);
    return notice;
  }

  async function busyPressed() {
    const path = `/restaurants/${encodeURIComponent(config.restaurant)}`;
    if (!host("kitchen-busy-banner").hidden) return press(`${path}/usual`, "", "usual", {}, words("As usual again"));
    const body = await askHowBusy(page, words);
    if (body) await press(`${path}/busy`, "", "busy", body, words("Busy"));
  }

  async function soundPressed() {
    await (sounds.isOn() ? sounds.off() : sounds.on());
    if (sounds.isOn()) sounds.test();
    drawConnection();
  }

  const testPressed = async () => {
    await sounds.on();
    sounds.test();
    drawConnection();
  };

  const ends = [
    on("kitchen-busy", busyPressed),
    on("kitchen-sound", soundPressed),
    on("kitchen-sound-test", testPressed),
    on("sign-out", forget),
    each(SECOND_MS, () => {
      if (!page.isConnected) return stop();
      draw();
      drawConnection();
      if (presses.waiting().length) void presses.flush();
    }),
    each(ASK_EACH_MS, () => news.ask()),
  ];
  news.ask();
  drawConnection();
  return () => {
    stop = () => {};
    isOver = true;
    for (const end of ends) end();
    news.dispose();
    line.dispose();
    sounds.dispose();
  };
}

/** @param {string} id @returns {HTMLElement} */
function host(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element;
}

/** @param {string} id @param {() => unknown} act @returns {() => void} */
function on(id, act) {
  const element = host(id);
  element.addEventListener("click", act);
  return () => element.removeEventListener("click", act);
}

/** @param {number} ms @param {() => void} act @returns {() => void} */
function each(ms, act) {
  const timer = setInterval(act, ms);
  return () => clearInterval(timer);
}
