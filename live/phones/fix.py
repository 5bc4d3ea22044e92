"""A fix: where a phone says that it is, in one unit whatever the client speaks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

MPS_PER_KNOT = 0.514444  # 1852 m / 3600 s
KMH_PER_MPS = 3.6


@dataclass(frozen=True, slots=True)
class Fix:
    """One report of one phone; None stands for what it did not say.

    ``lat`` and ``lon`` in degrees WGS 84, ``accuracy_m`` and ``altitude_m`` in metres, ``speed_mps`` in m/s,
    ``course_deg`` clockwise from north, ``battery_pct`` from 0 to 100. ``heartbeat`` means that the phone is alive
    and has not moved: it has no position of its own. Names of radio networks are read nowhere.
    """

    source: str
    at: datetime | None
    lat: float | None = None
    lon: float | None = None
    accuracy_m: float | None = None
    speed_mps: float | None = None
    course_deg: float | None = None
    altitude_m: float | None = None
    battery_pct: float | None = None
    charging: bool | None = None
    activity: str | None = None
    event: str | None = None
    alarm: str | None = None
    mocked: bool | None = None
    heartbeat: bool = False
    raw_id: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What one request said. ``token`` is the courier's secret where the body carries it (Traccar), else None.

    ``skipped`` names what else was in it, one word each: messages that are no positions, entries that make no sense.
    """

    fixes: tuple[Fix, ...] = ()
    token: str | None = None
    skipped: tuple[str, ...] = ()


def knots(value: float | None) -> float | None:
    """Knots as m/s."""
    return None if value is None else value * MPS_PER_KNOT


def kilometres_per_hour(value: float | None) -> float | None:
    """km/h as m/s."""
    return None if value is None else value / KMH_PER_MPS


def share(value: float | None) -> float | None:
    """A battery level from 0 to 1 as per cent."""
    return None if value is None else value * 100
