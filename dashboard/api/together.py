"""The calls about drop-offs of one pickup: placed together, attached, detached."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from dashboard.api import answers, orders
from dashboard.api.calls import Asked, Call, Desk, Reply
from dashboard.api.fields import Body, Id, LongText, Nothing, Version
from dashboard.api.intake import digest_of, draft
from dashboard.api.requests import OrderGiven
from dashboard.domain.orders import order_to_wire

MOST = 50


class TogetherGiven(Body):
    """The drop-offs of one pickup, each an order; all are fetched at one place."""

    orders: Annotated[tuple[OrderGiven, ...], Field(min_length=1, max_length=MOST)]


class AttachGiven(Body):
    """Whose pickup it shares from now on; ``reason`` and ``consent`` as when an order is assigned."""

    to: Id
    expected_version: Version | None = None
    reason: LongText = ""
    consent: bool = False


class DetachGiven(Body):
    """The version that the decision was made on."""

    expected_version: Version | None = None


def place(desk: Desk, asked: Asked[TogetherGiven, Nothing]) -> Reply:
    """Take in the drop-offs of one pickup; the same key again gives the same orders back."""
    coop, given = asked.by.coop, [orders.of_own_restaurant(asked.by, one) for one in asked.body.orders]
    keys = [(f"{asked.by.scope or ''}/{asked.key}/{number}", digest_of(one)) for number, one in enumerate(given)]
    placed = desk.dispatch.place_together(
        coop, [draft(coop, one, asked.at) for one in given], by=asked.by.name, at=asked.at,
        keys=keys if asked.key else (),
    )  # fmt: skip
    found = {"orders": [order_to_wire(one.order) for one in placed]}
    return Reply(found, 201 if any(one.created for one in placed) else 200)


def attach(desk: Desk, asked: Asked[AttachGiven, Nothing]) -> Reply:
    """Make an order a drop-off of another's pickup."""
    dispatch, body = desk.dispatch.under(""), asked.body
    found = desk.acts.attaching.attach(
        dispatch, asked.by.coop, asked.id, body.to, by=asked.by.name, at=asked.at,
        expected_version=body.expected_version, reason=body.reason, consent=body.consent,
    )  # fmt: skip
    return Reply(orders.with_company(found, dispatch))


def detach(desk: Desk, asked: Asked[DetachGiven, Nothing]) -> Reply:
    """Give an order its pickup for itself again."""
    dispatch = desk.dispatch.under("")
    found = desk.acts.attaching.detach(
        dispatch, asked.by.coop, asked.id, by=asked.by.name, at=asked.at, expected_version=asked.body.expected_version
    )
    return Reply(orders.with_company(found, dispatch))


CALLS: tuple[Call[Any, Any], ...] = (
    Call(
        "POST", "/orders/together", "place_orders_together", "Place the drop-offs of one pickup", "place", place,
        answers.Together, body=TogetherGiven, statuses=(201, 200), keyed=True,
    ),
    orders.upon("attach", "attach", "Make an order a drop-off of another's pickup", attach, AttachGiven),
    orders.upon("detach", "detach", "Give an order its pickup for itself again", detach, DetachGiven),
)  # fmt: skip
