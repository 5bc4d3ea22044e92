"""What a courier can be doing, and the two records that the journal yields: stretches of time, and jobs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dashboard.domain.spans import Span

OFF, IDLE, BREAK, REPOSITION = "off", "idle", "break", "reposition"
TO_PICKUP, AT_PICKUP, TO_DROPOFF, AT_DROPOFF = "to_pickup", "at_pickup", "to_dropoff", "at_dropoff"

STATES = (OFF, IDLE, TO_PICKUP, AT_PICKUP, TO_DROPOFF, AT_DROPOFF, REPOSITION, BREAK)
ON_JOB = frozenset({TO_PICKUP, AT_PICKUP, TO_DROPOFF, AT_DROPOFF})
"""From the assignment until the order is handed over, taken away or cancelled."""
ON_SHIFT = frozenset(STATES) - {OFF, BREAK}

DONE = ("delivered", "failed", "cancelled")
LOST = ("handed_over", "taken_back")
REOPENED = "reopened"
"""No outcome: the order is in these hands again, and how it was closed counts no more (workload_reopened)."""
OUTCOMES = (*DONE, *LOST, REOPENED)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One courier in one state, without an event in between. ``shift`` is when the shift began, None when off.

    ``deed`` is False when it ended by something that the courier did not do (the desk's act, midnight), so that the
    next one may be its continuation; ``after_shift``: work that outlasts the shift.
    """

    courier: str
    state: str
    span: Span
    shift: datetime | None
    orders: tuple[str, ...] = ()
    deed: bool = True
    after_shift: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """One order in one courier's hands, from the assignment to its outcome (one of OUTCOMES).

    ``on_job_ms`` is its share of the time: what several orders in hand have in common is split evenly, so that all
    jobs together make the courier's time on a job. ``at_pickup_ms`` likewise, None when no arrival was reported.
    ``waited_ms`` is the unshared time from arrival to pickup. ``metres`` is the ridden or routed way if the journal
    has it (``routed``), else the crow's flight from pickup to drop-off: a lower bound, and to be called one.
    ``placed`` is when it was ordered, ``due`` when the kitchen last said that it would be ready, ``ready`` when it was,
    ``at_door`` when the courier reported to be at the customer's. ``new_stop`` is False for a further order handed over
    at the same door; ``after_shift``: closed after it had ended.
    """

    courier: str
    order: str
    assigned_at: datetime
    closed_at: datetime
    outcome: str = "delivered"
    restaurant: str | None = None
    picked_up_at: datetime | None = None
    arrived_at: datetime | None = None
    on_job_ms: int = 0
    at_pickup_ms: int | None = None
    waited_ms: int | None = None
    metres: int = 0
    routed: bool = False
    ascent_m: int | None = None
    weight_g: int | None = None
    tip_cents: int = 0
    new_stop: bool = True
    after_shift: bool = False
    shift: datetime | None = None
    placed: datetime | None = None
    due: datetime | None = None
    ready: datetime | None = None
    at_door: datetime | None = None
