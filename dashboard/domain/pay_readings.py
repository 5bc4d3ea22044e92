"""From work to what the rules count of it: each stretch and each job is read once, by every rule that concerns it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from dashboard.domain.pay_calendar import Calendar, holds_at, spans_when
from dashboard.domain.rules import TIMED, Rule, Scheme
from dashboard.domain.spans import Span, common
from dashboard.domain.workload_states import ON_JOB, ON_SHIFT, Job, Stretch

STATES: Mapping[str, frozenset[str]] = {"hour_on_shift": ON_SHIFT, "hour_on_job": ON_JOB, "minute_on_job": ON_JOB}

COUNTED: Mapping[str, Callable[[Job, Rule], int]] = {
    "order": lambda _job, _rule: 1,
    "dropoff": lambda job, _: int(job.new_stop),
    "km": lambda job, _: job.metres,
    "minute_at_pickup": lambda job, rule: max(0, (job.at_pickup_ms or 0) - rule.beyond_ms),
    "ascent_100m": lambda job, _: job.ascent_m or 0,
}
"""What a job has of each measure, in its base unit. Waiting and ascent that nobody recorded count as none."""


@dataclass(frozen=True, slots=True)
class Reading:
    """``quantity`` base units (see MEASURES) that one version of a rule counts at ``rate``; of which span, or order."""

    rule: Rule
    rate: Decimal
    quantity: int
    of: Span | str


def read(scheme: Scheme, calendar: Calendar, stretches: Iterable[Stretch], jobs: Iterable[Job]) -> Iterator[Reading]:
    """All readings of some work. Minimums for single offers are not readings: see ``pay_offers``."""
    timed = [rule for rule in scheme.rules if rule.measure in TIMED]
    for stretch in stretches:
        if stretch.state in ON_SHIFT:
            yield from _of_stretch(stretch, timed, scheme, calendar)
    counted = [rule for rule in scheme.rules if rule.measure in COUNTED]
    for job in jobs:
        yield from of_job(job, counted, scheme, calendar)


def of_job(job: Job, rules: Iterable[Rule], scheme: Scheme, calendar: Calendar) -> Iterator[Reading]:
    """A job belongs to the instant at which it was closed: that decides the version and the condition."""
    for rule in rules:
        if _fits(job, rule) and holds_at(rule, job.closed_at, calendar):
            quantity = COUNTED[rule.measure](job, rule)
            if quantity:
                yield Reading(rule, rate_at(rule, job.closed_at, scheme, calendar), quantity, job.order)


def rate_at(rule: Rule, moment: datetime, scheme: Scheme, calendar: Calendar) -> Decimal:
    """The rule's rate; of a percentage, that part of the other rule's rate at that instant (0 if none is in force)."""
    if rule.percent_of is None:
        return rule.rate
    base = (other for other in scheme.versions(rule.percent_of) if holds_at(other, moment, calendar))
    return next((other.rate * rule.rate / 100 for other in base), Decimal(0))


def _of_stretch(stretch: Stretch, rules: Iterable[Rule], scheme: Scheme, calendar: Calendar) -> Iterator[Reading]:
    for rule in rules:
        if stretch.state in STATES[rule.measure] and (rule.after_shift or not stretch.after_shift):
            for span in spans_when(rule, stretch.span, calendar):
                for part, rate in _rated(rule, span, scheme, calendar):
                    yield Reading(rule, rate, part.ms, part)


def _rated(rule: Rule, span: Span, scheme: Scheme, calendar: Calendar) -> Iterator[tuple[Span, Decimal]]:
    """The span, cut where the rate changes: a percentage follows the versions of the rule that it is a part of."""
    if rule.percent_of is None:
        yield span, rule.rate
        return
    for base in scheme.versions(rule.percent_of):
        for part in spans_when(base, span, calendar):
            yield part, base.rate * rule.rate / 100


def _fits(job: Job, rule: Rule) -> bool:
    return (
        job.outcome in rule.outcomes
        and (job.weight_g or 0) >= rule.load_from_g
        and (job.ascent_m or 0) >= rule.ascent_from_m
    )


def clipped(stretches: Iterable[Stretch], frame: Span) -> tuple[Stretch, ...]:
    """The parts of the stretches that lie in the frame."""
    parts = ((stretch, common(stretch.span, frame)) for stretch in stretches)
    return tuple(replace(stretch, span=part) for stretch, part in parts if part)
