"""A dispatcher for those who only want to watch."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from live.replay.book import Job
from live.replay.instance import Rules
from live.replay.rider import Rider

POLICIES = ("nearest",)


def nearest(jobs: Iterable[Job], idle: Iterable[Rider], minute: float, rules: Rules) -> list[tuple[Job, Rider]]:
    """The oldest waiting job to the idle courier who is nearest to its restaurant, then the next, each courier once.

    Only couriers who can pick it up before their shift ends are asked.
    """

    def way(job: Job, rider: Rider) -> float | None:
        return rules.travel(rider.where(minute), job.place) if rider.can_fetch(job, minute) else None

    return pair_off(jobs, idle, way)


def pair_off[J, R](jobs: Iterable[J], idle: Iterable[R], way: Callable[[J, R], float | None]) -> list[tuple[J, R]]:
    """Each job, in its turn, to who has the shortest ``way`` to it (None: cannot), each courier once."""
    free, pairs = list(idle), []
    for job in jobs:
        able = [(minutes, place) for place, rider in enumerate(free) if (minutes := way(job, rider)) is not None]
        if able:
            pairs.append((job, free.pop(min(able)[1])))
    return pairs
