"""A courier of the problem: accepts everything, waits where the last job ended, is not diverted on the way.

Service takes half of its minutes before the pickup or drop-off and half after it. Several orders of one restaurant
that are a courier's when the courier comes to the counter are carried together, in the order in which they were given.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass

from live.replay.book import Book, Job
from live.replay.instance import Courier, Rules, Spot

Tell = Callable[[float, Job, str], None]
"""Told at which minute a courier did which step (``picked-up``, ``delivered``) with a job."""
Busy = Generator[float | None, float, float]
"""Yields the minute until which a courier is busy (None: until there is work), is sent the minute, returns it."""


@dataclass(frozen=True, slots=True)
class Leg:
    """A straight way from one point to another, at one speed."""

    start: Spot
    end: Spot
    departs: float
    arrives: float

    def at(self, minute: float) -> Spot:
        """Where one is at this minute."""
        if minute >= self.arrives:
            return self.end
        if minute <= self.departs:
            return self.start
        done = (minute - self.departs) / (self.arrives - self.departs)
        return tuple(a + (b - a) * done for a, b in zip(self.start, self.end, strict=True))  # type: ignore[return-value]


class Rider:
    """One courier on one day. ``minutes`` only go forward."""

    def __init__(self, courier: Courier, rules: Rules, book: Book, tell: Tell) -> None:
        self.courier = courier
        self.leg = Leg(courier.spot, courier.spot, courier.on_time, courier.on_time)
        self._rules, self._book, self._tell = rules, book, tell
        self._carried: list[Job] = []
        self._done: set[Job] = set()
        self._until: float | None = None
        self._work = self._live()
        next(self._work)
        self._work.send(courier.on_time)

    @property
    def is_idle(self) -> bool:
        """Whether there is nothing at all to do."""
        return self._until is None

    def where(self, minute: float) -> Spot:
        """Where the courier is."""
        return self.leg.at(minute)

    def advance(self, minute: float) -> None:
        """Live until this minute; what is done on the way is told at its own exact minute."""
        if self._until is None:
            self._until = self._work.send(minute)
        while self._until is not None and self._until <= minute:
            self._until = self._work.send(self._until)

    def can_fetch(self, job: Job, minute: float) -> bool:
        """Whether the job can be picked up before the shift ends, from where the present way ends."""
        return self._in_time(job, minute + self._rules.travel(self.leg.end, job.place))

    def is_over(self, minute: float) -> bool:
        """Whether the shift is at its end: past its time, and nothing is carried any more."""
        return minute >= self.courier.off_time and self._until is None

    def _live(self) -> Generator[float | None, float, None]:
        free = minute = yield None
        while True:
            job = self._next(minute)
            if job is None:
                minute = yield None
            else:
                starts = min(max(free, job.given), minute)  # a little before somebody looked
                free = minute = yield from self._deliver((yield from self._fetch(job.place, starts)))

    def _next(self, minute: float) -> Job | None:
        """The job to fetch next: the oldest that can be picked up before the shift ends."""
        return next((job for job in self._mine() if self.can_fetch(job, minute)), None)

    def _fetch(self, place: Spot, minute: float) -> Busy:
        arrived = minute = yield from self._ride(place, minute)
        bundle = [job for job in self._mine() if job.place == place and self._in_time(job, arrived)]
        while bundle and minute < (picked := max(self._picked(job, arrived) for job in bundle)):
            minute = yield picked
            # meanwhile a kitchen may need longer, and the desk may have thought again
            bundle = [job for job in bundle if self._is_mine(job) and self._in_time(job, arrived)]
        for job in bundle:
            self._carried.append(job)
            if job.state != "picked_up":
                self._tell(minute, job, "picked-up")
        return (yield minute + self._half_pickup) if bundle else minute

    def _deliver(self, minute: float) -> Busy:
        while self._carried:
            job = self._carried[0]
            if self._is_mine(job):
                minute = yield (yield from self._ride(job.meal.spot, minute)) + self._half_dropoff
            self._carried.remove(job)
            if self._is_mine(job):
                self._done.add(job)
                self._tell(minute, job, "delivered")
                minute = yield minute + self._half_dropoff
        return minute

    def _ride(self, end: Spot, minute: float) -> Busy:
        start = self.leg.end
        self.leg = Leg(start, end, minute, minute + self._rules.travel(start, end))
        return (yield self.leg.arrives)

    def _mine(self) -> Sequence[Job]:
        return [job for job in self._book.of(self.courier.id) if job not in self._done]

    def _is_mine(self, job: Job) -> bool:
        return job.is_open and job.courier == self.courier.id

    def _picked(self, job: Job, arrived: float) -> float:
        return max(arrived + self._half_pickup, job.ready)

    def _in_time(self, job: Job, arrived: float) -> bool:
        return self._picked(job, arrived) <= self.courier.off_time

    @property
    def _half_pickup(self) -> float:
        return self._rules.pickup_minutes / 2

    @property
    def _half_dropoff(self) -> float:
        return self._rules.dropoff_minutes / 2
