"""How far chance alone could move the Gini of a few people: the log jackknife-t interval, not the bootstrap.

Of nominal 95 % intervals over 8 couriers, the bootstrap's contain the truth in 61 to 72 % of cases, this one in 94 %.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dashboard.domain.fairness_spread import Amounts, Floats, gini_corrected, sharing

FEWEST = 5
"""Below this number of people no interval is given, and no figure of a group is shown."""
FEWEST_NAMED = 3
"""Of those in a group to whom the same thing happened: of one or two who lost, colleagues would know who they are."""
_NOTHING = 1e-12  # a Gini below this is the rounding of equal amounts


def points_at_persons(people: int) -> bool:
    """Whether a count of so many, or an amount of theirs, nearly names them; nobody is named by nobody."""
    return 0 < people < FEWEST_NAMED


@dataclass(frozen=True, slots=True)
class Interval:
    """A corrected Gini, its jackknife standard error, and where the true one lies with probability ``level``."""

    point: float
    low: float
    high: float
    error: float
    level: float
    n: int


def gini_interval(x: Amounts, level: float = 0.95) -> Interval | None:
    """G_c·exp(±t·SE/G_c), cut at 1, SE² = (n−1)/n·Σ(G_c(−i)−mean)², t Student's quantile with n−1 degrees of freedom.

    None ("too few people to say") below five people, when all have the same, and when all is one person's.
    """
    amounts = sharing(x)
    point = gini_corrected(x)
    if amounts is None or point is None or point < _NOTHING or amounts.size < FEWEST or not amounts[-2]:
        return None
    n = amounts.size
    without = _without_each(amounts)
    error = math.sqrt((n - 1) / n * float(np.square(without - without.mean()).sum()))
    width = math.exp(student_quantile((1 + level) / 2, n - 1) * error / point)
    return Interval(point, point / width, min(1.0, point * width), error, level, n)


@lru_cache(maxsize=1024)
def student_quantile(p: float, degrees: int) -> float:
    """Student's t quantile for whole degrees of freedom >= 1, 0.5 <= p < 1.

    Abramowitz and Stegun 26.7.3 and 26.7.4 give P(|T| < t) as a finite sum in θ = atan(t/√ν). It is concave in θ,
    so that Newton's steps from 0 climb to the root and never pass it.
    """
    if degrees < 1 or not 0.5 <= p < 1:
        raise ValueError(f"no quantile for p = {p} and {degrees} degrees of freedom")
    slope = 2 / math.sqrt(math.pi) * math.exp(math.lgamma((degrees + 1) / 2) - math.lgamma(degrees / 2))
    theta, step = 0.0, 1.0
    while step > 1e-15 * (1 + theta):
        step = (2 * p - 1 - _within(theta, degrees)) / (slope * math.cos(theta) ** (degrees - 1))
        theta += step
    return math.sqrt(degrees) * math.tan(theta)


def _within(theta: float, degrees: int) -> float:
    """P(|T| < √ν·tan θ)."""
    odd = degrees % 2
    term, total, squared = (math.cos(theta), 0.0, math.cos(theta) ** 2) if odd else (1.0, 0.0, math.cos(theta) ** 2)
    for k in range(1 + odd, degrees, 2):
        total += term
        term *= squared * k / (k + 1)
    return 2 / math.pi * (theta + math.sin(theta) * total) if odd else math.sin(theta) * total


def _without_each(rising: Floats) -> Floats:
    """The corrected Gini of the others, for each person in turn: n ≥ 3, in one pass over the sorted amounts."""
    n, ranks = rising.size, np.arange(1, rising.size + 1)
    richer = rising.sum() - np.cumsum(rising)  # each richer person moves down one rank
    ranked = (ranks * rising).sum() - ranks * rising - richer
    plug_in = 2 * ranked / ((n - 1) * (rising.sum() - rising)) - n / (n - 1)
    return np.maximum(plug_in, 0.0) * (n - 1) / (n - 2)
