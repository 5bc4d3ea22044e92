/**
 * The desk in the browser: put together here, started by assets/clientside.js, ended when its page goes away.
 * A position comes in by socket.js, goes through live.js into roster.js and motion.js, and is drawn by view.js and map.js.
 *
 * @import { LiveMap } from "./map.js"
 * @import { Page } from "./page.js"
 * @import { Config } from "./types.js"
 */
import { createAlarmDesk } from "./alarm_desk.js";
import { createCards } from "./cards.js";
import { createCardView } from "./card.js";
import { createCarry } from "./carry.js";
import { isOpen } from "./board.js";
import { createCommandLine } from "./command_line.js";
import { createDesk } from "./desk.js";
import { createFreed } from "./freed.js";
import { listenToHands } from "./hands.js";
import { installHooks } from "./hooks.js";
import { goLive } from "./live.js";
import { createLoop } from "./loop.js";
import { routeProps } from "./map.js";
import { note, raiseMap } from "./map_stage.js";
import { findPage } from "./page.js";
import { createPlan, planProps } from "./plan.js";
import { createWays } from "./routes.js";
import { boardIn, lookedAt, newState, placeOf } from "./scene.js";
import { soon } from "./soon.js";
import { createView } from "./view.js";
import { createWhoNext } from "./who_next.js";

const SECOND_MS = 1000;
/** Between two looks at what is new; nobody reads faster. */
const NEWS_MS = 50;

let stop = () => {};

/** @param {Config} config */
export async function start(config) {
  stop();
  const page = findPage();
  const { io } = await import(config.bundles.socketio);
  if (page.desk.isConnected) stop = run(config, page, io);
}

/** @param {Config} config @param {Page} page @param {(url: string, options: object) => any} io @returns {() => void} the end of it */
function run(config, page, io) {
  const state = newState(config);
  const { words } = state;
  const view = createView(page, state);
  const hooks = installHooks(state, () => map, view.marks, page.map, page.connection);
  const loop = createLoop(draw, state.clock.now);
  const news = soon(read, NEWS_MS);
  const line = goLive(io, state, { board: changed, places: loop.wake, trust: view.drawConnection });
  const plan = createPlan(
    page,
    (ways) => map?.draw(planProps(ways)),
    () => view.orders.focus(),
  );
  const search = createCommandLine(page.desk, words, {
    typed: (text) => desk.filter(text),
    entered: (text) => desk.command(text),
  });
  const desk = createDesk({
    state,
    view,
    map: () => map,
    changed,
    looking: line.looking,
    search: search.open,
    help: () => page.help.click(),
    attention: () => alarms.focus(),
    look,
    shown: (order) => cards.of(order)?.shown,
    plan,
  });
  const alarms = createAlarmDesk(page.attention, state, { go: desk.goToAlarm, changed });
  const carry = createCarry({ take: look, hover: desk.target, drop: desk.drop, end: () => (changed(), look()) });
  const cards = createCards(config.cards_url, look);
  const card = createCardView(page.card, words);
  const next = createWhoNext(page.next, words, {
    give: (courier) => state.selection.order && desk.drop(state.selection.order, courier),
    aim: desk.aim,
  });
  const freed = createFreed(config.freed_url, page.freed, (order, courier) => {
    desk.select({ order, courier });
    desk.aim(courier);
  });
  const ways = createWays(config.route_url, (order, courier) => {
    map?.draw(routeProps(order, courier));
    view.drawWay(order ?? courier);
  });
  /** @type {LiveMap | null} */
  let map = null;
  let isBoardNew = true;
  let isOver = false;

  function changed() {
    news.ask();
  }

  function read() {
    view.read(carry.carried()?.from === "list", map?.camera.state().zoom ?? 0);
    alarms.read();
    isBoardNew = true;
    loop.wake();
  }

  /** @param {number} now page ms */
  function draw(now) {
    if (isBoardNew) drawBoard(now);
    isBoardNew = false;
    if (!map) return false;
    const isMoving = view.drawCouriers(map, now);
    const followed = state.followed && placeOf(state, state.followed);
    if (followed) map.camera.centre(followed[0], followed[1]);
    hooks.drawn();
    return isMoving;
  }

  /** What the hand-over that is looked at would mean: at once, nothing here waits for the next picture. */
  function look() {
    const { order, courier } = lookedAt(state, carry.carried()?.order ?? null);
    const board = boardIn(state);
    const isOpenOrder = order !== null && isOpen(board.orders.get(order) ?? { state: "" });
    cards.want(isOpenOrder ? order : null, board.seq, state.clock.now());
    card.show(cards.card(order, courier), carry.carried() === null);
    next.show(cards.of(state.selection.order));
  }

  /** @param {number} now page ms */
  function drawBoard(now) {
    if (map) view.drawMarks(map);
    look();
    freed.look(boardIn(state), now);
    ways(state.selection, boardIn(state), now);
    page.follow.setAttribute("aria-pressed", String(state.followed !== null));
  }

  const each = setInterval(() => (page.desk.isConnected ? changed() : stop()), SECOND_MS);
  const undo = [
    listenToHands(page, state, view, desk, carry, () => map),
    () => clearInterval(each),
    ...[loop, news, line, search, plan, view, alarms, hooks, cards, next, freed].map((part) => part.dispose),
  ];

  function withoutMap() {
    map?.dispose();
    map = null;
    note(
      page,
      words("This browser cannot draw the map: WebGL 2 is missing or switched off. Everything works from the lists."),
    );
  }

  const onMap = {
    rescaled: changed,
    movedByHand: () => desk.stopFollowing(),
    populated: hooks.populated,
    ready: loop.drawsWith,
    failed: withoutMap,
  };
  void raiseMap(page, state, onMap).then((raised) => {
    if (isOver) return raised.dispose();
    map = raised;
    changed();
  });
  view.drawConnection();
  loop.wake();
  return () => {
    stop = () => {};
    isOver = true;
    for (const end of undo) end();
    carry.end();
    map?.dispose();
  };
}
