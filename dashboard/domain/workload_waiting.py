"""Waiting at restaurants, per house and hour of the day: what a letter to the restaurant rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from zoneinfo import ZoneInfo

from dashboard.domain.workload_states import Job

SERVICE_MS = 4 * 60_000
"""Taking over a meal takes its time: only what goes beyond it is waiting for the kitchen."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """``pickups`` of which ``known`` had a reported arrival; milliseconds are those of the known ones alone.

    ``beyond_ms`` is the sum of what went beyond the service time, each courier's minute counted once.
    """

    pickups: int
    known: int
    median_ms: float | None
    beyond_ms: int

    def lost_cents(self, cents_per_hour: float) -> float:
        """What that time is worth at a rate."""
        return self.beyond_ms * cents_per_hour / 3_600_000


def waiting(jobs: Iterable[Job], zone: ZoneInfo, service_ms: int = SERVICE_MS) -> Mapping[tuple[str, int], Waiting]:
    """By restaurant and hour on the wall (0 to 23) of the arrival, else of the pickup; without jobs never picked up."""
    groups: dict[tuple[str, int], list[Job]] = {}
    for job in jobs:
        moment = _at_the_door(job)
        if job.restaurant and moment:
            groups.setdefault((job.restaurant, moment.astimezone(zone).hour), []).append(job)
    return {key: _waiting(group, service_ms) for key, group in sorted(groups.items())}


def _waiting(jobs: list[Job], service_ms: int) -> Waiting:
    waited = [job.waited_ms for job in jobs if job.waited_ms is not None]
    beyond = sum(max(0, (job.at_pickup_ms or 0) - service_ms) for job in jobs)
    return Waiting(len(jobs), len(waited), median(waited) if waited else None, beyond)


def _at_the_door(job: Job) -> datetime | None:
    return (job.arrived_at or job.picked_up_at) if job.picked_up_at else None
