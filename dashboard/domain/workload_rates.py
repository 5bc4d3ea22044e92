"""Per hour on shift and per hour on a job: always apart, always named so; a team's rate is a ratio of sums.

*On shift* is all time but off and break (FairFoody's logged hour). *On a job* is from the assignment to the outcome
(New York's trip time, Seattle's engaged time, the French ARPE's "heure d'activité"). pay/L = U·pay/E, U = E/L.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboard.domain.workload_states import ON_JOB, ON_SHIFT, Job

HOUR_MS = 3_600_000
SERVICE_MS = 4 * 60_000
"""Minutes for a pickup, and for a drop-off, in the MDRP instances."""


@dataclass(frozen=True, slots=True)
class Rates:
    """What was earned or done, and in which time; each figure is None where its time is zero."""

    amount: float
    on_shift_ms: int
    on_job_ms: int

    @property
    def per_hour_on_shift(self) -> float | None:
        """amount / L."""
        return _per_hour(self.amount, self.on_shift_ms)

    @property
    def per_hour_on_job(self) -> float | None:
        """amount / E."""
        return _per_hour(self.amount, self.on_job_ms)

    @property
    def utilisation(self) -> float | None:
        """U = E/L; waiting at the restaurant is part of E."""
        return self.on_job_ms / self.on_shift_ms if self.on_shift_ms else None

    @property
    def on_call_ms(self) -> int:
        """L − E: unpaid waiting under pay by the piece."""
        return self.on_shift_ms - self.on_job_ms


def rates(amount: float, totals: Mapping[str, int]) -> Rates:
    """The rates of an amount earned in these milliseconds by state."""
    return Rates(amount, _sum(totals, ON_SHIFT), _sum(totals, ON_JOB))


def team(members: Iterable[Rates]) -> Rates:
    """Sums of amounts and times, so that the team's rate weighs each hour once, not each person."""
    counted = tuple(members)
    return Rates(
        sum(one.amount for one in counted),
        sum(one.on_shift_ms for one in counted),
        sum(one.on_job_ms for one in counted),
    )


def utilisation_mdrp(riding_ms: int, jobs: Iterable[Job], shift_ms: int) -> float | None:
    """(Riding + 4 min a pickup + 4 min a drop-off) / shift: waiting at restaurants is not in it, and it may exceed 1.

    Pickups at one restaurant after the same reported arrival count once (Reyes et al. 2018).
    """
    delivered = [job for job in jobs if job.outcome == "delivered"]
    pickups = {(job.restaurant, job.arrived_at or job.picked_up_at) for job in delivered}
    return (riding_ms + SERVICE_MS * (len(pickups) + len(delivered))) / shift_ms if shift_ms else None


def _per_hour(amount: float, ms: int) -> float | None:
    return amount * HOUR_MS / ms if ms else None


def _sum(totals: Mapping[str, int], states: Iterable[str]) -> int:
    return sum(totals.get(state, 0) for state in states)
