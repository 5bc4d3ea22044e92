"""What of an order may still be changed, state by state, and the order with other values in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dashboard.domain.orders import OPEN_STATES, WAITING_STATES, Order, Place
from dashboard.domain.refusals import Invalid, WrongState

CHANGEABLE: Mapping[str, frozenset[str]] = {
    # what the kitchen was asked: once it has said yes, it cooks for itself, and the steps hang on the kind
    "kind": frozenset({"placed"}),
    "restaurant": frozenset({"placed"}),
    # what has been fetched was fetched there, then, and is what it is
    "pickup": WAITING_STATES,
    "ready_at": WAITING_STATES,
    "items": WAITING_STATES,
    # what matters until it is at the door
    "dropoff": OPEN_STATES,
    "weight_g": OPEN_STATES,
    "price_cents": OPEN_STATES,
    "delivery_fee_cents": OPEN_STATES,
    "tip_cents": OPEN_STATES,
    "note": OPEN_STATES,
    "tags": OPEN_STATES,
}
"""In which states each field may be changed. A closed order stays as it was paid: mistakes in it are corrections."""
ENDS = ("pickup", "dropoff")


def changeable(state: str) -> tuple[str, ...]:
    """The fields that may be changed in that state."""
    return tuple(name for name, states in CHANGEABLE.items() if state in states)


def amended(order: Order, wanted: Mapping[str, Any]) -> Order:
    """The order with other values: of ``wanted`` by the names of CHANGEABLE, of an end by the names of Place.

    What is as wanted already does not count. WrongState names what may not be changed any more. Invalid: nothing is
    changed, or a window closes before it opens.
    """
    values: dict[str, Any] = {
        name: _end(order, name, value) if name in ENDS else value for name, value in wanted.items()
    }
    other = {name: value for name, value in values.items() if getattr(order, name) != value}
    barred = [name for name in other if order.state not in CHANGEABLE[name]]
    if barred:
        raise WrongState(
            "{ref} is {state}: {fields} cannot be changed any more", ref=order.ref, state=order.state,
            fields=", ".join(barred),
        )  # fmt: skip
    if not other:
        raise Invalid("{ref} says all of that already: nothing was changed", ref=order.ref, field="")
    return replace(order, **other, version=order.version + 1)


def _end(order: Order, end: str, value: Mapping[str, Any]) -> Place:
    before: Place = getattr(order, end)
    place = replace(before, **value)
    if place.after and place.before and place.before < place.after:
        raise Invalid("The window closes earlier than it opens: give other times", field=f"{end}.before")
    return place
