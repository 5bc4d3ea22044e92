"""Has it changed? In a co-op the couriers are all there is: the chance lies in the days, so days are shuffled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.domain.fairness_spread import Floats

ENOUGH_DAYS = 20
"""Days needed on each side before anything is said."""
SHUFFLES = 4999
UNLIKELY = 0.05

SMALLER = "The differences between couriers have become smaller, and chance alone hardly explains it"
LARGER = "The differences between couriers have become larger, and chance alone hardly explains it"
CHANCE = "The differences between couriers look as before: what is seen could be chance"
TOO_FEW = "There are too few days to say whether the differences between couriers have changed"
VERDICTS = (SMALLER, LARGER, CHANCE, TOO_FEW)
"""English sentences and at once their keys in the translation catalogues."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day's pay and hours (on shift, or on a job: the same throughout) by courier."""

    pay: Mapping[str, float]
    hours: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Change:
    """``difference`` of the corrected Gini of hourly rates, after − before, and the share ``p`` of shuffles that
    show one as large by chance alone; None where it cannot be said. ``verdict`` is one of VERDICTS."""

    difference: float | None
    p: float | None
    verdict: str


def has_changed(days_before: Sequence[Day], days_after: Sequence[Day], rng: np.random.Generator) -> Change:
    """Whether couriers' amortised hourly rates became more or less alike: a permutation test over whole days.

    The labels before/after are shuffled over the days, each day kept whole with all its couriers, and the numbers of
    days as they are: fewer days alone make rates look less alike, and that must not pass for a change. Days count as
    exchangeable, so compare whole weeks with whole weeks.
    """
    pay, hours = _matrix([*days_before, *days_after], "pay"), _matrix([*days_before, *days_after], "hours")
    is_before = np.arange(len(pay)) < len(days_before)
    seen = float(_differences(is_before[None, :], pay, hours)[0]) if len(pay) else np.nan
    if min(len(days_before), len(days_after)) < ENOUGH_DAYS or np.isnan(seen):
        return Change(None if np.isnan(seen) else seen, None, TOO_FEW)
    shuffled = _differences(rng.permuted(np.tile(is_before, (SHUFFLES, 1)), axis=1), pay, hours)
    as_large = np.count_nonzero(np.abs(shuffled) >= abs(seen) - 1e-12)  # ties count, whatever their rounding
    p = float(1 + as_large) / (1 + SHUFFLES)
    return Change(seen, p, CHANCE if p > UNLIKELY else SMALLER if seen < 0 else LARGER)


def _matrix(days: Sequence[Day], figure: str) -> Floats:
    couriers = sorted({courier for day in days for courier in day.hours})
    return np.array([[getattr(day, figure).get(courier, 0.0) for courier in couriers] for day in days], dtype=float)


def _differences(is_before: NDArray[np.bool_], pay: Floats, hours: Floats) -> Floats:
    """Gini after − Gini before for each row of labels (shuffles × days); NaN where there is nothing to compare."""
    return _ginis(~is_before @ pay, ~is_before @ hours) - _ginis(is_before @ pay, is_before @ hours)


def _ginis(pay: Floats, hours: Floats) -> Floats:
    """The corrected Gini of each row's rates; who has no hours in a row does not count in it."""
    with np.errstate(invalid="ignore", divide="ignore"):
        rates = np.sort(np.where(hours > 0, pay / hours, np.nan), axis=1)  # NaN sorts last
        n = np.count_nonzero(~np.isnan(rates), axis=1)
        ranked, total = np.nansum(rates * np.arange(1, rates.shape[1] + 1), axis=1), np.nansum(rates, axis=1)
        found: Floats = (2 * ranked / (n * total) - (n + 1) / n) * n / (n - 1)
        return found
