"""When couriers will be where they are awaited: an expected time between two others, and what it is once past."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dashboard.domain.ground import Point, metres_between
from dashboard.domain.itinerary import Itinerary, Legs, Stop, Visit, is_same_door, itinerary
from dashboard.domain.orders import Order
from dashboard.domain.service_times import UNLEARNT, ServiceTimes
from dashboard.domain.stop_order import Mark, in_order

AT_THE_DOOR = 60.0
"""Metres from a door within which a courier counts as being there."""
FRESH = timedelta(seconds=45)
"""An older position says less: the courier may have been anywhere since."""
NEAR = timedelta(minutes=1)
IN_TIME = timedelta(minutes=1)
MOVED = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where somebody was, and when."""

    place: Point
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """The courier is at this end of this order since then."""

    order: str
    end: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Arrival:
    """``earliest`` to ``latest`` holds four cases of five. ``expected`` in the past: so late. ``here``: at the door.

    ``guessed``: some way was taken as the crow flies.
    """

    earliest: datetime
    expected: datetime
    latest: datetime
    here: bool = False
    guessed: bool = False


type Ends = Mapping[str, Arrival]
"""By the ends of an order that are still ahead: pickup, dropoff."""


def ahead(
    orders: Collection[Order], seen: Sighting, now: datetime, legs: Legs, times: ServiceTimes = UNLEARNT,
    standing: Standing | None = None, *, wanted: Sequence[Mark] = (),
) -> Itinerary:  # fmt: skip
    """What somebody seen there, with these orders in hand, will do: reckoned from when the position was true.

    ``wanted`` are the stops as the desk wants them ridden to, where it decided that.
    """
    doubt = max(timedelta(), now - seen.at - FRESH).total_seconds()
    found = in_order(seen.place, seen.at, orders, legs, times, wanted)
    stops = [visit.stop for visit in found.visits]
    door = _door(stops, standing)
    if door is None or standing is None:
        return itinerary(seen.place, seen.at, stops, legs, now=now, doubt=doubt)
    stops.sort(key=lambda stop: not is_same_door(stop, door))
    return itinerary(door.place, min(standing.since, now), stops, legs, now=now)


def standing_at(found: Itinerary, seen: Sighting) -> tuple[str, str] | None:
    """The next stop, order and end, if the courier was seen at its door."""
    if not found.visits:
        return None
    stop = found.visits[0].stop
    return (stop.order, stop.end) if metres_between(seen.place, stop.place) <= AT_THE_DOOR else None


def arrivals(found: Itinerary, now: datetime, standing: Standing | None = None) -> Mapping[str, Ends]:
    """By order, for each end ahead; ordered in time as the stops are, and none before now unless it is late."""
    by_order: dict[str, dict[str, Arrival]] = {}
    floor, latest = now, now
    door = _door([visit.stop for visit in found.visits], standing)
    for visit in found.visits:
        here = door is not None and is_same_door(visit.stop, door)
        one = Arrival(now, now, now, here=True) if here else _arrival(visit, floor, latest, guessed=found.guessed)
        floor, latest = max(floor, one.earliest), max(latest, one.latest)
        by_order.setdefault(visit.stop.order, {})[visit.stop.end] = one
    return by_order


def _door(stops: Iterable[Stop], standing: Standing | None) -> Stop | None:
    where = standing and (standing.order, standing.end)
    return next((stop for stop in stops if (stop.order, stop.end) == where), None)


def _arrival(visit: Visit, floor: datetime, latest: datetime, *, guessed: bool) -> Arrival:
    earliest = min(max(visit.arrives - visit.give, floor), visit.arrives)
    return Arrival(earliest, visit.arrives, max(visit.arrives + visit.give, latest), guessed=guessed)


def held(before: Arrival | None, after: Arrival, now: datetime) -> Arrival:
    """What is said after ``before`` was: what was said to be due within a minute stays due, however often it is said.

    Otherwise a courier who stands still near the door would come «now» for ever.
    """
    if before is None or after.here or before.here:
        return after
    if before.expected > now + NEAR or after.expected > now + 3 * NEAR:
        return after
    expected = min(before.expected, after.expected)
    return replace(after, earliest=min(after.earliest, expected), expected=expected)


def bottleneck(ready_at: datetime | None, is_ready: bool, arrival: Arrival | None) -> tuple[str, timedelta] | None:
    """Who is waited for, ``kitchen`` or ``courier``, and for how long; None when both are in time, or nobody knows."""
    if arrival is None:
        return None
    if is_ready:
        return None if arrival.here else ("courier", timedelta(0))
    if ready_at is None:
        return ("kitchen", timedelta(0)) if arrival.here else None
    if arrival.latest < ready_at - IN_TIME:
        return "kitchen", ready_at - arrival.expected
    if arrival.earliest > ready_at + IN_TIME:
        return "courier", arrival.expected - ready_at
    return None


def is_steady(before: Ends, after: Ends) -> bool:
    """Whether it is not worth saying anew: the same ends, and no time has moved by a third of a minute."""
    return before.keys() == after.keys() and all(_is_close(one, after[end]) for end, one in before.items())


def _is_close(one: Arrival, other: Arrival) -> bool:
    if (one.here, one.guessed) != (other.here, other.guessed):
        return False
    pairs = ((one.earliest, other.earliest), (one.expected, other.expected), (one.latest, other.latest))
    return one.here or all(abs(a - b) < MOVED for a, b in pairs)
