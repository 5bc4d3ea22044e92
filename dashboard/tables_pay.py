"""Pay of many couriers at once: the rules of ``domain.pay`` in whole-number arrays, to the same cent as the slips."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
import pandas as pd

from dashboard.domain.pay import Calendar, Correction
from dashboard.domain.pay_calendar import spans_when
from dashboard.domain.pay_readings import STATES
from dashboard.domain.pay_windows import Window, length, windows
from dashboard.domain.rules import TIMED, Rule, Scheme
from dashboard.domain.spans import Span
from dashboard.domain.workload_states import ON_JOB, ON_SHIFT, OUTCOMES
from dashboard.domain.workload_states import STATES as ALL_STATES
from dashboard.tables import NONE, Tables, ms
from dashboard.tables_count import (
    PIECES,
    UNIT,
    Exact,
    Whole,
    Work,
    covered,
    fits,
    frame_of,
    is_in,
    rounded,
    sums,
    whole,
    worth,
)  # fmt: skip
from dashboard.tables_offers import offer_top_ups

type Quantities = Mapping[tuple[Rule, Decimal], Whole]
type Counted = tuple[Quantities, Whole]
"""What was counted, and the cents of it that help to reach a floor."""


@dataclass(frozen=True, slots=True)
class PayTable:
    """Cents and milliseconds by courier, in the order of ``Tables.couriers``."""

    pay: Whole
    top_up: Whole
    corrected: Whole
    tips: Whole
    costs: Whole
    on_shift: Whole
    on_job: Whole
    jobs: Whole

    @property
    def earned(self) -> Whole:
        """Pay with guarantees and corrections, without tips."""
        return self.pay + self.top_up + self.corrected

    @property
    def total(self) -> Whole:
        """What the slips add up to."""
        return self.earned + self.tips


@dataclass(slots=True)
class Given:
    """Top-ups that were granted so far: when each window ended, to which courier, how many cents."""

    ends: list[Whole] = field(default_factory=list)
    couriers: list[Whole] = field(default_factory=list)
    cents: list[Whole] = field(default_factory=list)

    def add(self, ends: Whole, couriers: Whole, cents: Whole) -> None:
        """Remember some."""
        self.ends.append(ends)
        self.couriers.append(couriers)
        self.cents.append(cents)

    def within(self, start: int, end: int, n: int) -> Whole:
        """By courier, those whose window ended after ``start`` and not after ``end``."""
        total = np.zeros(n, dtype=np.int64)
        for ends, couriers, cents in zip(self.ends, self.couriers, self.cents, strict=True):
            here = (ends > start) & (ends <= end)
            np.add.at(total, couriers[here], cents[here])
        return total


def pay_table(
    tables: Tables, scheme: Scheme, calendar: Calendar, period: Span, corrections: Sequence[Correction] = (),
    progress: Callable[[float], None] | None = None,
) -> PayTable:  # fmt: skip
    """Every courier's pay for a period, as ``pay_slip`` has it."""
    tell = progress or (lambda _: None)
    work, n = by_courier(tables, period), len(tables.couriers)
    found = quantities(scheme, calendar, work)
    tell(0.3)
    top_up = offer_top_ups(scheme, calendar, work) + _top_ups(tables, scheme, calendar, period, corrections, tell)
    mended = _corrected(tables, corrections, period)
    return _table(tables, work, cents_of(found, "pay", n), top_up, mended, cents_of(found, "cost", n))


def by_courier(tables: Tables, span: Span) -> Work:
    """What of the history lies in the span: time by where it lies, a job by when it was closed."""
    start, end = ms(span.start), ms(span.end)
    here = tables.stretches[(tables.stretches["end"] > start) & (tables.stretches["start"] < end)]
    here = here.assign(start=here["start"].clip(lower=start), end=here["end"].clip(upper=end))
    jobs = tables.jobs[(tables.jobs["closed"] >= start) & (tables.jobs["closed"] < end)]
    return Work(here, whole(here["courier"]), jobs, whole(jobs["courier"]), len(tables.couriers))


