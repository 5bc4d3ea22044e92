/**
 * /replay in the browser: the desk's own lists and map, driven by a clock of the past instead of the line to the server.
 * Nothing here changes anything: there are no intents, and no socket.
 *
 * @import { Then } from "./asking.js"
 * @import { Act } from "./keys.js"
 * @import { LiveMap } from "../map.js"
 * @import { Page } from "../page.js"
 * @import { Config } from "../types.js"
 */
import { isOpen } from "../board.js";
import { installHooks } from "../hooks.js";
import { stepTo } from "../keys.js";
import { setText } from "../lists.js";
import { createLoop } from "../loop.js";
import { note, raiseMap } from "../map_stage.js";
import { findPage, partsOf } from "../page.js";
import { boardIn, newState } from "../scene.js";
import { soon } from "../soon.js";
import { createView } from "../view.js";
import { writeAddress } from "./address.js";
import { createPastAlarms } from "./alarms.js";
import { createAsking } from "./asking.js";
import { createCalendar } from "./calendar.js";
import { listenToHands } from "./hands.js";
import { listenToKeys } from "./keys.js";
import { createMoments } from "./moments.js";
import { createProjector } from "./projector.js";
import { createScrubber } from "./scrubber.js";

const MINUTE_MS = 60 * 1000;
const TEN = 10;
const TICK_MS = 100;
const NEWS_MS = 50;
/** Browsers stop a page that writes its address too often. */
const ADDRESS_MS = 1000;

let stop = () => {};

/** @param {Config & {past_url: string}} config */
export async function start(config) {
  stop();
  const page = findPage();
  document.title = config.title;
  if (page.desk.isConnected) stop = run(config, page);
}

