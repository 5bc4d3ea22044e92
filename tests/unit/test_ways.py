"""The ways between stops: guessed until they are learnt, learnt once, and never waited for for long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from threading import Event
from time import monotonic

import numpy as np
import pytest

from dashboard.domain.ground import Point
from dashboard.domain.itinerary import Leg
from dashboard.domain.orders import Place
from dashboard.domain.vehicles import BICYCLE, CARGO
from dashboard.ports import Matrix
from dashboard.ways import AT_ONCE, Ways, guess, snapped
from dashboard.ways_ahead import Ahead, open_orders
from tests.running import until
from tests.unit.desk_values import AT, BOARD, ORDER, WHERE, courier

A, B, C = (24.94, 60.17), (24.95, 60.168), (24.93, 60.16)
LONG = 30.0


@dataclass
class Roads:
    """Each way takes 60 s and 200 m, by cargo bicycle 90 s; answers when ``open``; remembers what it was asked."""

    asked: list[tuple[Sequence[Point], Sequence[Point], str]] = field(default_factory=list)
    open: Event = field(default_factory=Event)
    guessed: bool = False
    nowhere: Point | None = None

    def __post_init__(self) -> None:
        self.open.set()

    def times(self, coop: str, sources: Sequence[Point], targets: Sequence[Point], vehicle: str = BICYCLE) -> Matrix:
        self.asked.append((sources, targets, vehicle))
        assert self.open.wait(LONG)
        long = 90.0 if vehicle == CARGO else 60.0
        seconds = np.array([[np.nan if b == self.nowhere else long for b in targets] for _ in sources])
        return Matrix(seconds, np.where(np.isnan(seconds), np.nan, 200.0), self.guessed)


@pytest.fixture
def roads() -> Roads:
    return Roads()


def test_a_way_is_a_guess_until_it_is_learnt(roads: Roads) -> None:
    """As the crow flies times 1.35, and marked; then by road; each co-op and vehicle by itself."""
    ways = Ways(roads)
    assert ways.leg("acme", A, B) == guess(A, B)
    assert ways.leg("acme", A, B).guessed
    ways.learn("acme", [A], [B])
    assert ways.leg("acme", A, B) == Leg(60, 200)
    assert ways.leg("acme", A, B, CARGO) == guess(A, B, CARGO)
    assert guess(A, B, CARGO).seconds > guess(A, B).seconds
    assert ways.leg("other", A, B).guessed


def test_a_way_is_asked_for_once(roads: Roads) -> None:
    """What is known is not asked again, and neither is a way that does not exist: that one stays a guess."""
    roads.nowhere = C
    ways = Ways(roads)
    assert ways.learn("acme", [A, A], [B, C])
    assert ways.learn("acme", [A], [C, B])
    assert [(list(a), list(b)) for a, b, _ in roads.asked] == [([A], [B, C])]
    assert ways.leg("acme", A, C) == guess(A, C)


def test_what_was_guessed_for_want_of_an_answer_is_not_kept(roads: Roads) -> None:
    """While nobody answers everything is a guess; when the roads come back they are asked again."""
    ways = Ways(roads)
    roads.guessed = True
    assert not ways.learn("acme", [A], [B])
    assert ways.leg("acme", A, B).guessed
    roads.guessed = False
    assert ways.learn("acme", [A], [B])
    assert not ways.leg("acme", A, B).guessed


def test_questions_are_small_and_memory_is_bounded(roads: Roads) -> None:
    """Nobody asks for more than some hundred ways at once, and the oldest are forgotten."""
    ways = Ways(roads, kept=1000)
    many = [(24.9 + n / 1000, 60.17) for n in range(40)]
    assert ways.learn("acme", many, many)
    assert sum(len(a) * len(b) for a, b, _ in roads.asked) == 1600
    assert max(len(a) * len(b) for a, b, _ in roads.asked) <= AT_ONCE
    assert len(ways._known) == 1000
    assert not ways.leg("acme", many[-1], many[-1]).guessed


def test_nobody_waits_for_slow_roads(roads: Roads) -> None:
    """Preparing ends with its patience; what comes later is there for the next one who asks."""
    ways, mine = Ways(roads, patience=0.02), replace(ORDER, id="o2", courier="lea", pickup=Place(*C[::-1]))
    roads.open.clear()
    begun = monotonic()
    ways.prepare(ORDER, [(A, [mine])])
    assert monotonic() - begun < LONG / 2, "it waited until the roads were there"
    assert ways.leg("acme", A, C).guessed
    roads.open.set()
    until(lambda: not ways.leg("acme", ORDER.dropoff.point, C).guessed, LONG, "the roads were never learnt")
    for start, end in ((A, C), (C, ORDER.pickup.point), (mine.dropoff.point, C), (A, ORDER.pickup.point)):
        assert not ways.leg("acme", start, end).guessed


def test_ways_are_learnt_ahead_where_somebody_looks(roads: Roads) -> None:
    """From couriers to what waits, and between the stops, by their vehicles; once, until somebody moves or orders."""
    couriers = {**BOARD.couriers, "noe": replace(courier("noe", "Noé"), vehicle=CARGO)}
    board, ways, is_open = replace(BOARD, couriers=couriers), Ways(roads), False
    ahead = Ahead(ways, lambda _: board, lambda _, one: WHERE.get(one), lambda: ["acme"], lambda _: is_open)
    ahead.step()
    assert not roads.asked
    is_open = True
    ahead.step()
    pickup, dropoff = ORDER.pickup.point, ORDER.dropoff.point
    assert not ways.leg("acme", snapped(WHERE["lea"]), pickup).guessed
    assert not ways.leg("acme", snapped(WHERE["noe"]), dropoff, CARGO).guessed
    assert not ways.leg("acme", pickup, dropoff).guessed
    so_far = len(roads.asked)
    ahead.step()
    assert len(roads.asked) == so_far


def test_what_waits_comes_first() -> None:
    """Of more stops than can be learnt about, those of orders that wait for a courier, then the newest."""
    old = replace(ORDER, id="a", courier="lea")
    new = replace(old, id="b", placed_at=AT + timedelta(minutes=1))
    board = replace(BOARD, orders={one.id: one for one in (old, new, ORDER, replace(ORDER, id="c", state="delivered"))})
    assert [one.id for one in open_orders(board)] == ["o1", "b", "a"]
