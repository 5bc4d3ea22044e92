"""A pickup and a drop-off there are an order here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from dashboard.domain.orders import Item, Order, Place
from live.coopcycle.documents import DROPOFF, PICKUP, Task, TaskList

MOST_STOPS = 50
"""Stops of one delivery that are followed back to find its pickup: a circle has to end."""
WAITING, PICKED_UP, DELIVERED, FAILED, CANCELLED = "waiting", "picked_up", "delivered", "failed", "cancelled"
OVER = frozenset({DELIVERED, FAILED, CANCELLED})


@dataclass(frozen=True, slots=True)
class Pair:
    """A drop-off and the pickup that it comes from. Its courier is the drop-off's: whoever brings it has the job."""

    pickup: Task
    dropoff: Task

    @property
    def task(self) -> str:
        """What it is known by."""
        return self.dropoff.id

    @property
    def assigned(self) -> str | None:
        """The user name of whoever has it."""
        return self.dropoff.assigned

    @property
    def at(self) -> datetime:
        """When the drop-off was last changed, by their clock."""
        return self.dropoff.updated_at

    @property
    def progress(self) -> str:
        """How far it is, as an order's states go."""
        return _progress(self.pickup.status, self.dropoff.status)


def pairs(tasks: Mapping[str, Task]) -> tuple[tuple[Pair, ...], Mapping[str, str]]:
    """All jobs, by drop-off; and what is none, with the reason in words."""
    found = {task.id: _pickup_of(task, tasks) for task in tasks.values() if task.type == DROPOFF}
    jobs = tuple(Pair(pickup, tasks[name]) for name, pickup in sorted(found.items()) if pickup)
    used = {job.pickup.id for job in jobs}
    aside = {name: "a drop-off without a pickup" for name, pickup in found.items() if pickup is None}
    aside |= {
        task.id: "a pickup without a drop-off"
        for task in tasks.values()
        if task.type == PICKUP and task.id not in used and not task.is_over
    }
    return jobs, aside


def with_couriers(tasks: Iterable[Task], lists: Iterable[TaskList], tours: Mapping[str, tuple[str, ...]]) -> list[Task]:
    """The tasks; where a document is silent about the courier, whoever's list (or tour) it is on."""
    owner = {
        task: each.username for each in lists for item in each.items for task in (tours.get(item) or (item,))
    }  # fmt: skip
    return [task if task.says_who else replace(task, assigned=owner.get(task.id)) for task in tasks]


def draft(coop: str, pair: Pair, at: datetime, *, is_alone: bool) -> Order:
    """The order that a job becomes. A parcel: the kitchen, if there is one, is looked after over there.

    ``is_alone`` is False for one of several drop-offs of a pickup: a group, whose number and price are of all.
    """
    pickup, dropoff = pair.pickup, pair.dropoff
    placed = dropoff.created_at if dropoff.created_at and dropoff.created_at <= at else at
    return Order(
        id="", coop=coop, ref=dropoff.number if is_alone else "", placed_at=placed,
        pickup=place(pickup), dropoff=place(dropoff), weight_g=dropoff.weight_g,
        price_cents=dropoff.price_cents if is_alone else None,
        items=tuple(Item(name, count) for name, count in dropoff.packages),
        group=None if is_alone else f"coopcycle:{pickup.id}",
    )  # fmt: skip


def place(task: Task) -> Place:
    """An end of a job: where, what is called how, and when."""
    return Place(task.lat, task.lon, task.name, task.address, task.after, task.before)


def _pickup_of(dropoff: Task, tasks: Mapping[str, Task]) -> Task | None:
    stop = dropoff
    for _ in range(MOST_STOPS):
        before = tasks.get(stop.previous or "")
        if before is None or before.type == PICKUP:
            return before
        stop = before
    return None


def _progress(pickup: str, dropoff: str) -> str:
    match pickup, dropoff:
        case _, "DONE":
            return DELIVERED
        case _, "CANCELLED":
            return CANCELLED
        case _, "FAILED":
            return FAILED
        case ("FAILED" | "CANCELLED") as ended, _:
            return FAILED if ended == "FAILED" else CANCELLED
        case "DONE", _:
            return PICKED_UP
        case _:
            return WAITING
