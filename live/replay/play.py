"""One replay under way: the day's customers, kitchens and couriers, each doing what is due."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from redis import Redis
from redis.exceptions import RedisError

from live.replay.book import Book, Job
from live.replay.desk import Desk, DeskAway, NotAllowed
from live.replay.hours import Hours
from live.replay.instance import Instance, Meal, Spot
from live.replay.policy import nearest
from live.replay.rider import Rider
from live.replay.sending import order_document, send_order, send_positions

log = logging.getLogger(__name__)

UNHEARD = timedelta(seconds=10)
"""After which an order that the journal does not know is sent again: a Redis that died may have taken it along."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that the desk has to be told: at which minute it was done, the call, what it says."""

    minute: float
    path: str
    document: dict[str, Any] = field(default_factory=dict)
    job: Job | None = None


class Play:
    """Moved on by ``step``. What the desk or Redis could not be told is told at the next step, in its turn."""

    def __init__(
        self, instance: Instance, desk: Desk, redis: Redis, coop: str, hours: Hours, *, seq: int, hand_out: bool
    ) -> None:
        self._instance, self._desk, self._redis, self._coop, self._hours = instance, desk, redis, coop, hours
        self._hand_out, self._seq = hand_out, seq
        self._book = Book(instance, hours.minute_of_wire, self._whereabouts)
        self._minute = hours.first
        self._riders = {
            courier.id: Rider(courier, instance.rules, self._book, self._tell) for courier in instance.couriers.values()
        }
        self._off = sorted(self._riders.values(), key=lambda rider: rider.courier.on_time, reverse=True)
        self._on: dict[str, Rider] = {}
        self._coming = sorted(instance.orders.values(), key=lambda meal: meal.placement_time)
        self._sent: dict[Meal, datetime] = {}
        self._deeds: list[Deed] = []
        self._asked: set[tuple[str, str]] = set()
        self.delivered_at: dict[Meal, float] = {}

    @property
    def share(self) -> float:
        """How much of the day is behind, 0 to 1."""
        first, last = self._instance.first_minute, self._instance.last_minute
        return min((self._minute - first) / (last - first), 1.0)

    @property
    def is_over(self) -> bool:
        """Whether every order is done and every shift ended, or the day is past and nobody cared for the rest."""
        done = self._book.closed == len(self._instance.orders) and not (self._off or self._on or self._deeds)
        return done or self._minute > self._instance.last_minute

    def step(self, moment: datetime) -> None:
        """Live until ``moment``."""
        self._minute = self._hours.minute(moment)
        try:
            self._listen()
            self._live()
            self._tell_desk()
            self._tell_redis(moment)
        except (DeskAway, RedisError) as lost:
            log.warning("the day goes on, and the desk will be told later: %s", lost)

    def send_home(self) -> None:
        """End all shifts that are still on, as far as the desk can be told."""
        self._deeds += [_shift(self._minute, rider, "end") for rider in self._on.values()]
        self._on.clear()
        try:
            self._tell_desk()
        except (DeskAway, NotAllowed) as lost:
            log.warning("couriers were left on shift: %s", lost)

    def _listen(self) -> None:
        for entry in self._desk.entries(self._seq):
            self._book.hear(entry)
            self._seq = entry["seq"]

    def _live(self) -> None:
        while self._off and self._off[-1].courier.on_time <= self._minute:
            rider = self._off.pop()
            self._on[rider.courier.id] = rider
            self._deeds.append(_shift(rider.courier.on_time, rider, "start"))
        self._deeds.extend(self._kitchens())
        for rider in list(self._on.values()):
            rider.advance(self._minute)
            if rider.is_over(self._minute):
                del self._on[rider.courier.id]
                self._deeds.append(_shift(self._minute, rider, "end"))

    def _kitchens(self) -> Iterator[Deed]:
        for job in self._book.open:
            if job.state == "placed" and self._is_new(job, "accept"):
                yield _step(job.meal.placement_time, job, "accept")
            elif job.state in ("accepted", "preparing") and job.ready <= self._minute and self._is_new(job, "ready"):
                yield _step(job.ready, job, "ready")
        while self._book.doubles:
            yield _step(self._minute, self._book.doubles.pop(), "cancel")

    def _is_new(self, job: Job, step: str) -> bool:
        before = len(self._asked)
        self._asked.add((job.id, step))
        return len(self._asked) > before

    def _tell_desk(self) -> None:
        self._deeds.sort(key=lambda deed: deed.minute)
        while self._deeds:
            deed = self._deeds[0]
            answer = self._desk.post(deed.path, deed.document)
            if answer and deed.job:
                deed.job.version = answer["version"]  # else who hands it out below would be told of a conflict
            del self._deeds[0]
        if self._hand_out:
            self._assign()

    def _assign(self) -> None:
        waiting = [job for job in self._book.open if job.courier not in self._on and job.state != "picked_up"]
        idle = [rider for rider in self._on.values() if rider.is_idle and not self._book.of(rider.courier.id)]
        for job, rider in nearest(waiting, idle, self._minute, self._instance.rules):
            document = {"courier": rider.courier.id, "expected_version": job.version, "reason": "nearest"}
            self._desk.post(f"/orders/{job.id}/assign", document)

    def _tell_redis(self, moment: datetime) -> None:
        self._coming = [meal for meal in self._coming if not self._book.has(meal)]
        for meal in takewhile(lambda meal: meal.placement_time <= self._minute, self._coming):
            if meal not in self._sent or moment - self._sent[meal] > UNHEARD:
                send_order(self._redis, self._coop, order_document(self._instance, meal, self._hours))
                self._sent[meal] = moment
        send_positions(self._redis, self._coop, self._whereabouts_of_all(), moment.timestamp())

    def _whereabouts_of_all(self) -> Iterator[tuple[str, Spot]]:
        return ((courier, rider.where(self._minute)) for courier, rider in self._on.items())

    def _whereabouts(self, courier: str) -> Spot:
        return self._riders[courier].where(self._minute) if courier in self._riders else (0.0, 0.0)

    def _tell(self, minute: float, job: Job, step: str) -> None:
        if step == "delivered":
            self.delivered_at[job.meal] = minute
        self._deeds.append(_step(minute, job, step))


def _shift(minute: float, rider: Rider, action: str) -> Deed:
    return Deed(minute, f"/couriers/{rider.courier.id}/shift", {"action": action})


def _step(minute: float, job: Job, step: str) -> Deed:
    return Deed(minute, f"/orders/{job.id}/{step}", job=job)
