/**
 * What the map shows, as plain values: marks, couriers, groups of them, names, ways. It reads the state and never changes it.
 *
 * @import { Sieve } from "./filters.js"
 * @import { LiveMap } from "./map.js"
 * @import { Label } from "./labels.js"
 * @import { Mark } from "./marks.js"
 * @import { State } from "./scene.js"
 * @typedef {{kind: string, id: string, position: [number, number], dx: number, size: number, title: string}} Thing Something on the map.
 * @typedef {ReturnType<typeof createMapView>} MapView
 */
import { companies, companionsAt, companyText } from "./company.js";
import { companyEdges } from "./company_edges.js";
import { createCrowd } from "./crowd.js";
import { loadLabels, nameLabels, rideAlong } from "./labels.js";
import { courierProps, labelProps, markProps } from "./map.js";
import { companionProps, companyProps, courierClusterProps, focusProps, markedProps, orderClusterProps, trailProps } from "./map_layers.js";
import { orderMarks } from "./marks.js";
import { advance } from "./motion.js";
import { newPaint, paintCouriers } from "./paint.js";
import { boardIn, placeOf, seenIn } from "./scene.js";
import { companionWays } from "./together.js";
import { courierTones } from "./tones.js";
import { colourOf, piecesOf } from "./trails.js";

/** How large a mark and a courier are, for what is drawn round them. */
const MARK_PX = 28;
const COURIER_PX = 22;
/** Ways grow slowly: they are drawn anew so often at most, unless others are wanted. */
const TRAILS_EACH_MS = 1000;
/** For every so many of them drawn together they are drawn so much more coarsely and seldom. */
const MANY = 100;

