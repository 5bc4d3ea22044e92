"""Fairness, in the words of the field: measures of spread, their uncertainty, and their course over time.

Plain functions of plain sequences, numpy only; what says nothing is None, never 0.
"""

from dashboard.domain.fairness_change import Change, Day, has_changed
from dashboard.domain.fairness_interval import (
    FEWEST,
    Interval,
    gini_interval,
    points_at_persons,
    student_quantile,
)
from dashboard.domain.fairness_spread import (
    atkinson,
    cv,
    fgt,
    gini,
    gini_corrected,
    hoover,
    jain,
    lorenz,
    mean_envy,
    mld,
    p90_p10,
    palma,
    theil_t,
    weighted_gini,
)
from dashboard.domain.fairness_time import (
    HALF_LIFE_DAYS,
    Comparison,
    amortised_rates,
    half_life_weights,
    shorrocks_rigidity,
    who_loses,
)

__all__ = [
    "FEWEST",
    "HALF_LIFE_DAYS",
    "Change",
    "Comparison",
    "Day",
    "Interval",
    "amortised_rates",
    "atkinson",
    "cv",
    "fgt",
    "gini",
    "gini_corrected",
    "gini_interval",
    "half_life_weights",
    "has_changed",
    "hoover",
    "jain",
    "lorenz",
    "mean_envy",
    "mld",
    "p90_p10",
    "palma",
    "points_at_persons",
    "shorrocks_rigidity",
    "student_quantile",
    "theil_t",
    "weighted_gini",
    "who_loses",
]
