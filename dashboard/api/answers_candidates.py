"""What the call about candidates answers."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from dashboard.api.answers import Answer
from dashboard.api.fields import Instant


class Arrivals(Answer):
    """When the courier would be at both ends, and how much more there is to ride; ``guessed``: no road was known."""

    pickup_at: Instant | None
    dropoff_at: Instant
    late_seconds: int = Field(description="of this order, against its promise")
    others_late_seconds: int = Field(description="that the courier's other customers are later by")
    detour_metres: int
    detour_seconds: int
    guessed: bool


class PayEffect(Answer):
    """Changes by the end of the shift in cents, guarantee included, tips not; ``so_far_cents`` is what was earned."""

    taker_cents: int
    giver_cents: int
    coop_cents: int
    so_far_cents: int
    per_hour_cents: float | None = Field(description="that the courier can expect without it, per hour on shift")


class WorkEffect(Answer):
    """Minutes of work expected; ``level`` is the worst of working time: ok, amber or red."""

    minutes: float
    on_shift_seconds: float
    level: Literal["ok", "amber", "red"]
    limits: list[dict[str, Any]]


class FairnessEffect(Answer):
    """Change of the spread (corrected Gini) of pay per hour on shift; below 0: fairer. Null below two people."""

    spread: float | None


class Candidate(Answer):
    """One courier. ``why``: of the dominated, who is better and in nothing worse; else what forbids it."""

    courier: str
    name: str
    standing: Literal["open", "dominated", "impossible"]
    why: str | None
    load: int
    arrivals: Arrivals | None
    pay: PayEffect | None
    workload: WorkEffect | None
    fairness: FairnessEffect | None


class Candidates(Answer):
    """All couriers, ranked; nothing is decided by the order in which they stand.

    Not ``suggested``: the members switched suggestions off, and they stand by their names.
    """

    order: str
    version: int
    suggested: bool
    at: Instant
    candidates: list[Candidate]
