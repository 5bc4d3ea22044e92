"""How couriers of the demo's past worked: who rides when and how long, and what comes their way."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Habit:
    """``days`` on which one rides, as a share; ``hours`` a shift at least and at most; ``gap`` minutes between jobs.

    ``start`` is the UTC hour of the first order; ``slow`` the share of jobs that come from slow kitchens.
    """

    days: float
    hours: tuple[float, float]
    gap: float
    start: int
    slow: float


HABITS = (
    Habit(0.70, (3.5, 5.5), 7, 16, 0.10),
    Habit(0.62, (3.0, 5.0), 10, 15, 0.15),
    Habit(0.75, (3.0, 4.5), 12, 15, 0.20),
    Habit(0.50, (2.5, 4.5), 8, 17, 0.12),
    Habit(0.65, (3.0, 5.0), 34, 12, 0.75),  # afternoons, few orders, the slowest kitchens: clearly worse off
    Habit(0.55, (4.0, 6.0), 14, 16, 0.20),
    Habit(0.45, (2.5, 4.0), 6, 18, 0.08),
    Habit(0.60, (3.0, 4.5), 16, 15, 0.30),
    Habit(0.40, (3.0, 5.5), 20, 14, 0.25),
)
SLOW_KITCHENS = 6
QUICK_WAIT, SLOW_WAIT = (1.0, 6.0), (8.0, 19.0)
"""Minutes at the counter, at least and at most."""
