"""The demo's next three weeks: each courier is planned by the habit of the past ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import cycle
from random import Random

from live.demo.habits import HABITS

DAYS = 21

type Stretch = tuple[str, datetime, datetime]
"""Courier, beginning and end."""


def planned_ahead(couriers: Sequence[str], now: datetime, seed: int = 1) -> Iterator[Stretch]:
    """By day; to the half hour, as rotas are."""
    dice = Random(seed)  # noqa: S311  a town, not a secret
    for day in range(1, DAYS + 1):
        midnight = (now + timedelta(days=day)).replace(hour=0, minute=0, second=0, microsecond=0)
        for courier, habit in zip(couriers, cycle(HABITS), strict=False):
            if dice.random() < habit.days:
                begins = midnight + timedelta(hours=habit.start, minutes=30 * dice.randrange(2))
                halves = dice.randint(*(round(2 * hours) for hours in habit.hours))
                yield courier, begins, begins + timedelta(minutes=30 * halves)
