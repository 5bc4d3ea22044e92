"""An order from outside, by HTTP or by the intake stream: one parser for both doors."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

from pydantic import ValidationError

from dashboard.api.requests import OrderGiven, PlaceGiven
from dashboard.api.wrong import Unusable, wrong_fields
from dashboard.dispatch import Dispatch, Placed
from dashboard.domain.orders import Item, Order, Place
from dashboard.domain.refusals import WrongField

LARGEST_BODY = 64 * 1024  # bytes; an order with a hundred lines has 10 kB
FUTURE = timedelta(minutes=5)


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
    left_out = {"tags"} if not given.tags else None  # as before there were any
    return hashlib.sha256(given.model_dump_json(exclude=left_out).encode()).hexdigest()


def _place(given: PlaceGiven) -> Place:
    return Place(**given.model_dump())
