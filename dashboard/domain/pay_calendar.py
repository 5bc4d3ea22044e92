"""When a rule holds: its validity in local days, and night, Sunday, bank holiday and rain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from dashboard.domain.rules import Rule
from dashboard.domain.spans import Span, common, joined, local_dates, local_day, wall_instant, within

EVER = Span(datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
MOMENT = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The co-op's clocks on the wall, its bank holidays, and when it rained (who says so is in the journal)."""

    zone: ZoneInfo
    bank_holidays: frozenset[date] = frozenset()
    rain: tuple[Span, ...] = ()


@lru_cache(maxsize=512)
def valid_span(since: date, until: date | None, zone: ZoneInfo) -> Span:
    """From local midnight to local midnight: a shift across the night of a change has a part in each version."""
    return Span(
        EVER.start if since == date.min else local_day(since, zone).start,
        EVER.end if until is None else local_day(until, zone).start,
    )


def spans_when(rule: Rule, span: Span, calendar: Calendar) -> tuple[Span, ...]:
    """The parts of the span in which that version is in force and its condition holds, oldest first."""
    frame = common(span, valid_span(rule.since, rule.until, calendar.zone))
    return () if frame is None else (frame,) if rule.when == "always" else _condition(rule, frame, calendar)


def holds_at(rule: Rule, moment: datetime, calendar: Calendar) -> bool:
    """Whether that version is in force and its condition holds at an instant."""
    return bool(spans_when(rule, Span(moment, moment + MOMENT), calendar))


def _condition(rule: Rule, span: Span, calendar: Calendar) -> tuple[Span, ...]:
    if rule.when == "rain":
        return within(joined(calendar.rain), span)
    dates = local_dates(span, calendar.zone)
    if rule.when == "night":
        nights = (_night(day, *rule.night, calendar.zone) for day in (dates[0] - timedelta(days=1), *dates))
        return within(joined(nights), span)
    days = [day for day in dates if day.isoweekday() == 7] if rule.when == "sunday" else calendar.bank_holidays
    return within(joined(local_day(day, calendar.zone) for day in dates if day in days), span)


@lru_cache(maxsize=512)
def _night(evening: date, start: time, end: time, zone: ZoneInfo) -> Span:
    morning = evening + timedelta(days=start >= end)
    return Span(wall_instant(evening, start, zone), wall_instant(morning, end, zone))
