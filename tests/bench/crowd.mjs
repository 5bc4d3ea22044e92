// What the groups of the map cost: prints one JSON line. Argument: {"couriers", "orders", "rounds"}.
import Supercluster from "supercluster";
import { boardOf } from "../../assets/desk/board.js";
import { createCrowd } from "../../assets/desk/crowd.js";
import { createGrouping } from "../../assets/desk/groups.js";
import { orderMarks } from "../../assets/desk/marks.js";
import { advance, moveTo } from "../../assets/desk/motion.js";
import { addSeats, newRoster } from "../../assets/desk/roster.js";
import { newState } from "../../assets/desk/scene.js";
import { colourOf, hear, piecesOf } from "../../assets/desk/trails.js";

const { couriers, orders, rounds } = JSON.parse(process.argv[2]);
const NOON = Date.parse("2026-11-24T12:00:00Z");
let seed = 7;
const chance = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
const lon = () => 24.9 + 0.1 * chance();
const lat = () => 60.15 + 0.05 * chance();
const place = () => ({ lon: lon(), lat: lat(), name: "", address: "", after: null, before: new Date(NOON + 6e5 * (chance() - 0.2)).toISOString() });

const state = newState({ coop: "acme", words: {}, locale: "en-GB", time_zone: "UTC" });
const ids = Array.from({ length: couriers }, (_, n) => `c${n}`);
const placed = Array.from({ length: orders }, (_, n) => ({
  id: `o${n}`, coop: "acme", ref: `${n}`, kind: "meal", restaurant: null, pickup: place(), dropoff: place(),
  placed_at: new Date(NOON).toISOString(), ready_at: null, state: "ready", courier: n % 2 ? ids[n % couriers] : null, version: 1,
}));
const board = boardOf({ coop: "acme", seq: 1, at: new Date(NOON).toISOString(), orders: placed, couriers: [], roster: [], stale_since: null, visitor: { name: "", role: "" } });
state.feed = { ...state.feed, board };
state.roster = addSeats(newRoster(), ids.map((courier, index) => ({ courier, index, seen: null })));
const { pickups, dropoffs } = orderMarks(board, state.selection, NOON, state.words);
const marks = [...pickups, ...dropoffs];
const zooms = [11.2, 12.4, 13.6];
const map = { zoom: 12, grouping: (reach) => createGrouping(Supercluster, reach), camera: { state: () => ({ zoom: map.zoom }) } };
const crowd = createCrowd(state);

/** Milliseconds of processor for one `act`, in the mean: elapsed time says nothing on a busy machine. */
function timed(act) {
  let spent = 0;
  for (let round = 0; round < rounds; round += 1) {
    ids.forEach((_, index) => moveTo(state.roster.fleet, index, lon(), lat(), NOON + 1000 * (round + 1), 1000 * round));
    advance(state.roster.fleet, 1000 * round + 500);
    const before = process.cpuUsage();
    act(round);
    const { user, system } = process.cpuUsage(before);
    spent += user + system;
  }
  return Number((spent / rounds / 1000).toFixed(3));
}

const read = timed(() => crowd.read(map, marks, new Map(), false, 0));
const rescaled = timed((round) => ((map.zoom = zooms[round % 3]), crowd.read(map, marks, new Map(), false, 0)));
const ride = timed((round) => crowd.ride(round));
const trails = new Map();
for (const id of ids) for (let step = 0; step < 220; step += 1) hear(trails, id, lon(), lat(), NOON + step * 4000);
const drawn = timed(() => ids.flatMap((id) => piecesOf(trails.get(id), null, NOON + 880000, colourOf(id, [[1, 2, 3]]), Math.ceil(couriers / 100))));
console.log(JSON.stringify({
  couriers, orders, groups: crowd.orders().length + crowd.couriers().length,
  board_ms: read, rescaled_ms: rescaled, picture_ms: ride, trails_ms: drawn,
}));