def quantities(scheme: Scheme, calendar: Calendar, work: Work) -> Quantities:
    """Base units by rule version and rate, for each key: what ``domain.pay.account`` counts for one courier."""
    found: dict[tuple[Rule, Decimal], Whole] = {}
    frame = frame_of(work)
    timed: dict[tuple[str, bool, tuple[Span, ...]], Whole] = {}
    for rule in scheme.rules:
        for rate, spans in _rated(rule, scheme, calendar, frame) if frame else ():
            if rule.measure in TIMED:
                # a wage and the floor under it count the same time: once is enough
                same = rule.measure, rule.after_shift, tuple(spans)
                count = timed[same] = _time(rule, spans, work) if same not in timed else timed[same]
            else:
                count = _pieces(rule, spans, work)
            found[rule, rate] = found.get((rule, rate), np.zeros(work.n, dtype=np.int64)) + count
    return found


def time_in(stretches: pd.DataFrame, key: Whole, n: int, states: frozenset[str]) -> Whole:
    """Milliseconds in some states, by key."""
    here = is_in(stretches["state"], states, ALL_STATES)
    return sums(key[here], whole(stretches["end"] - stretches["start"])[here], n)


def _table(tables: Tables, work: Work, pay: Whole, top_up: Whole, corrected: Whole, costs: Whole) -> PayTable:
    n, delivered = len(tables.couriers), whole(work.jobs["outcome"]) == OUTCOMES.index("delivered")
    return PayTable(
        pay, top_up, corrected,
        tips=sums(work.job_key[delivered], whole(work.jobs["tip"])[delivered], n), costs=costs,
        on_shift=time_in(work.stretches, work.key, n, ON_SHIFT), on_job=time_in(work.stretches, work.key, n, ON_JOB),
        jobs=sums(work.job_key[delivered], np.ones(int(delivered.sum()), dtype=np.int64), n),
    )  # fmt: skip


def _rated(rule: Rule, scheme: Scheme, calendar: Calendar, frame: Span) -> Iterator[tuple[Decimal, list[Span]]]:
    """When the version holds, apart by rate: a percentage follows the versions of the rule that it is a part of."""
    spans = list(spans_when(rule, frame, calendar))
    if rule.percent_of is None:
        yield rule.rate, spans
        return
    for base in scheme.versions(rule.percent_of):
        yield base.rate * rule.rate / 100, [part for span in spans for part in spans_when(base, span, calendar)]


def _time(rule: Rule, spans: list[Span], work: Work) -> Whole:
    rows = work.stretches
    here = is_in(rows["state"], STATES[rule.measure], ALL_STATES)
    if not rule.after_shift:
        here &= ~rows["after_shift"].to_numpy()
    starts, ends = whole(rows["start"])[here], whole(rows["end"])[here]
    return sums(work.key[here], covered(spans, ends) - covered(spans, starts), work.n)


def _pieces(rule: Rule, spans: list[Span], work: Work) -> Whole:
    here = fits(rule, spans, work.jobs)
    return sums(work.job_key[here], PIECES[rule.measure](work.jobs, rule)[here], work.n)


def cents_of(found: Quantities, role: str, n: int, *, counts: bool = False) -> Whole:
    """The lines of a role, each rounded half up to the cent, added up."""
    total = np.zeros(n, dtype=np.int64)
    for (rule, rate), quantity in found.items():
        if rule.role == role and (rule.counts or not counts):
            total += rounded(worth(rule, rate, quantity))
    return total


def _top_ups(
    tables: Tables, scheme: Scheme, calendar: Calendar, period: Span, corrections: Sequence[Correction],
    tell: Callable[[float], None],
) -> Whole:  # fmt: skip
    """What the floors add: shorter windows first, and what they gave counts as earned in the longer ones."""
    floors = {rule.name: rule for rule in scheme.of("floor") if rule.scope == "courier"}
    mended = [one for one in corrections if one.counts]
    n, given = len(tables.couriers), Given()
    ordered = sorted(floors.items(), key=lambda item: (length(item[1].window), item[0]))
    known: dict[Span, Counted] = {}
    shift_top_ups(tables, scheme, calendar, period, mended, given)
    for number, (name, rule) in enumerate(ordered):
        if rule.window != "shift":
            for window in windows(rule.window, period, scheme, calendar.zone, ()):
                _by_window(name, window, tables, scheme, calendar, mended, given, known)
        tell(0.3 + 0.7 * (number + 1) / len(ordered))
    return given.within(ms(period.start), ms(period.end), n)


def shift_top_ups(
    tables: Tables, scheme: Scheme, calendar: Calendar, period: Span, corrections: Sequence[Correction], given: Given
) -> None:
    """Add to ``given`` what the floors per shift demand of the shifts that end within the period."""
    names = {rule.name: rule.window for rule in scheme.of("floor") if rule.scope == "courier"}
    for name in sorted(name for name, window in names.items() if window == "shift"):
        _by_shift(name, tables, scheme, calendar, period, corrections, given)


