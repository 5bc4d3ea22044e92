"""What the desk's journal says of the day's orders, in the day's own terms: minutes and metres."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from live.replay.instance import Instance, Meal, Spot

CLOSED = frozenset({"delivered", "refused", "cancelled", "failed"})


@dataclass(slots=True, eq=False)
class Job:
    """An order as the desk has it under ``id``. ``place`` is where it is to be fetched: the counter, or where the
    courier was who had it before. ``ready`` is when it can be fetched, as far as the kitchen has said; ``given`` when
    its courier got it."""

    id: str
    meal: Meal
    place: Spot
    ready: float
    state: str = "placed"
    courier: str | None = None
    given: float = 0.0
    version: int = 1

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.state not in CLOSED


class Book:
    """The orders of one replay, followed from the entries that came after it began.

    ``minute`` turns a wire time into the day's minute; ``whereabouts`` tells where a courier is.
    """

    def __init__(self, instance: Instance, minute: Callable[[str], float], whereabouts: Callable[[str], Spot]) -> None:
        self._instance, self._minute, self._whereabouts = instance, minute, whereabouts
        self._open: dict[str, Job] = {}
        self._taken_in: set[str] = set()
        self._hands: dict[str, list[Job]] = {}
        self.doubles: list[Job] = []

    @property
    def open(self) -> Collection[Job]:
        """All that is not done, in the order in which the desk took it in."""
        return self._open.values()

    @property
    def closed(self) -> int:
        """How many orders are done, one way or another."""
        return len(self._taken_in) - len(self._open)

    def has(self, meal: Meal) -> bool:
        """Whether the desk has taken this order in."""
        return meal.id in self._taken_in

    def of(self, courier: str) -> Sequence[Job]:
        """A courier's open jobs, in the order in which they were given."""
        return tuple(self._hands.get(courier, ()))

    def hear(self, entry: Mapping[str, Any]) -> None:
        """Take note of one journal entry; those that are not about orders of the day change nothing."""
        changes = entry["data"].get("changes", {})
        if entry["kind"] == "order.placed" and changes.get("ref") in self._instance.orders:
            self._begin(entry["subject"], self._instance.orders[changes["ref"]])
        job = self._open.get(entry["subject"])
        if job is not None:
            self._change(job, entry, changes)

    def _begin(self, id: str, meal: Meal) -> None:
        job = Job(id, meal, self._instance.restaurants[meal.restaurant].spot, meal.ready_time)
        if meal.id in self._taken_in:
            self.doubles.append(job)  # sent again because it was slow to be heard of
        else:
            self._taken_in.add(meal.id)
            self._open[id] = job

    def _change(self, job: Job, entry: Mapping[str, Any], changes: Mapping[str, Any]) -> None:
        if entry["kind"] == "order.reassigned" and job.state == "picked_up" and job.courier:
            job.place = self._whereabouts(job.courier)
        if entry["kind"] == "order.delayed":
            job.ready = self._minute(changes["ready_at"])
        if "courier" in changes:
            self._hand(job, changes["courier"])
            job.given = self._minute(entry["at"])
        job.state = changes.get("state", job.state)
        job.version = entry["version"]
        if not job.is_open:
            self._hand(job, job.courier, done=True)
            del self._open[job.id]

    def _hand(self, job: Job, courier: str | None, *, done: bool = False) -> None:
        if job in (before := self._hands.get(job.courier or "", [])):
            before.remove(job)
        job.courier = courier
        if courier and not done:
            self._hands.setdefault(courier, []).append(job)
