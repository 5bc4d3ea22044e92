"""Minimums for each single job, as in Seattle and Ontario: what the job has earned, and what it must have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from dashboard.domain.pay_calendar import Calendar, holds_at, valid_span
from dashboard.domain.pay_lines import Input, Line, cents, printed, worth
from dashboard.domain.pay_readings import COUNTED, of_job, rate_at
from dashboard.domain.rules import TIMED, OfferFloor, Scheme
from dashboard.domain.workload_states import DONE, Job

MILE_M = Decimal("1609.344")


@dataclass(frozen=True, slots=True)
class OfferCheck:
    """One job against one minimum, in the currency's unit; ``required`` and ``earned`` are not rounded."""

    job: Job
    floor: OfferFloor
    required: Decimal
    earned: Decimal

    @property
    def short_cents(self) -> int:
        """What is missing, in cents; 0 when the job earned enough."""
        return max(0, cents(self.required - self.earned))


def offer_checks(scheme: Scheme, calendar: Calendar, jobs: Iterable[Job]) -> Iterator[OfferCheck]:
    """Each job against the version in force when it was closed."""
    for job in jobs:
        for floor in scheme.offer_floors:
            valid = valid_span(floor.since, floor.until, calendar.zone)
            if valid.start <= job.closed_at < valid.end:
                yield OfferCheck(job, floor, required(floor, job), earned(job, scheme, calendar))


def required(floor: OfferFloor, job: Job) -> Decimal:
    """max(per_minute·min + per_hour·h + per_mile·miles, per_offer); a job that was taken away counts by time alone.

    Minutes that several jobs share are split between them, so that none is counted twice. Miles are those of the job's
    recorded way, else the crow's flight, which is too low. All quantities are taken as printed.
    """
    minutes, hours = printed(job.on_job_ms, "minute_on_job"), printed(job.on_job_ms, "hour_on_job")
    time = floor.per_minute * minutes + floor.per_hour * hours
    return max(time + floor.per_mile * miles(job), floor.per_offer) if job.outcome in DONE else time


def miles(job: Job) -> Decimal:
    """The job's way to 0.001 miles."""
    return (job.metres / MILE_M).quantize(Decimal("0.001"), ROUND_HALF_UP)


def earned(job: Job, scheme: Scheme, calendar: Calendar) -> Decimal:
    """What the rules that count pay for the job, and for its share of the time at the rates of its last instant."""
    paying = [rule for rule in scheme.of("pay") if rule.counts]
    by_job = of_job(job, [rule for rule in paying if rule.measure in COUNTED], scheme, calendar)
    pieces = sum((worth(reading.rule, reading.rate, reading.quantity) for reading in by_job), Decimal(0))
    at = job.closed_at
    timed = [rule for rule in paying if rule.measure in TIMED and holds_at(rule, at, calendar)]
    return pieces + sum((worth(rule, rate_at(rule, at, scheme, calendar), job.on_job_ms) for rule in timed), Decimal(0))


def offer_lines(scheme: Scheme, calendar: Calendar, jobs: Iterable[Job]) -> tuple[Line, ...]:
    """A line for each job that fell short."""
    return tuple(_line(check) for check in offer_checks(scheme, calendar, jobs) if check.short_cents)


def _line(check: OfferCheck) -> Line:
    short = Decimal(check.short_cents) / 100
    return Line(
        name=check.floor.name, role="top_up", quantity=Decimal(1), unit="", rate=short,
        amount_cents=check.short_cents, decision=check.floor.decision,
        inputs=(
            Input(check.job.order, Decimal(1), "order"),
            Input("on the job", printed(check.job.on_job_ms, "minute_on_job"), "minutes"),
            Input("on the job", printed(check.job.on_job_ms, "hour_on_job"), "hours"),
            Input("way", miles(check.job), "miles"),
            Input("required", check.required),
            Input("earned", check.earned),
        ),
    )  # fmt: skip