def required(tables: Tables, scheme: Scheme, calendar: Calendar, period: Span) -> Whole:
    """Cents that the highest floor for each courier demands of the period's work, whatever the floor's own window."""
    found = quantities(scheme, calendar, by_courier(tables, period))
    names = {rule.name for rule in scheme.of("floor") if rule.scope == "courier"}
    nothing = np.zeros(len(tables.couriers), dtype=np.int64)
    return np.max([nothing, *(_short(name, found, nothing) for name in names)], axis=0)


def _by_window(
    name: str, window: Window, tables: Tables, scheme: Scheme, calendar: Calendar, corrections: Sequence[Correction],
    given: Given, known: dict[Span, Counted],
) -> None:  # fmt: skip
    n, start, end = len(tables.couriers), ms(window.span.start), ms(window.span.end)
    if window.span not in known:
        known[window.span] = _counted(scheme, calendar, by_courier(tables, window.span))
    found, earned = known[window.span]
    earned = earned + given.within(start, end, n) + _corrected(tables, corrections, window.span)
    short = _short(name, found, earned)
    given.add(np.full(n, end, dtype=np.int64), np.arange(n), short)


def _counted(scheme: Scheme, calendar: Calendar, work: Work) -> Counted:
    found = quantities(scheme, calendar, work)
    return found, cents_of(found, "pay", work.n, counts=True) + offer_top_ups(scheme, calendar, work)


def _by_shift(
    name: str, tables: Tables, scheme: Scheme, calendar: Calendar, period: Span, corrections: Sequence[Correction],
    given: Given,
) -> None:  # fmt: skip
    work, couriers, starts, ends = _shifts(tables, period)
    found, earned = _counted(scheme, calendar, work)
    for before, whose, cents in zip(given.ends, given.couriers, given.cents, strict=True):
        assert np.array_equal(whose, couriers), "shift floors share their windows"
        assert np.array_equal(before, ends), "shift floors share their windows"
        earned += cents
    for one in corrections:
        at = ms(one.at)
        earned[(couriers == tables.code(one.courier)) & (starts <= at) & (at < ends)] += one.amount_cents
    given.add(ends, couriers, _short(name, found, earned))


def _shifts(tables: Tables, period: Span) -> tuple[Work, Whole, Whole, Whole]:
    """The shifts that end within the period, its start excluded: their work, courier, start and end."""
    rows = tables.stretches[
        is_in(tables.stretches["state"], ON_SHIFT, ALL_STATES) & (tables.stretches["shift"] != NONE)
    ]
    groups = rows.groupby(["courier", "shift"], sort=True)["end"].max()
    groups = groups[(groups > ms(period.start)) & (groups <= ms(period.end))]
    index = pd.Series(np.arange(len(groups)), index=groups.index)
    key = _keys(index, rows)
    jobs = tables.jobs[tables.jobs["shift"] != NONE]
    job_key = _keys(index, jobs)
    work = Work(rows[key >= 0], key[key >= 0], jobs[job_key >= 0], job_key[job_key >= 0], len(groups))
    courier, start = groups.index.get_level_values("courier"), groups.index.get_level_values("shift")
    return work, np.asarray(courier, dtype=np.int64), np.asarray(start, dtype=np.int64), whole(groups)


def _keys(index: pd.Series, rows: pd.DataFrame) -> Whole:
    found = index.reindex(pd.MultiIndex.from_frame(rows[["courier", "shift"]]), fill_value=NONE)
    return whole(found)


def _short(name: str, found: Quantities, earned: Whole) -> Whole:
    """Cents missing to one floor."""
    required: Exact = np.zeros(len(earned), dtype=object)
    for (rule, rate), quantity in found.items():
        if rule.name == name and rule.role == "floor" and rule.scope == "courier":
            required = required + worth(rule, rate, quantity)
    return rounded(required - earned.astype(object) * (UNIT // 100))


def _corrected(tables: Tables, corrections: Sequence[Correction], span: Span) -> Whole:
    total = np.zeros(len(tables.couriers), dtype=np.int64)
    for one in corrections:
        if span.start <= one.at < span.end and tables.code(one.courier) != NONE:
            total[tables.code(one.courier)] += one.amount_cents
    return total
