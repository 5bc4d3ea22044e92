"""What restaurants do with their orders: accept, cook, take longer than they said, and call the courier."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from dashboard.domain.orders import Order
from live.demo.deeds import RESTAURANT, Deed, Delay, Step
from live.demo.fate import Fate
from live.demo.pace import Pace


class Kitchens:
    """All kitchens of the city."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._excused: set[str] = set()

    def deeds(
        self, orders: Iterable[tuple[Order, Fate]], now: datetime, tablets: Collection[str] = ()
    ) -> Iterator[Deed]:  # fmt: skip
        """What the kitchens do about the open orders; those of ``tablets`` are left to whoever has the screen open."""
        known = list(orders)
        self._excused &= {order.id for order, _ in known}
        for order, fate in known:
            deed = None if order.restaurant in tablets else self._deed(order, fate, now)
            if deed:
                yield deed

    def _deed(self, order: Order, fate: Fate, now: datetime) -> Deed | None:
        age = self._pace.between(order.placed_at, now)
        match order.state:
            case "placed" if age >= fate.accepted_after:
                return self._answer(order, fate)
            case "accepted" if age >= fate.accepted_after + fate.started_after:
                return Step(order, "prepare", RESTAURANT)
            case "preparing" if now >= self._done_at(order, fate):
                return self._serve(order, fate)
            case _:
                return None

    def _answer(self, order: Order, fate: Fate) -> Deed:
        if order.kind == "parcel":
            return Step(order, "ready", RESTAURANT)
        if fate.is_refused and order.courier is None:
            return Step(order, "refuse", RESTAURANT, reason="Out of ingredients")
        return Step(order, "accept", RESTAURANT)

    def _serve(self, order: Order, fate: Fate) -> Deed:
        if fate.extra_minutes and order.id not in self._excused:
            self._excused.add(order.id)
            return Delay(order, max(1, round(fate.extra_minutes / self._pace.speed)))
        return Step(order, "ready", RESTAURANT)

    def _done_at(self, order: Order, fate: Fate) -> datetime:
        return order.ready_at or self._pace.after(order.placed_at, fate.accepted_after + fate.cooking)
