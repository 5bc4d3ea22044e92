"""A period's work, and waiting at restaurants. Units: dashboard/reports.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dashboard.domain.fairness import FEWEST
from dashboard.domain.workload_hard import HardShare


@dataclass(frozen=True, slots=True)
class CourierWork:
    """One courier's work in a period: time by state (keys of workload_states.STATES), distances in metres.

    ``metres`` is the crow's flight where no way was recorded: ``routed_jobs`` says for how many it was.
    ``hard`` is observed against expected, None without comparable jobs.
    """

    courier: str
    name: str
    by_state: Mapping[str, timedelta]
    on_shift: timedelta
    on_job: timedelta
    utilisation: float | None
    jobs: int
    failed: int
    given_up: int
    metres: int
    routed_jobs: int
    ascent_m: int
    flat_km: float
    load_g: int
    hard: HardShare | None


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """Waiting at one restaurant in one hour of the day; ``median`` None where no arrival was reported."""

    restaurant: str
    hour: int
    pickups: int
    known: int
    median: timedelta | None
    beyond: timedelta
    lost_cents: float


@dataclass(frozen=True, slots=True)
class Workload:
    """A period's work: one row a courier, by name, and waiting by restaurant and hour."""

    coop: str
    first: date
    last: date
    seq: int
    couriers: tuple[CourierWork, ...]
    waiting: tuple[WaitingRow, ...]


def nobodys_work(found: Workload) -> Workload:
    """What a member reads of it: waiting at restaurants, and nothing when fewer than five couriers waited there."""
    return replace(found, couriers=(), waiting=found.waiting if len(found.couriers) >= FEWEST else ())
