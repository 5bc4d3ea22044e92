"""iCalendar (RFC 5545), in and out: planned shifts are read from it, and a courier's shifts are written to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Event

from dashboard.domain.couriers import Courier, Shift
from dashboard.domain.refusals import Invalid

LARGEST = 1024 * 1024
"""Bytes of a calendar: years of a whole co-op's shifts, if somebody exports all of it."""
MOST_EVENTS = 2000
LONGEST = timedelta(hours=16)
"""What is longer is a holiday or a mistake, not a shift."""
NO_HOURS, BACKWARDS = "it has no hours", "it ends before it begins"
TOO_LONG = f"it is longer than {LONGEST // timedelta(hours=1)} hours"
LONGEST_NOTE = 200
TOO_OFTEN = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
# What the two libraries raise where a file is not what it says; refusals are none of these.
BROKEN = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
ID = "-//Roulement//Shifts//EN"


@dataclass(frozen=True, slots=True)
class Planned:
    """A shift that is planned; ``id`` is the event's, with its beginning."""

    id: str
    starts_at: datetime
    ends_at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """What was found in a calendar: shifts by their beginning, and what could not be taken with the reason."""

    shifts: Sequence[Planned]
    skipped: Sequence[tuple[str, str]] = field(default_factory=tuple)


def read_calendar(text: bytes, zone: ZoneInfo, since: datetime, until: datetime) -> Read:
    """The events that end after ``since`` and begin before ``until``; times without a zone are those of ``zone``.

    Invalid says in words why a file is none that can be used.
    """
    calendar = _parsed(text)
    try:
        return _read(calendar, zone, since, until)
    except BROKEN as error:
        raise Invalid("The calendar's events make no sense ({problem}): export it again", problem=_line(error),
                      field="ics") from error  # fmt: skip


def write_calendar(courier: Courier, worked: Iterable[Shift], planned: Iterable[Planned], at: datetime) -> bytes:
    """Shifts that were worked (the running one until now) and that are planned."""
    calendar = Calendar()
    calendar.add("prodid", ID)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"Roulement: {one_line(courier.name)}")
    for shift in worked:
        uid = f"worked-{courier.id}-{shift.started_at:%Y%m%dT%H%M%SZ}"
        calendar.add_component(_event(uid, shift.started_at, shift.ended_at or at, "On shift", at))
    for each in planned:
        calendar.add_component(_event(f"planned-{each.id}", each.starts_at, each.ends_at, each.note or "Shift", at))
    written: bytes = calendar.to_ical()
    return written


def _parsed(text: bytes) -> Any:
    if len(text) > LARGEST:
        raise Invalid("The calendar is larger than {most} kB: export the coming months alone", most=LARGEST // 1024,
                      field="ics")  # fmt: skip
    if b"BEGIN:VCALENDAR" not in text[:1000].upper():
        raise Invalid("This is no calendar: a calendar file begins with BEGIN:VCALENDAR", field="ics")
    try:
        return Calendar.from_ical(text)
    except BROKEN as error:
        raise Invalid("The calendar is damaged ({problem}): export it again", problem=_line(error),
                      field="ics") from error  # fmt: skip


def _read(calendar: Any, zone: ZoneInfo, since: datetime, until: datetime) -> Read:
    if not any(_is_sound(each) for each in calendar.walk("VEVENT")):
        raise Invalid("The calendar holds no event: export the one in which the shifts are", field="ics")
    shifts: dict[str, Planned] = {}
    skipped: list[tuple[str, str]] = []
    query = recurring_ical_events.of(calendar, skip_bad_series=True)
    for event in query.between(since.astimezone(UTC), until.astimezone(UTC)):
        found = _shift(event, zone)
        if isinstance(found, str):
            skipped.append((str(event.get("SUMMARY", ""))[:100] or "(no title)", found))
        elif found.ends_at > since:
            shifts[found.id] = found
        if len(shifts) + len(skipped) > MOST_EVENTS:
            raise Invalid("The calendar holds more than {most} events", most=MOST_EVENTS, field="ics")
    return Read(sorted(shifts.values(), key=lambda each: each.starts_at), skipped)


def _is_sound(event: Any) -> bool:
    rule = event.get("RRULE")
    rules = rule if isinstance(rule, list) else [rule] if rule else []
    if any(TOO_OFTEN & {str(each).upper() for each in one.get("FREQ", [])} for one in rules):
        raise Invalid("An event repeats every hour or more often: shifts do not", field="ics")
    return True


def _shift(event: Any, zone: ZoneInfo) -> Planned | str:
    start, end = getattr(event.get("DTSTART"), "dt", None), getattr(event.get("DTEND"), "dt", None)
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return NO_HOURS
    begins, ends = _utc(start, zone), _utc(end, zone)
    if ends <= begins:
        return BACKWARDS
    if ends - begins > LONGEST:
        return TOO_LONG
    uid = one_line(str(event.get("UID", "")))[:100]
    note = one_line(str(event.get("SUMMARY", "")))[:LONGEST_NOTE]
    return Planned(f"{uid or 'event'}-{begins:%Y%m%dT%H%M%SZ}", begins, ends, note)


def _utc(moment: datetime, zone: ZoneInfo) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def _event(uid: str, begins: datetime, ends: datetime, title: str, at: datetime) -> Any:
    event = Event()
    event.add("uid", f"{one_line(uid)}@roulement")
    event.add("dtstamp", at)
    event.add("dtstart", begins)
    event.add("dtend", ends)
    event.add("summary", one_line(title))
    return event


def _line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:120]


def one_line(text: str) -> str:
    """Without line ends and other signs that nobody sees."""
    return "".join(sign for sign in text if sign.isprintable())
