"""Plans are carried out line by line through the ordinary door, and leave nothing when they are discarded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import numpy as np
import pytest

from dashboard.dispatch import Dispatch, Step
from dashboard.domain.commands import command_of
from dashboard.domain.decisions import why
from dashboard.domain.fitting import Planned
from dashboard.domain.ground import Point, metres_between
from dashboard.domain.orders import Order, Place
from dashboard.domain.refusals import Conflict, Invalid, NotFound, Unavailable
from dashboard.domain.service_times import UNLEARNT
from dashboard.domain.working_time import Finding
from dashboard.planner import Around, Planner
from dashboard.ports import Coop, Matrix, Route
from dashboard.ways import Ways
from tests.memory_store import MemoryStore

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
COOP = "taille"
SPOTS = {"lea": 0.0, "noe": 6000.0}


def spot(metres: float) -> Point:
    """So far north of the corner; whole hundreds of metres stay what they are when places are rounded."""
    return 24.94, 60.17 + metres / 111_195


class Straight:
    """5 m a second, as the crow flies."""

    def times(self, coop: str, sources: Any, targets: Any, vehicle: str = "") -> Matrix:
        metres = np.array([[metres_between(a, b) for b in targets] for a in sources])
        return Matrix(metres / 5, metres)

    def route(self, coop: str, points: Any, vehicle: str = "") -> Route | None:
        return Route(tuple(points), 0, 0)


class Kept(dict[tuple[str, str], Mapping[str, Any]]):
    """Drafts in memory."""

    def keep(self, coop: str, id: str, document: Mapping[str, Any], lasts: timedelta) -> None:
        self[coop, id] = document

    def find(self, coop: str, id: str) -> Mapping[str, Any] | None:
        return self.get((coop, id))

    def take(self, coop: str, id: str) -> Mapping[str, Any] | None:
        return self.pop((coop, id), None)


class Scene:
    """Léa at the corner and Noé six kilometres north, both on shift."""

    def __init__(self, limits: tuple[Finding, ...] = ()) -> None:
        self.store, ids = MemoryStore(Coop(COOP, "Tailleferre")), count(1)
        self.dispatch = Dispatch(self.store, lambda _: None, lambda: f"o{next(ids)}", lambda *_: limits)
        for courier in SPOTS:
            self.dispatch.add_courier(COOP, courier, courier.title(), by="admin", at=NOON)
            self.dispatch.shift(COOP, courier, "start", by=courier, at=NOON)
        self.ends: dict[str, datetime] = {}
        around = Around(lambda *_: limits, self.planned, lambda *_: {}, lambda _: UNLEARNT, lambda *_: {})
        self.kept, roads = Kept(), Straight()
        self.planner = Planner(
            lambda coop: self.store.board(coop, NOON), lambda _, courier: spot(SPOTS[courier]), Ways(roads),
            around, roads, self.dispatch, self.kept, lambda: f"p{next(ids)}",
        )  # fmt: skip

    def planned(self, *_: object) -> Mapping[str, Planned]:
        """Shifts that are planned to end."""
        return {courier: Planned(ends_at) for courier, ends_at in self.ends.items()}

    def place(self, pickup: float, dropoff: float) -> str:
        """A parcel from so far north to so far north, to be there in half an hour."""
        (lon, lat), (lon2, lat2) = spot(pickup), spot(dropoff)
        there = Place(lat2, lon2, before=NOON + 30 * MINUTE)
        return self.dispatch.place(COOP, Order("", "", "", Place(lat, lon), there, NOON), by="api", at=NOON).order.id

    def assign(self, order: str, courier: str) -> None:
        """By hand."""
        self.dispatch.assign(COOP, order, courier, expected_version=None, by="bo", at=NOON)

    def commit(self, plan: str, *struck: str) -> dict[str, str]:
        """What became of each line."""
        found = self.planner.commit(COOP, plan, struck, by="ada", at=NOON)
        return {one.order or one.taker: one.outcome for one in found}

    def courier_of(self, order: str) -> str | None:
        """Who has it."""
        found = self.store.order(COOP, order)
        assert found is not None
        return found.courier


@pytest.fixture
def scene() -> Scene:
    """The usual one."""
    return Scene()


def test_a_plan_changes_nothing_until_it_is_carried_out(scene: Scene) -> None:
    """Proposing and discarding leave no entry; a plan that was discarded cannot be carried out any more."""
    scene.place(300, 900)
    before = scene.store.head(COOP)
    plan, draft = scene.planner.propose(COOP, NOON)
    assert [line.taker for line in draft.lines] == ["lea"]
    scene.planner.discard(COOP, plan)
    assert scene.store.head(COOP) == before
    assert scene.kept == {}
    with pytest.raises(NotFound, match="propose"):
        scene.commit(plan)


def test_lines_are_carried_out_but_for_those_struck_out(scene: Scene) -> None:
    """Each line goes through the ordinary door, with the plan's id and what it foresaw; a struck one nothing."""
    near, far = scene.place(300, 900), scene.place(5700, 5100)
    plan, _ = scene.planner.propose(COOP, NOON)
    assert scene.commit(plan, far) == {near: "given", far: "struck"}
    assert (scene.courier_of(near), scene.courier_of(far)) == ("lea", None)
    (given,) = why(scene.store.about(COOP, near))
    assert (given.by, given.plan) == ("ada", plan)
    assert given.foreseen == {"at": "2026-05-04T12:05:00.000Z", "late_seconds": 0}
    with pytest.raises(NotFound):
        scene.commit(plan)


