"""An order from outside, by HTTP or by the intake stream: one parser for both doors."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pydantic import ValidationError

from dashboard.api.requests import OrderGiven, PlaceGiven
from dashboard.dispatch import Dispatch, Placed
from dashboard.domain.orders import Item, Order, Place
from dashboard.domain.refusals import Invalid

LARGEST_BODY = 64 * 1024  # bytes; an order with a hundred lines has 10 kB
FUTURE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class WrongField:
    """A field that has to be mended, and how."""

    field: str
    detail: str


class Unusable(Invalid):
    """A document that cannot be understood; ``fields`` names all that is wrong with it."""

    def __init__(self, fields: tuple[WrongField, ...]) -> None:
        listed = "; ".join(f"{wrong.field or 'body'}: {wrong.detail}" for wrong in fields)
        super().__init__("This cannot be used: {listed}", listed=listed)
        self.fields = fields


def parse_order(coop: str, document: str | bytes, at: datetime) -> Order:
    """The draft that a JSON text asks for, ready for ``Dispatch.place``; Unusable names every wrong field."""
    try:
        given = OrderGiven.model_validate_json(document)
    except ValidationError as error:
        raise Unusable(wrong_fields(error)) from error
    return draft(coop, given, at)


def placing(dispatch: Dispatch, clock: Callable[[], datetime]) -> Callable[[str, bytes, str], Placed]:
    """How the intake stream places the order of a JSON text for a co-op, under a key that makes repetition harmless."""

    def place(coop: str, document: bytes, key: str) -> Placed:
        if len(document) > LARGEST_BODY:
            raise Unusable((WrongField("", f"has more than {LARGEST_BODY} bytes"),))
        at = clock()
        request = hashlib.sha256(document).hexdigest()
        return dispatch.place(coop, parse_order(coop, document, at), by="intake", at=at, key=key, request=request)

    return place


def draft(coop: str, given: OrderGiven, at: datetime) -> Order:
    """The order that is asked for; its id (and ref, if none is given) are left to ``Dispatch.place``."""
    if given.placed_at and given.placed_at > at + FUTURE:
        raise Unusable((WrongField("placed_at", "lies in the future: compare the clocks"),))
    rest = given.model_dump(exclude={"pickup", "dropoff", "items", "placed_at", "ref"})
    return Order(
        id="", coop=coop, ref=given.ref or "", placed_at=given.placed_at or at,
        pickup=_place(given.pickup), dropoff=_place(given.dropoff),
        items=tuple(Item(item.name, item.quantity) for item in given.items), **rest,
    )  # fmt: skip


def digest_of(given: OrderGiven) -> str:
    """What was asked, in 64 characters: equal for equal requests, whatever their spelling."""
    return hashlib.sha256(given.model_dump_json().encode()).hexdigest()


def wrong_fields(error: ValidationError) -> tuple[WrongField, ...]:
    """Every wrong field of a document, by its dotted path."""
    return tuple(_wrong_field(each) for each in error.errors(include_url=False, include_input=False))


def _wrong_field(error: Mapping[str, Any]) -> WrongField:
    detail = "there is no such field" if error["type"] == "extra_forbidden" else error["msg"]
    return WrongField(".".join(map(str, error["loc"])), detail.removeprefix("Value error, "))


def _place(given: PlaceGiven) -> Place:
    return Place(**given.model_dump())
