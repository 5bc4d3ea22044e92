"""What a role may see of what is live: the desk everything, a restaurant its orders, a courier its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from dashboard.domain.alarms import alarm_to_wire
from dashboard.domain.board import Board
from dashboard.domain.couriers import Courier, courier_to_wire
from dashboard.domain.events import Entry
from dashboard.domain.orders import Order, order_to_wire
from dashboard.domain.restaurants import restaurant_to_wire, subject_of

TOLD = {
    "restaurant": ("order", "place", "minutes", "undone"),
    "courier": ("order", "place", "minutes", "undone", "from", "reason", "consent"),
    "member": (),
}
"""Of an entry's data, besides what changed."""
AT_THE_DESK = frozenset({"dispatcher", "admin"})


class Visitor(Protocol):
    """Who looks on: of one co-op, in one role; ``scope`` is the restaurant or courier that a role is limited to."""

    @property
    def coop(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def scope(self) -> str | None: ...
    @property
    def who(self) -> str:
        """Which person, whatever window or machine they look through; '' where only the name is known."""
        ...

    @property
    def key(self) -> str | None:
        """The browser session that they came in by, None for programs."""
        ...

    def sees_since(self, at: datetime) -> datetime | None:
        """From when on they see what has happened; None: from the beginning."""
        ...


def sees_all(visitor: Visitor) -> bool:
    """Whether the visitor sits at the desk."""
    return visitor.role in AT_THE_DESK


def orders_seen(visitor: Visitor | None, board: Board) -> Sequence[dict[str, Any]]:
    """The orders that the visitor (None: the desk) may see, as they go over the wire."""
    if visitor is None:
        return [order_to_wire(order) for order in board.orders.values()]
    return [order_seen(visitor, order_to_wire(order)) for order in board.orders.values() if _owns_order(visitor, order)]


def couriers_seen(visitor: Visitor | None, board: Board) -> Sequence[dict[str, Any]]:
    """The couriers that the visitor (None: the desk) may see, as they go over the wire."""
    couriers = board.couriers.values()
    return [courier_to_wire(each) for each in couriers if visitor is None or _is_courier(visitor, each)]


def restaurants_seen(visitor: Visitor | None, board: Board) -> Sequence[dict[str, Any]]:
    """What is known of the restaurants, as far as the visitor (None: the desk) may see it."""
    return [restaurant_to_wire(each) for each in board.restaurants.values() if visitor is None or (
        visitor.role == "restaurant" and visitor.scope == each.id
    )]  # fmt: skip


def alarms_seen(board: Board) -> Sequence[dict[str, Any]]:
    """The alarms, for the desk alone: they say of couriers where they stand still."""
    return [alarm_to_wire(alarm) | {"version": alarm.version} for alarm in board.alarms.values()]


def order_seen(visitor: Visitor, wire: dict[str, Any]) -> dict[str, Any]:
    """An order, or what changed of it: what dispatchers tell each other about it is theirs.

    A restaurant is not told the tip, which is the courier's.
    """
    if not sees_all(visitor):
        wire = {name: value for name, value in wire.items() if name != "desk_note"}
    return wire | {"tip_cents": None} if visitor.role == "restaurant" and "tip_cents" in wire else wire


def entry_seen(visitor: Visitor, wire: dict[str, Any]) -> dict[str, Any]:
    """An entry: what changed, not what the dispatcher weighed (pay and hours of couriers).

    A courier is told why, too, and of an order that was taken away not who has it now.
    """
    if sees_all(visitor):
        return wire
    data = wire["data"]
    told = {name: data[name] for name in TOLD[visitor.role] if name in data}
    is_order = str(wire["kind"]).startswith("order.")
    seen = order_seen(visitor, data["changes"]) if is_order and "changes" in data else data.get("changes")
    changes = {"changes": seen} if "changes" in data else {}
    if visitor.role == "courier" and data.get("from") == visitor.scope and "courier" in changes.get("changes", {}):
        changes = {"changes": changes["changes"] | {"courier": None}}
    return wire | {"data": told | changes}


def sees_entry(visitor: Visitor, entry: Entry, board: Board) -> bool:
    """Whether the visitor may see a journal entry; ``board`` is the one after it.

    A courier sees, too, that an order was taken away from him or her.
    """
    if sees_all(visitor):
        return True
    order, courier = board.orders.get(entry.subject), board.couriers.get(entry.subject)
    if order is not None and (_owns_order(visitor, order) or _lost_order(visitor, entry)):
        return True
    if entry.kind == "courier.arrived" and (at := board.orders.get(str(entry.data.get("order")))):
        return _owns_order(visitor, at) or (courier is not None and _is_courier(visitor, courier))
    if visitor.role == "restaurant" and visitor.scope and entry.subject == subject_of(visitor.scope):
        return True
    return courier is not None and _is_courier(visitor, courier)


def _owns_order(visitor: Visitor, order: Order) -> bool:
    if visitor.scope is None:
        return False
    owner = {"restaurant": order.restaurant, "courier": order.courier}.get(visitor.role)
    return owner == visitor.scope


def _lost_order(visitor: Visitor, entry: Entry) -> bool:
    return visitor.role == "courier" and visitor.scope is not None and entry.data.get("from") == visitor.scope


def _is_courier(visitor: Visitor, courier: Courier) -> bool:
    return visitor.role == "courier" and courier.id == visitor.scope
