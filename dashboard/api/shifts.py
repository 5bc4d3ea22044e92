"""The calls about calendars: planned shifts in, a courier's own shifts out."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from dashboard.access import require
from dashboard.api.answers import Answer
from dashboard.api.calls import Asked, Call, Desk, Reply
from dashboard.api.fields import Body, Instant, Nothing
from dashboard.domain.couriers import Courier
from dashboard.domain.refusals import NotFound
from dashboard.domain.times import to_wire
from dashboard.exports.calendars import LARGEST, Planned


class CalendarGiven(Body):
    """A calendar file's text (``ics``), or the address (``url``) at which it lies: one of the two."""

    ics: Annotated[str, Field(max_length=LARGEST)] | None = None
    url: Annotated[str, Field(max_length=2000)] | None = None


class PlannedShift(Answer):
    """A shift that is planned."""

    id: str
    starts_at: Instant
    ends_at: Instant
    note: str


class PlannedShifts(Answer):
    """From now on, by their beginning."""

    shifts: list[PlannedShift]


class SkippedEvent(Answer):
    """An event that is no shift, and why."""

    event: str
    problem: str


class CalendarRead(PlannedShifts):
    """What was taken in, and what was not."""

    skipped: list[SkippedEvent]


class CalendarLink(Answer):
    """Whoever has this address can read the calendar; shown this once."""

    url: str


def planned(desk: Desk, asked: Asked[Nothing, Nothing]) -> Reply:
    """What is planned from now on."""
    found = desk.plans.planned(asked.by.coop, _own(desk, asked, "see_couriers").id, asked.at)
    return Reply({"shifts": [_wire(each) for each in found]})


def take_in(desk: Desk, asked: Asked[CalendarGiven, Nothing]) -> Reply:
    """A calendar's events become the planned shifts."""
    courier, given = _own(desk, asked, "plan_shifts"), asked.body
    found = desk.plans.take_in(asked.by.coop, courier.id, given.ics, given.url, asked.at)
    skipped = [{"event": event, "problem": problem} for event, problem in found.skipped]
    return Reply({"shifts": [_wire(each) for each in found.shifts], "skipped": skipped})


def link(desk: Desk, asked: Asked[Nothing, Nothing]) -> Reply:
    """A new secret address; the one before leads nowhere."""
    return Reply({"url": desk.plans.link(asked.by.coop, _own(desk, asked, "calendar").id, asked.at)}, 201)


def _own(desk: Desk, asked: Asked[Any, Nothing], action: str) -> Courier:
    courier = desk.store.courier(asked.by.coop, asked.id)
    if courier is None:
        raise NotFound("There is no courier {id}", id=asked.id)
    require(action, courier)
    return courier


def _wire(each: Planned) -> dict[str, Any]:
    return {
        "id": each.id, "starts_at": to_wire(each.starts_at), "ends_at": to_wire(each.ends_at), "note": each.note,
    }  # fmt: skip


CALLS: tuple[Call[Any, Any], ...] = (
    Call(
        "GET", "/couriers/{id}/planned-shifts", "list_planned_shifts", "What is planned for a courier", "see_couriers",
        planned, PlannedShifts,
    ),
    Call(
        "POST", "/couriers/{id}/planned-shifts", "plan_shifts",
        "Take a courier's shifts from an iCalendar file; it replaces what was planned from now on", "plan_shifts",
        take_in, CalendarRead, body=CalendarGiven, largest=2 * LARGEST,  # JSON doubles each line end
    ),
    Call(
        "POST", "/couriers/{id}/calendar", "make_calendar_link",
        "A secret address at which the courier's shifts can be subscribed to", "calendar", link, CalendarLink,
        statuses=(201,),
    ),
)  # fmt: skip
