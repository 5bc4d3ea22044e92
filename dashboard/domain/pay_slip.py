"""A courier's pay slip for a period: lines that add up to the total, each of which the courier can compute again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from dashboard.domain.events import Entry
from dashboard.domain.pay_account import account
from dashboard.domain.pay_calendar import Calendar
from dashboard.domain.pay_lines import CENTS, Input, Line, cents, lines, printed
from dashboard.domain.pay_offers import offer_lines
from dashboard.domain.pay_readings import read
from dashboard.domain.pay_windows import Window, length, windows
from dashboard.domain.rules import MEASURES, NOBODY, Decision, Rule, Scheme
from dashboard.domain.spans import Span, local_date
from dashboard.domain.times import to_wire
from dashboard.domain.workload_states import Job, Stretch

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Correction:
    """An amount that somebody added or took away afterwards, as a new entry: what was written is never edited.

    ``corrects`` names what it mends (a slip's line, an order); ``counts`` whether it helps to reach a floor.
    """

    courier: str
    amount_cents: int
    reason: str
    by: str
    at: datetime
    corrects: str = ""
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Slip:
    """``total_cents`` is the sum of ``lines``, tips included; ``costs`` are shown beside it and not taken off."""

    courier: str
    currency: str
    period: Span
    lines: tuple[Line, ...]
    costs: tuple[Line, ...]

    @property
    def total_cents(self) -> int:
        """All lines."""
        return sum(line.amount_cents for line in self.lines)

    @property
    def tips_cents(self) -> int:
        """The customers' part of it."""
        return sum(line.amount_cents for line in self.lines if line.role == "tip")

    @property
    def top_up_cents(self) -> int:
        """What the floors added."""
        return sum(line.amount_cents for line in self.lines if line.role == "top_up")

    @property
    def costs_cents(self) -> int:
        """What the work cost the courier."""
        return sum(line.amount_cents for line in self.costs)


def pay_slip(
    courier: str, scheme: Scheme, calendar: Calendar, period: Span, stretches: Sequence[Stretch], jobs: Sequence[Job],
    corrections: Sequence[Correction] = (),
) -> Slip:  # fmt: skip
    """The slip of one courier for a period.

    A floor's top-up is on the slip of the period in which its window ends, so the work has to reach back to the start
    of the first such window, and on to the end of a shift that began before the period's end. The ARPE difference of a
    month stands on that month's slip and is due the month after.
    """
    mine = [stretch for stretch in stretches if stretch.courier == courier]
    done = [job for job in jobs if job.courier == courier]
    mended = [one for one in corrections if one.courier == courier]
    here, closed = Window(period).work(mine, done)
    counted = lines(read(scheme, calendar, here, closed))
    return Slip(
        courier, scheme.era(local_date(period.end, calendar.zone) - DAY).currency, period,
        lines=(
            *(line for line in counted if line.role == "pay"),
            *offer_lines(scheme, calendar, closed),
            *(_correction(one, calendar.zone) for one in mended if period.start <= one.at < period.end),
            *_top_ups(scheme, calendar, period, mine, done, mended),
            *_tips(closed),
        ),
        costs=tuple(line for line in counted if line.role == "cost"),
    )  # fmt: skip


def corrections(entries: Iterable[Entry]) -> tuple[Correction, ...]:
    """Those in the journal: entries ``pay.corrected`` about a courier, data ``amount_cents``, ``reason``, …"""
    return tuple(
        Correction(
            entry.subject, entry.data["amount_cents"], entry.data["reason"], entry.actor, entry.at,
            entry.data.get("corrects", ""), entry.data.get("counts", True),
        )
        for entry in entries
        if entry.kind == "pay.corrected"
    )  # fmt: skip


def _top_ups(
    scheme: Scheme, calendar: Calendar, period: Span, stretches: Sequence[Stretch], jobs: Sequence[Job],
    mended: Sequence[Correction],
) -> Iterator[Line]:  # fmt: skip
    given: list[tuple[datetime, int]] = []
    floors = {rule.name: rule for rule in scheme.of("floor") if rule.scope == "courier"}
    for name, rule in sorted(floors.items(), key=lambda item: (length(item[1].window), item[0])):
        for window in windows(rule.window, period, scheme, calendar.zone, stretches):
            earlier = sum(amount for end, amount in given if window.span.start < end <= window.span.end)
            agreed = sum(one.amount_cents for one in mended if one.counts and _lies_in(one.at, window.span))
            line = _top_up(name, window, scheme, calendar, window.work(stretches, jobs), agreed + earlier)
            if line:
                given.append((window.span.end, line.amount_cents))
                yield line


def _top_up(
    name: str, window: Window, scheme: Scheme, calendar: Calendar,
    work: tuple[tuple[Stretch, ...], tuple[Job, ...]], more_cents: int,
) -> Line | None:  # fmt: skip
    found = replace(account(scheme, calendar, *work), agreed_cents=more_cents)
    required, earned = found.floors("courier").get(name, Decimal(0)), found.earned_cents / CENTS
    short = cents(required - earned)
    if short <= 0:
        return None
    hours = [
        Input(rule.measure, printed(quantity, rule.measure), MEASURES[rule.measure].word, rate)
        for (rule, rate), quantity in found.counted.items()
        if rule.name == name
    ]
    span = f"{to_wire(window.span.start)}/{to_wire(window.span.end)}"
    made_of = (Input(span, Decimal(1), "window"), *hours, Input("required", required), Input("earned", earned))
    return Line(name, "top_up", Decimal(1), "", short / CENTS, short, made_of, _decision(scheme, name))


def _decision(scheme: Scheme, name: str) -> Decision:
    versions: tuple[Rule, ...] = scheme.versions(name)
    return versions[-1].decision if versions else NOBODY


def _correction(one: Correction, zone: ZoneInfo) -> Line:
    made_of = (Input(one.reason, Decimal(1)), Input(one.corrects, Decimal(1), "corrects"))
    amount = one.amount_cents / CENTS
    by = Decision(one.by, local_date(one.at, zone), one.reason)
    return Line("correction", "correction", Decimal(1), "", amount, one.amount_cents, made_of, by, one.counts)


def _tips(jobs: Iterable[Job]) -> tuple[Line, ...]:
    tips = tuple(
        Input(job.order, job.tip_cents / CENTS) for job in jobs if job.outcome == "delivered" and job.tip_cents
    )
    total = sum((tip.quantity for tip in tips), Decimal(0))
    return (Line("tips", "tip", Decimal(1), "", total, cents(total), tips, counts=False),) if tips else ()


def _lies_in(moment: datetime, span: Span) -> bool:
    return span.start <= moment < span.end
