"""Fairness over many days: what a half-life forgets, and whether it is always the same people who are behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.domain.fairness_spread import Floats, gini

HALF_LIFE_DAYS = 14.0
"""How fast the past fades until the members decide otherwise."""

type Panel = Sequence[Sequence[float]] | Floats
"""One row a courier, one column a day, oldest first."""


def half_life_weights(days: int, half_life: float = HALF_LIFE_DAYS) -> Floats:
    """0.5^(age/half-life) for ``days`` days, oldest first; the newest, of age 0, weighs 1."""
    if not half_life > 0:
        raise ValueError(f"a half-life of {half_life} days is none: it has to be above 0")
    return np.power(0.5, np.arange(days)[::-1] / half_life)


def amortised_rates(pay: Panel, hours: Panel, half_life: float | None = None) -> Floats:
    """Each courier's pay per hour over all the days: Σ_t w_t·pay / Σ_t w_t·hours; NaN for who has no hours.

    Everyone should receive in proportion to time over the long run, not in each match (Sühr et al., KDD 2019).
    ``half_life`` in days; None forgets nothing.
    """
    paid, worked = as_panel(pay), as_panel(hours)
    if paid.shape != worked.shape:
        raise ValueError(f"pay is {paid.shape}, hours are {worked.shape}: give the same couriers and days")
    weights = np.ones(paid.shape[1]) if half_life is None else half_life_weights(paid.shape[1], half_life)
    with np.errstate(invalid="ignore"):
        return np.where(worked @ weights > 0, paid @ weights / (worked @ weights), np.nan)


def shorrocks_rigidity(panel: Panel) -> float | None:
    """R = G(Σ_t x_it)/Σ_t w_t·G_t, w_t the day's share of all: 1, always the same are behind; near 0, luck evens out.

    (Shorrocks 1978, J. Econ. Theory 19:376.) None for fewer than two days or couriers, and when every day was equal.
    ``quantecon.shorrocks_index`` is something else: the mobility of a Markov matrix.
    """
    amounts = as_panel(panel)
    if amounts.shape[1] < 2:
        return None
    daily = np.array([gini(day) or 0.0 for day in amounts.T])
    in_the_long_run = gini(amounts.sum(axis=1))
    within_days = float(daily @ amounts.sum(axis=0))
    return None if in_the_long_run is None or not within_days else in_the_long_run * float(amounts.sum()) / within_days


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a change did to each of ``n`` people who are in both figures; ``share_who_lose`` None when there is nobody.

    The mean alone hides who paid for it: after one platform's new algorithm the mean rose while almost half of the
    workers lost. ``largest_loss`` >= 0 and ``mean_change`` are in the unit of the figures; ``missing`` is the number
    of people who are in only one of them.
    """

    n: int
    losers: int
    share_who_lose: float | None
    largest_loss: float
    mean_change: float
    missing: int


def who_loses(before: Mapping[str, float], after: Mapping[str, float], at_least: float = 0.0) -> Comparison:
    """Compare two figures of the same people; a loss counts when it is greater than ``at_least``."""
    changes = [after[person] - before[person] for person in sorted(before.keys() & after.keys())]
    losses = [-change for change in changes if -change > at_least]
    n = len(changes)
    return Comparison(
        n=n,
        losers=len(losses),
        share_who_lose=len(losses) / n if n else None,
        largest_loss=max(losses, default=0.0),
        mean_change=sum(changes) / n if n else 0.0,
        missing=len(before.keys() ^ after.keys()),
    )


def as_panel(rows: Panel) -> Floats:
    """The rows as a matrix of finite numbers >= 0, couriers × days; ValueError if they are not."""
    amounts = np.asarray(rows, dtype=np.float64)
    if amounts.ndim != 2 or not np.isfinite(amounts).all() or (amounts < 0).any():
        raise ValueError("a panel has one row a courier, one column a day, and finite numbers, none of them below 0")
    return amounts
