"""The calls about orders."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from dashboard.access import TooLongAgo, Visitor, require
from dashboard.api import answers
from dashboard.api.calls import Asked, Call, Desk, Reply
from dashboard.api.fields import Body, Nothing
from dashboard.api.intake import digest_of, draft
from dashboard.api.requests import Assignment, Delay, KitchenStep, OrderGiven, OrdersAsked, ProblemGiven, Step
from dashboard.api.wrong import Unusable
from dashboard.dispatch import NO_PRESS, Dispatch, Press
from dashboard.domain.orders import Order, order_to_wire
from dashboard.domain.refusals import NotFound, WrongField
from dashboard.domain.times import to_wire
from dashboard.ports import Store
from live.sight import order_seen

KITCHEN = ("accept", "refuse", "prepare", "ready")
STEPS = {
    "accept": ("accept", "The kitchen takes the order"),
    "refuse": ("refuse", "The kitchen does not take the order"),
    "prepare": ("prepare", "The kitchen has begun"),
    "ready": ("ready", "The order can be picked up"),
    "picked-up": ("pick_up", "The courier has it"),
    "delivered": ("deliver", "The customer has it"),
    "failed": ("fail", "It could not be delivered"),
    "cancel": ("cancel", "It is not wanted any more"),
}


def place(desk: Desk, asked: Asked[OrderGiven, Nothing]) -> Reply:
    """Take in an order; the same key again gives the same order back."""
    given = of_own_restaurant(asked.by, asked.body)
    placed = desk.dispatch.place(
        asked.by.coop, draft(asked.by.coop, given, asked.at), by=asked.by.name, at=asked.at,
        key=asked.key and f"{asked.by.scope or ''}/{asked.key}", request=digest_of(given),
    )  # fmt: skip
    where = {"Location": f"/api/v1/orders/{placed.order.id}"}
    return Reply(order_to_wire(placed.order), 201 if placed.created else 200, where)


def some(desk: Desk, asked: Asked[Nothing, OrdersAsked]) -> Reply:
    """A page of the orders that the visitor may know of; for a dispatcher those open, or closed within a day."""
    query, by = asked.query, asked.by
    page = desk.store.orders(
        by.coop, states=query.state, after=query.after, limit=query.limit,
        courier=by.scope if by.role == "courier" else query.courier,
        restaurant=by.scope if by.role == "restaurant" else query.restaurant, since=by.sees_since(asked.at),
    )  # fmt: skip
    return Reply({"orders": [order_seen(asked.by, order_to_wire(order)) for order in page.orders], "next": page.next})


def one(desk: Desk, asked: Asked[Nothing, Nothing]) -> Reply:
    """The order."""
    return Reply(order_seen(asked.by, order_to_wire(found_order(desk, asked, "see_orders"))))


def assign(desk: Desk, asked: Asked[Assignment, Nothing]) -> Reply:
    """Give the order to a courier, or hand it over."""
    dispatch = desk.dispatch.under("")
    order = dispatch.assign(
        asked.by.coop, asked.id, asked.body.courier, expected_version=asked.body.expected_version,
        by=asked.by.name, at=asked.at, reason=asked.body.reason, consent=asked.body.consent,
    )  # fmt: skip
    return Reply(with_company(order, dispatch, asked.by))


def unassign(desk: Desk, asked: Asked[Step, Nothing]) -> Reply:
    """Take the order back from its courier."""
    dispatch = desk.dispatch.under("")
    order = dispatch.unassign(
        asked.by.coop, asked.id, expected_version=asked.body.expected_version,
        by=asked.by.name, at=asked.at, reason=asked.body.reason,
    )  # fmt: skip
    return Reply(with_company(order, dispatch, asked.by))


def move(step: str, desk: Desk, asked: Asked[Step, Nothing]) -> Reply:
    """One step of the order's life."""
    dispatch = desk.dispatch.under("")
    order = dispatch.move(
        asked.by.coop, asked.id, step, by=asked.by.name, at=asked.at,
        expected_version=_version(desk, asked, step), reason=asked.body.reason, press=_press(asked, step),
    )  # fmt: skip
    return Reply(with_company(order, dispatch, asked.by))


def delay(desk: Desk, asked: Asked[Delay, Nothing]) -> Reply:
    """The kitchen needs more time."""
    order = desk.dispatch.delay(
        asked.by.coop, asked.id, asked.body.minutes, by=asked.by.name, at=asked.at,
        expected_version=_version(desk, asked, "delay"), reason=asked.body.reason,
        press=_press(asked, f"delay {asked.body.minutes}"),
    )  # fmt: skip
    return Reply(order_seen(asked.by, order_to_wire(order)))


def problem(desk: Desk, asked: Asked[ProblemGiven, Nothing]) -> Reply:
    """Something is wrong with the order: the dispatcher sees it at once."""
    told = ": ".join(filter(None, (asked.body.kind, asked.body.text.strip())))
    return _report(desk, asked, told, "report")


def solved(desk: Desk, asked: Asked[KitchenStep, Nothing]) -> Reply:
    """What was reported is in order again."""
    return _report(desk, asked, None, "solve")


def undo(desk: Desk, asked: Asked[KitchenStep, Nothing]) -> Reply:
    """Take back one's own last step, within ten seconds."""
    order = desk.dispatch.undo(
        asked.by.coop,
        asked.id,
        by=asked.by.name,
        at=asked.at,
        expected_version=_version(desk, asked, "undo"),
        press=_press(asked, "undo"),
    )
    return Reply(order_seen(asked.by, order_to_wire(order)))


