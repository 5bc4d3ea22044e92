"""A small evening, for tests of the alarms: Léa has 1042 from Toscana, promised at 19:00."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from dashboard.domain.alarm_findings import Ahead, Finding, Seen, Situation
from dashboard.domain.alarms import Alarm
from dashboard.domain.board import Board
from dashboard.domain.couriers import Courier
from dashboard.domain.ground import Point
from dashboard.domain.itinerary import Leg
from dashboard.domain.orders import Order, Place

SEVEN = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)
TOSCANA, HOME = Place(60.17, 24.94, "Toscana"), Place(60.18, 24.95, "", "Home 2")
LEA = Courier("lea", "acme", "Léa", "on", SEVEN - timedelta(hours=2))
ORDER = Order(
    "o1", "acme", "1042", TOSCANA, replace(HOME, before=SEVEN), SEVEN - timedelta(minutes=40), "meal", "toscana",
    ready_at=SEVEN - timedelta(minutes=20), state="preparing", courier="lea",
)  # fmt: skip
MINUTE = timedelta(minutes=1)


def legs(_a: Point, _b: Point) -> Leg:
    """Six minutes from anywhere to anywhere."""
    return Leg(360, 1600)


def north(metres: float) -> Point:
    """So far from Toscana."""
    return TOSCANA.lon, TOSCANA.lat + metres / 111_195


def at(minutes: float) -> datetime:
    """So many minutes after seven."""
    return SEVEN + timedelta(minutes=minutes)


def situation(minutes: float, order: Order = ORDER, **more: Any) -> Situation:
    """Of that minute; Léa was seen just now, a kilometre from Toscana, unless said otherwise."""
    board = Board("acme", 1, {order.id: order}, {"lea": LEA})
    known: dict[str, Any] = {"seen": {"lea": Seen(north(1000), at(minutes))}, "legs": legs, **more}
    return Situation(board, at(minutes), **known)


def ahead(pickup: float | None, dropoff: float) -> dict[str, Ahead]:
    """When Léa is expected at both ends, in minutes after seven."""
    return {"o1": Ahead(None if pickup is None else at(pickup), at(dropoff))}


def finding(rule: str = "A2", about: str = "o1", *, is_on: bool = True, value: float = 6, **more: Any) -> Finding:
    """Something that is wrong."""
    return Finding(rule, about, is_on, value, **{"order": "o1", "courier": "lea", "ref": "1042", **more})


def alarm(rule: str = "A2", about: str = "o1", **more: Any) -> Alarm:
    """One that was raised at seven."""
    known: dict[str, Any] = {"priority": "medium", "raised_at": SEVEN, "rang_at": SEVEN, "value": 6.0, "version": 1}
    return Alarm(f"{rule}.{about}", rule, about, **{**known, "order": "o1", "courier": "lea", "ref": "1042", **more})
