"""The best order of one courier's stops: as good as trying all orders, never worse than what there is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.domain.ground import Point, metres_between
from dashboard.domain.itinerary import DROPOFF, PICKUP, Itinerary, Leg, Stop, itinerary, stops_of
from dashboard.domain.orders import Order, Place
from dashboard.domain.stop_order import best_order, in_order, mark, still_ahead, with_orders

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
HERE = (24.94, 60.17)


def order(id: str, pickup: float, dropoff: float, due: float, state: str = "ready") -> Order:
    """From so far north of here to so far north, promised in ``due`` minutes."""
    a, b = (60.17 + metres / 111_195 for metres in (pickup, dropoff))
    there = Place(b, 24.94, before=NOON + timedelta(minutes=due))
    return Order(id, "acme", id, Place(a, 24.94), there, NOON, state=state)


def straight(a: Point, b: Point) -> Leg:
    """5 m a second."""
    return Leg(metres_between(a, b) / 5, metres_between(a, b))


def cost(way: Itinerary) -> tuple[timedelta, datetime]:
    return way.late, way.visits[-1].leaves


def is_possible(stops: tuple[Stop, ...]) -> bool:
    """Each pickup before its drop-off."""
    marks = [mark(stop) for stop in stops]
    return all(
        (name, PICKUP) not in marks or marks.index((name, PICKUP)) < place
        for place, (name, end) in enumerate(marks)
        if end == DROPOFF
    )


jobs = st.lists(
    st.tuples(st.integers(0, 2000), st.integers(0, 2000), st.integers(3, 40), st.booleans()), min_size=1, max_size=3
)


@settings(max_examples=25, deadline=None)
@given(jobs)
def test_it_is_the_best_of_all(some: list[tuple[int, int, int, bool]]) -> None:
    """Of up to three jobs, some of them on the bicycle: nothing that keeps pickups first is less late, or as late and
    done sooner."""
    orders = [
        order(f"o{n}", a, b, due, "picked_up" if aboard else "ready") for n, (a, b, due, aboard) in enumerate(some)
    ]
    stops = tuple(stop for one in orders for stop in stops_of(one))
    found = best_order(HERE, NOON, stops, straight)
    assert is_possible(tuple(visit.stop for visit in found.visits))
    tried = (itinerary(HERE, NOON, each, straight) for each in permutations(stops) if is_possible(each))
    assert cost(found) == min(map(cost, tried))


def test_what_was_decided_holds_and_others_are_fitted_in() -> None:
    """Stops are ridden to as decided though that is longer; an order that came later is fitted in; one that is not
    whole in the decision counts as not decided."""
    far, near, new = order("far", 100, 3000, 60), order("near", 200, 300, 60), order("new", 150, 2900, 60)
    wanted = [("far", PICKUP), ("far", DROPOFF), ("near", PICKUP), ("near", DROPOFF)]
    way = in_order(HERE, NOON, [near, new, far], straight, wanted=wanted)
    marks = [mark(visit.stop) for visit in way.visits]
    assert [each for each in marks if each in wanted] == wanted
    assert set(marks) - set(wanted) == {("new", PICKUP), ("new", DROPOFF)}
    assert still_ahead([far, near], wanted[1:]) == (("near", PICKUP), ("near", DROPOFF))
    as_it_comes = in_order(HERE, NOON, [near, new, far], straight)
    assert cost(as_it_comes) < cost(way)


def test_pickups_of_a_group_are_made_in_one_go() -> None:
    """In the best order, in the one that was decided otherwise, and where one more is fitted in."""
    box = [replace(order(name, 1000, door, 60), group="g") for name, door in (("a", 1500), ("b", 400), ("c", 2000))]
    other = order("o", 950, 300, 60)
    stops = [stop for one in (*box, other) for stop in stops_of(one)]
    decided = [("a", PICKUP), ("a", DROPOFF), ("b", PICKUP), ("b", DROPOFF), ("c", PICKUP), ("c", DROPOFF)]
    ways = [
        best_order(HERE, NOON, stops, straight, groups={one.id: "g" for one in box}),
        in_order(HERE, NOON, [*box, other], straight, wanted=decided),
        with_orders(HERE, NOON, in_order(HERE, NOON, [other], straight), [other], box, straight),
    ]
    for way in ways:
        assert is_possible(tuple(visit.stop for visit in way.visits))
        places = [n for n, visit in enumerate(way.visits) if visit.stop.end == PICKUP and visit.stop.order != "o"]
        assert places == list(range(places[0], places[0] + 3))
