"""A dispatcher for those who only want to watch."""

from __future__ import annotations

from collections.abc import Iterable

from live.replay.book import Job
from live.replay.instance import Rules
from live.replay.rider import Rider

POLICIES = ("nearest",)


def nearest(jobs: Iterable[Job], idle: Iterable[Rider], minute: float, rules: Rules) -> list[tuple[Job, Rider]]:
    """The oldest waiting job to the idle courier who is nearest to its restaurant, then the next, each courier once.

    Only couriers who can pick it up before their shift ends are asked.
    """
    free, pairs = list(idle), []
    for job in jobs:
        able = [rider for rider in free if rider.can_fetch(job, minute)]
        if able:
            chosen = min(able, key=lambda rider: rules.travel(rider.where(minute), job.place))
            free.remove(chosen)
            pairs.append((job, chosen))
    return pairs