/** @param {Config & {past_url: string}} config @param {Page} page @returns {() => void} the end of it */
function run(config, page) {
  const state = newState(config);
  state.groups = false; // each as it stood: nothing here opens a group
  const { words, format } = state;
  const asking = createAsking(config.past_url);
  const calendar = createCalendar(config.locale, config.time_zone);
  const film = createProjector(state, asking, {
    shown,
    played: changed,
    moved,
    said: (text) => setText(element("replay-said"), text),
    busy: (isBusy) => (isBusy ? page.desk.setAttribute("aria-busy", "true") : page.desk.removeAttribute("aria-busy"), isBusy || scrubber.rested()),
  });
  const view = createView(page, state, partsOf("all"));
  const hooks = installHooks(state, () => map, view.map, page.map, page.connection);
  const loop = createLoop(draw, state.clock.now);
  const news = soon(read, NEWS_MS);
  const scrubber = createScrubber(words, format, calendar, {
    act,
    seek: film.seek,
    jump: (at) => film.go(() => asking.at(at)),
    pace: film.pace,
  });
  const alarms = createPastAlarms(page.attention, state, { select, changed });
  const moments = createMoments(element("replay-moments"), words, format, (one) => film.seek(Date.parse(one.at)));
  /** @type {LiveMap | null} */
  let map = null;
  let list = /** @type {"orders" | "couriers"} */ ("orders");
  let isBoardNew = true;
  let isOver = false;
  let addressedAt = 0;

  function changed() {
    news.ask();
  }

  function read() {
    view.read(null, map);
    alarms.read();
    moments.mark(boardIn(state).seq);
    isBoardNew = true;
    loop.wake();
  }

  /** @param {number} now page ms */
  function draw(now) {
    if (!map) return false;
    if (isBoardNew) view.map.drawMarks(map);
    isBoardNew = false;
    const isMoving = view.map.drawCouriers(map, now);
    hooks.drawn();
    return isMoving;
  }

  /** @param {Then} then */
  function shown(then) {
    element("replay-positions").hidden = then.kept;
    moved();
    addressed();
    changed();
  }

  /** Time has moved on: what is counted in minutes has, too. */
  function moved() {
    if (!scrubber.isPulled()) scrubber.render(film.time(), film.isPlaying(), film.speed());
    void showDay(calendar.day(film.time()));
    if (!film.isPlaying()) return addressed();
    if (state.clock.now() - addressedAt > ADDRESS_MS) {
      addressed();
      changed();
    }
  }

  let wanted = "";

  /** @param {string} day */
  async function showDay(day) {
    if (day === wanted) return;
    wanted = day;
    try {
      scrubber.showDay(await asking.day(day));
      scrubber.render(film.time(), film.isPlaying(), film.speed());
    } catch (error) {
      film.refused(error);
    }
  }

  function addressed() {
    addressedAt = state.clock.now();
    writeAddress(calendar.local(film.time()), state.selection.order);
  }

  /** @param {{order?: string | null, courier?: string | null}} part */
  function select(part) {
    const before = state.selection;
    state.selection = { ...before, ...part };
    if (state.selection.order !== before.order) void showMoments();
    addressed();
    changed();
  }

  async function showMoments() {
    const { order } = state.selection;
    if (!order) return moments.hide();
    try {
      const found = await asking.about(order);
      if (state.selection.order !== order) return;
      const ref = boardIn(state).orders.get(order)?.ref ?? found.ref;
      moments.show(ref, found.moments, (courier) => boardIn(state).couriers.get(courier)?.name ?? courier);
      moments.mark(boardIn(state).seq);
    } catch (error) {
      film.refused(error);
    }
  }

  /** @param {Act} act */
  function act(act) {
    const now = film.time();
    switch (act) {
      case "play":
        return film.toggle();
      case "minute-back":
      case "minute-on":
        return film.seek(now + (act === "minute-on" ? MINUTE_MS : -MINUTE_MS));
      case "ten-back":
      case "ten-on":
        return film.seek(now + TEN * (act === "ten-on" ? MINUTE_MS : -MINUTE_MS));
      case "day-back":
      case "day-on":
        return film.go(() => asking.at(calendar.otherDay(now, act === "day-on" ? 1 : -1)));
      case "entry-back":
      case "entry-on":
        return film.step(act === "entry-on" ? 1 : -1);
      case "slower":
      case "faster":
        return film.hurry(act === "faster" ? 1 : -1);
      case "jump":
        return scrubber.focusJump();
      case "orders":
      case "couriers":
        list = act;
        return view[act].focus();
      case "fit":
        return fit();
      case "leave":
        return select({ order: null, courier: null });
      default:
        return step(/** @type {const} */ ({ up: "previous", down: "next", first: "first", last: "last" })[act]);
    }
  }

  /** @param {"previous" | "next" | "first" | "last"} way */
  function step(way) {
    const subject = list === "orders" ? "order" : "courier";
    select({ [subject]: stepTo(view[list].ids(), state.selection[subject], way) });
  }

  function fit() {
    const ends = [...boardIn(state).orders.values()].filter(isOpen).flatMap(({ pickup, dropoff }) => [pickup, dropoff]);
    const [lons, lats] = [ends.map((one) => one.lon), ends.map((one) => one.lat)];
    const bounds = [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
    map?.camera.fit(ends.length ? bounds : config.city.bounds);
  }

  page.fit.addEventListener("click", fit);
  const each = setInterval(() => (page.desk.isConnected ? film.tick() : stop()), TICK_MS);
  const undo = [
    listenToHands(page, state, view, () => map, { select, changed }),
    listenToKeys(page, { act, within: (which) => (list = which) }),
    () => page.fit.removeEventListener("click", fit),
    () => clearInterval(each),
    ...[film, loop, news, view, alarms, hooks, scrubber].map((part) => part.dispose),
  ];

  function withoutMap() {
    map?.dispose();
    map = null;
    note(page, words("This browser cannot draw the map: WebGL 2 is missing or switched off. Everything works from the lists."));
  }

  const onMap = { rescaled: changed, movedByHand() {}, populated: hooks.populated, ready: loop.drawsWith, failed: withoutMap };
  void raiseMap(page, state, onMap).then((raised) => {
    if (isOver) return raised.dispose();
    map = raised;
    changed();
  });
  void begin();

  /** At the moment that the address names; of an order alone, when it was placed; else ten minutes ago. */
  async function begin() {
    const query = new URLSearchParams(location.search);
    const [at, order] = [query.get("at"), query.get("order")];
    state.selection = { order, courier: null };
    const first = !at && order ? (await asking.about(order).catch(() => null))?.moments[0]?.at : null;
    await film.go(() => asking.at(at ?? first ?? new Date(Date.now() - TEN * MINUTE_MS).toISOString()));
    if (order) await showMoments();
  }

  return () => {
    stop = () => {};
    isOver = true;
    for (const end of undo) end();
    map?.dispose();
  };
}

/** @param {string} id @returns {HTMLElement} */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
