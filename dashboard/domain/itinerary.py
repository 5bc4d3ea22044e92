"""A courier's stops, when each is reached, and where one more order fits in with the least harm.

Points are (lon, lat). This is the one place where arrival times are reckoned: from a position along the roads, with the
service at each door and the food that has to be waited for, and how far each time may be wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations_with_replacement
from math import hypot

from dashboard.domain.ground import Point
from dashboard.domain.orders import Order
from dashboard.domain.service_times import COUNTER, UNLEARNT, ServiceTimes, Usual

PICKUP, DROPOFF = "pickup", "dropoff"
RIDES, GUESSED_RIDES = 0.2, 0.35
"""By what share of its time four rides of five are off at most: along a road, and as the crow flies."""
FOUR_OF_FIVE = 1.9
"""Times half the width of the middle half: between these ends lie four cases of five, if they lie as a bell does."""
SURE = 45.0
"""Seconds by which even the surest time may be off: places are known to a street corner, presses come late."""
OVERDUE = timedelta(minutes=1)
"""Food that should be ready by now will not be sooner than that."""


@dataclass(frozen=True, slots=True)
class Leg:
    """A way from one point to another; ``guessed``: as the crow flies times a factor, because no road was known."""

    seconds: float
    metres: float
    guessed: bool = False


type Legs = Callable[[Point, Point], Leg]


@dataclass(frozen=True, slots=True)
class Stop:
    """One end of an order. ``ready``: not before; ``before``: what was promised.

    ``cooks``: how surely the kitchen keeps that time, None where nothing is cooking (any more).
    ``sets_off``: seconds from the last press there until on the road.
    """

    order: str
    end: str
    place: Point
    ready: datetime | None = None
    before: datetime | None = None
    service: Usual = COUNTER
    cooks: Usual | None = None
    sets_off: float = 0.0


@dataclass(frozen=True, slots=True)
class Visit:
    """When a stop is reached, and left: after waiting for the food, and the service.

    ``give`` and ``give_after``: four of five are reached and left within so much before or after.
    """

    stop: Stop
    arrives: datetime
    leaves: datetime
    give: timedelta = timedelta()
    give_after: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Itinerary:
    """Stops in their order from a point and an instant on."""

    visits: tuple[Visit, ...]
    metres: float
    seconds: float
    guessed: bool

    @property
    def late(self) -> timedelta:
        """Of all drop-offs together, against their promises."""
        return sum((lateness(visit) for visit in self.visits), timedelta())

    def at(self, order: str, end: str) -> Visit | None:
        """When that end of the order is reached."""
        return next((visit for visit in self.visits if (visit.stop.order, visit.stop.end) == (order, end)), None)


def lateness(visit: Visit) -> timedelta:
    """How late a drop-off is; zero for pickups and for what has no promise."""
    if visit.stop.end != DROPOFF or visit.stop.before is None:
        return timedelta()
    return max(timedelta(), visit.arrives - visit.stop.before)


def is_same_door(one: Stop, other: Stop) -> bool:
    """Whether both are done in one go."""
    return (one.place, one.end) == (other.place, other.end)


def stops_of(order: Order, times: ServiceTimes = UNLEARNT) -> tuple[Stop, ...]:
    """What is left of the order: the drop-off alone once it was picked up."""
    off = times.off.seconds
    after, before = order.dropoff.after, order.dropoff.before
    there = Stop(order.id, DROPOFF, order.dropoff.point, after, before, times.door, sets_off=off)
    if order.state == "picked_up":
        return (there,)
    ready, cooks = _food(order, times)
    opens = max((at for at in (ready, order.pickup.after) if at), default=None)
    counter = times.counter.at(order.restaurant)
    return Stop(order.id, PICKUP, order.pickup.point, opens, order.pickup.before, counter, cooks, off), there


def _food(order: Order, times: ServiceTimes) -> tuple[datetime | None, Usual | None]:
    """When there is something to fetch: what the kitchen said and how late it usually is, else as it usually cooks."""
    if order.state == "ready":
        return None, None
    if order.ready_at:
        late = times.late.at(order.restaurant)
        return order.ready_at + timedelta(seconds=late.seconds), late
    cooking = times.cooking.at(order.restaurant)
    if order.kind != "meal" or not times.cooking.all.count:
        return None, None
    return order.placed_at + timedelta(seconds=cooking.seconds), cooking


def itinerary(
    start: Point, at: datetime, stops: Sequence[Stop], legs: Legs, *, now: datetime | None = None, doubt: float = 0.0
) -> Itinerary:
    """When each stop is reached, ridden in this order.

    ``at`` is when the courier was at ``start``, ``now`` (later) until when no stop was left yet, ``doubt`` by how many
    seconds the beginning may be off.
    """
    visits: list[Visit] = []
    here, clock, metres, seconds, guessed = start, at, 0.0, 0.0, False
    ride = 0.0  # a slow rider is slow on all ways: adds up, whereas chance at doors and in kitchens evens out
    for stop in stops:
        leg = legs(here, stop.place)
        last = visits[-1] if visits and is_same_door(visits[-1].stop, stop) else None
        arrives = last.arrives if last else clock + timedelta(seconds=leg.seconds)
        ride += leg.seconds * (GUESSED_RIDES if leg.guessed else RIDES)
        give = last.give.total_seconds() if last else hypot(ride, doubt, SURE)
        opens = _opens(stop, now or at)
        starts = max(arrives, opens) if opens else arrives
        leaves = max(starts + timedelta(seconds=stop.service.seconds), last.leaves if last else starts, now or at)
        if opens and (waits := (opens - arrives).total_seconds()) > 0:  # waiting takes up what the ride was off by
            kitchen = FOUR_OF_FIVE * stop.cooks.spread if stop.cooks else 0.0
            ride, doubt = max(0.0, hypot(ride, doubt) - waits), kitchen
        doubt = hypot(doubt, FOUR_OF_FIVE * stop.service.spread)
        here, clock = stop.place, leaves + timedelta(seconds=stop.sets_off)
        give_after = timedelta(seconds=hypot(ride, doubt, SURE))
        visits.append(Visit(stop, arrives, leaves, timedelta(seconds=give), give_after))
        metres, seconds, guessed = metres + leg.metres, seconds + leg.seconds, guessed or leg.guessed
    return Itinerary(tuple(visits), metres, seconds, guessed)


def _opens(stop: Stop, now: datetime) -> datetime | None:
    if stop.cooks is None or stop.ready is None:
        return stop.ready
    return max(stop.ready, now + OVERDUE)


def with_order(
    start: Point, at: datetime, stops: Sequence[Stop], order: Order, legs: Legs, times: ServiceTimes = UNLEARNT
) -> Itinerary:
    """The stops with the order's fitted in where all drop-offs together are least late, then where it ends soonest.

    The stops that are there keep their order among each other, and a pickup comes before its drop-off.
    """
    tried = (itinerary(start, at, each, legs) for each in _fitted(stops, stops_of(order, times)))
    return min(tried, key=lambda one: (one.late, one.visits[-1].leaves))


def in_hand(
    start: Point, at: datetime, orders: Iterable[Order], legs: Legs, times: ServiceTimes = UNLEARNT
) -> Itinerary:
    """What a courier who has these orders will do: fitted in one after the other, what is on the bicycle first."""
    found = itinerary(start, at, (), legs)
    for order in sorted(orders, key=lambda one: (one.state != "picked_up", one.placed_at, one.id)):
        found = with_order(start, at, [visit.stop for visit in found.visits], order, legs, times)
    return found


def _fitted(stops: Sequence[Stop], new: Sequence[Stop]) -> Iterable[list[Stop]]:
    for places in combinations_with_replacement(range(len(stops) + 1), len(new)):
        fitted = list(stops)
        for shift, (place, stop) in enumerate(zip(places, new, strict=True)):
            fitted.insert(place + shift, stop)
        yield fitted