def _report(desk: Desk, asked: Asked[Any, Nothing], told: str | None, action: str) -> Reply:
    order = desk.dispatch.report(
        asked.by.coop,
        asked.id,
        told,
        by=asked.by.name,
        at=asked.at,
        expected_version=_version(desk, asked, action),
        press=_press(asked, told or "solved"),
    )
    return Reply(order_seen(asked.by, order_to_wire(order)))


def _press(asked: Asked[Any, Nothing], what: str) -> Press:
    """Which button it was; when it was pressed counts only as long as it lies in the past."""
    pressed_at = getattr(asked.body, "pressed_at", None)
    if asked.key is None and pressed_at is None:
        return NO_PRESS
    key = asked.key and f"press/{asked.by.scope or ''}/{asked.key}"
    return Press(key or "", what, pressed_at if pressed_at and pressed_at < asked.at else None)


def present(desk: Desk, asked: Asked[Any, Any]) -> Mapping[str, Any]:
    """The order as it is now, and who changed it last: what a 409 tells, unless that is too long ago."""
    by = asked.by
    order, last = desk.store.order(by.coop, asked.id), desk.store.last_change(by.coop, asked.id)
    assert order is not None, "a conflict is about an order that exists"
    assert last is not None, "whatever exists was recorded by someone"
    if not is_shown(desk.store, by, order, asked.at):
        return {}
    return {"order": order_seen(by, order_to_wire(order)), "changed_by": last.actor, "changed_at": to_wire(last.at)}


def is_shown(store: Store, by: Visitor, order: Order, at: datetime) -> bool:
    """Whether the order is live, or was within what the visitor sees of the past at ``at``."""
    since = by.sees_since(at)
    if since is None or order.is_open:
        return True
    last = store.last_change(by.coop, order.id)
    return last is not None and last.at >= since


def found_order(desk: Desk, asked: Asked[Any, Any], action: str) -> Order:
    """The order that the call names. NotFound: there is none, or it is another's; TooLongAgo."""
    order = desk.store.order(asked.by.coop, asked.id)
    if order is None:
        raise NotFound("There is no order {id}", id=asked.id)
    require(action, order)
    if not is_shown(desk.store, asked.by, order, asked.at):
        raise TooLongAgo()
    return order


def _version(desk: Desk, asked: Asked[Any, Nothing], action: str) -> int | None:
    """The version to insist on. What was one's own when looked at has to be so still when it is changed."""
    order = found_order(desk, asked, action)
    expected: int | None = asked.body.expected_version
    return order.version if expected is None and asked.by.scope else expected


def with_company(order: Order, dispatch: Dispatch, by: Visitor | None = None) -> dict[str, Any]:
    """The order, and ``together`` the others of its pickup that were changed with it (not there when none)."""
    wire = order_to_wire(order)
    others = [
        {"id": one.id, "ref": one.ref, "version": one.version} for one in dispatch.moved.values() if one.id != order.id
    ]
    return {**(order_seen(by, wire) if by else wire), **({"together": others} if others else {})}


def of_own_restaurant(by: Visitor, given: OrderGiven) -> OrderGiven:
    """The order as whoever places it may: a restaurant its own alone."""
    if by.role != "restaurant":
        return given
    if given.restaurant not in (None, by.scope):
        raise Unusable((WrongField("restaurant", f"this token places orders of {by.scope} alone"),))
    return given.model_copy(update={"restaurant": by.scope})


def _step(segment: str, step: str, summary: str) -> Call[Step, Nothing]:
    return upon(segment, step, summary, partial(move, step), KitchenStep if step in KITCHEN else Step)


def upon[B: Body](
    segment: str, action: str, summary: str, run: Callable[[Desk, Asked[B, Nothing]], Reply], body: type[B], *,
    name: str = "",
) -> Call[B, Nothing]:  # fmt: skip
    """A call that changes one order and answers with it; ``name`` where it is not called by its ``action``."""
    return Call(
        "POST", f"/orders/{{id}}/{segment}", f"{name or action}_order", summary, action, run, answers.Order,
        body=body, present=present, keyed=issubclass(body, KitchenStep),
    )  # fmt: skip


CALLS: tuple[Call[Any, Any], ...] = (
    Call(
        "POST", "/orders", "place_order", "Place an order", "place", place, answers.Order,
        body=OrderGiven, statuses=(201, 200), keyed=True,
    ),
    Call("GET", "/orders", "list_orders", "Orders in turn", "see_orders", some, answers.Orders, query=OrdersAsked),
    Call("GET", "/orders/{id}", "get_order", "An order", "see_orders", one, answers.Order),
    Call(
        "POST", "/orders/{id}/assign", "assign_order", "Give the order to a courier", "assign", assign, answers.Order,
        body=Assignment, present=present,
    ),
    upon("unassign", "unassign", "Take the order back from its courier", unassign, Step),
    upon("delay", "delay", "The kitchen needs more time", delay, Delay),
    upon("problem", "report", "Something is wrong with the order", problem, ProblemGiven),
    upon("solved", "solve", "What was reported is in order again", solved, KitchenStep),
    upon("undo", "undo", "Take back one's own last step, within ten seconds", undo, KitchenStep),
    *(_step(segment, step, summary) for segment, (step, summary) in STEPS.items()),
)  # fmt: skip
