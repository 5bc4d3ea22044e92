"""A courier's list of stops: in their order, against what was promised, with what is carried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from callbacks.stops import read_wanted
from dashboard.arriving import Arriving
from dashboard.domain.board import Board
from dashboard.domain.couriers import Courier
from dashboard.domain.ground import Point, metres_between
from dashboard.domain.orders import Item, Order, Place
from dashboard.domain.refusals import Invalid, NotFound
from dashboard.domain.service_times import UNLEARNT
from dashboard.domain.stop_list import Load, marks_of, room, shift_end, stop_list
from dashboard.exports.calendars import Planned
from dashboard.ports import Matrix
from dashboard.stop_doors import read_marks
from dashboard.stop_lists import StopLists
from dashboard.ways import Ways

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ABOARD = Order("o1", "acme", "1", Place(60.17, 24.94), Place(60.16, 24.95, before=NOON + 30 * MINUTE), NOON,
               courier="lea", state="picked_up", weight_g=1500, items=(Item("Soup", 2), Item("Tea")))  # fmt: skip
WAITING = Order("o2", "acme", "2", Place(60.165, 24.945), Place(60.155, 24.95), NOON, courier="lea", state="ready")
BOTH = (ABOARD, WAITING)
CROSSED = (("o2", "pickup"), ("o2", "dropoff"), ("o1", "dropoff"))


class Roads:
    """5 m a second, as the crow flies."""

    def times(self, coop: str, sources: Sequence[Point], targets: Sequence[Point], vehicle: str = "") -> Matrix:
        metres = np.array([[metres_between(a, b) for b in targets] for a in sources])
        return Matrix(metres / 5, metres)


class Desk:
    """Léa with one order on the bicycle and one to fetch, on a shift that is planned until five past noon."""

    def __init__(self, *, is_seen: bool = True) -> None:
        rider = Courier("lea", "acme", "Léa", "on", NOON - 60 * MINUTE)
        self.board = Board("acme", 7, {one.id: one for one in BOTH}, {"lea": rider})
        arriving = Arriving(lambda _: self.board, lambda *_: (24.94, 60.17, NOON) if is_seen else None,
                            Ways(Roads(), patience=60), lambda _: UNLEARNT)  # fmt: skip
        self.plans = {"lea": [Planned("p1", NOON - 60 * MINUTE, NOON + 5 * MINUTE)]}
        self.lists = StopLists(
            lambda _: self.board, arriving, lambda *_: self.plans, lambda *_: {"bicycle": 8000, "cargo": 0}
        )

    def decide(self, *stops: tuple[str, str]) -> None:
        """The desk has decided in which order."""
        rider = replace(self.board.couriers["lea"], stops=stops)
        self.board = replace(self.board, seq=self.board.seq + 1, couriers={"lea": rider})

    def stops(self, wanted: Sequence[tuple[str, str]] | None = None) -> list[tuple[str, str]]:
        """In their order."""
        return [(one.order, one.end) for one in self.lists.of("acme", "lea", NOON, wanted).stops]


def test_the_load_after_each_stop_and_where_it_is_fullest() -> None:
    """A pickup adds, a drop-off takes away; an order that says no weight is counted as such, not as 0."""
    found = stop_list(BOTH, [("o2", "pickup"), ("o1", "dropoff"), ("o2", "dropoff")], {})
    assert [one.after for one in found.stops] == [Load(2, 3, 1500, 1), Load(1, 0, 0, 1), Load()]
    assert found.fullest == Load(2, 3, 1500, 1)
    assert (room(found.fullest, 8000), room(found.fullest, 1000), room(found.fullest, 0)) == (6500, -500, None)


def test_times_are_those_of_the_rows_against_the_promise() -> None:
    """What a row of the desk says of an order is what the list says; without a promise nothing is late."""
    desk = Desk()
    found = desk.lists.to_wire("acme", "lea", NOON)
    said = desk.lists._arriving.to_wire("acme", NOON)
    by_stop = {(one["order"], one["end"]): one for one in found["stops"]}
    assert {key: one["arrival"] for key, one in by_stop.items()} == {
        (order, end): said[order][end] for order, end in by_stop
    }
    assert by_stop["o1", "dropoff"]["late_seconds"] < 0
    assert by_stop["o2", "dropoff"]["late_seconds"] is None
    assert (found["version"], found["decided"], found["room_g"], found["fullest"]["unweighed"]) == (1, False, 6500, 1)


def test_what_another_order_would_do_changes_nothing() -> None:
    """The stops as somebody thinks of them come with their own times; asked again, the list is as it was."""
    desk = Desk()
    before = desk.stops()
    assert before != list(CROSSED)
    thought = desk.lists.of("acme", "lea", NOON, CROSSED)
    assert [(one.order, one.end) for one in thought.stops] == list(CROSSED)
    times = [one.arrival.expected for one in thought.stops if one.arrival]
    assert times == sorted(times)
    assert len(times) == 3
    assert desk.stops() == before
    desk.decide(*CROSSED)
    assert desk.stops() == list(CROSSED)
    assert desk.stops(()) == before  # as it comes


def test_a_dropoff_before_its_pickup_is_refused() -> None:
    """And so is what the courier does not have; both say what is wrong."""
    desk = Desk()
    with pytest.raises(Invalid, match="before its pickup"):
        desk.stops((("o2", "dropoff"), ("o2", "pickup"), ("o1", "dropoff")))
    with pytest.raises(Invalid, match="not the stops"):
        desk.stops((("o9", "dropoff"),))
    with pytest.raises(NotFound):
        desk.lists.of("acme", "noe", NOON)


def test_without_a_position_the_stops_are_there_without_times() -> None:
    """As the desk decided them, else the bicycle's first; nobody makes up a time."""
    desk = Desk(is_seen=False)
    assert desk.stops() == [("o1", "dropoff"), ("o2", "pickup"), ("o2", "dropoff")]
    desk.decide(*CROSSED)
    found = desk.lists.to_wire("acme", "lea", NOON)
    assert [(one["order"], one["end"], one["arrival"]) for one in found["stops"]] == [(*one, None) for one in CROSSED]
    assert (found["done_at"], found["beyond_seconds"]) == (None, 0)
    assert marks_of((ABOARD,), CROSSED) == (("o1", "dropoff"),)


