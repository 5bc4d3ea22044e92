import assert from "node:assert/strict";
import { test } from "node:test";
import Supercluster from "supercluster";
import { boardOf } from "../../assets/desk/board.js";
import { courierClusters, orderClusters, orderSpots, spotId } from "../../assets/desk/clusters.js";
import { createCrowd, pinnedIn } from "../../assets/desk/crowd.js";
import { createGrouping } from "../../assets/desk/groups.js";
import { orderMarks } from "../../assets/desk/marks.js";
import { advance, moveTo } from "../../assets/desk/motion.js";
import { newState } from "../../assets/desk/scene.js";
import { addSeats, newRoster } from "../../assets/desk/roster.js";
import { at, courier, MINUTE, NOON, order, seat, snapshot, words } from "./values.js";

const NOBODY = { order: null, courier: null };
const late = { ...order().dropoff, before: at(-MINUTE) };
const soon = { ...order().dropoff, before: at(5 * MINUTE) };

/** @param {import("../../assets/desk/types.js").Order[]} orders */
const marksOf = (orders) => {
  const { pickups, dropoffs } = orderMarks(boardOf(snapshot({ orders })), NOBODY, NOON, words);
  return [...pickups, ...dropoffs];
};
/** All of them in one group. @param {import("../../assets/desk/marks.js").Mark[]} marks */
const whole = (marks) => [{ key: "g1", members: marks.map(spotId), lon: 24.94, lat: 60.17 }];

test("a group of orders counts each order once and shows the worst of them, in colour and by a sign", () => {
  /** @param {import("../../assets/desk/types.js").Order[]} orders */
  const shown = (...orders) => {
    const marks = marksOf(orders);
    const [{ text, icon, worst, title }] = orderClusters(whole(marks), marks, new Set(["b"]), words);
    return [text, icon, worst, title];
  };
  const [a, b] = [order({ id: "a" }), order({ id: "b" })];
  assert.deepEqual(shown(a, b), ["2", "cluster-plain", null, "Orders here: 2 · marked: 1"]);
  const due = order({ id: "c", dropoff: soon });
  assert.deepEqual(shown(a, due), ["◔2", "cluster-due", "due", "Orders here: 2 · nearly late: 1"]);
  const behind = order({ id: "d", dropoff: late });
  assert.deepEqual(shown(a, due, behind), ["!3", "cluster-late", "late", "Orders here: 3 · late: 1 · nearly late: 1"]);
});

test("a group of couriers shows who has a late order, and that one is not heard of", () => {
  /** @param {[string, import("../../assets/desk/paint.js").Tone][]} tones */
  const shown = (...tones) => {
    const group = { key: "g1", members: ["lea", "noe", "zoe"], lon: 24.94, lat: 60.17 };
    const [{ text, icon, title }] = courierClusters([group], new Map(tones), words);
    return [text, icon, title];
  };
  assert.deepEqual(shown(), ["3", "flock-plain", "Couriers here: 3"]);
  assert.deepEqual(shown(["lea", "late"]), ["!3", "flock-late", "Couriers here: 3 · with a late order: 1"]);
  assert.deepEqual(shown(["noe", "lost"]), ["3?", "flock-plain", "Couriers here: 3 · not heard of: 1"]);
  assert.equal(shown(["lea", "lost"], ["noe", "lost"], ["zoe", "lost"])[1], "flock-hollow");
});

/** A desk with five couriers in one spot and three orders there, seen from far away. */
function crowded() {
  const state = newState(/** @type {any} */ ({ coop: "acme", words: {}, locale: "en-GB", time_zone: "UTC" }));
  const ids = ["ana", "bo", "cy", "di", "eve"];
  const orders = [order({ id: "a", courier: "cy" }), order({ id: "b" }), order({ id: "c" })];
  const board = boardOf(snapshot({ orders, couriers: ids.map((id) => courier({ id })) }));
  state.feed = { ...state.feed, board };
  state.roster = addSeats(
    newRoster(),
    ids.map((id, index) => seat(id, index)),
  );
  ids.forEach((_, index) => moveTo(state.roster.fleet, index, 24.94, 60.17, NOON, 0));
  advance(state.roster.fleet, 1e6);
  const map = /** @type {any} */ ({
    grouping: (/** @type {number} */ reach) => createGrouping(Supercluster, reach),
    camera: { state: () => ({ zoom: 12 }) },
  });
  const crowd = createCrowd(state);
  const marks = marksOf(orders);
  return { state, crowd, marks, read: (isCarrying = false) => crowd.read(map, marks, new Map(), isCarrying, 0) };
}

test("what is chosen, pointed at, stood on, followed or aimed at never hides; nor does the courier of the chosen order", () => {
  const { state, crowd, marks, read } = crowded();
  read();
  assert.equal(crowd.hiddenCouriers().size, 5);
  assert.ok(marks.every(crowd.isMarkHidden));
  state.selection = { order: "a", courier: null };
  read();
  assert.ok(marks.filter((mark) => mark.id === "a").every((mark) => !crowd.isMarkHidden(mark)), "both its ends");
  assert.deepEqual([crowd.hiddenCouriers().has("cy"), crowd.hiddenCouriers().has("bo")], [false, true]);
  state.selection = { order: null, courier: "ana" };
  state.hovered = { kind: "courier", id: "bo" };
  state.aimed = "eve";
  read();
  assert.deepEqual([...pinnedIn(state).couriers].toSorted(), ["ana", "bo", "eve"]);
  assert.equal(crowd.couriers().length, 0, "two are no group");
});

test("groups can be put off, and while an order is in the hand each courier is there by itself", () => {
  const { state, crowd, marks, read } = crowded();
  read(true);
  assert.deepEqual([crowd.hiddenCouriers().size, marks.every(crowd.isMarkHidden)], [0, true]);
  state.groups = false;
  read();
  assert.deepEqual([crowd.couriers(), crowd.orders(), marks.some(crowd.isMarkHidden)], [[], [], false]);
});

test("a sign rides along with its couriers, and goes over gently when somebody leaves", () => {
  const { state, crowd, read } = crowded();
  read();
  const [sign] = crowd.couriers();
  assert.equal(crowd.ride(0), false);
  moveTo(state.roster.fleet, 0, 24.9402, 60.17, NOON + 1000, 1e6);
  advance(state.roster.fleet, 2e6);
  crowd.ride(10);
  assert.ok(Math.abs(sign.position[0] - 24.94004) < 1e-5, "a fifth of the way that one of five rode");
  const before = [...sign.position];
  state.selection = { order: null, courier: "ana" };
  read();
  assert.equal(crowd.ride(1), true);
  assert.ok(Math.abs(crowd.couriers()[0].position[0] - before[0]) < 2e-6, "it starts from where it was");
  assert.equal(crowd.ride(1000), false);
  assert.ok(Math.abs(crowd.couriers()[0].position[0] - 24.94) < 1e-6, "and is in the middle of those who are left");
});

test("only spots of orders that may hide are grouped", () => {
  const marks = marksOf([order({ id: "a" }), order({ id: "b" })]);
  assert.deepEqual(
    orderSpots(marks, (id) => id === "a").map(({ id }) => id),
    ["pickup b", "dropoff b"],
  );
});
