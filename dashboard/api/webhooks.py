"""The calls by which an administrator has other programs told of what happens."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from dashboard.api.answers import Answer
from dashboard.api.calls import Asked, Call, Desk, Reply
from dashboard.api.fields import Body, Id, Instant, Nothing, Query
from dashboard.domain.refusals import Invalid
from dashboard.domain.times import to_wire
from dashboard.domain.webhooks import Delivery, Subscription, check_signing_secret

Url = Annotated[str, Field(min_length=1, max_length=2000)]
Events = Annotated[tuple[Annotated[str, Field(max_length=81)], ...], Field(min_length=1, max_length=50)]
DeliveryState = Literal["pending", "delivered", "given_up"]


class WebhookGiven(Body):
    """Where to, and what of: ``*``, ``order.*`` or a kind such as ``order.assigned``.

    With ``restaurant`` it is told of that restaurant's orders alone, without pay, couriers and customers' doors.
    """

    url: Url
    events: Events = ("*",)
    restaurant: Id | None = None
    secret: Annotated[str, Field(max_length=120)] | None = None


class WebhookChange(Body):
    """What is to be different. ``renew_secret``: another secret, ``secret`` or a new one; the one before signs on
    beside it for 24 hours."""

    url: Url | None = None
    events: Events | None = None
    on: bool | None = None
    renew_secret: bool = False
    secret: Annotated[str, Field(max_length=120)] | None = None


class Redelivery(Body):
    """Which event is to be sent once more."""

    delivery: Annotated[str, Field(min_length=1, max_length=64)]


class DeliveriesAsked(Query):
    """Newest first; ``before`` is the cursor of the last page."""

    state: DeliveryState | None = None
    before: Annotated[int, Field(ge=0, le=2**53)] | None = None
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class Webhook(Answer):
    """One that is told. ``problem`` says in words what is wrong, empty when nothing is; until ``former_until`` the
    secret before the last renewal signs, too."""

    id: str
    url: str
    events: list[str]
    restaurant: str | None
    on: bool
    problem: str
    created_by: str
    created_at: Instant
    former_until: Instant | None


class ChangedWebhook(Webhook):
    """As it is now; ``secret`` is there when it was renewed, shown this once."""

    secret: str | None


class NewWebhook(Webhook):
    """With the secret that its messages are signed with, shown this once."""

    secret: str


class WebhookList(Answer):
    """All of the co-op's."""

    webhooks: list[Webhook]


class Removed(Answer):
    """What is not there any more."""

    removed: str


class DeliveryTold(Answer):
    """One event, and what became of it: the last try's status, problem and milliseconds."""

    id: str
    seq: int
    type: str
    state: DeliveryState
    tries: int
    first_at: Instant | None
    last_at: Instant | None
    next_at: Instant | None
    status: int | None
    problem: str
    took_ms: int | None


class Deliveries(Answer):
    """A page of the log, newest first."""

    deliveries: list[DeliveryTold]
    next: int | None


def listed(desk: Desk, asked: Asked[Nothing, Nothing]) -> Reply:
    """All of the co-op's."""
    return Reply({"webhooks": [_wire(one) for one in desk.webhooks.book.all(asked.by.coop)]})


def add(desk: Desk, asked: Asked[WebhookGiven, Nothing]) -> Reply:
    """A new one."""
    given = asked.body
    made = desk.webhooks.add(
        asked.by.coop, given.url, given.events, secret=given.secret, restaurant=given.restaurant, by=asked.by.name,
        at=asked.at,
    )  # fmt: skip
    return Reply({**_wire(made), "secret": made.secret}, 201)


def one(desk: Desk, asked: Asked[Nothing, Nothing]) -> Reply:
    """One of them."""
    return Reply(_wire(desk.webhooks.one(asked.by.coop, asked.id)))


def change(desk: Desk, asked: Asked[WebhookChange, Nothing]) -> Reply:
    """Another address, other events, on or off, another secret."""
    new, coop = asked.body, asked.by.coop
    if new.secret is not None and not new.renew_secret:
        raise Invalid("Say renew_secret as well: a secret is changed on purpose alone", field="renew_secret")
    if new.secret is not None:
        check_signing_secret(new.secret)  # before anything is changed
    changed = desk.webhooks.change(coop, asked.id, url=new.url, events=new.events, is_on=new.on)
    if not new.renew_secret:
        return Reply({**_wire(changed), "secret": None})
    renewed = desk.webhooks.renew(coop, asked.id, new.secret, asked.at)
    return Reply({**_wire(renewed), "secret": renewed.secret})


def remove(desk: Desk, asked: Asked[Nothing, Nothing]) -> Reply:
    """With its log."""
    desk.webhooks.remove(asked.by.coop, asked.id)
    return Reply({"removed": asked.id})


def deliveries(desk: Desk, asked: Asked[Nothing, DeliveriesAsked]) -> Reply:
    """The log."""
    known, query = desk.webhooks.one(asked.by.coop, asked.id), asked.query
    found = desk.webhooks.book.deliveries(known.coop, known.id, query.state, query.before, query.limit + 1)
    page = found[: query.limit]
    more = page[-1].seq if len(found) > query.limit else None
    return Reply({"deliveries": [_delivery(each) for each in page], "next": more})


def redeliver(desk: Desk, asked: Asked[Redelivery, Nothing]) -> Reply:
    """Once more, as soon as the worker comes to it."""
    return Reply(_delivery(desk.webhooks.again(asked.by.coop, asked.id, asked.body.delivery, asked.at)))


def _wire(one: Subscription) -> dict[str, Any]:
    return {
        "id": one.id, "url": one.url, "events": list(one.events), "restaurant": one.restaurant, "on": one.is_on,
        "problem": one.problem, "created_by": one.created_by, "created_at": to_wire(one.created_at),
        "former_until": one.former_until and to_wire(one.former_until),
    }  # fmt: skip


def _delivery(each: Delivery) -> dict[str, Any]:
    return {
        "id": each.id, "seq": each.seq, "type": each.kind, "state": each.state, "tries": each.tries,
        "first_at": each.first_at and to_wire(each.first_at), "last_at": each.last_at and to_wire(each.last_at),
        "next_at": to_wire(each.due_at) if each.state == "pending" else None, "status": each.status,
        "problem": each.problem, "took_ms": each.took_ms,
    }  # fmt: skip


CALLS: tuple[Call[Any, Any], ...] = (
    Call("GET", "/webhooks", "list_webhooks", "Who is told what happens", "webhooks", listed, WebhookList),
    Call(
        "POST", "/webhooks", "add_webhook", "Have a program told of what happens from now on", "webhooks", add,
        NewWebhook, body=WebhookGiven, statuses=(201,),
    ),
    Call("GET", "/webhooks/{id}", "get_webhook", "One webhook", "webhooks", one, Webhook),
    Call(
        "PATCH", "/webhooks/{id}", "change_webhook", "Another address, other events, on or off, another secret",
        "webhooks", change, ChangedWebhook, body=WebhookChange,
    ),
    Call("DELETE", "/webhooks/{id}", "remove_webhook", "Remove it with its log", "webhooks", remove, Removed),
    Call(
        "GET", "/webhooks/{id}/deliveries", "list_deliveries", "What was sent, and what became of it", "webhooks",
        deliveries, Deliveries, query=DeliveriesAsked,
    ),
    Call(
        "POST", "/webhooks/{id}/redeliver", "redeliver", "Send one event once more", "webhooks", redeliver,
        DeliveryTold, body=Redelivery,
    ),
)  # fmt: skip
