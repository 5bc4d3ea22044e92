"""What a courier has worked so far, and when working on without a stop would cross each limit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from dashboard.domain.spans import Span, joined, local_date, local_dates, local_day, local_week, total, within
from dashboard.domain.working_time_limits import Limits
from dashboard.domain.working_time_record import Record, Worked

SEVEN_DAYS = timedelta(days=7)
PAUSE = timedelta(hours=2)
"""A shift that begins at most so long after the one before goes on with its working day, midnight or not."""


@dataclass(frozen=True, slots=True)
class Past:
    """A record as of ``now``: ``today`` are the shifts of the present working day, ``days`` all days with work,
    ``worked`` all work, joined.
    """

    now: datetime
    day: date
    days: frozenset[date]
    today: Record
    before: Record
    worked: tuple[Span, ...]
    limits: Limits
    zone: ZoneInfo

    @property
    def first(self) -> datetime:
        """When the present working day began: now, if nothing was worked yet."""
        return min((shift.start for shift in self.today), default=self.now)

    def full_day(self) -> datetime:
        """L3121-18: the shifts of the present working day."""
        worked = total(joined(span for shift in self.today for span in shift.spans(self.limits.breather)))
        return self.now + self.limits.day - worked

    def full_weeks(self, until: datetime, weeks: int, limit: timedelta) -> datetime | None:
        """L3121-20 and -22: the calendar weeks up to this one, and up to the next if the job reaches into it.

        None where the week ends before the limit is reached.
        """
        worked = joined((*self.worked, Span(self.now, max(self.now, until))))
        days = local_dates(Span(self.now, max(self.now, until)), self.zone)
        found = []
        for last in dict.fromkeys(local_week(day, self.zone) for day in days):
            first = local_day(local_date(last.start, self.zone) - (weeks - 1) * SEVEN_DAYS, self.zone)
            end = min(max(self.now, until), last.end)
            found += [end + limit - total(within(worked, Span(first.start, end)))]
            if found[-1] >= last.end:
                found.pop()
        return min(found, default=None)

    def without_break(self) -> datetime:
        """L3121-16: work since the last real break, or the last time off that was long enough to be one."""
        since = timedelta()
        for span, following in pairwise((*self.worked, Span(self.now, self.now))):
            since = timedelta() if following.start - span.end >= self.limits.breather else since + span.length
        return self.now + self.limits.break_after - since

    def short_rest(self) -> datetime | None:
        """L3131-1 as a fact: the present working day began too soon after the one before."""
        ends = [span.end for shift in self.before for span in shift.spans(self.limits.breather)]
        return self.first if self.today and ends and self.first - max(ends) < self.limits.rest else None

    def no_weekly_rest(self) -> datetime:
        """L3132-2, rolling: from the end of one weekly rest to the start of the next at most 7 days less its length.

        The law counts by calendar weeks; this warns no later than that would.
        """
        since = self.now
        for following, span in pairwise((Span(self.now, self.now), *reversed(self.worked))):
            if following.start - span.end >= self.limits.weekly_rest:
                break
            since = span.start
        return since + SEVEN_DAYS - self.limits.weekly_rest

    def no_day_off(self) -> datetime | None:
        """L3132-1: the present day, if it is one more than may run without a day off."""
        worked = self.days | {self.day}
        running = 0
        while self.day - timedelta(days=running) in worked:
            running += 1
        return self.first if running > self.limits.days else None


def past(record: Record, now: datetime, limits: Limits, zone: ZoneInfo) -> Past:
    """The record as of ``now``; a shift that still runs has the present working day, else the wall has."""
    dated = tuple(zip(record, _days(record, zone), strict=True))
    day = dated[-1][1] if dated and _runs(record[-1], now) else local_date(now, zone)
    worked = joined(span for shift in record for span in shift.spans(limits.breather))
    today, before = (
        tuple(shift for shift, its in dated if its == day),
        tuple(shift for shift, its in dated if its < day),
    )
    return Past(now, day, frozenset(its for _, its in dated), today, before, worked, limits, zone)


def _days(record: Record, zone: ZoneInfo) -> Iterator[date]:
    """The working day of each shift: the date on which it began, or that of the shift with which it goes on."""
    before: tuple[datetime, date] | None = None
    for shift in record:
        day = before[1] if before and shift.start - before[0] <= PAUSE else shift.day(zone)
        before = max((span.end for span in (*shift.work, *shift.breaks)), default=shift.start), day
        yield day


def _runs(shift: Worked, now: datetime) -> bool:
    return any(span.end >= now for span in (*shift.work, *shift.breaks))
