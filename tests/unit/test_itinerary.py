"""Stops, when they are reached, and where one more order fits in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.domain.ground import Point, metres_between
from dashboard.domain.itinerary import DROPOFF, PICKUP, Leg, in_hand, itinerary, lateness, stops_of, with_order
from dashboard.domain.orders import Order, Place

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HERE = (24.94, 60.17)


def north(metres: float) -> float:
    """A latitude so far north of here."""
    return 60.17 + metres / 111_195


def order(id: str, pickup: float, dropoff: float, **more: object) -> Order:
    """From so far north to so far north."""
    before = more.pop("before", None)
    ends = Place(north(pickup), 24.94), Place(north(dropoff), 24.94, before=before)  # type: ignore[arg-type]
    return Order(id, "acme", id, *ends, NOON, **more)  # type: ignore[arg-type]


def straight(a: Point, b: Point) -> Leg:
    """5 m a second."""
    return Leg(metres_between(a, b) / 5, metres_between(a, b))


def named(stops: object) -> list[str]:
    """o1 pickup, …"""
    return [f"{visit.stop.order} {visit.stop.end}" for visit in stops]  # type: ignore[attr-defined]


def test_a_stop_is_reached_after_the_way_and_the_service_before() -> None:
    """A kilometre at 5 m/s is 200 s; two minutes at the door, then the next."""
    found = itinerary(HERE, NOON, stops_of(order("o1", 1000, 2000)), straight)
    assert [round((visit.arrives - NOON).total_seconds()) for visit in found.visits] == [200, 520]
    assert round(found.metres) == 2000


def test_food_that_is_not_ready_is_waited_for() -> None:
    """The way on begins when the food is ready and was handed over, not before; ready food is not waited for."""
    late = order("o1", 1000, 2000, ready_at=NOON + 10 * MINUTE, state="preparing")
    found = itinerary(HERE, NOON, stops_of(late), straight)
    assert found.visits[0].leaves == NOON + 12 * MINUTE
    ready = order("o1", 1000, 2000, ready_at=NOON + 10 * MINUTE, state="ready")
    assert itinerary(HERE, NOON, stops_of(ready), straight).visits[0].leaves < NOON + 6 * MINUTE


def test_an_order_on_the_way_is_taken_along() -> None:
    """A pickup that lies on the way to a drop-off, and goes beyond it, is fitted in without a detour back."""
    aboard = order("o1", 0, 3000, state="picked_up")
    before = in_hand(HERE, NOON, [aboard], straight)
    after = with_order(HERE, NOON, [visit.stop for visit in before.visits], order("o2", 1000, 4000), straight)
    assert named(after.visits) == ["o2 pickup", "o1 dropoff", "o2 dropoff"]
    assert round(after.metres - before.metres) == 1000


def test_a_promise_comes_before_a_shorter_way() -> None:
    """When the detour would make somebody late, the promised one is delivered first."""
    aboard = order("o1", 0, 3000, state="picked_up", before=NOON + 11 * MINUTE)
    before = in_hand(HERE, NOON, [aboard], straight)
    after = with_order(HERE, NOON, [visit.stop for visit in before.visits], order("o2", 1000, 4000), straight)
    assert named(after.visits) == ["o1 dropoff", "o2 pickup", "o2 dropoff"]
    assert after.late == timedelta()


def test_lateness_counts_from_the_promise() -> None:
    """Two minutes after the promise is two minutes late; a pickup, or no promise, is never late."""
    found = itinerary(HERE, NOON, stops_of(order("o1", 1000, 2000, before=NOON + 400 * timedelta(seconds=1))), straight)
    assert [round(lateness(visit).total_seconds()) for visit in found.visits] == [0, 120]


spots = st.integers(-3000, 3000)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(spots, spots), min_size=1, max_size=3))
def test_every_order_is_served_once_and_never_before_it_is_picked_up(ends: list[tuple[int, int]]) -> None:
    """Whatever is in hand, each stop comes once, each pickup before its drop-off, and no fitting beats all orders."""
    hands = [order(f"o{n}", pickup, dropoff) for n, (pickup, dropoff) in enumerate(ends)]
    visits = in_hand(HERE, NOON, hands, straight).visits
    assert sorted(named(visits)) == sorted(f"{one.id} {end}" for one in hands for end in (PICKUP, DROPOFF))
    names = named(visits)
    assert all(names.index(f"{one.id} {PICKUP}") < names.index(f"{one.id} {DROPOFF}") for one in hands)
    stops = [stop for one in hands for stop in stops_of(one)]
    legal = [
        each for each in permutations(stops)
        if all(each.index(stops[2 * n]) < each.index(stops[2 * n + 1]) for n in range(len(hands)))
    ]  # fmt: skip
    best = min(itinerary(HERE, NOON, each, straight).visits[-1].leaves for each in legal)
    assert visits[-1].leaves >= best
    if len(hands) == 1:
        assert visits[-1].leaves == best
