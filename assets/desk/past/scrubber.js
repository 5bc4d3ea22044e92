/**
 * The controls of the past: the day as a slider over its strip, the speeds, the steps, a time to go to.
 *
 * @import { Day } from "./asking.js"
 * @import { Act } from "./keys.js"
 * @import { Calendar } from "./calendar.js"
 * @import { Format } from "../format.js"
 * @import { Words } from "../types.js"
 * @typedef {{act: (act: Act) => void, seek: (at: number) => void, jump: (at: string) => void, pace: (speed: number) => void}} On
 * @typedef {ReturnType<typeof createScrubber>} Scrubber
 */
import { newElement, setText } from "../lists.js";
import { drawStrip } from "./strip.js";

const MINUTE_MS = 60 * 1000;
/** So long a hand has to rest before the board is fetched: a pull across the day passes hundreds of minutes. */
const REST_MS = 180;
/** @type {Record<string, Act>} */
const BUTTONS = {
  "replay-play": "play",
  "replay-minute-back": "minute-back",
  "replay-minute-on": "minute-on",
  "replay-entry-back": "entry-back",
  "replay-entry-on": "entry-on",
  "replay-day-back": "day-back",
  "replay-day-on": "day-on",
};

/** @param {Words} words @param {Format} format @param {Calendar} calendar @param {On} on */
export function createScrubber(words, format, calendar, on) {
  const undo = new AbortController();
  const { signal } = undo;
  const slider = newInput("replay-slider", { type: "range", min: "0", step: "1" });
  const jump = newInput("replay-jump", { type: "datetime-local" });
  const play = byId("replay-play");
  let day = /** @type {Day | null} */ (null);
  let resting = 0;

  for (const [id, act] of Object.entries(BUTTONS)) byId(id).addEventListener("click", () => on.act(act), { signal });
  for (const button of speeds()) button.addEventListener("click", () => on.pace(Number(button.dataset.speed)), { signal });
  slider.addEventListener("input", pulled, { signal });
  byId("replay-jump-go").addEventListener("click", go, { signal });
  jump.addEventListener("keydown", (event) => event.key === "Enter" && go(), { signal });

  function go() {
    if (jump.value) on.jump(jump.value);
  }

  function pulled() {
    if (!day) return;
    const at = Date.parse(day.start) + Number(slider.value) * MINUTE_MS;
    say(at);
    clearTimeout(resting);
    resting = window.setTimeout(() => on.seek(at), REST_MS);
  }

  /** @param {number} at epoch ms */
  function say(at) {
    setText(byId("replay-time"), format.exactClock(at));
    setText(byId("replay-date"), calendar.date(at));
    slider.setAttribute("aria-valuetext", format.clock(at));
    byId("replay-time").setAttribute("datetime", new Date(at).toISOString());
  }

  return {
    /** @param {Day} shown */
    showDay(shown) {
      day = shown;
      slider.max = String((Date.parse(shown.end) - Date.parse(shown.start)) / MINUTE_MS - 1);
      drawStrip(byId("replay-strip"), shown);
    },
    day: () => day,
    /** @param {number} at epoch ms @param {boolean} isPlaying @param {number} speed */
    render(at, isPlaying, speed) {
      say(at);
      if (day) slider.value = String(Math.floor((at - Date.parse(day.start)) / MINUTE_MS));
      if (document.activeElement !== jump) jump.value = calendar.local(at).slice(0, 16);
      setText(play, isPlaying ? "❚❚" : "▶");
      play.setAttribute("aria-label", isPlaying ? words("Pause") : words("Play"));
      play.setAttribute("aria-pressed", String(isPlaying));
      for (const button of speeds()) button.setAttribute("aria-pressed", String(Number(button.dataset.speed) === speed));
    },
    /** A hand is on the slider: what it shows is not to be moved under it. */
    isPulled: () => resting !== 0,
    rested: () => (resting = 0),
    focusJump: () => jump.focus(),
    dispose() {
      clearTimeout(resting);
      undo.abort();
    },
  };
}

/** @param {string} id @param {Record<string, string>} attributes @returns {HTMLInputElement} in the host of that name */
function newInput(id, attributes) {
  const input = /** @type {HTMLInputElement} */ (newElement("input", id, { id, ...attributes }));
  byId(`${id}-host`).replaceChildren(input);
  return input;
}

/** @param {string} id @returns {HTMLElement} */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @returns {HTMLElement[]} */
const speeds = () => [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("#replay-speeds [data-speed]"))];
