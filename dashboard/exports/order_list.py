"""Orders as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import batched

from dashboard.domain.orders import Order
from dashboard.domain.times import to_wire
from dashboard.exports.sheets import lines, money

AT_ONCE = 200
HEAD = (
    "ref", "id", "kind", "state", "restaurant", "courier", "placed_at", "ready_at", "pickup_name", "pickup_address",
    "pickup_lat", "pickup_lon", "dropoff_name", "dropoff_address", "dropoff_lat", "dropoff_lon", "dropoff_before",
    "items", "weight_g", "price", "delivery_fee", "tip", "note", "problem",
)  # fmt: skip


def order_list(found: Iterable[Order]) -> Iterator[str]:
    """One row an order, in pieces."""
    yield lines([HEAD])
    for some in batched(found, AT_ONCE):
        yield lines(map(_row, some))


def _row(order: Order) -> tuple[object, ...]:
    return (
        order.ref, order.id, order.kind, order.state, order.restaurant, order.courier, to_wire(order.placed_at),
        _at(order.ready_at), order.pickup.name, order.pickup.address, order.pickup.lat, order.pickup.lon,
        order.dropoff.name, order.dropoff.address, order.dropoff.lat, order.dropoff.lon, _at(order.dropoff.before),
        "; ".join(f"{item.quantity} x {item.name}" for item in order.items), order.weight_g,
        *(None if cents is None else money(cents) for cents in (
            order.price_cents, order.delivery_fee_cents, order.tip_cents)),
        order.note, order.problem,
    )  # fmt: skip


def _at(moment: datetime | None) -> str | None:
    return None if moment is None else to_wire(moment)
