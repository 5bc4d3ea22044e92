"""The guard at the moment of assigning: would this job take the courier over a limit of working time?

It looks at real events, not at a plan, and never forbids: amber 30 minutes before a limit, red beyond it, and red needs
a reason and the courier's consent, both written to the journal. Time is what really passed, also in the nights of 23
and 25 hours; days and weeks are those on the wall. A shift belongs to the day on which it began; one that begins soon
after it, to the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dashboard.domain.refusals import Invalid
from dashboard.domain.times import to_wire
from dashboard.domain.working_time_limits import FRANCE, Limits
from dashboard.domain.working_time_past import past
from dashboard.domain.working_time_record import Record

OK, AMBER, RED = "ok", "amber", "red"
RULES = ("day", "week", "average", "span", "break", "rest_before", "rest_after", "weekly_rest", "days")


@dataclass(frozen=True, slots=True)
class Finding:
    """One of RULES, if the courier works until the job's end: ``level`` is ok, amber or red.

    ``crosses_at`` is when working on crosses the limit, None where it cannot be reached; ``margin`` is what is left of
    it at the job's end, negative beyond the limit.
    """

    rule: str
    level: str
    crosses_at: datetime | None
    margin: timedelta | None


class BeyondLimit(Invalid):
    """A limit of working time is crossed, and reason or consent is missing; ``findings`` are the red ones."""

    findings: tuple[Finding, ...] = ()


def check(
    record: Record, now: datetime, until: datetime, zone: ZoneInfo, *, limits: Limits = FRANCE,
    next_start: datetime | None = None,
) -> tuple[Finding, ...]:  # fmt: skip
    """Every rule, if the courier of ``record`` (running stretch included) works from ``now`` until ``until``.

    ``next_start`` is when the next planned shift begins, None if none is known.
    """
    so_far = past(record, now, limits, zone)
    crossings = (
        so_far.full_day(),
        so_far.full_weeks(until, 1, limits.week),
        so_far.full_weeks(until, limits.weeks, limits.average * limits.weeks),
        so_far.first + limits.span,
        so_far.without_break(),
        so_far.short_rest(),
        None if next_start is None else next_start - limits.rest,
        so_far.no_weekly_rest(),
        so_far.no_day_off(),
    )
    return tuple(_finding(rule, at, until, limits.warn) for rule, at in zip(RULES, crossings, strict=True))


def worst(findings: Iterable[Finding]) -> str:
    """ok, amber or red."""
    levels = {finding.level for finding in findings}
    return next((level for level in (RED, AMBER) if level in levels), OK)


def permit(findings: Sequence[Finding], *, reason: str = "", consent: bool = False) -> dict[str, Any]:
    """What the assignment's journal entry has to say about working time; BeyondLimit if red and not both are given."""
    red = tuple(finding for finding in findings if finding.level == RED)
    if red and not (reason.strip() and consent):
        refusal = BeyondLimit(
            "This crosses a limit of working time ({rules}): ask the courier, and give a reason",
            rules=", ".join(finding.rule for finding in red), field="reason",
        )  # fmt: skip
        refusal.findings = red
        raise refusal
    said = {"reason": reason.strip(), "consent": True} if red else {}
    return recorded(findings) | said


def recorded(findings: Sequence[Finding]) -> dict[str, Any]:
    """The limits that are near or crossed, as a journal entry has them; nothing when there are none."""
    near = [
        {"rule": one.rule, "level": one.level, "crosses_at": one.crosses_at and to_wire(one.crosses_at)}
        for one in findings
        if one.level != OK
    ]
    return {"working_time": near} if near else {}


def _finding(rule: str, crosses_at: datetime | None, until: datetime, warn: timedelta) -> Finding:
    if crosses_at is None:
        return Finding(rule, OK, None, None)
    level = RED if until > crosses_at else AMBER if until > crosses_at - warn else OK
    return Finding(rule, level, crosses_at, crosses_at - until)
