"""What the accounts count with: whole numbers by key, time within spans, amounts exact until they are rounded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.domain.pay_readings import COUNTED
from dashboard.domain.rules import MEASURES, Rule
from dashboard.domain.spans import Span
from dashboard.domain.workload_states import OUTCOMES
from dashboard.tables import EPOCH, moment, ms

type Whole = NDArray[np.int64]
type Exact = NDArray[Any]
"""Python's own integers, which know no overflow."""
SCALE = 20
"""Decimals of amounts that are not yet rounded."""
UNIT = 10**SCALE


@dataclass(frozen=True, slots=True)
class Work:
    """Stretches and jobs of which something is counted: ``key`` and ``job_key`` say for whom, or for which shift."""

    stretches: pd.DataFrame
    key: Whole
    jobs: pd.DataFrame
    job_key: Whole
    n: int


def frame_of(work: Work) -> Span | None:
    """From the first to the last instant of the work, None when there is none."""
    first = [int(series.min()) for series in (work.stretches["start"], work.jobs["closed"]) if len(series)]
    last = [int(series.max()) for series in (work.stretches["end"], work.jobs["closed"]) if len(series)]
    if not first:
        return None
    start, end = moment(min(first)), moment(max(last) + 1)
    return Span(start or EPOCH, end or EPOCH)


def covered(spans: list[Span], at: Whole) -> Whole:
    """Milliseconds of the spans (disjoint, rising) that lie before each instant."""
    if not spans:
        return np.zeros(len(at), dtype=np.int64)
    if len(spans) == 1:
        start, end = ms(spans[0].start), ms(spans[0].end)
        only: Whole = np.clip(at, start, end) - start
        return only
    starts, ends = np.array([ms(span.start) for span in spans]), np.array([ms(span.end) for span in spans])
    before = np.concatenate(([0], np.cumsum(ends - starts)))
    index = np.searchsorted(starts, at, side="right") - 1
    inside = np.minimum(at, ends[index]) - starts[index]
    return np.where(index < 0, 0, before[np.maximum(index, 0)] + inside)


def fits(rule: Rule, spans: list[Span], rows: pd.DataFrame) -> NDArray[np.bool_]:
    """Which jobs the version counts, closed within the spans in which it holds."""
    here = is_in(rows["outcome"], frozenset(rule.outcomes), OUTCOMES)
    here &= (counted(rows["weight"]) >= rule.load_from_g) & (counted(rows["ascent"]) >= rule.ascent_from_m)
    return here & lie_in(spans, whole(rows["closed"]))


def lie_in(spans: list[Span], at: Whole) -> NDArray[np.bool_]:
    """Which instants lie in one of the spans."""
    inside: NDArray[np.bool_] = covered(spans, at + 1) > covered(spans, at)
    return inside


PIECES: Mapping[str, Callable[[pd.DataFrame, Rule], Whole]] = {
    "order": lambda rows, _: np.ones(len(rows), dtype=np.int64),
    "dropoff": lambda rows, _: whole(rows["new_stop"]),
    "km": lambda rows, _: whole(rows["metres"]),
    "minute_at_pickup": lambda rows, rule: np.maximum(0, counted(rows["at_pickup"]) - rule.beyond_ms),
    "ascent_100m": lambda rows, _: counted(rows["ascent"]),
}
assert PIECES.keys() == COUNTED.keys(), "both ways to count know the same measures"


def worth(rule: Rule, rate: Decimal, quantity: Whole) -> Exact:
    """Quantity as printed × rate, in 1/UNIT of the currency's unit."""
    return at_rate(printed(quantity, rule.measure), rate, MEASURES[rule.measure].decimals)


def printed(quantity: Whole, measure: str) -> Exact:
    """Base units as they are printed, in units of the last decimal."""
    unit = MEASURES[measure]
    shown: Exact = (2 * quantity.astype(object) * 10**unit.decimals + unit.size) // (2 * unit.size)
    return shown


def at_rate(shown: Exact, rate: Decimal, decimals: int) -> Exact:
    """What was printed with so many decimals × rate, in 1/UNIT of the currency's unit."""
    exact: Exact = shown * in_units(rate) // 10**decimals
    return exact


def in_units(amount: Decimal) -> int:
    """The amount in 1/UNIT of the currency's unit."""
    return int((amount * UNIT).to_integral_value())


def rounded(amounts: Exact) -> Whole:
    """Cents, half a cent rounded up; what is below 0 is 0."""
    cents: Whole = np.maximum(0, (amounts * 200 + UNIT) // (2 * UNIT)).astype(np.int64)
    return cents


def is_in(column: pd.Series, wanted: frozenset[str], names: Sequence[str]) -> NDArray[np.bool_]:
    """Which rows have one of the wanted names."""
    is_wanted = np.array([name in wanted for name in names])
    chosen: NDArray[np.bool_] = is_wanted[column.to_numpy()]
    return chosen


def counted(column: pd.Series) -> Whole:
    """What nobody recorded counts as none."""
    return np.maximum(0, whole(column))


def whole(column: pd.Series) -> Whole:
    """The column as whole numbers."""
    return column.to_numpy().astype(np.int64)


def sums(key: Whole, values: Whole, n: int) -> Whole:
    """By key; exact: sums of milliseconds stay far below 2^53."""
    return np.bincount(key, weights=values, minlength=n).astype(np.int64)
