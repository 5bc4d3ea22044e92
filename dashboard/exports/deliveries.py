"""Orders in the columns in which a file of orders comes in: see domain/sheet_orders.py, which reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time
from itertools import batched
from zoneinfo import ZoneInfo

from dashboard.domain.orders import Order, Place
from dashboard.domain.sheet_orders import PLACES
from dashboard.exports.order_list import AT_ONCE
from dashboard.exports.sheets import lines

HEAD = (
    "ref", *(f"{end}.{part}" for end in ("pickup", "dropoff") for part in (
        "address", "latlong", "address.name", "timeslot")),
    "dropoff.comments", "dropoff.packages", "weight", "group",
)  # fmt: skip
_FIRST, _LAST = time(0, 0), time(23, 59)


def deliveries(found: Iterable[Order], zone: ZoneInfo) -> Iterator[str]:
    """One row an order, in pieces; times on the clocks of ``zone``."""
    yield lines([HEAD])
    for some in batched(found, AT_ONCE):
        yield lines(_row(order, zone) for order in some)


def _row(order: Order, zone: ZoneInfo) -> tuple[object, ...]:
    packages = " ".join(f"{'-'.join(item.name.replace('=', '-').split())}={item.quantity}" for item in order.items)
    weight = None if order.weight_g is None else order.weight_g / 1000
    return (
        order.ref,
        *_place(order.pickup, zone),
        *_place(order.dropoff, zone),
        order.note,
        packages,
        weight,
        order.group,
    )


def _place(place: Place, zone: ZoneInfo) -> tuple[object, ...]:
    return place.address, f"{round(place.lat, PLACES)},{round(place.lon, PLACES)}", place.name, _slot(place, zone)


def _slot(place: Place, zone: ZoneInfo) -> str:
    """The window; where it is open at one end, the day's end."""
    some = place.after or place.before
    if some is None:
        return ""
    after = place.after or datetime.combine(some.astimezone(zone), _FIRST, zone)
    before = place.before or datetime.combine(some.astimezone(zone), _LAST, zone)
    return " - ".join(f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" for moment in (after, before))
