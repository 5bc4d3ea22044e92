"""The colleague at the desk: hands out a share of the orders, and whatever else has waited too long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboard.domain.ground import Point, metres_between
from dashboard.domain.orders import Order
from live.demo.deeds import COLLEAGUE, Deed, HandOut, Step
from live.demo.errands import RIDING, STREETS
from live.demo.fate import Fate
from live.demo.pace import MINUTE, Pace

TOO_OLD = 100 * MINUTE
"""Nobody wants that meal any more. Well before two hours, so that none is alive then."""

_STRANDED = 2 * MINUTE
_MOST_IN_HAND = 3
_AN_ORDER = 4 * MINUTE
"""What each order in hand costs in time, roughly."""


@dataclass(slots=True)
class Free:
    """A courier who can take an order, and how many there are in hand."""

    courier: str
    place: Point
    load: int


class Colleague:
    """Touches an order that the desk took back or gave to somebody only when it waits too long."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._alone_since: dict[str, datetime] = {}
        self._once_given: set[str] = set()

    def deeds(
        self, orders: Iterable[tuple[Order, Fate]], on_shift: Mapping[str, Free], free: Sequence[Free], now: datetime
    ) -> Iterator[Deed]:
        """What is handed out or given up now. ``on_shift`` ride, ``free`` of them may get more."""
        known = list(orders)
        self._forget_but({order.id for order, _ in known})
        for order, fate in known:
            if self._pace.between(order.placed_at, now) >= TOO_OLD:
                yield Step(order, "fail" if order.state == "picked_up" else "cancel", COLLEAGUE, reason="Far too late")
            elif self._is_due(order, fate, on_shift, now):
                yield from self._hand_out(order, free)

    def _is_due(self, order: Order, fate: Fate, on_shift: Mapping[str, Free], now: datetime) -> bool:
        if order.courier in on_shift:
            self._alone_since.pop(order.id, None)
            self._once_given.add(order.id)
            return False
        since = self._alone_since.setdefault(order.id, now if order.id in self._once_given else order.placed_at)
        waited = self._pace.between(since, now)
        if order.courier is not None:
            return waited >= _STRANDED
        is_mine = fate.is_for_colleague and order.id not in self._once_given
        return order.state != "placed" and waited >= (fate.hand_out_after if is_mine else fate.patience)

    def _hand_out(self, order: Order, free: Sequence[Free]) -> Iterator[Deed]:
        able = [one for one in free if one.load < _MOST_IN_HAND and one.courier != order.courier]
        if able:
            best = min(able, key=lambda one: _seconds_away(one, (order.pickup.lon, order.pickup.lat)))
            best.load += 1
            yield HandOut(order, best.courier)

    def _forget_but(self, open_orders: set[str]) -> None:
        self._once_given &= open_orders
        for order in self._alone_since.keys() - open_orders:
            del self._alone_since[order]


def _seconds_away(one: Free, pickup: Point) -> float:
    return metres_between(one.place, pickup) * STREETS / RIDING + one.load * _AN_ORDER