def test_work_beyond_the_planned_end_is_said() -> None:
    """The last stop is left after five past noon; on a longer shift, or one that nobody planned, nothing is."""
    desk = Desk()
    beyond = desk.lists.of("acme", "lea", NOON).beyond
    assert timedelta() < beyond < timedelta(hours=1)
    desk.plans["lea"] = [Planned("p1", NOON - 60 * MINUTE, NOON + 300 * MINUTE)]
    assert desk.lists.of("acme", "lea", NOON).beyond == timedelta()
    desk.plans.clear()
    assert desk.lists.of("acme", "lea", NOON).ends_at is None


@pytest.mark.parametrize(
    ("planned", "ends"),
    [
        ([(-60, 60)], 60),
        ([(-60, -10)], -10),  # should have ended
        ([(-200, -100), (10, 100)], 100),  # began early
        ([(-60, 10), (90, 300)], 10),  # the next shift is another one
        ([(30, 100)], None),
    ],
)
def test_which_planned_shift_is_the_one_that_runs(planned: list[tuple[int, int]], ends: int | None) -> None:
    """Minutes from now, on a shift that began 90 minutes ago."""
    spans = [(NOON + start * MINUTE, NOON + end * MINUTE) for start, end in planned]
    found = shift_end(spans, NOON - 90 * MINUTE, NOON)
    assert found == (None if ends is None else NOON + ends * MINUTE)


@pytest.mark.parametrize("text", ["o1", "o1:door", ":pickup", ",".join(["o1:pickup"] * 201)])
def test_an_order_of_stops_that_is_none(text: str) -> None:
    """It is said what is wrong with it, before anybody looks it up."""
    with pytest.raises(Invalid) as refused:
        read_marks(text)
    assert refused.value.facts.get("field", "stops") == "stops"


def test_an_order_of_stops_in_an_address() -> None:
    """Read as it was written; empty means as it comes."""
    found: Any = read_marks("o:1:pickup,o2:dropoff")
    assert found == (("o:1", "pickup"), ("o2", "dropoff"))
    assert read_marks("") == ()


@pytest.mark.parametrize(
    "data",
    [
        None,
        {"courier": "lea", "version": 1},
        {"courier": "lea", "version": "1", "stops": []},
        {"courier": "lea", "version": 1, "stops": [{"order": "o1", "end": "door"}]},
        {"courier": "lea", "version": 1, "stops": ["o1:pickup"]},
    ],
)
def test_what_the_page_did_not_send(data: Any) -> None:
    """Anything else than a courier, a version and stops is refused before anything is done."""
    with pytest.raises(Invalid, match="stops"):
        read_wanted(data)


def test_what_the_page_sent() -> None:
    """An order of stops to decide; none: as it comes."""
    stops = [{"order": "o1", "end": "pickup"}, {"order": "o1", "end": "dropoff"}]
    found = read_wanted({"courier": "lea", "version": 3, "stops": stops, "nonce": "x"})
    assert found == ("lea", 3, (("o1", "pickup"), ("o1", "dropoff")))
    assert read_wanted({"courier": "lea", "version": 3, "stops": []}) == ("lea", 3, ())
