/**
 * The desk in the browser: put together here, started by assets/clientside.js, ended when its page goes away.
 * A position comes in by socket.js, goes through live.js into roster.js and motion.js, and is drawn by view.js and map.js.
 *
 * @import { LiveMap } from "./map.js"
 * @import { Page } from "./page.js"
 * @import { Config } from "./types.js"
 */
import { createAlarmDesk } from "./alarm_desk.js";
import { createBulk } from "./bulk.js";
import { createCards } from "./cards.js";
import { createCardView } from "./card.js";
import { createCarry } from "./carry.js";
import { isOpen } from "./board.js";
import { sayRefused, sayWaiting, sendStops } from "./dash.js";
import { createDesk } from "./desk.js";
import { mayDrag } from "./drag.js";
import { createFilterDesk } from "./filter_desk.js";
import { createFreed } from "./freed.js";
import { createForms } from "./forms/forms.js";
import { listenToHands } from "./hands.js";
import { createHolding } from "./holding.js";
import { installHooks } from "./hooks.js";
import { createStep } from "./in_step.js";
import { createLine } from "./line.js";
import { goLive } from "./live.js";
import { createLoop } from "./loop.js";
import { routeProps } from "./map.js";
import { createMapDesk } from "./map_desk.js";
import { note, raiseMap } from "./map_stage.js";
import { findPage, partsOf } from "./page.js";
import { createPlan, planProps } from "./plan.js";
import { createRecord } from "./record.js";
import { createWays } from "./routes.js";
import { boardIn, lookedAt, newState, placeOf } from "./scene.js";
import { soon } from "./soon.js";
import { createStops } from "./stops.js";
import { createTimeline } from "./timeline.js";
import { createView } from "./view.js";
import { dayOf } from "./wall.js";
import { createWhoNext } from "./who_next.js";
import { createWindowsMenu } from "./windows.js";

const SECOND_MS = 1000;
/** Between two looks at what is new; nobody reads faster. */
const NEWS_MS = 50;

let stop = () => {};

/** @param {Config} config */
export async function start(config) {
  stop();
  const page = findPage();
  if (config.part !== "all") document.title = config.title;
  const { io } = await import(config.bundles.socketio);
  if (page.desk.isConnected) stop = run(config, page, io);
}

