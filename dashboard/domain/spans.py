"""Stretches of time between two instants, and where the local calendar cuts them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From ``start`` up to, not including, ``end``: aware UTC instants."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        """Time that passed, whatever the clocks on the wall did meanwhile; never negative."""
        return max(self.end - self.start, timedelta())

    @property
    def ms(self) -> int:
        """Its length in whole milliseconds, the journal's own precision."""
        return self.length // MILLISECOND


def common(one: Span, other: Span) -> Span | None:
    """What both have, None if they do not overlap."""
    start, end = max(one.start, other.start), min(one.end, other.end)
    return Span(start, end) if start < end else None


def within(spans: Iterable[Span], frame: Span) -> tuple[Span, ...]:
    """The parts of the spans that lie in the frame."""
    return tuple(part for span in spans if (part := common(span, frame)))


def total(spans: Iterable[Span]) -> timedelta:
    """Their lengths added up; spans that overlap count twice."""
    return sum((span.length for span in spans), timedelta())


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same time as spans that neither touch nor overlap, oldest first."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def local_date(moment: datetime, zone: ZoneInfo) -> date:
    """The date on the wall at that instant."""
    return moment.astimezone(zone).date()


def wall_instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The UTC instant at which the wall shows that time; the first of two when clocks are put back."""
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)


def local_day(day: date, zone: ZoneInfo) -> Span:
    """From midnight to midnight on the wall: 23, 24 or 25 hours."""
    return Span(wall_instant(day, time(), zone), wall_instant(day + timedelta(days=1), time(), zone))


def local_month(day: date, zone: ZoneInfo) -> Span:
    """The calendar month of a day, midnight to midnight on the wall."""
    first = day.replace(day=1)
    return Span(local_day(first, zone).start, local_day((first + timedelta(days=32)).replace(day=1), zone).start)


def local_week(day: date, zone: ZoneInfo) -> Span:
    """Monday to Sunday, 167 to 169 hours."""
    monday = day - timedelta(days=day.weekday())
    return Span(local_day(monday, zone).start, local_day(monday + timedelta(days=7), zone).start)


def local_dates(span: Span, zone: ZoneInfo) -> tuple[date, ...]:
    """Every date on the wall that the span touches."""
    first, last = local_date(span.start, zone), local_date(max(span.start, span.end - MILLISECOND), zone)
    return tuple(first + timedelta(days=days) for days in range((last - first).days + 1))
