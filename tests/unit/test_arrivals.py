"""When couriers will be where they are awaited, how sure that is, and who is waited for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.domain.arrivals import (
    Arrival,
    Sighting,
    Standing,
    ahead,
    arrivals,
    bottleneck,
    held,
    is_steady,
    standing_at,
)
from dashboard.domain.ground import Point, metres_between
from dashboard.domain.itinerary import DROPOFF, PICKUP, Leg, itinerary
from dashboard.domain.orders import Order, Place
from dashboard.domain.service_times import Learnt, ServiceTimes, Usual

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HERE = Arrival(NOON, NOON, NOON, here=True)
DOOR = Place(60.17, 24.94)
AWAY = (24.94, 60.161006)  # a kilometre to the south
ORDER = Order("o1", "acme", "1042", DOOR, Place(60.16, 24.95), NOON, courier="lea", state="ready")
ABOARD = Order("o2", "acme", "1041", DOOR, Place(60.18, 24.94), NOON, state="picked_up", courier="lea")


def straight(a: Point, b: Point) -> Leg:
    """5 m a second."""
    return Leg(metres_between(a, b) / 5, metres_between(a, b))


def guessed(a: Point, b: Point) -> Leg:
    """The same where no road is known."""
    return replace(straight(a, b), guessed=True)


def minutes(moment: datetime) -> float:
    """Since noon."""
    return round((moment - NOON) / MINUTE, 1)


def test_a_kilometre_away() -> None:
    """A kilometre at 5 m/s is 3.3 minutes, give or take; then two minutes at the counter, and on to the door."""
    found = arrivals(ahead([ORDER], Sighting(AWAY, NOON), NOON, straight), NOON)["o1"]
    pickup, dropoff = found[PICKUP], found[DROPOFF]
    assert minutes(pickup.expected) == 3.3
    assert NOON < pickup.earliest < pickup.expected < pickup.latest < NOON + 5 * MINUTE
    way = metres_between(DOOR.point, ORDER.dropoff.point) / 5 / 60
    assert minutes(dropoff.expected) == round(1000 / 300 + 2 + way, 1)
    assert dropoff.latest - dropoff.earliest > pickup.latest - pickup.earliest


def test_a_guess_and_an_old_position_are_less_sure() -> None:
    """A way as the crow flies is marked and gives a wider range, and so does a position of five minutes ago."""
    known = arrivals(ahead([ORDER], Sighting(AWAY, NOON), NOON, straight), NOON)["o1"][PICKUP]
    crow = arrivals(ahead([ORDER], Sighting(AWAY, NOON), NOON, guessed), NOON)["o1"][PICKUP]
    assert crow.guessed
    assert crow.latest > known.latest
    later = NOON + 2 * MINUTE
    old = arrivals(ahead([ORDER], Sighting(AWAY, NOON), later, straight), later)["o1"][PICKUP]
    assert old.expected == known.expected  # whoever was there at noon has ridden on
    assert old.latest > known.latest


def test_past_it_is_late_and_what_follows_begins_now() -> None:
    """With a position of half an hour ago the first stop is late by the clock; the next is not before now."""
    late = NOON + 30 * MINUTE
    found = arrivals(ahead([ORDER], Sighting(AWAY, NOON), late, straight), late)["o1"]
    assert minutes(found[PICKUP].expected) == 3.3
    assert found[PICKUP].earliest <= found[PICKUP].expected
    assert found[DROPOFF].expected > late


def test_whoever_stands_there_is_there() -> None:
    """At the counter since noon: here; the meal leaves when it is ready and handed over, whatever else is on board."""
    cooking = replace(ORDER, state="preparing", ready_at=NOON + 8 * MINUTE)
    now, at_door = NOON + 3 * MINUTE, Sighting(DOOR.point, NOON + 3 * MINUTE)
    assert standing_at(ahead([ORDER], at_door, now, straight), at_door) == ("o1", PICKUP)
    assert standing_at(ahead([ORDER], Sighting(AWAY, NOON), NOON, straight), Sighting(AWAY, NOON)) is None
    standing = Standing("o1", PICKUP, NOON)
    found = arrivals(ahead([ABOARD, cooking], at_door, now, straight, standing=standing), now, standing)
    assert found["o1"][PICKUP] == replace(HERE, earliest=now, expected=now, latest=now)
    assert min(found["o1"][DROPOFF].expected, found["o2"][DROPOFF].expected) > NOON + 10 * MINUTE


def test_a_late_kitchen_is_expected_late() -> None:
    """A kitchen that is usually six minutes late makes the drop-off six minutes later, and no pickup."""
    cooking = replace(ORDER, state="preparing", ready_at=NOON + 10 * MINUTE)
    times = ServiceTimes(late=Learnt(Usual(0, 0, 9), {"toscana": Usual(360, 60, 99)}))
    seen = Sighting(AWAY, NOON)
    punctual, late = (
        arrivals(ahead([replace(cooking, restaurant=name)], seen, NOON, straight, times), NOON)["o1"]
        for name in (None, "toscana")
    )
    assert late[PICKUP].expected == punctual[PICKUP].expected
    assert late[DROPOFF].expected - punctual[DROPOFF].expected == 6 * MINUTE


def test_due_stays_due() -> None:
    """What was due within a minute does not become due within a minute again and again: it grows late."""
    soon = Arrival(NOON, NOON + MINUTE / 2, NOON + 2 * MINUTE)
    said = soon
    for n in range(1, 6):
        now = NOON + n * MINUTE
        said = held(said, replace(soon, earliest=now, expected=now + MINUTE / 2, latest=now + 2 * MINUTE), now)
    assert said.expected == soon.expected
    assert said.earliest <= said.expected
    gone = replace(soon, expected=NOON + 20 * MINUTE)
    assert held(said, gone, NOON + 5 * MINUTE) == gone  # has turned round: it is no longer nearly there
    assert held(None, soon, NOON) == soon


def test_a_third_of_a_minute_is_not_said_anew() -> None:
    """Small moves, and whoever goes on standing there, are no news; a larger one, another end, an arrival are."""
    ends = {PICKUP: Arrival(NOON, NOON + MINUTE, NOON + 2 * MINUTE)}
    assert is_steady(ends, {PICKUP: replace(ends[PICKUP], expected=NOON + MINUTE * 1.3)})
    assert not is_steady(ends, {PICKUP: replace(ends[PICKUP], expected=NOON + MINUTE * 1.5)})
    assert not is_steady(ends, {PICKUP: HERE})
    assert is_steady({PICKUP: HERE}, {PICKUP: Arrival(NOON + MINUTE, NOON + MINUTE, NOON + MINUTE, here=True)})
    assert not is_steady(ends, {})


spots = st.integers(-3000, 3000)
ends = st.tuples(spots, spots, st.sampled_from(["preparing", "ready", "picked_up"]), st.integers(-20, 20))


def north(metres: float) -> Place:
    """So far north of here."""
    return Place(60.17 + metres / 111_195, 24.94)


@settings(max_examples=40, deadline=None)
@given(st.lists(ends, min_size=1, max_size=3), st.integers(0, 900), st.integers(0, 1200))
def test_whatever_is_in_hand(hands: list[tuple[int, int, str, int]], age: int, later: int) -> None:
    """Each range is in order; nothing after the first stop is before now; stops follow each other; who starts later, or
    is seen as far at a later time, arrives no earlier."""
    orders = [
        Order(f"o{n}", "acme", f"o{n}", north(a), north(b), NOON, state=state, ready_at=NOON + ready * MINUTE)
        for n, (a, b, state, ready) in enumerate(hands)
    ]
    seen = Sighting(AWAY, NOON - timedelta(seconds=age))
    found = ahead(orders, seen, NOON, straight)
    told = arrivals(found, NOON)
    line = [told[visit.stop.order][visit.stop.end] for visit in found.visits]
    for one in line:
        assert one.earliest <= one.expected <= one.latest
        assert one.latest >= NOON
    for before, after in pairwise(line):
        assert (before.earliest, before.expected, before.latest) <= (after.earliest, after.expected, after.latest)
        assert before.latest <= after.latest
    assert all(one.earliest >= min(NOON, line[0].expected) for one in line)
    shift = timedelta(seconds=later)
    stops = [visit.stop for visit in found.visits]
    first, second = (
        itinerary(AWAY, seen.at + by, stops, straight, now=NOON + by).visits for by in (timedelta(), shift)
    )
    assert all(a.arrives <= b.arrives and a.leaves <= b.leaves for a, b in zip(first, second, strict=True))


EARLY = Arrival(NOON + 4 * MINUTE, NOON + 5 * MINUTE, NOON + 6 * MINUTE)
TABLE = [
    ("nobody knows when the courier comes", NOON, True, None, None),
    ("food is ready, courier under way", NOON, True, EARLY, ("courier", timedelta(0))),
    ("food is ready, courier there", NOON, True, HERE, None),
    ("courier comes long before the food", NOON + 15 * MINUTE, False, EARLY, ("kitchen", 10 * MINUTE)),
    ("food long before the courier", NOON + MINUTE, False, EARLY, ("courier", 4 * MINUTE)),
    ("both in time", NOON + 5 * MINUTE, False, EARLY, None),
    ("courier there, no time given", None, False, HERE, ("kitchen", timedelta(0))),
]


@pytest.mark.parametrize(("ready_at", "is_ready", "arrival", "found"), [row[1:] for row in TABLE],
                         ids=[row[0] for row in TABLE])  # fmt: skip
def test_the_bottleneck(
    ready_at: datetime | None, is_ready: bool, arrival: Arrival | None, found: tuple[str, timedelta] | None
) -> None:
    """It is said which of the two is waited for, and for how long."""
    assert bottleneck(ready_at, is_ready, arrival) == found
