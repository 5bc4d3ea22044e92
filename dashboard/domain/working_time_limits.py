"""Limits of working time, as law and agreements set them; another country is another value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Limits:
    """Work at most ``day``, ``week``, and ``average`` over ``weeks`` calendar weeks; ``span`` from first to last work.

    ``rest`` between two working days, ``weekly_rest`` within each seven days, ``breather`` once ``break_after`` of
    work is reached, at most ``days`` running. ``warn`` is how long before a limit the guard turns amber.
    """

    name: str
    day: timedelta
    week: timedelta
    average: timedelta
    weeks: int
    rest: timedelta
    weekly_rest: timedelta
    span: timedelta
    break_after: timedelta
    breather: timedelta
    days: int
    warn: timedelta = timedelta(minutes=30)


FRANCE = Limits(
    "France",
    day=timedelta(hours=10),  # Code du travail L3121-18
    week=timedelta(hours=48),  # L3121-20
    average=timedelta(hours=44),  # L3121-22
    weeks=12,
    rest=timedelta(hours=11),  # L3131-1
    weekly_rest=timedelta(hours=35),  # L3132-2: 24 h and the daily 11
    span=timedelta(hours=13),  # what the daily rest leaves of 24 h
    break_after=timedelta(hours=6),  # L3121-16
    breather=timedelta(minutes=20),  # L3121-16
    days=6,  # L3132-1
)
TRANSPORT_FRANCE = replace(FRANCE, name="France, road transport (IDCC 16)", breather=timedelta(minutes=30))

LIMITS: Mapping[str, Limits] = {"france": FRANCE, "transport_france": TRANSPORT_FRANCE}
