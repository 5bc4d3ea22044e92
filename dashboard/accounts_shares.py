"""How work is shared, and who lost between two times: figures over the couriers who are compared, without names."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dashboard.domain.fairness import (
    FEWEST,
    Change,
    amortised_rates,
    gini_corrected,
    points_at_persons,
    who_loses,
)
from dashboard.domain.fairness_change import LOSS_UNKNOWN
from dashboard.domain.workload_hard import HardShare
from dashboard.reports_fairness import Range, SinceBefore
from dashboard.tables_count import Whole
from dashboard.tables_days import DayTable
from dashboard.tables_pay import PayTable

HOUR_MS = 3_600_000
LEAST_LOSS = 1.0
"""Cents per hour: below it a lower rate is a matter of rounding."""


def range_of(amounts: Sequence[float]) -> Range | None:
    """Lowest, median, highest; None below five, where they would point at persons."""
    if len(amounts) < FEWEST:
        return None
    return Range(len(amounts), float(min(amounts)), float(np.median(amounts)), float(max(amounts)))


def per_hour(counts: Whole | NDArray[np.float64], on_shift: Whole) -> Range | None:
    """The range of ``counts`` per hour on shift of those who were there; ``on_shift`` in ms."""
    there = on_shift > 0
    return range_of((counts[there] * HOUR_MS / on_shift[there]).tolist())


def since_before(before: PayTable, after: PayTable, change: Change | None = None) -> SinceBefore | None:
    """Each courier's pay per hour on shift against the time before; None below five who worked in both.

    ``change`` is what shuffling the days of both times said.
    """
    found = who_loses(_rates(before), _rates(after), at_least=LEAST_LOSS)
    if found.n < FEWEST:
        return None
    if not found.losers:
        return SinceBefore(found.n, False, 0, 0.0)
    is_few, loss_p = points_at_persons(found.losers), change.loss_p if change else None
    losers, loss = (None, None) if is_few else (found.losers, found.largest_loss)
    return SinceBefore(found.n, is_few, losers, loss, loss_p, change.loss_verdict if change else LOSS_UNKNOWN)


def faded_gini(days: DayTable, half_life: float) -> float | None:
    """The corrected Gini when a day weighs half as much every ``half_life`` days."""
    there = days.on_shift.sum(axis=1) > 0
    pay = days.earned[there].clip(min=0).astype(float)
    rates = amortised_rates(pay, days.on_shift[there] / HOUR_MS, half_life)
    return gini_corrected(rates.tolist()) if len(rates) >= FEWEST else None


def by_z(shares: Sequence[HardShare]) -> tuple[HardShare, ...]:
    """Those of whom something can be said, from the fewest hard jobs for what was expected to the most."""
    return tuple(sorted((one for one in shares if one.z is not None), key=lambda one: one.z or 0.0))


def _rates(table: PayTable) -> dict[str, float]:
    there = np.flatnonzero(table.on_shift)
    return {str(code): max(0.0, float(table.earned[code] * HOUR_MS / table.on_shift[code])) for code in there}
