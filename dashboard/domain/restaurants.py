"""Restaurants as the desk knows them: whether a kitchen is busy, and until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dashboard.domain.events import Fact
from dashboard.domain.refusals import Invalid
from dashboard.domain.times import from_wire, to_wire

SUBJECT = "restaurant:"
"""Before the id of a restaurant as the subject of entries: so no order or courier has the same name."""
LONGEST = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Restaurant:
    """``busy_minutes`` is the least that a new order takes until ``busy_until``; both None while all is as usual."""

    id: str
    busy_until: datetime | None = None
    busy_minutes: int | None = None

    def is_busy(self, at: datetime) -> bool:
        """Whether the kitchen has more to do than usual."""
        return self.busy_until is not None and at < self.busy_until

    def ready_at(self, wished: datetime | None, at: datetime) -> datetime | None:
        """When an order that comes in now can be ready: as wished, or later while the kitchen is busy."""
        if not self.is_busy(at):
            return wished
        soonest = at + timedelta(minutes=self.busy_minutes or 0)
        return max(wished or soonest, soonest)


def subject_of(restaurant: str) -> str:
    """The subject of its journal entries."""
    return SUBJECT + restaurant


def busy(restaurant: str, minutes: int, until: datetime, at: datetime) -> Fact:
    """The kitchen is busy until then: a new order takes so many minutes at least. Invalid: no such time."""
    if not at < until <= at + LONGEST:
        raise Invalid("Busy has to end within 4 hours from now: choose when", field="until")
    changes = {"id": restaurant, "busy_until": to_wire(until), "busy_minutes": minutes}
    return Fact("restaurant.busy", subject_of(restaurant), 0, {"changes": changes})


def usual(restaurant: str) -> Fact:
    """The kitchen works as usual again."""
    changes = {"id": restaurant, "busy_until": None, "busy_minutes": None}
    return Fact("restaurant.usual", subject_of(restaurant), 0, {"changes": changes})


def restaurant_to_wire(restaurant: Restaurant) -> dict[str, Any]:
    """Plain JSON values."""
    until = restaurant.busy_until
    return {"id": restaurant.id, "busy_until": until and to_wire(until), "busy_minutes": restaurant.busy_minutes}


def restaurant_from_wire(wire: Mapping[str, Any]) -> Restaurant:
    """The restaurant of such a document."""
    until = wire["busy_until"]
    return Restaurant(wire["id"], until and from_wire(until), wire["busy_minutes"])
