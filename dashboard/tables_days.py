"""Pay and time on shift by courier and day: what the course over time is made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from dashboard.domain.pay import Calendar
from dashboard.domain.rules import Scheme
from dashboard.domain.spans import Span, local_day
from dashboard.domain.workload_states import ON_SHIFT
from dashboard.tables import Tables, ms
from dashboard.tables_count import Whole, Work
from dashboard.tables_pay import Given, by_courier, cents_of, quantities, shift_top_ups, time_in


@dataclass(frozen=True, slots=True)
class DayTable:
    """Cents and milliseconds, couriers × ``dates``.

    Guarantees per shift belong to the day on which the shift ends; those of longer windows belong to no day and are
    not in it, nor are corrections and minimums per offer.
    """

    dates: tuple[date, ...]
    earned: Whole
    on_shift: Whole


def day_table(tables: Tables, scheme: Scheme, calendar: Calendar, first: date, last: date) -> DayTable:
    """The days from ``first`` to ``last``, both included; midnight cuts every stretch."""
    dates = tuple(first + timedelta(days=day) for day in range((last - first).days + 1))
    spans = [local_day(day, calendar.zone) for day in dates]
    period, n = Span(spans[0].start, spans[-1].end), len(tables.couriers)
    edges = np.array([ms(span.start) for span in spans])
    work = _by_day(by_courier(tables, period), edges)
    shape = (n, len(dates))
    earned = cents_of(quantities(scheme, calendar, work), "pay", work.n).reshape(shape)
    given = Given()
    shift_top_ups(tables, replace(scheme, offer_floors=()), calendar, period, (), given)
    for ends, couriers, cents in zip(given.ends, given.couriers, given.cents, strict=True):
        # a shift that ends at midnight belongs to the day before
        np.add.at(earned, (couriers, np.searchsorted(edges, ends - 1, side="right") - 1), cents)
    return DayTable(dates, earned, time_in(work.stretches, work.key, work.n, ON_SHIFT).reshape(shape))


def _by_day(work: Work, edges: Whole) -> Work:
    """The same work, keyed by courier × day."""
    days = len(edges)
    rows = _cut(work.stretches, edges)
    key = rows["courier"].to_numpy().astype(np.int64) * days + _day(rows["start"], edges)
    job_key = work.job_key * days + _day(work.jobs["closed"], edges)
    return Work(rows, key, work.jobs, job_key, work.n * days)


def _cut(rows: pd.DataFrame, edges: Whole) -> pd.DataFrame:
    """The stretches, each cut at every midnight that it crosses."""
    parts = []
    while len(rows):
        day = _day(rows["start"], edges)
        ahead = np.append(edges[1:], np.iinfo(np.int64).max)[day]
        crosses = rows["end"].to_numpy() > ahead
        parts.append(rows.assign(end=np.minimum(rows["end"].to_numpy(), ahead)))
        rows = rows.assign(start=ahead)[crosses]
    return pd.concat(parts, ignore_index=True) if parts else rows


def _day(stamps: pd.Series, edges: Whole) -> Whole:
    found: Whole = np.searchsorted(edges, stamps.to_numpy(), side="right") - 1
    return found
