"""The call that changes what an order says."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import Field, field_validator, model_validator

from dashboard.api import answers
from dashboard.api.calls import Asked, Call, Desk, Reply
from dashboard.api.fields import (
    Body,
    Cents,
    Grams,
    Id,
    Instant,
    Kind,
    Latitude,
    Longitude,
    LongText,
    Name,
    Nothing,
    ShortText,
    Version,
)  # fmt: skip
from dashboard.api.orders import present
from dashboard.api.requests import ItemGiven, OrderGiven
from dashboard.domain.orders import Item, order_to_wire
from live.sight import order_seen

NEVER_NULL = frozenset({"kind", "items", "note", "tags", "pickup", "dropoff"})


class PlaceChanged(Body):
    """What is other at an end; what is left out stays. ``lat`` and ``lon`` go together; null opens a window."""

    lat: Latitude | None = None
    lon: Longitude | None = None
    name: ShortText | None = None
    address: LongText | None = None
    after: Instant | None = None
    before: Instant | None = None

    @model_validator(mode="after")
    def goes_somewhere(self) -> Self:
        """Refuses half a position, and null for what has to be there."""
        if (self.lat is None) != (self.lon is None):
            raise ValueError("lat and lon belong together: give both")
        gone = [name for name in ("lat", "lon", "name", "address") if name in self.model_fields_set]
        if any(getattr(self, name) is None for name in gone):
            raise ValueError("only after and before may be null")
        return self


class OrderChanged(Body):
    """What is other in an order; what is left out stays, null empties. Which fields may change hangs on the state."""

    expected_version: Version
    kind: Kind | None = None
    restaurant: Id | None = None
    pickup: PlaceChanged | None = None
    dropoff: PlaceChanged | None = None
    items: Annotated[tuple[ItemGiven, ...], Field(max_length=100)] | None = None
    weight_g: Grams | None = None
    price_cents: Cents | None = None
    delivery_fee_cents: Cents | None = None
    tip_cents: Cents | None = None
    ready_at: Instant | None = None
    note: ShortText | None = None
    tags: Annotated[tuple[Name, ...], Field(max_length=20)] | None = None

    @field_validator("tags")
    @classmethod
    def tags_are_clean(cls, tags: tuple[str, ...] | None) -> tuple[str, ...] | None:
        """Refuses tags that the desk could not tell apart."""
        return None if tags is None else OrderGiven.tags_are_clean(tags)

    @model_validator(mode="after")
    def empties_what_may_be_empty(self) -> Self:
        """Refuses null where an order always says something."""
        gone = sorted(name for name in self.model_fields_set & NEVER_NULL if getattr(self, name) is None)
        if gone:
            raise ValueError(f"{', '.join(gone)} cannot be null: leave out what stays as it is")
        return self


def wanted_of(given: OrderChanged) -> dict[str, Any]:
    """The values that are wanted, as domain/amending.py takes them."""
    wanted = {name: getattr(given, name) for name in given.model_fields_set - {"expected_version"}}
    for end in ("pickup", "dropoff"):
        if end in wanted:
            wanted[end] = wanted[end].model_dump(exclude_unset=True)
    if "items" in wanted:
        wanted["items"] = tuple(Item(item.name, item.quantity) for item in wanted["items"])
    return wanted


def amend(desk: Desk, asked: Asked[OrderChanged, Nothing]) -> Reply:
    """Other values in the order."""
    order = desk.amending.amend(
        asked.by.coop, asked.id, wanted_of(asked.body), expected_version=asked.body.expected_version,
        by=asked.by.name, at=asked.at,
    )  # fmt: skip
    return Reply(order_seen(asked.by, order_to_wire(order)))


CALLS: tuple[Call[Any, Any], ...] = (
    Call(
        "PATCH", "/orders/{id}", "amend_order", "Change what the order says: what is left out stays", "amend", amend,
        answers.Order, body=OrderChanged, present=present,
    ),
)  # fmt: skip
