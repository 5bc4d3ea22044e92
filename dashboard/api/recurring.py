"""The calls about recurring orders."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import Field

from dashboard.api import answers
from dashboard.api.answers import Answer
from dashboard.api.calls import Asked, Call, Desk, Reply
from dashboard.api.fields import Body, Instant, Nothing
from dashboard.api.requests import OrderAsked, PlaceAsked
from dashboard.domain.orders import order_to_wire
from dashboard.domain.recurring import CLOCK, Recurring, instant, starts
from dashboard.domain.times import to_wire

Clock = Annotated[str, Field(pattern=CLOCK, examples=["12:00", "00:30+1"])]


class PlaceRepeated(PlaceAsked[Clock]):
    """An end of a recurring order; its window by the co-op's clocks, ``+1`` on the day after."""


class OrderRepeated(OrderAsked[PlaceRepeated, Clock]):
    """An order as POST /orders takes it, with times of the day in place of instants."""


class RecurringGiven(Body):
    """An order that comes on the days of ``rrule`` (RFC 5545, one line), from ``first`` to ``until``."""

    order: OrderRepeated
    rrule: Annotated[str, Field(max_length=200, examples=["FREQ=WEEKLY;BYDAY=MO,WE"])]
    first: date
    until: date | None = None


class DayGiven(Body):
    """One day of a rule."""

    day: date


class RecurringRead(Answer):
    """A rule; ``next`` are its next days whose order still lies ahead, ``times`` when that is; ``missed`` those of the
    last week whose order nobody placed."""

    id: str
    order: dict[str, Any]
    rrule: str
    first: str
    until: str | None
    skipped: list[str]
    by: str
    at: Instant
    ended_by: str | None
    ended_at: Instant | None
    next: list[str]
    times: list[Instant]
    missed: list[str]


class RecurringList(Answer):
    """All rules, newest first."""

    recurring: list[RecurringRead]


def everything(desk: Desk, asked: Asked[Nothing, Nothing]) -> Reply:
    """Ended ones, too."""
    return Reply({"recurring": [_document(desk, asked, one) for one in desk.repeating.all(asked.by.coop)]})


def give(desk: Desk, asked: Asked[RecurringGiven, Nothing]) -> Reply:
    """What is due of it already is placed at once."""
    body = asked.body
    order = body.order.model_dump(mode="json", exclude_defaults=True)
    made = desk.repeating.set(
        asked.by.coop, order, body.rrule, body.first, body.until, by=asked.by.name, at=asked.at
    )  # fmt: skip
    return Reply(_document(desk, asked, made), 201)


def end(desk: Desk, asked: Asked[Nothing, Nothing]) -> Reply:
    """Orders that were made stay."""
    ended = desk.repeating.end(asked.by.coop, asked.id, by=asked.by.name, at=asked.at)
    return Reply(_document(desk, asked, ended))


def skip(desk: Desk, asked: Asked[DayGiven, Nothing]) -> Reply:
    """One day less."""
    left = desk.repeating.skip(asked.by.coop, asked.id, asked.body.day, by=asked.by.name, at=asked.at)
    return Reply(_document(desk, asked, left))


def place(desk: Desk, asked: Asked[DayGiven, Nothing]) -> Reply:
    """The order of a missed day, for now."""
    order = desk.repeating.place_missed(asked.by.coop, asked.id, asked.body.day, by=asked.by.name, at=asked.at)
    return Reply(order_to_wire(order), 201, {"Location": f"/api/v1/orders/{order.id}"})


def _document(desk: Desk, asked: Asked[Any, Any], one: Recurring) -> dict[str, Any]:
    days, zone = desk.repeating.next(asked.by.coop, one, asked.at), desk.repeating.zone(asked.by.coop)
    return {
        "id": one.id, "order": dict(one.order), "rrule": one.rrule, "first": one.first.isoformat(),
        "until": one.until.isoformat() if one.until else None,
        "skipped": [day.isoformat() for day in sorted(one.skipped)], "by": one.by, "at": to_wire(one.at),
        "ended_by": one.ended_by or None, "ended_at": to_wire(one.ended_at) if one.ended_at else None,
        "next": [day.isoformat() for day in days],
        "times": [to_wire(instant(day, starts(one.order), zone)) for day in days],
        "missed": [day.isoformat() for day in desk.repeating.missed_of(asked.by.coop, one, asked.at)],
    }  # fmt: skip


CALLS: tuple[Call[Any, Any], ...] = (
    Call("GET", "/recurring", "list_recurring", "Orders that come again", "recur", everything, RecurringList),
    Call("POST", "/recurring", "set_recurring", "Have an order come again", "recur", give, RecurringRead,
         body=RecurringGiven, statuses=(201,)),
    Call("POST", "/recurring/{id}/end", "end_recurring", "It comes no more", "recur", end, RecurringRead),
    Call("POST", "/recurring/{id}/skip", "skip_recurring", "Leave one day out", "recur", skip, RecurringRead,
         body=DayGiven),
    Call("POST", "/recurring/{id}/place", "place_recurring", "Place the order of a missed day after all", "recur",
         place, answers.Order, body=DayGiven, statuses=(201,)),
)  # fmt: skip