def test_a_line_that_somebody_was_quicker_with_stops_no_other(scene: Scene) -> None:
    """Of three lines the middle one was changed by a colleague: it is refused by name, the others are carried out."""
    one, two, three = (scene.place(300 * n, 300 * n + 600) for n in (1, 2, 3))
    plan, draft = scene.planner.propose(COOP, NOON)
    assert {line.order.id for line in draft.lines} == {one, two, three}
    scene.assign(two, "noe")
    found = scene.planner.commit(COOP, plan, (), by="ada", at=NOON)
    assert {line.order: line.outcome for line in found} == {one: "given", two: "refused", three: "given"}
    (refused,) = (line.refusal for line in found if line.refusal)
    assert isinstance(refused, Conflict)
    assert "bo changed" in str(refused)
    assert scene.courier_of(two) == "noe"


def test_a_courier_who_went_home_meanwhile_is_refused_in_words(scene: Scene) -> None:
    """Who is off shift when the plan is carried out gets nothing, and the line says why."""
    order = scene.place(300, 900)
    plan, _ = scene.planner.propose(COOP, NOON)
    scene.dispatch.shift(COOP, "lea", "end", by="lea", at=NOON)
    assert scene.commit(plan) == {order: "refused"}
    assert scene.courier_of(order) is None


def test_the_order_of_stops_goes_with_the_plan(scene: Scene) -> None:
    """Who gets several orders by a plan is to ride to them as the plan foresaw, and the journal says so."""
    for n in (1, 2):
        scene.place(300, 600 + 300 * n)
    plan, draft = scene.planner.propose(COOP, NOON)
    (ridden,) = draft.rounds
    scene.commit(plan)
    lea = scene.store.courier(COOP, "lea")
    assert lea is not None
    assert lea.stops == tuple((visit.stop.order, visit.stop.end) for visit in ridden.after.visits)
    entry = scene.store.entries(COOP)[-1]
    assert (entry.kind, entry.data["plan"]) == ("courier.stops_ordered", plan)


