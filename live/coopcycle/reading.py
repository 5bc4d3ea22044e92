"""One reading of all that a day holds over there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from live.coopcycle import documents
from live.coopcycle.client import Client, Refused
from live.coopcycle.documents import Shift, Task, Unreadable, User
from live.coopcycle.pairs import with_couriers


@dataclass(frozen=True, slots=True)
class Day:
    """Tasks by address, who rides, the planned shifts; and what could not be read, each with the reason in words."""

    tasks: Mapping[str, Task]
    users: tuple[User, ...] = ()
    shifts: tuple[Shift, ...] = ()
    aside: Mapping[str, str] = field(default_factory=dict)


def read_day(client: Client, day: date) -> Day:
    """The day as it is. Away: somewhere on the way they did not answer. Shifts alone may be closed to us."""
    users = tuple(client.couriers())
    tasks, aside = usable(client.tasks(day))
    if any(not task.says_who for task in tasks):
        lists = client.task_lists(day)
        has_tours = any("/tours/" in item for each in lists for item in each.items)
        tasks = with_couriers(tasks, lists, client.tours(day) if has_tours else {})
    return Day({task.id: task for task in tasks}, users, _shifts(client, day), aside)


def usable(found: Iterable[Any]) -> tuple[list[Task], dict[str, str]]:
    """The tasks among these documents, each once; and why the others are none."""
    tasks: dict[str, Task] = {}
    aside: dict[str, str] = {}
    for number, document in enumerate(found):
        try:
            task = documents.task(document)
            tasks[task.id] = task
        except Unreadable as reason:
            name = document.get("@id") if isinstance(document, Mapping) else None
            aside[name if isinstance(name, str) else f"document {number}"] = str(reason)
    return list(tasks.values()), aside


def _shifts(client: Client, day: date) -> tuple[Shift, ...]:
    """Older versions have none, and not everybody may see them."""
    try:
        return tuple(client.shifts(day))
    except (Refused, Unreadable):
        return ()
