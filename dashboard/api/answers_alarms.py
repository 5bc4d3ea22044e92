"""What the calls about alarms answer."""

from __future__ import annotations

from typing import Literal

from dashboard.api.answers import Answer
from dashboard.api.fields import Instant


class Alarm(Answer):
    """One alarm. ``says`` and ``response`` are English texts; ``cause`` is the id of the alarm that explains it.

    ``shelved_until`` null with ``shelved_by``: until it clears. ``closed_at``: nobody has to do anything about it.
    """

    id: str
    rule: Literal["A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9", "A10", "A11", "flood"]
    about: str
    priority: Literal["highest", "high", "medium", "low"]
    says: str
    response: str
    order: str | None
    courier: str | None
    ref: str
    place: str
    value: float
    rings: int
    returns: int
    cause: str
    raised_at: Instant
    rang_at: Instant
    acknowledged_by: str | None
    acknowledged_at: Instant | None
    resolved_by: str | None
    resolved_at: Instant | None
    note: str
    shelved_by: str | None
    shelved_until: Instant | None
    cleared_at: Instant | None
    closed_at: Instant | None
    version: int


class AlarmsRead(Answer):
    """Those that are open, the most urgent first; ``rate``: new ones within ten minutes."""

    alarms: list[Alarm]
    rate: int
    flood_since: Instant | None
    unwatched_since: Instant | None


class AlarmLimits(Answer):
    """The numbers at which alarms are raised: dashboard/domain/alarm_settings.py says what each means."""

    limits: dict[str, int]
