"""What is remembered of couriers from one look to the next: who is silent, stands still, or has arrived."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from dashboard.domain.alarm_findings import AT_A_STOP, Ahead, Seen
from dashboard.domain.alarm_settings import Limits
from dashboard.domain.alarms import Alarm
from dashboard.domain.arrivals import AT_THE_DOOR
from dashboard.domain.board import Board
from dashboard.domain.events import Entry
from dashboard.domain.ground import Point, metres_between
from dashboard.domain.orders import WAITING_STATES


@dataclass(frozen=True, slots=True)
class Senses:
    """``planned`` and ``doors`` are by (order, courier), so that what was true of one courier is not said of the next.

    ``stood``: since when couriers have stood still of whom no fix has come yet since the worker began.
    """

    seen: Mapping[str, Seen] = field(default_factory=dict)
    anchors: Mapping[str, tuple[Point, datetime]] = field(default_factory=dict)
    planned: Mapping[tuple[str, str], datetime] = field(default_factory=dict)
    doors: Mapping[tuple[str, str], datetime] = field(default_factory=dict)
    stood: Mapping[str, datetime] = field(default_factory=dict)


def recall(alarms: Iterable[Alarm]) -> Senses:
    """What active alarms tell a worker that starts anew, so that none of them clears because nothing is remembered."""
    active = [one for one in alarms if one.is_active and one.courier]
    since = {one.id: one.rang_at - timedelta(minutes=one.value) for one in active}

    def of(rule: str) -> dict[tuple[str, str], datetime]:
        return {(one.about, one.courier or ""): since[one.id] for one in active if one.rule == rule}

    return Senses(
        planned=of("A3"), doors=of("A4"), stood={one.about: since[one.id] for one in active if one.rule == "A7"}
    )


def sense(senses: Senses, board: Board, fixes: Mapping[str, tuple[Point, datetime]], limits: Limits) -> Senses:
    """With the newest fix of each courier. Who has no fix any more (off shift, on break) is forgotten at once.

    Nobody stands still at a stop of their own: that counts from when they leave it.
    """
    seen = {courier: _seen(senses.seen.get(courier), *fix, limits.seconds("silent")) for courier, fix in fixes.items()}
    busy = stops_in_hand(board)
    anchors = {}
    for courier, (place, at) in fixes.items():
        before = senses.anchors.get(courier, (place, senses.stood.get(courier, at)))
        moved = metres_between(before[0], place) > limits.still_metres
        at_stop = any(metres_between(place, stop) <= AT_A_STOP for stop in busy.get(courier, ()))
        anchors[courier] = (place, at) if moved or at_stop else before
    stood = {courier: since for courier, since in senses.stood.items() if courier not in anchors}
    return replace(senses, seen=seen, anchors=anchors, stood=stood)


def stops_in_hand(board: Board) -> Mapping[str, list[Point]]:
    """Both ends of each courier's open orders."""
    found: dict[str, list[Point]] = {}
    for order in board.orders.values():
        if order.courier and order.is_open:
            found.setdefault(order.courier, []).extend((order.pickup.point, order.dropoff.point))
    return found


def expect(
    senses: Senses, board: Board, ahead: Mapping[str, Ahead], told: Mapping[str, tuple[str, datetime]], now: datetime
) -> Senses:
    """With the first expectation for each order in its present hands, and since when its courier is at the pickup.

    ``told``: who said to be there, and when.
    """
    planned, doors = {}, {}
    for order in board.orders.values():
        if not order.courier or order.state not in WAITING_STATES:
            continue
        key, expected = (order.id, order.courier), ahead.get(order.id)
        if key in senses.planned:
            planned[key] = senses.planned[key]
        elif expected and expected.pickup:
            planned[key] = expected.pickup
        seen, (who, at) = senses.seen.get(order.courier), told.get(order.id, ("", now))
        if who == order.courier:
            doors[key] = at
        elif seen and metres_between(seen.place, order.pickup.point) <= AT_THE_DOOR:
            doors[key] = senses.doors.get(key, now)
    return replace(senses, planned=planned, doors=doors)


def by_order(moments: Mapping[tuple[str, str], datetime]) -> Mapping[str, datetime]:
    """The same without the courier."""
    return {order: at for (order, _), at in moments.items()}


def _seen(before: Seen | None, place: Point, at: datetime, silence: timedelta) -> Seen:
    if before is None:
        return Seen(place, at)
    if at == before.at:
        return before
    return Seen(place, at, 1 if at - before.at > silence else before.run + 1)


def hear_arrival(told: dict[str, tuple[str, datetime]], entry: Entry, board: Board) -> None:
    """Note in ``told`` (by order: courier and time) who says to be at a pickup; forget it once that is over.

    ``board`` is the one after the entry.
    """
    if entry.kind == "courier.arrived" and entry.data.get("place") == "pickup":
        told[str(entry.data["order"])] = entry.subject, entry.at
    elif entry.subject in told:
        order = board.orders.get(entry.subject)
        if order is None or order.courier != told[entry.subject][0] or order.state == "picked_up":
            del told[entry.subject]
