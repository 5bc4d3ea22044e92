"""What a restaurant's screen shows: its orders, when each courier comes, and which of the two is waited for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Protocol

from dashboard.arriving import Arriving, Forecasts, arrival_to_wire, counter_to_wire
from dashboard.domain.arrivals import Arrival, bottleneck
from dashboard.domain.board import Board
from dashboard.domain.itinerary import PICKUP
from dashboard.domain.orders import Order
from dashboard.domain.restaurants import Restaurant, restaurant_to_wire
from dashboard.domain.times import to_wire
from dashboard.domain.together import Share, shares

NOT_SHOWN = frozenset({"refused", "cancelled", "failed"})


class AtTheDesk(Protocol):
    """A dispatcher, and the order that he or she has chosen."""

    @property
    def name(self) -> str: ...
    @property
    def looking(self) -> str | None: ...


class Kitchens:
    """``people`` tells who sits at the desk, ``stale_since`` since when nothing is heard of the couriers."""

    def __init__(
        self, board: Callable[[str], Board], arriving: Arriving, people: Callable[[str], Sequence[AtTheDesk]],
        stale_since: Callable[[str], datetime | None],
    ) -> None:  # fmt: skip
        self._board, self._arriving, self._people, self._stale_since = board, arriving, people, stale_since

    def screen(self, coop: str, restaurant: str, now: datetime) -> dict[str, Any]:
        """Plain JSON values; the orders are those in hand and those delivered lately, oldest first."""
        board, people = self._board(coop), self._people(coop)
        mine = [order for order in board.orders.values() if order.restaurant == restaurant]
        shown = sorted((order for order in mine if order.state not in NOT_SHOWN), key=lambda order: order.placed_at)
        told = board.restaurants.get(restaurant)
        stale, forecasts, shared = self._stale_since(coop), self._arriving.of(coop, now), shares(mine)
        return {
            "restaurant": restaurant,
            "name": next((order.pickup.name for order in mine if order.pickup.name), restaurant),
            "at": to_wire(now),
            "seq": board.seq,
            "stale_since": stale and to_wire(stale),
            "busy": restaurant_to_wire(told if told and told.is_busy(now) else Restaurant(restaurant)),
            "counter": counter_to_wire(self._arriving.times(coop).counter, restaurant),
            "dispatchers": sorted({person.name for person in people}),
            "orders": [self._order(order, board, people, forecasts, shared.get(order.id)) for order in shown],
        }

    def _order(
        self, order: Order, board: Board, people: Sequence[AtTheDesk], forecasts: Forecasts, share: Share | None
    ) -> dict[str, Any]:
        arrival = _arrival(order, forecasts)
        waited_for = bottleneck(order.ready_at, order.state == "ready", arrival)
        courier = board.couriers.get(order.courier or "")
        return {
            "id": order.id, "ref": order.ref, "state": order.state, "version": order.version, "kind": order.kind,
            "items": [{"name": item.name, "quantity": item.quantity} for item in order.items],
            "note": order.note, "problem": order.problem,
            "placed_at": to_wire(order.placed_at), "ready_at": order.ready_at and to_wire(order.ready_at),
            "courier": courier and courier.name.split(" ")[0],
            "arrival": arrival and arrival_to_wire(arrival),
            "waits_for": waited_for and waited_for[0],
            "waits_seconds": waited_for and round(waited_for[1].total_seconds()),
            "looked_at_by": next((person.name for person in people if person.looking == order.id), None),
            "share": share and {"nth": share.nth, "of": share.of, "refs": list(share.refs)},
        }  # fmt: skip


def _arrival(order: Order, forecasts: Forecasts) -> Arrival | None:
    """From the assignment until the pickup: before and after, where the courier is is nobody's business here."""
    return (forecasts.get(order.id) or {}).get(PICKUP)
