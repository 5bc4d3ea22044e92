"""The arrivals of a whole co-op: reckoned once for all who ask."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np

from dashboard.arriving import Arriving
from dashboard.domain.board import Board
from dashboard.domain.couriers import Courier
from dashboard.domain.events import Fact, Head, seal
from dashboard.domain.ground import Point, metres_between
from dashboard.domain.orders import Order, Place
from dashboard.domain.service_times import UNLEARNT, Learnt, ServiceTimes, Usual
from dashboard.ports import Matrix
from dashboard.ways import Ways

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
ORDER = Order("o1", "acme", "1", Place(60.17, 24.94), Place(60.16, 24.95), NOON, courier="lea", restaurant="toscana",
              state="ready")  # fmt: skip


class Roads:
    """5 m a second, as the crow flies; counts what it is asked."""

    asked = 0

    def times(self, coop: str, sources: Sequence[Point], targets: Sequence[Point], vehicle: str = "") -> Matrix:
        self.asked += 1
        metres = np.array([[metres_between(a, b) for b in targets] for a in sources])
        return Matrix(metres / 5, metres)


class Desk:
    """A board with an order of Léa's, and where she was last seen."""

    def __init__(self, times: ServiceTimes = UNLEARNT) -> None:
        self.roads, self.seen = Roads(), {"lea": (24.94, 60.15, NOON)}
        self.board = Board("acme", 7, {"o1": ORDER}, {"lea": Courier("lea", "acme", "Léa")})
        self.arriving = Arriving(
            lambda _: self.board,
            lambda _, courier: self.seen.get(courier),
            Ways(self.roads, patience=60),
            lambda _: times,
        )

    def hear(self, kind: str, subject: str, **data: str) -> None:
        """An entry that the journal has."""
        entry = seal(Fact(kind, subject, 1, data), Head(), coop="acme", id="e", at=NOON, actor="lea")
        self.arriving.hear(entry, self.board)


def test_it_is_reckoned_once_for_all_who_ask() -> None:
    """Within five seconds, with nothing written, the same answer; the ways are asked for once."""
    desk = Desk()
    first = desk.arriving.of("acme", NOON)
    asked = desk.roads.asked
    desk.seen["lea"] = (24.94, 60.1501, NOON + 3 * SECOND)
    assert desk.arriving.of("acme", NOON + 4 * SECOND) is first
    desk.arriving.of("acme", NOON + 6 * SECOND)
    assert desk.roads.asked == asked  # still at the same corner
    assert first["o1"] is not None


def test_without_a_position_it_says_so_and_a_report_is_a_position() -> None:
    """Nobody knows where the courier is: null, never a made-up time; who said to be at the counter is there."""
    desk = Desk()
    desk.seen.clear()
    assert desk.arriving.to_wire("acme", NOON) == {"o1": None}
    desk.hear("courier.arrived", "lea", order="o1", place="pickup")
    wire = desk.arriving.to_wire("acme", NOON + MINUTE)["o1"]
    assert wire["pickup"]["here"] is True
    assert wire["dropoff"]["expected"] > "2026-05-04T12:02"


def test_a_report_counts_until_the_order_moves_on() -> None:
    """Once the meal is with somebody else the courier stands there no more."""
    desk = Desk()
    desk.hear("courier.arrived", "lea", order="o1", place="pickup")
    assert desk.arriving.to_wire("acme", NOON)["o1"]["pickup"]["here"] is True
    desk.board = Board("acme", 8, {}, desk.board.couriers)
    desk.hear("order.reassigned", "o1")
    desk.board = Board("acme", 9, {"o1": ORDER}, desk.board.couriers)
    assert desk.arriving.to_wire("acme", NOON + MINUTE)["o1"]["pickup"]["here"] is False


def test_who_is_seen_at_the_door_is_there_since_then() -> None:
    """Service at the counter counts from when the courier was first seen there, so that the customer's time stands."""
    desk = Desk()
    expected = []
    for n in range(3):
        now = NOON + n * MINUTE / 2
        desk.seen["lea"] = (24.94, 60.17, now)
        wire = desk.arriving.to_wire("acme", now)["o1"]
        assert wire["pickup"]["here"] is True
        expected.append(wire["dropoff"]["expected"])
    assert len(set(expected)) == 1


def test_what_is_usual_at_the_counter_comes_along_before_the_pickup() -> None:
    """With its count; nothing where nobody knows; a co-op that is gone has nothing."""
    usual = Learnt(Usual(100, 0, 99), {"toscana": Usual(230, 0, 37)})
    told = Desk(ServiceTimes(counter=usual)).arriving.to_wire("acme", NOON)["o1"]
    assert told["counter"] == {"seconds": 230, "pickups": 37, "own": True}
    assert Desk().arriving.to_wire("acme", NOON)["o1"]["counter"] is None
