"""A courier's stops one after the other: when each is reached, against what was promised, and what is carried on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dashboard.domain.arrivals import Arrival, Ends
from dashboard.domain.itinerary import DROPOFF, PICKUP, stops_of
from dashboard.domain.orders import Order
from dashboard.domain.stop_order import Mark, mark

EARLY = timedelta(minutes=15)
"""Whoever starts so much before the planned shift has started that one."""


@dataclass(frozen=True, slots=True)
class Load:
    """What is on the bicycle: orders, the pieces in them, their grams; ``unweighed`` orders say no weight."""

    orders: int = 0
    items: int = 0
    grams: int = 0
    unweighed: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """One stop. ``late`` is how much after the promise it is reached (below zero: before it), None where there is no
    promise or nobody knows when; ``after`` is what is carried on from there."""

    order: str
    end: str
    arrival: Arrival | None
    late: timedelta | None
    after: Load


@dataclass(frozen=True, slots=True)
class StopList:
    """All stops of a courier. ``done_at`` is when the last is left, None where nobody knows; ``ends_at`` the end of the
    planned shift, None where nobody planned it. ``fullest`` is the most that is carried at any time."""

    stops: tuple[Listed, ...]
    fullest: Load
    done_at: datetime | None = None
    ends_at: datetime | None = None
    guessed: bool = False

    @property
    def beyond(self) -> timedelta:
        """By how much the work goes on after the shift's planned end."""
        if self.done_at is None or self.ends_at is None:
            return timedelta()
        return max(timedelta(), self.done_at - self.ends_at)


def marks_of(orders: Iterable[Order], wanted: Sequence[Mark]) -> tuple[Mark, ...]:
    """The stops that lie ahead where nobody knows when: as decided, then order by order, the bicycle's first."""
    known = sorted(orders, key=lambda one: (one.state != "picked_up", one.placed_at, one.id))
    ahead = [mark(stop) for one in known for stop in stops_of(one)]
    decided = [each for each in wanted if each in ahead]
    return (*decided, *(each for each in ahead if each not in decided))


def stop_list(
    orders: Iterable[Order], stops: Sequence[Mark], ends: Mapping[str, Ends], done_at: datetime | None = None,
    ends_at: datetime | None = None, *, guessed: bool = False,
) -> StopList:  # fmt: skip
    """The stops in this order; ``ends`` is when they are reached, as far as anybody knows."""
    known = {order.id: order for order in orders}
    load = _sum(one for one in known.values() if one.state == "picked_up")
    fullest, listed = load, []
    for order, end in stops:
        load = _changed(load, known[order], 1 if end == PICKUP else -1)
        fullest = max(fullest, load, key=lambda one: (one.grams, one.orders))
        arrival = ends.get(order, {}).get(end)
        listed.append(Listed(order, end, arrival, _late(known[order], end, arrival), load))
    return StopList(tuple(listed), fullest, done_at, ends_at, guessed)


def room(fullest: Load, most_g: int) -> int | None:
    """How many grams still fit where the way is fullest; None: no limit was set. Below zero: too much already."""
    return most_g - fullest.grams if most_g else None


def _late(order: Order, end: str, arrival: Arrival | None) -> timedelta | None:
    promise = promised(order, end)
    return None if promise is None or arrival is None else arrival.expected - promise


def promised(order: Order, end: str) -> datetime | None:
    """Until when the courier is awaited there."""
    return order.dropoff.before if end == DROPOFF else order.pickup.before


def _sum(orders: Iterable[Order]) -> Load:
    found = Load()
    for order in orders:
        found = _changed(found, order, 1)
    return found


def _changed(load: Load, order: Order, sign: int) -> Load:
    items = sum(item.quantity for item in order.items)
    unweighed = sign if order.weight_g is None else 0
    return Load(
        load.orders + sign, load.items + sign * items, load.grams + sign * (order.weight_g or 0),
        load.unweighed + unweighed,
    )  # fmt: skip


def shift_end(planned: Iterable[tuple[datetime, datetime]], started_at: datetime, now: datetime) -> datetime | None:
    """Of planned shifts (start, end), when the one that runs should end, or should have ended; None: not planned."""
    ends = [end for start, end in planned if start <= now + EARLY and end > started_at]
    return min((end for end in ends if end >= now), default=max(ends, default=None))