def test_an_arrival_meanwhile_is_no_other_decision(scene: Scene) -> None:
    """A courier who has reached a counter since gets the plan's order all the same; what a colleague decided holds."""
    scene.ends["noe"] = NOON + MINUTE
    held = scene.place(0, 600)
    scene.assign(held, "lea")
    for n in (1, 2):
        scene.place(300, 600 + 300 * n)
    plan, _ = scene.planner.propose(COOP, NOON)
    scene.dispatch.arrive(COOP, "lea", held, "pickup", by="lea", at=NOON)
    assert set(scene.commit(plan).values()) == {"given"}
    scene.place(300, 1500)
    plan, draft = scene.planner.propose(COOP, NOON)
    assert [line.taker for line in draft.lines] == ["lea"]
    scene.dispatch.order_stops(COOP, "lea", (), expected_version=None, by="bo", at=NOON)
    assert sorted(scene.commit(plan).values()) == ["given", "refused"]


def test_who_is_past_a_limit_is_left_alone() -> None:
    """A courier who may not work on gets nothing, and keeps what is in hand; a shift that ends counts as well."""
    over = Scene((Finding("day", "red", NOON - MINUTE, -MINUTE),))
    over.place(300, 900)
    assert over.planner.propose(COOP, NOON)[1].lines == ()
    ending = Scene()
    ending.ends = {"lea": NOON + 3 * MINUTE}
    ending.place(300, 900)
    assert [line.taker for line in ending.planner.propose(COOP, NOON)[1].lines] == ["noe"]


def test_the_best_order_of_stops(scene: Scene) -> None:
    """Two orders that cross are ridden better in another order: the gain is said, accepted, and then nothing is left
    to gain; no proposal is worse than what there was."""
    for ends in ((0, 3000), (3000, 600), (2400, 0)):
        scene.assign(scene.place(*ends), "lea")
    back = [mark for order in ("o3", "o2", "o1") for mark in ((order, "pickup"), (order, "dropoff"))]
    scene.dispatch.order_stops(COOP, "lea", back, expected_version=2, by="ada", at=NOON)
    plan, found = scene.planner.propose_order(COOP, "lea", NOON)
    assert found.gain > 5 * MINUTE
    assert len(scene.planner.ways(COOP, plan)) == 1
    assert scene.commit(plan) == {"lea": "given"}
    again = scene.planner.best_order(COOP, "lea", NOON)
    assert (again.gain, again.less_late) == (timedelta(), timedelta())
    assert again.before == found.after


def test_an_impossible_order_of_stops_is_refused(scene: Scene) -> None:
    """A drop-off before its pickup, a stop of somebody else's, or an old version: refused, and nothing is written."""
    order = scene.place(300, 900)
    scene.assign(order, "lea")
    ahead = [(order, "pickup"), (order, "dropoff")]
    for wanted in (ahead[::-1], ahead[:1], [*ahead, ahead[0]], [("o9", "pickup"), *ahead]):
        with pytest.raises(Invalid):
            scene.dispatch.order_stops(COOP, "lea", wanted, expected_version=None, by="ada", at=NOON)
    with pytest.raises(Conflict):
        scene.dispatch.order_stops(COOP, "lea", ahead, expected_version=1, by="ada", at=NOON)
    with pytest.raises(Unavailable):
        scene.planner.best_order(COOP, "noe", NOON)
    assert scene.store.entries(COOP)[-1].kind == "order.assigned"


def test_what_shares_a_pickup_is_carried_out_in_one_go(scene: Scene) -> None:
    """Each line of it counts as given, by one command; where one of them is struck out, none is given."""
    box = [scene.place(300, metres) for metres in (900, 1200)]
    first, second = (scene.store.order(COOP, one) for one in box)
    assert first
    assert second
    scene.dispatch.change_orders(
        COOP, first.id, lambda *_: [Step(one, replace(one, group="g", version=2), "order.attached", {})
                                    for one in (first, second)],
        expected_version=None, by="ada", at=NOON,
    )  # fmt: skip
    plan, _ = scene.planner.propose(COOP, NOON)
    assert scene.commit(plan, box[0]) == dict.fromkeys(box, "struck")
    plan, _ = scene.planner.propose(COOP, NOON)
    assert scene.commit(plan) == dict.fromkeys(box, "given")
    assert {scene.courier_of(one) for one in box} == {"lea"}
    assert len({command_of(scene.store.about(COOP, one)[-1]) for one in box}) == 1
