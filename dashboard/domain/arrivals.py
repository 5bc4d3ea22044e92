"""When a courier will be at a restaurant: a range, because nobody knows better than that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dashboard.domain.ground import Point, length, metres_between
from dashboard.domain.orders import Order, Place

METRES_PER_SECOND = 4.2
"""15 km/h, stops at crossings included."""
DETOUR = (1.15, 1.6)
"""Least and most that the streets add to the straight line."""
STOP = timedelta(minutes=2)
"""For handing over at one door."""
AT_THE_DOOR = 60.0
"""Metres from the pickup within which a courier counts as being there."""
IN_TIME = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Arrival:
    """Between two instants; ``here`` when the courier stands at the door."""

    earliest: datetime
    latest: datetime
    here: bool = False

    @property
    def likely(self) -> datetime:
        """The middle of the range."""
        return self.earliest + (self.latest - self.earliest) / 2


def arrival_at_pickup(order: Order, hands: Iterable[Order], spot: Point | None, now: datetime) -> Arrival | None:
    """When the courier, now at ``spot`` with ``hands`` (open orders), will be at the order's pickup.

    The earliest: straight here. The latest: everything that is on the bicycle is delivered first, the nearest door
    first. None when nobody knows where the courier is.
    """
    if spot is None:
        return None
    door = order.pickup.point
    if metres_between(spot, door) <= AT_THE_DOOR:
        return Arrival(now, now, here=True)
    aboard = [one.dropoff for one in hands if one.state == "picked_up"]
    direct = _ride([spot, door], DETOUR[0])
    later = _ride([*_nearest_first(spot, aboard), door], DETOUR[1]) + STOP * len(aboard)
    return Arrival(now + direct, now + later)


def bottleneck(ready_at: datetime | None, is_ready: bool, arrival: Arrival | None) -> tuple[str, timedelta] | None:
    """Who is waited for, ``kitchen`` or ``courier``, and for how long; None when both are in time, or nobody knows."""
    if arrival is None:
        return None
    if is_ready:
        return None if arrival.here else ("courier", timedelta(0))
    if ready_at is None:
        return ("kitchen", timedelta(0)) if arrival.here else None
    if arrival.latest < ready_at - IN_TIME:
        return "kitchen", ready_at - arrival.likely
    if arrival.earliest > ready_at + IN_TIME:
        return "courier", arrival.likely - ready_at
    return None


def _nearest_first(start: Point, places: Sequence[Place]) -> list[Point]:
    way, left = [start], [place.point for place in places]
    while left:
        left.sort(key=lambda point: metres_between(way[-1], point))
        way.append(left.pop(0))
    return way


def _ride(way: Sequence[Point], detour: float) -> timedelta:
    return timedelta(seconds=length(way) * detour / METRES_PER_SECOND)
