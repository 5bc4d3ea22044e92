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
LOSS_BY_CHANCE = "The losses could be chance: as large ones come about when the same days are shuffled"
LOSS_HARDLY_CHANCE = "Chance alone hardly explains the largest loss"
LOSS_UNKNOWN = "There are too few days to say whether the losses could be chance"
LOSS_VERDICTS = (LOSS_BY_CHANCE, LOSS_HARDLY_CHANCE, LOSS_UNKNOWN)
"""The same about the largest loss of one courier."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day's pay and hours (on shift, or on a job: the same throughout) by courier."""

    pay: Mapping[str, float]
    hours: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Change:
    """``difference`` of the corrected Gini of hourly rates, after − before, and the share ``p`` of shuffles that
    show one as large by chance alone; None where it cannot be said. ``verdict`` is one of VERDICTS. ``loss_p`` is the
    share of shuffles in which some courier's rate falls by as much as the largest fall that is seen."""

    difference: float | None
    p: float | None
    verdict: str
    loss_p: float | None = None

    @property
    def loss_verdict(self) -> str:
        """One of LOSS_VERDICTS."""
        if self.loss_p is None:
            return LOSS_UNKNOWN
        return LOSS_BY_CHANCE if self.loss_p > UNLIKELY else LOSS_HARDLY_CHANCE


def has_changed(days_before: Sequence[Day], days_after: Sequence[Day], rng: np.random.Generator) -> Change:
    """Whether couriers' amortised hourly rates became more or less alike: a permutation test over whole days.

    The labels before/after are shuffled over the days, each day kept whole with all its couriers, and the numbers of
    days as they are: fewer days alone make rates look less alike, and that must not pass for a change. Days count as
    exchangeable, so compare whole weeks with whole weeks. The largest fall of anybody's rate is held against the
    largest one of each shuffle: the more couriers there are, the larger one has to be to be more than chance.
    """
    pay, hours = _matrix([*days_before, *days_after], "pay"), _matrix([*days_before, *days_after], "hours")
    is_before = np.arange(len(pay)) < len(days_before)
    seen, fall = (float(one[0]) for one in _compared(is_before[None, :], pay, hours)) if len(pay) else (np.nan, 0.0)
    if min(len(days_before), len(days_after)) < ENOUGH_DAYS or np.isnan(seen):
        return Change(None if np.isnan(seen) else seen, None, TOO_FEW)
    shuffled, falls = _compared(rng.permuted(np.tile(is_before, (SHUFFLES, 1)), axis=1), pay, hours)
    p = _share(np.abs(shuffled) >= abs(seen) - 1e-12)  # ties count, whatever their rounding
    loss_p = _share(falls >= fall - 1e-9) if fall > 0 else None
    return Change(seen, p, CHANCE if p > UNLIKELY else SMALLER if seen < 0 else LARGER, loss_p)


def _share(as_large: NDArray[np.bool_]) -> float:
    """Of all shuffles and of what was seen, which is one of the orders that the days could have."""
    return float(1 + np.count_nonzero(as_large)) / (1 + len(as_large))


def _matrix(days: Sequence[Day], figure: str) -> Floats:
    couriers = sorted({courier for day in days for courier in day.hours})
    return np.array([[getattr(day, figure).get(courier, 0.0) for courier in couriers] for day in days], dtype=float)


def _compared(is_before: NDArray[np.bool_], pay: Floats, hours: Floats) -> tuple[Floats, Floats]:
    """For each row of labels (shuffles × days): Gini after − Gini before, NaN where there is nothing to compare; and
    the largest fall of a courier's rate, 0 where nobody's falls."""
    after, before = _rates(~is_before @ pay, ~is_before @ hours), _rates(is_before @ pay, is_before @ hours)
    falls = np.fmax.reduce(before - after, axis=1, initial=0.0)  # who has no hours on one side is NaN, and passed over
    return _ginis(after) - _ginis(before), falls


def _rates(pay: Floats, hours: Floats) -> Floats:
    """NaN for who has no hours in a row."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(hours > 0, pay / hours, np.nan)


def _ginis(rates: Floats) -> Floats:
    """The corrected Gini of each row's rates; who has no hours in a row does not count in it. Sorts its argument."""
    rates.sort(axis=1)  # NaN sorts last
    n = np.count_nonzero(~np.isnan(rates), axis=1)
    ranked, total = np.nansum(rates * np.arange(1, rates.shape[1] + 1), axis=1), np.nansum(rates, axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Floats = (2 * ranked / (n * total) - (n + 1) / n) * n / (n - 1)
    return found