/** @param {Config} config @param {Page} page @param {(url: string, options: object) => any} io @returns {() => void} the end of it */
function run(config, page, io) {
  const state = newState(config);
  const { words } = state;
  const has = partsOf(config.part);
  const view = createView(page, state, has);
  const hooks = installHooks(state, () => map, view.map, page.map, page.connection);
  const loop = createLoop(draw, state.clock.now);
  const news = soon(read, NEWS_MS);
  const line = goLive(io, state, {
    board: changed,
    places: loop.wake,
    trust: view.drawConnection,
    company: look,
    select: (selected) => step.hear(selected),
    connected: () => holding.sayAgain(),
  });
  const step = createStep(state, { say: line.select, adopt: (selected) => desk.adopt(selected) });
  const plan = createPlan(
    page,
    (ways) => map?.draw(planProps(ways)),
    () => view.orders.focus(),
  );
  const menu = createWindowsMenu(page.windows);
  const search = createLine(page.desk, state, {
    desk: () => desk,
    record: (order) => record.open(order),
    cards: (order) => cards.of(order)?.cards ?? null,
  });
  const record = createRecord(page.map.parentElement ?? page.desk, config.order_url, words, (spots) => desk.mark(spots));
  const desk = createDesk({
    state,
    view,
    map: () => map,
    changed,
    selected: step.moved,
    asked: (order) => holding.ask(order),
    search: search.open,
    help: () => page.help.click(),
    attention: () => alarms.focus(),
    windows: menu.open,
    bulk: { open: () => (marked(), bulk.open()), ask: (what) => (marked(), bulk.ask(what)) },
    filters: { open: () => filters.open(), clear: () => filters.clear() },
    look,
    shown: (order) => cards.of(order)?.shown,
    onMap: () => mapDesk.acts,
    plan,
    stops: { toggle: () => stops.toggle(), leave: () => stops.leave() },
    forms: { open: (verb, order) => forms.open(verb, order), place: (spot) => forms.place(spot), close: () => forms.close() },
  });
  const leave = () => (has.lists ? view.orders : page.map).focus();
  const filters = createFilterDesk(page, state, { changed, leave });
  const bulk = createBulk(page.bulk, words, {
    send: desk.carryOutForAll,
    clear: () => desk.choose([], "only"),
    leave: view.orders.focus,
    board: () => boardIn(state),
    today: () => dayOf(state.clock.server(), config.time_zone),
  });
  const stops = createStops(page.stops, page.couriers, state, config.stops_url, {
    send: sendStops,
    refuse: (text) => sayRefused(text, state.clock.server(), state.format),
    select: (order) => desk.select({ order }),
    leave: () => (timeline ?? view.couriers).focus(),
    note: (courier, version, text) => desk.carryOut({ intent: { verb: "note", order: "", courier, version, text }, refusal: null }),
    changed,
  });
  const mapDesk = createMapDesk(page, state, view, desk, () => map, changed);
  const forms = createForms(page, state, {
    map: () => map,
    select: (order) => desk.select({ order }),
    act: desk.upon,
    menu: desk.menu,
    leave,
  });
  const alarms = createAlarmDesk(page.attention, state, { go: desk.goTo, changed });
  const carry = createCarry({ take: () => (changed(), look()), hover: desk.target, drop: desk.drop, end: () => (changed(), look()) });
  const holding = createHolding(page, state, {
    carried: () => carry.carried()?.order ?? null,
    hold: line.hold,
    warn: (text) => sayWaiting(text, state.clock.server(), state.format),
  });
  const cards = createCards(config.cards_url, () => (look(), search.carded()));
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
  const timeline = has.timeline
    ? createTimeline(page.timeline, state, config.timeline_url, carry, {
        select: desk.select,
        menu: desk.menu,
        mayDrag: (order) => mayDrag(boardIn(state), order),
        changed,
      })
    : null;
  /** @type {LiveMap | null} */
  let map = null;
  let isBoardNew = true;
  let isOver = false;

  function changed() {
    news.ask();
  }

  /** At once: what is hidden takes no focus. */
  const marked = () => bulk.show(state.chosen.size);

  function read() {
    desk.forgetClosed();
    filters.read();
    marked();
    view.read(carry.carried()?.from ?? null, map);
    stops.read();
    timeline?.read();
    if (has.attention) alarms.read();
    forms.read();
    isBoardNew = true;
    loop.wake();
  }

  /** @param {number} now page ms */
  function draw(now) {
    if (isBoardNew) drawBoard(now);
    isBoardNew = false;
    if (!map) return false;
    const isMoving = view.map.drawCouriers(map, now);
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
    const isWanted = isOpenOrder && (has.lists || has.map || has.timeline);
    cards.want(isWanted ? order : null, board.seq, state.clock.now());
    card.show(cards.card(order, courier), carry.carried() === null, holding.line(order));
    search.refresh(state.clock.now());
    holding.look();
    next.show(cards.of(state.selection.order));
  }

  /** @param {number} now page ms */
  function drawBoard(now) {
    if (map) view.map.drawMarks(map);
    look();
    if (has.lists) freed.look(boardIn(state), now);
    if (has.map) ways(state.selection, boardIn(state), now);
    if (has.map) mapDesk.look();
    page.follow.setAttribute("aria-pressed", String(state.followed !== null));
  }

  const each = setInterval(() => (page.desk.isConnected ? changed() : stop()), SECOND_MS);
  const undo = [
    listenToHands(page, state, view, desk, carry, () => map),
    () => clearInterval(each),
    ...[loop, news, line, step, holding, menu, search, record, plan, mapDesk, view, filters, bulk, alarms, hooks, cards, next, freed, stops, timeline, forms].map(
      (part) => part?.dispose ?? (() => {}),
    ),
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
    movedByHand: () => (desk.stopFollowing(), mapDesk.moved()),
    populated: hooks.populated,
    ready: loop.drawsWith,
    failed: withoutMap,
  };
  if (has.map) {
    void raiseMap(page, state, onMap).then((raised) => {
      if (isOver) return raised.dispose();
      map = raised;
      changed();
    });
  }
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
