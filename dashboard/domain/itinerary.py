"""A courier's stops, when each is reached, and where one more order fits in with the least harm.

Points are (lon, lat). Times are lower bounds in so far as nobody knows the traffic; service at a door is reckoned with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations_with_replacement

from dashboard.domain.ground import Point
from dashboard.domain.orders import Order

PICKUP, DROPOFF = "pickup", "dropoff"
SERVICE = {PICKUP: timedelta(minutes=2), DROPOFF: timedelta(minutes=2)}
"""At the door, as long as nothing better is known."""


@dataclass(frozen=True, slots=True)
class Leg:
    """A way from one point to another; ``guessed``: as the crow flies times a factor, because no road was known."""

    seconds: float
    metres: float
    guessed: bool = False


type Legs = Callable[[Point, Point], Leg]


@dataclass(frozen=True, slots=True)
class Stop:
    """One end of an order. ``ready``: not before; ``before``: what was promised."""

    order: str
    end: str
    place: Point
    ready: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """When a stop is reached, and left: after waiting for the food, and the service."""

    stop: Stop
    arrives: datetime
    leaves: datetime


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


def stops_of(order: Order) -> tuple[Stop, ...]:
    """What is left of the order: the drop-off alone once it was picked up."""
    there = Stop(order.id, DROPOFF, order.dropoff.point, order.dropoff.after, order.dropoff.before)
    if order.state == "picked_up":
        return (there,)
    ready = None if order.state == "ready" else order.ready_at
    opens = max((at for at in (ready, order.pickup.after) if at), default=None)
    return Stop(order.id, PICKUP, order.pickup.point, opens, order.pickup.before), there


def itinerary(start: Point, at: datetime, stops: Sequence[Stop], legs: Legs) -> Itinerary:
    """When each stop is reached, ridden in this order."""
    visits, here, now, metres, seconds, guessed = [], start, at, 0.0, 0.0, False
    for stop in stops:
        leg = legs(here, stop.place)
        arrives = now + timedelta(seconds=leg.seconds)
        starts = max(arrives, stop.ready) if stop.ready else arrives
        here, now = stop.place, starts + SERVICE[stop.end]
        visits.append(Visit(stop, arrives, now))
        metres, seconds, guessed = metres + leg.metres, seconds + leg.seconds, guessed or leg.guessed
    return Itinerary(tuple(visits), metres, seconds, guessed)


def with_order(start: Point, at: datetime, stops: Sequence[Stop], order: Order, legs: Legs) -> Itinerary:
    """The stops with the order's fitted in where all drop-offs together are least late, then where it ends soonest.

    The stops that are there keep their order among each other, and a pickup comes before its drop-off.
    """
    tried = (itinerary(start, at, each, legs) for each in _fitted(stops, stops_of(order)))
    return min(tried, key=lambda one: (one.late, one.visits[-1].leaves))


def in_hand(start: Point, at: datetime, orders: Iterable[Order], legs: Legs) -> Itinerary:
    """What a courier who has these orders will do: fitted in one after the other, what is on the bicycle first."""
    found = itinerary(start, at, (), legs)
    for order in sorted(orders, key=lambda one: (one.state != "picked_up", one.placed_at, one.id)):
        found = with_order(start, at, [visit.stop for visit in found.visits], order, legs)
    return found


def _fitted(stops: Sequence[Stop], new: Sequence[Stop]) -> Iterable[list[Stop]]:
    for places in combinations_with_replacement(range(len(stops) + 1), len(new)):
        fitted = list(stops)
        for shift, (place, stop) in enumerate(zip(places, new, strict=True)):
            fitted.insert(place + shift, stop)
        yield fitted
