"""The board: all that a dispatcher has in hand, as one immutable value, moved on by journal entries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from dashboard.domain.alarms import Alarm, alarm_of
from dashboard.domain.couriers import Courier, courier_from_wire, courier_to_wire
from dashboard.domain.events import Entry
from dashboard.domain.orders import Order, order_from_wire, order_to_wire
from dashboard.domain.restaurants import Restaurant, restaurant_from_wire, restaurant_to_wire

KEEP_CLOSED = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Board:
    """A co-op's open orders, those closed in the last quarter of an hour, and its couriers, as of entry ``seq``.

    ``restaurants`` are those that have said lately how busy they are. ``alarms`` are the open ones, and those that were
    closed within that time.
    """

    coop: str
    seq: int = 0
    orders: Mapping[str, Order] = field(default_factory=dict)
    couriers: Mapping[str, Courier] = field(default_factory=dict)
    closed_at: Mapping[str, datetime] = field(default_factory=dict)
    restaurants: Mapping[str, Restaurant] = field(default_factory=dict)
    alarms: Mapping[str, Alarm] = field(default_factory=dict)


class OutOfOrder(ValueError):
    """An entry that is not the next one: whoever holds the board has to ask the journal for those between."""


def apply(board: Board, entry: Entry) -> Board:
    """The board after ``entry``; OutOfOrder unless it is the next one of the same co-op. The input is not changed."""
    if entry.coop != board.coop or entry.seq != board.seq + 1:
        raise OutOfOrder(f"{entry.coop} {entry.seq} does not follow {board.coop} {board.seq}")
    return taken(board, entry)


def taken(board: Board, entry: Entry) -> Board:
    """The same for a later entry that need not be the next one: of a past board only what bears on it is read."""
    moved = forget(replace(board, seq=entry.seq), entry.at - KEEP_CLOSED)
    if "changes" not in entry.data:
        return moved  # a note about it, not a change of it
    match entry.kind.partition(".")[0]:
        case "order":
            return _with_order(moved, entry)
        case "courier":
            return _with_courier(moved, entry)
        case "restaurant":
            return with_restaurant(moved, entry)
        case "alarm":
            return with_alarm(moved, entry)
        case _:
            return moved


def load(board: Board, courier: str) -> tuple[Order, ...]:
    """The open orders that a courier has, oldest first."""
    return tuple(order for order in board.orders.values() if order.courier == courier and order.is_open)


def _with_order(board: Board, entry: Entry) -> Board:
    known = board.orders.get(entry.subject)
    wire = {**(order_to_wire(known) if known else {}), **entry.data["changes"], "version": entry.version}
    if not known and "pickup" not in wire:
        return board  # closed long ago: a correction to it is history, not work in hand
    order = order_from_wire(wire)
    closed_at = {key: at for key, at in board.closed_at.items() if key != order.id}  # it may have been opened again
    if not order.is_open:
        closed_at[order.id] = board.closed_at.get(order.id, entry.at)  # a note about it leaves it as it was
    return replace(board, orders={**board.orders, order.id: order}, closed_at=closed_at)


def with_restaurant(board: Board, entry: Entry) -> Board:
    """The board after an entry about a restaurant; its seq stays."""
    wire = entry.data["changes"]
    known = board.restaurants.get(wire["id"])
    found = restaurant_from_wire({**(restaurant_to_wire(known) if known else {}), **wire})
    return replace(board, restaurants={**board.restaurants, found.id: found})


def with_alarm(board: Board, entry: Entry) -> Board:
    """The board after an entry about an alarm; its seq stays."""
    alarm, limit = alarm_of(entry), entry.at - KEEP_CLOSED
    known = {key: one for key, one in board.alarms.items() if one.closed_at is None or one.closed_at >= limit}
    return replace(board, alarms={**known, alarm.id: alarm})


def forget(board: Board, before: datetime) -> Board:
    """Without the orders that were closed before then."""
    old = {order for order, at in board.closed_at.items() if at < before}
    if not old:
        return board
    return replace(
        board,
        orders={key: order for key, order in board.orders.items() if key not in old},
        closed_at={key: at for key, at in board.closed_at.items() if key not in old},
    )


def _with_courier(board: Board, entry: Entry) -> Board:
    known = board.couriers.get(entry.subject)
    wire = {**(courier_to_wire(known) if known else {}), **entry.data["changes"], "version": entry.version}
    return replace(board, couriers={**board.couriers, entry.subject: courier_from_wire(wire)})