/** @param {State} state */
export function createMapView(state) {
  const { words, format, config } = state;
  const crowd = createCrowd(state);
  let paint = newPaint(0);
  let marks = { pickups: /** @type {Mark[]} */ ([]), dropoffs: /** @type {Mark[]} */ ([]) };
  let tones = courierTones(boardIn(state), [], () => null, 0);
  let loads = /** @type {Label[]} */ ([]);
  let names = /** @type {Label[]} */ ([]);
  let edges = /** @type {import("./company_edges.js").Edge[]} */ ([]);
  let turn = 0;
  const trailed = { of: "", at: -Infinity };

  /**
   * Take in what is new, to be drawn with the next picture.
   * @param {LiveMap | null} map @param {Label[]} busy what kitchens have said @param {boolean} isCarrying whether an order is in the hand
   * @param {Sieve} shows which orders the filters leave
   */
  function read(map, busy, isCarrying, shows) {
    const board = boardIn(state);
    const now = state.clock.server();
    marks = orderMarks(board, state.selection, now, words, shows);
    tones = courierTones(board, state.roster.index.keys(), seenIn(state), now);
    advance(state.roster.fleet, state.clock.now());
    if (map) crowd.read(map, allMarks(), tones, isCarrying, state.clock.now());
    const zoom = map?.camera.state().zoom ?? 0;
    const hidden = crowd.hiddenCouriers();
    const naming = { board, roster: state.roster, now, zoom, named: wantedNames(), hidden, words, format };
    loads = loadLabels(naming);
    names = [...nameLabels(naming), ...pointedAt(), ...spotNames(), ...busy.filter((one) => one.position[0] !== 0)];
  }

  /** The couriers where they are now. @param {LiveMap} map @param {number} now page ms @returns {boolean} whether they move on */
  function drawCouriers(map, now) {
    const { fleet, courier } = state.roster;
    const isMoving = advance(fleet, now);
    const isRiding = crowd.ride(now);
    const look = {
      tones,
      chosen: state.selection.courier,
      target: state.target,
      hidden: crowd.hiddenCouriers(),
    };
    paint = paintCouriers(paint, fleet, courier, look, config.map.palette);
    rideAlong(loads, fleet);
    rideAlong(names, fleet);
    turn += 1;
    map.draw({
      ...courierProps(fleet, paint),
      ...labelProps(loads, names, turn),
      ...courierClusterProps(crowd.couriers(), turn),
      ...focusProps(thing(state.standing) ?? [], turn),
    });
    return isMoving || isRiding;
  }

  /** What stands still, and the ways. @param {LiveMap} map */
  function drawMarks(map) {
    const isShown = (/** @type {Mark} */ mark) => !crowd.isMarkHidden(mark);
    const shown = { pickups: marks.pickups.filter(isShown), dropoffs: marks.dropoffs.filter(isShown) };
    const alone = [...shown.pickups, ...shown.dropoffs];
    const marked = alone.filter((mark) => state.chosen.has(mark.id));
    const clusters = crowd.orders();
    edges = companyEdges(alone, clusters, state.colleagues);
    map.draw({
      ...markProps(shown),
      ...companyProps(edges),
      ...companionProps(companionWays(state.selection.order, boardIn(state))),
      ...markedProps(
        marked,
        clusters.filter((cluster) => cluster.isMarked),
      ),
      ...orderClusterProps(clusters),
      ...trails(),
    });
  }

  /** @returns {Record<string, object>} nothing when they are as they were */
  function trails() {
    const now = state.clock.server();
    const whose = riddenBy(state);
    const of = whose.join("\n");
    const crowds = Math.ceil(whose.length / MANY);
    if (of === trailed.of && now - trailed.at < TRAILS_EACH_MS * crowds) return {};
    Object.assign(trailed, { of, at: now });
    const colours = config.map.palette.trails;
    return trailProps(
      whose.flatMap((courier) =>
        piecesOf(state.trails.get(courier) ?? [], placeOf(state, courier), now, colourOf(courier, colours), crowds),
      ),
      state.whose === "all",
    );
  }

  const wantedNames = () =>
    new Set(
      [state.selection.courier, state.target, courierOf(state.hovered), courierOf(state.standing)].filter(
        (id) => id !== null,
      ),
    );

  const spotNames = () => state.spots.map(({ position, text }) => ({ index: -1, position, text }));

  const allMarks = () => [...marks.pickups, ...marks.dropoffs];
  const clusters = () => [...crowd.orders(), ...crowd.couriers()];

  /** @returns {Label[]} what the mark under the pointer, or under the keys, stands for */
  function pointedAt() {
    const found = [state.hovered, state.standing].flatMap((one) => (one?.kind === "courier" ? [] : (thing(one) ?? [])));
    return found.map((one) => {
      const text = [one.title, companyOf(one)].filter(Boolean).join(" · ");
      return { index: -1, position: one.position, text, up: one.size / 2 + 12 };
    });
  }

  /** @param {{kind: string, id: string}} one @returns {string} which colleagues are at it; "" for nobody */
  function companyOf(one) {
    if (one.kind !== "orders") return companyText(companies(state.colleagues).get(one.id), words);
    const names = companionsAt(state.colleagues, clusterOf(one)?.members ?? []).map(({ name }) => name);
    return names.length ? words("colleagues at them: {names}", { names: names.join(", ") }) : "";
  }

  /** @param {{kind: string, id: string}} one */
  const clusterOf = (one) => clusters().find((each) => each.kind === one.kind && each.id === one.id);

  /** @returns {Thing[]} all that is drawn by itself */
  function things() {
    const { fleet, courier } = state.roster;
    const hidden = crowd.hiddenCouriers();
    const ids = [...fleet.slots.subarray(0, fleet.shown)].map((index) => courier[index]);
    return [
      ...allMarks()
        .filter((mark) => !crowd.isMarkHidden(mark))
        .map((mark) => ({ ...mark, size: MARK_PX })),
      ...clusters(),
      ...ids.filter((id) => !hidden.has(id)).flatMap((id) => thing({ kind: "courier", id }) ?? []),
    ];
  }

  /** @param {{kind: string, id: string} | null} one @returns {Thing[] | null} it alone, where it is drawn now; null when it is not */
  function thing(one) {
    if (!one) return null;
    if (one.kind === "courier") {
      const position = placeOf(state, one.id);
      const title = boardIn(state).couriers.get(one.id)?.name ?? one.id;
      return position && [{ ...one, position, dx: 0, size: COURIER_PX, title }];
    }
    const found = [...allMarks(), ...clusters()].find((each) => each.id === one.id && each.kind === one.kind);
    return found ? [{ size: MARK_PX, ...found }] : null;
  }

  return {
    read,
    drawCouriers,
    drawMarks,
    /** Those of the orders on the map, in groups or alone. */
    marks: allMarks,
    /** Those that are drawn alone. */
    shownMarks: () => allMarks().filter((mark) => !crowd.isMarkHidden(mark)),
    clusters,
    clusterOf,
    companyOf,
    edges: () => edges,
    hiddenCouriers: crowd.hiddenCouriers,
    things,
    /** @param {{kind: string, id: string}} one @returns {Thing | null} */
    thing: (one) => thing(one)?.[0] ?? null,
  };
}

/** @param {{kind: string, id: string} | null} one */
const courierOf = (one) => (one?.kind === "courier" ? one.id : null);

/** @param {State} state @returns {string[]} the couriers whose ways are drawn */
function riddenBy({ whose, selection, trails }) {
  if (whose === "all") return [...trails.keys()];
  return whose === "chosen" && selection.courier ? [selection.courier] : [];
}
