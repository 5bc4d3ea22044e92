"""What a restaurant's screen shows: its orders, when each courier comes, and which of the two is waited for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Protocol

from dashboard.domain.arrivals import Arrival, arrival_at_pickup, bottleneck
from dashboard.domain.board import Board, load
from dashboard.domain.events import Entry
from dashboard.domain.ground import Point
from dashboard.domain.orders import Order
from dashboard.domain.restaurants import Restaurant, restaurant_to_wire
from dashboard.domain.times import to_wire

NOT_SHOWN = frozenset({"refused", "cancelled", "failed"})


class AtTheDesk(Protocol):
    """A dispatcher, and the order that he or she has chosen."""

    @property
    def name(self) -> str: ...
    @property
    def looking(self) -> str | None: ...


class Kitchens:
    """``where`` tells a courier's newest position, ``people`` who sits at the desk, ``stale_since`` since when nothing
    is heard of the couriers. ``hear`` is told of every entry: a courier who says to be there is there."""

    def __init__(
        self, board: Callable[[str], Board], where: Callable[[str, str], Point | None],
        people: Callable[[str], Sequence[AtTheDesk]], stale_since: Callable[[str], datetime | None],
    ) -> None:  # fmt: skip
        self._board, self._where, self._people, self._stale_since = board, where, people, stale_since
        self._arrived: defaultdict[str, dict[str, tuple[str, datetime]]] = defaultdict(dict)

    def hear(self, entry: Entry, board: Board) -> None:
        """Note who has arrived, and forget it when the order is under way or with somebody else."""
        arrived = self._arrived[entry.coop]
        if entry.kind == "courier.arrived" and entry.data.get("place") == "pickup":
            arrived[str(entry.data["order"])] = entry.subject, entry.at
        elif entry.subject in arrived:
            order = board.orders.get(entry.subject)
            if order is None or order.courier != arrived[entry.subject][0] or order.state == "picked_up":
                del arrived[entry.subject]

    def screen(self, coop: str, restaurant: str, now: datetime) -> dict[str, Any]:
        """Plain JSON values; the orders are those in hand and those delivered lately, oldest first."""
        board, people = self._board(coop), self._people(coop)
        mine = [order for order in board.orders.values() if order.restaurant == restaurant]
        shown = sorted((order for order in mine if order.state not in NOT_SHOWN), key=lambda order: order.placed_at)
        told = board.restaurants.get(restaurant)
        stale = self._stale_since(coop)
        return {
            "restaurant": restaurant,
            "name": next((order.pickup.name for order in mine if order.pickup.name), restaurant),
            "at": to_wire(now),
            "seq": board.seq,
            "stale_since": stale and to_wire(stale),
            "busy": restaurant_to_wire(told if told and told.is_busy(now) else Restaurant(restaurant)),
            "dispatchers": sorted({person.name for person in people}),
            "orders": [self._order(order, board, people, now) for order in shown],
        }

    def _order(self, order: Order, board: Board, people: Sequence[AtTheDesk], now: datetime) -> dict[str, Any]:
        arrival = self._arrival(order, board, now)
        waited_for = bottleneck(order.ready_at, order.state == "ready", arrival)
        courier = board.couriers.get(order.courier or "")
        return {
            "id": order.id, "ref": order.ref, "state": order.state, "version": order.version, "kind": order.kind,
            "items": [{"name": item.name, "quantity": item.quantity} for item in order.items],
            "note": order.note, "problem": order.problem,
            "placed_at": to_wire(order.placed_at), "ready_at": order.ready_at and to_wire(order.ready_at),
            "courier": courier and courier.name.split(" ")[0],
            "arrival": arrival and _arrival_to_wire(arrival),
            "waits_for": waited_for and waited_for[0],
            "waits_seconds": waited_for and round(waited_for[1].total_seconds()),
            "looked_at_by": next((person.name for person in people if person.looking == order.id), None),
        }  # fmt: skip

    def _arrival(self, order: Order, board: Board, now: datetime) -> Arrival | None:
        """From the assignment until the pickup: before and after, where the courier is is nobody's business here."""
        if order.courier is None or order.state == "picked_up" or not order.is_open:
            return None
        if self._arrived[order.coop].get(order.id, ("",))[0] == order.courier:
            return Arrival(now, now, here=True)
        return arrival_at_pickup(order, load(board, order.courier), self._where(order.coop, order.courier), now)


def _arrival_to_wire(arrival: Arrival) -> dict[str, Any]:
    return {"earliest": to_wire(arrival.earliest), "latest": to_wire(arrival.latest), "here": arrival.here}
