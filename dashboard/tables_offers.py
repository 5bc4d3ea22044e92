"""Minimums for each single job, for many jobs at once: what ``domain.pay_offers`` says one by one, to the same cent."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.domain.pay_calendar import Calendar, spans_when, valid_span
from dashboard.domain.pay_offers import MILE_M
from dashboard.domain.rules import MEASURES, TIMED, OfferFloor, Rule, Scheme
from dashboard.domain.spans import Span
from dashboard.domain.workload_states import DONE, OUTCOMES
from dashboard.tables_count import (
    PIECES,
    Exact,
    Whole,
    Work,
    at_rate,
    fits,
    frame_of,
    in_units,
    is_in,
    lie_in,
    printed,
    rounded,
    sums,
    whole,
    worth,
)  # fmt: skip

MILE_MM = int(MILE_M * 1000)
MILE_DECIMALS = 3


def offer_top_ups(scheme: Scheme, calendar: Calendar, work: Work) -> Whole:
    """Cents that are missing to the minimums of the jobs, by key."""
    total, frame = np.zeros(work.n, dtype=np.int64), frame_of(work)
    if frame is None or not scheme.offer_floors or not len(work.jobs):
        return total
    paid = _earned(scheme, calendar, work.jobs, frame)
    for floor in scheme.offer_floors:
        here = lie_in([valid_span(floor.since, floor.until, calendar.zone)], whole(work.jobs["closed"]))
        if here.any():
            short = rounded(_required(floor, work.jobs[here]) - paid[here])
            total += sums(work.job_key[here], short, work.n)
    return total


def _required(floor: OfferFloor, rows: pd.DataFrame) -> Exact:
    """max(minutes + hours + miles at their rates, the least amount); by time alone where the job was taken away."""
    on_job, time = whole(rows["on_job"]), np.full(len(rows), 0, dtype=object)
    for measure, rate in (("minute_on_job", floor.per_minute), ("hour_on_job", floor.per_hour)):
        time = time + at_rate(printed(on_job, measure), rate, MEASURES[measure].decimals)
    miles = (2 * whole(rows["metres"]).astype(object) * 1000 * 10**MILE_DECIMALS + MILE_MM) // (2 * MILE_MM)
    full = np.maximum(time + at_rate(miles, floor.per_mile, MILE_DECIMALS), in_units(floor.per_offer))
    return np.where(is_in(rows["outcome"], frozenset(DONE), OUTCOMES), full, time)


def _earned(scheme: Scheme, calendar: Calendar, rows: pd.DataFrame, frame: Span) -> Exact:
    """What the rules that count pay for each job, and for its share of the time at the rates of its last instant."""
    total: Exact = np.full(len(rows), 0, dtype=object)
    for rule in scheme.of("pay"):
        if rule.counts:
            spans = list(spans_when(rule, frame, calendar))
            if rule.measure in TIMED:
                here, quantity = lie_in(spans, whole(rows["closed"])), whole(rows["on_job"])
            else:
                here, quantity = fits(rule, spans, rows), PIECES[rule.measure](rows, rule)
            for rate, part in _rates(rule, scheme, calendar, rows, frame):
                which = here & part
                total[which] += worth(rule, rate, quantity[which])
    return total


def _rates(
    rule: Rule, scheme: Scheme, calendar: Calendar, rows: pd.DataFrame, frame: Span
) -> Iterator[tuple[Decimal, NDArray[np.bool_]]]:
    """The rule's rate for which jobs; a percentage is one of the first version of its base that holds at their end."""
    left = np.ones(len(rows), dtype=np.bool_)
    if rule.percent_of is None:
        yield rule.rate, left
        return
    for base in scheme.versions(rule.percent_of):
        here = left & lie_in(list(spans_when(base, frame, calendar)), whole(rows["closed"]))
        left &= ~here
        yield base.rate * rule.rate / 100, here
