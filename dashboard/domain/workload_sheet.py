"""What the accounts need to know of an open order, kept until it is closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from dashboard.domain.ground import Point, metres_between
from dashboard.domain.times import from_wire

PLAIN = ("restaurant", "state", "courier", "weight_g", "tip_cents")
ROUTED = {"route_m": "metres", "ascent_m": "ascent_m"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """An open order. ``pickup`` and ``dropoff`` are (lon, lat); ``route_m`` and ``ascent_m`` None until recorded.

    ``placed`` is when it was ordered, ``due`` when the kitchen last said that it would be ready, ``ready`` when it was.
    """

    order: str
    pickup: Point
    dropoff: Point
    restaurant: str | None = None
    state: str = "placed"
    courier: str | None = None
    weight_g: int | None = None
    tip_cents: int | None = None
    route_m: int | None = None
    ascent_m: int | None = None
    placed: datetime | None = None
    due: datetime | None = None
    ready: datetime | None = None

    @property
    def at_restaurant(self) -> Point | str:
        """What makes two pickups the same place."""
        return self.restaurant or self.pickup

    @property
    def metres(self) -> int:
        """The recorded way, else the crow's flight."""
        return round(metres_between(self.pickup, self.dropoff)) if self.route_m is None else self.route_m


def renewed(sheet: Sheet | None, order: str, data: Mapping[str, Any], at: datetime) -> Sheet | None:
    """The sheet after an entry's data, written ``at``; None while the order was never seen placed.

    ``data["route"]`` = {"metres", "ascent_m"} is optional on any entry of an order: whoever knows the way records it.
    """
    changes = data.get("changes", {})
    if sheet is None:
        if "pickup" not in changes:
            return None
        placed = from_wire(changes["placed_at"]) if "placed_at" in changes else at
        sheet = Sheet(order, _point(changes["pickup"]), _point(changes["dropoff"]), placed=placed)
    route = data.get("route") or {}
    new: dict[str, Any] = {name: changes[name] for name in PLAIN if name in changes}
    moved = {name: _point(changes[name]) for name in ("pickup", "dropoff") if name in changes}
    if any(getattr(sheet, name) != point for name, point in moved.items()):
        new |= dict.fromkeys(ROUTED)  # the way that was recorded led elsewhere
    new |= moved
    new |= {ours: route[theirs] for ours, theirs in ROUTED.items() if theirs in route}
    if "ready_at" in changes:
        new["due"] = from_wire(changes["ready_at"]) if changes["ready_at"] else None
    if new.get("state") not in (None, sheet.state, "picked_up", "delivered"):
        new["ready"] = at if new["state"] == "ready" else None  # a step may be taken back
    return replace(sheet, **new)


def _point(place: Mapping[str, Any]) -> Point:
    return place["lon"], place["lat"]
