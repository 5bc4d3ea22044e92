"""A restaurant's day as a table: who waited for whom, order by order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dashboard.domain.events import Entry
from dashboard.domain.times import from_wire
from dashboard.domain.workload_states import Job

HEAD = ("order", "ready_by", "ready", "courier_came", "picked_up", "courier_waited_s", "food_waited_s")


def waits(jobs: Iterable[Job], about: Callable[[str], Sequence[Entry]], zone: ZoneInfo) -> Iterator[Sequence[Any]]:
    """Rows of HEAD for what was picked up, by local times; empty is unknown, never guessed.

    The courier waited from the arrival until the pickup, the food from being ready until the pickup.
    """
    for job in sorted(jobs, key=lambda job: job.picked_up_at or job.closed_at):
        if job.picked_up_at is None:
            continue
        ref, promised, ready = _told(about(job.order), job.picked_up_at)
        moments = [_clock(moment, zone) for moment in (promised, ready, job.arrived_at, job.picked_up_at)]
        yield ref, *moments, _seconds(job.arrived_at, job.picked_up_at), _seconds(ready, job.picked_up_at)


def _told(entries: Sequence[Entry], until: datetime) -> tuple[str, datetime | None, datetime | None]:
    """Its number, the last promise, and when it was last said to be ready: when it was pressed, if that was earlier."""
    ref, promised, ready = "", None, None
    for entry in entries:
        changes = entry.data.get("changes", {})
        ref = changes.get("ref", ref)
        if changes.get("ready_at"):
            promised = from_wire(changes["ready_at"])
        if "state" in changes and entry.at <= until:
            pressed = entry.data.get("pressed_at")
            if changes["state"] == "ready":
                ready = from_wire(pressed) if pressed else entry.at
            elif changes["state"] != "picked_up":
                ready = None  # taken back
    return ref, promised, ready


def _clock(moment: datetime | None, zone: ZoneInfo) -> str | None:
    return None if moment is None else moment.astimezone(zone).strftime("%H:%M:%S")


def _seconds(since: datetime | None, until: datetime) -> int | None:
    return None if since is None else max(0, round((until - since).total_seconds()))
