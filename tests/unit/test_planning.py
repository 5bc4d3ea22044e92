"""The plan for all couriers: no order is lost, no shift overrun, and improving makes it better."""

from __future__ import annotations

from dataclasses import replace
from math import hypot

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.domain.ground import Point
from dashboard.domain.planning import Plan, Planning, Rider, Task, Terms, has_to_leave, ridden

TERMS = Terms(fairness=0)


def way(start: Point, end: Point) -> float:
    """A minute for each unit."""
    return hypot(start[0] - end[0], start[1] - end[1])


def rider(id: str, x: float, **more: float) -> Rider:
    """Free from minute 0 at (x, 0)."""
    given = {"free": 0.0, "ends": 500.0, "orders": 0, "hours": 4.0, **more}
    return Rider(id, (x, 0), **given)  # type: ignore[arg-type]


def task(id: str, start: float, end: float, ready: float = 0) -> Task:
    """From (start, 0) to (end, 0), placed at minute 0."""
    return Task(id, (start, 0), (end, 0), 0, ready)


def planned(riders: list[Rider], tasks: list[Task], terms: Terms = TERMS) -> dict[str, list[list[str]]]:
    """The ids of the bundles by rider."""
    planning = Planning(riders, {}, 0, terms, way)
    assert planning.take_in(tasks) == []
    planning.improve()
    return {who: [[one.id for one in bundle] for bundle in plan] for who, plan in planning.plans.items()}


def test_a_ride_by_hand() -> None:
    """Ten minutes to the counter, food ready at 20; then two of service, five of way, two of service: 29."""
    ride = ridden((0, 0), 0, (task("a", 10, 15, ready=20),), 500, TERMS, way)
    assert ride is not None
    assert (ride.picked_up, ride.delivered, ride.free, ride.place) == (20, (29,), 31, (15, 0))
    assert ridden((0, 0), 0, (task("a", 10, 15, ready=20),), 19, TERMS, way) is None


def test_one_leaves_when_one_has_to() -> None:
    """Food that is ready at 20, ten minutes away: one has to set out at 8, and may do something else before."""
    bundle = (task("a", 10, 15, ready=20),)
    assert not has_to_leave(rider("lea", 0), bundle, 0, 8, TERMS, way)
    assert has_to_leave(rider("lea", 0), bundle, 0, 9, TERMS, way)
    assert has_to_leave(rider("lea", 0), bundle, 30, 31, TERMS, way)


def test_each_takes_what_is_near() -> None:
    """Two couriers at two ends take the orders of their own ends."""
    assert planned([rider("lea", 0), rider("noe", 100)], [task("a", 1, 5), task("b", 99, 95)]) == {
        "lea": [["a"]], "noe": [["b"]],
    }  # fmt: skip


def test_orders_of_one_restaurant_go_together() -> None:
    """One courier carries two orders of one counter to neighbouring doors at once."""
    assert planned([rider("lea", 0)], [task("a", 10, 20), task("b", 10, 21)]) == {"lea": [["a", "b"]]}


def test_who_had_little_gets_it_where_it_costs_next_to_nothing() -> None:
    """Both stand at the counter: the one who earned less an hour gets the order; a long way is not worth it."""
    terms = Terms(fairness=0.3)
    rich, poor = rider("rich", 0, orders=8), rider("poor", 1, orders=2)
    assert planned([rich, poor], [task("a", 0, 10)], terms)["poor"] == [["a"]]
    assert planned([rich, rider("poor", 60, orders=2)], [task("a", 0, 10)], terms)["rich"] == [["a"]]


def test_what_nobody_can_fetch_in_time_is_given_back() -> None:
    """An order whose pickup lies after every shift stays where it was, and the others are planned."""
    planning = Planning([rider("lea", 0, ends=30)], {}, 0, TERMS, way)
    late = task("late", 0, 5, ready=31)
    assert planning.take_in([late, task("a", 0, 5)]) == [late]
    assert len(planning.plans["lea"]) == 1


def test_who_is_gone_gives_the_orders_back() -> None:
    """A plan of somebody who is not there any more, or that cannot be kept, is planned anew for the others."""
    meant: dict[str, Plan] = {"gone": ((task("a", 0, 5),),), "lea": ((task("b", 0, 5, ready=100),),)}
    planning = Planning([rider("lea", 0, ends=50), rider("noe", 0)], meant, 0, TERMS, way)
    assert planning.take_in([]) == []
    assert sorted(one.id for bundle in planning.plans["noe"] for one in bundle) == ["b"]
    assert [one.id for bundle in planning.plans["lea"] for one in bundle] == ["a"]


places = st.integers(0, 60)
tasks = st.lists(st.tuples(st.sampled_from([0, 20, 40]), places, st.integers(0, 40)), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(tasks, st.lists(places, min_size=1, max_size=4))
def test_no_order_is_lost_and_improving_never_harms(some: list[tuple[int, int, int]], riders: list[int]) -> None:
    """Each order is in exactly one plan, bundles are of one restaurant, and the sum of click to door does not grow."""
    wanted = [task(f"o{n}", start, end, ready) for n, (start, end, ready) in enumerate(some)]
    people = [rider(f"c{n}", place) for n, place in enumerate(riders)]
    planning = Planning(people, {}, 0, TERMS, way)
    assert planning.take_in(wanted) == []
    before = total(planning, people)
    planning.improve()
    assert total(planning, people) <= before + 1e-6
    bundles = [bundle for plan in planning.plans.values() for bundle in plan]
    assert sorted(one.id for bundle in bundles for one in bundle) == sorted(one.id for one in wanted)
    assert all(len({one.pickup for one in bundle}) == 1 for bundle in bundles)


def total(planning: Planning, people: list[Rider]) -> float:
    """All minutes from click to door."""
    found = 0.0
    for one in people:
        place, free = one.place, one.free
        for bundle in planning.plans[one.id]:
            ride = ridden(place, free, bundle, one.ends, TERMS, way)
            assert ride is not None
            place, free, found = ride.place, ride.free, found + sum(ride.delivered)
    return found


def test_what_not_every_bicycle_has_goes_to_who_has_it() -> None:
    """An order that needs a cold box passes by the nearer courier who has none; nobody with one: it is given back."""
    cold = replace(task("a", 10, 20), needs=frozenset({"cold box"}))
    with_box = replace(rider("noe", 60), has=frozenset({"cold box", "trailer"}))
    assert planned([rider("lea", 0), with_box], [cold]) == {"lea": [], "noe": [["a"]]}
    planning = Planning([rider("lea", 0)], {}, 0, TERMS, way)
    assert planning.take_in([cold]) == [cold]


def test_a_promise_is_worth_more_than_the_others_minutes() -> None:
    """Where minutes past a promise are dear, who was promised sooner is served first though the way is longer."""
    late, soon = replace(task("late", 0, 4), due=100), replace(task("soon", 0, 30), due=36)
    one = Terms(fairness=0, most_in_bundle=1)
    assert planned([rider("lea", 0)], [late, soon], one)["lea"] == [["late"], ["soon"]]
    assert planned([rider("lea", 0)], [late, soon], replace(one, late=5))["lea"] == [["soon"], ["late"]]
