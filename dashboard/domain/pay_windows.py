"""The stretches of time over which a floor is tested: a shift, a day, 168 hours, a week, a month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dashboard.domain.pay_readings import clipped
from dashboard.domain.rules import WINDOWS, Scheme
from dashboard.domain.spans import Span, local_date, local_day, local_month, local_week
from dashboard.domain.workload_states import ON_SHIFT, Job, Stretch

HOURS_168 = timedelta(hours=168)


@dataclass(frozen=True, slots=True)
class Window:
    """A span; with ``shift`` only what belongs to the shift that began then."""

    span: Span
    shift: datetime | None = None

    def work(self, stretches: Iterable[Stretch], jobs: Iterable[Job]) -> tuple[tuple[Stretch, ...], tuple[Job, ...]]:
        """What of the work lies in it: time by where it lies, a job by when it was closed."""
        if self.shift is not None:
            return (
                tuple(stretch for stretch in stretches if stretch.shift == self.shift),
                tuple(job for job in jobs if job.shift == self.shift),
            )
        return clipped(stretches, self.span), tuple(j for j in jobs if self.span.start <= j.closed_at < self.span.end)


def windows(
    kind: str, period: Span, scheme: Scheme, zone: ZoneInfo, stretches: Sequence[Stretch]
) -> tuple[Window, ...]:  # fmt: skip
    """The windows that end within the period, its start excluded, oldest first: each belongs to just one slip."""
    found = _shifts(stretches) if kind == "shift" else (Window(span) for span in _spans(kind, period, scheme, zone))
    return tuple(window for window in found if period.start < window.span.end <= period.end)


def length(kind: str) -> int:
    """Shorter windows first: what they top up counts as earned in the longer ones."""
    return WINDOWS.index(kind)


def period_168h(moment: datetime, scheme: Scheme, zone: ZoneInfo) -> Span:
    """The period of exactly 168 hours, counted from the scheme's anchor, that holds the instant."""
    anchor = local_day(scheme.anchor, zone).start
    start = anchor + (moment - anchor) // HOURS_168 * HOURS_168
    return Span(start, start + HOURS_168)


def _spans(kind: str, period: Span, scheme: Scheme, zone: ZoneInfo) -> Iterator[Span]:
    moment = period.start
    while moment <= period.end:
        day = local_date(moment, zone)
        match kind:
            case "day":
                span = local_day(day, zone)
            case "168h":
                span = period_168h(moment, scheme, zone)
            case "week":
                span = local_week(day, zone)
            case _:
                span = local_month(day, zone)
        yield span
        moment = span.end


def _shifts(stretches: Sequence[Stretch]) -> list[Window]:
    ends: dict[datetime, datetime] = {}
    for stretch in stretches:
        if stretch.shift is not None and stretch.state in ON_SHIFT:
            ends[stretch.shift] = max(stretch.span.end, ends.get(stretch.shift, stretch.span.end))
    return [Window(Span(start, end), start) for start, end in sorted(ends.items())]
