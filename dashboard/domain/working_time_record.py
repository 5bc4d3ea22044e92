"""When a courier really worked: shifts with their breaks, from the stretches that the journal yields.

A break is rest only if it lasts long enough without the courier doing anything: a shorter one, or one cut by a pickup
or a delivery, is counted as work. (Pay is another matter: no break is paid unless a rule says so.)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dashboard.domain.spans import Span, joined, local_date
from dashboard.domain.workload_states import BREAK, OFF, Stretch


@dataclass(frozen=True, slots=True)
class Worked:
    """One shift: when it began, the work in it, and its breaks; ``paused`` while the last break may still go on."""

    start: datetime
    work: tuple[Span, ...] = ()
    breaks: tuple[Span, ...] = ()
    paused: bool = False

    def spans(self, breather: timedelta) -> tuple[Span, ...]:
        """Working time: the work, and every break that was too short to be one."""
        return joined((*self.work, *(pause for pause in self.breaks if pause.length < breather)))

    def day(self, zone: ZoneInfo) -> date:
        """The date on the wall when it began, whenever it ends."""
        return local_date(self.start, zone)


type Record = tuple[Worked, ...]
"""One courier's shifts, oldest first."""


def recorded(record: Record, stretches: Iterable[Stretch], keep: timedelta = timedelta(weeks=14)) -> Record:
    """The record with further stretches of the same courier, in order of time; what is older than ``keep`` goes."""
    for stretch in stretches:
        if stretch.state == OFF or stretch.shift is None:
            continue
        if not record or record[-1].start != stretch.shift:
            oldest = stretch.shift - keep
            record = (*(shift for shift in record if shift.start >= oldest), Worked(stretch.shift))
        record = (*record[:-1], _longer(record[-1], stretch))
    return record


def _longer(shift: Worked, stretch: Stretch) -> Worked:
    if stretch.state != BREAK:
        return replace(shift, work=joined((*shift.work, stretch.span)), paused=False)
    goes_on = shift.paused and shift.breaks[-1].end == stretch.span.start
    before, start = (shift.breaks[:-1], shift.breaks[-1].start) if goes_on else (shift.breaks, stretch.span.start)
    return replace(shift, breaks=(*before, Span(start, stretch.span.end)), paused=not stretch.deed)
