"""Work to be paid, in a few words: local times in Paris unless another zone is given."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dashboard.domain.spans import Span
from dashboard.domain.workload_states import Job, Stretch

PARIS = ZoneInfo("Europe/Paris")
NEW_YORK = ZoneInfo("America/New_York")


def when(text: str, zone: ZoneInfo = PARIS) -> datetime:
    """``2026-05-31 22:00`` on the wall, as a UTC instant."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def span(start: str, end: str, zone: ZoneInfo = PARIS) -> Span:
    """From one time on the wall to another."""
    return Span(when(start, zone), when(end, zone))


def stretch(start: str, end: str, state: str = "idle", *, courier: str = "lea", zone: ZoneInfo = PARIS) -> Stretch:
    """Time in one state, in a shift of its own."""
    return Stretch(courier, state, span(start, end, zone), when(start, zone))


def job(order: str, closed: str, *, minutes: float = 20, courier: str = "lea", **fields: Any) -> Job:
    """A delivered job that took so long."""
    at = when(closed, fields.pop("zone", PARIS))
    length = timedelta(minutes=minutes)
    return Job(courier, order, at - length, at, **{"on_job_ms": length // timedelta(milliseconds=1), **fields})
