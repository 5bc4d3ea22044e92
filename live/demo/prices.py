"""What the demo's assembly decided about pay, and when."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from dashboard.dispatch import Dispatch
from dashboard.domain.rules import Decision, Rule

ASSEMBLY = "general assembly"
BEFORE, VOTED, CHANGED = 57, 20, 14
"""Days before today: the first prices hold, the vote is taken, and what it decided takes effect."""


def decide(dispatch: Dispatch, coop: str, day: int, at: datetime) -> None:
    """The decisions of ``day`` days before today, as entries; most days have none."""
    today = date.fromordinal(at.date().toordinal() + day)
    for rule in _rules(today) if day == BEFORE else _voted(today) if day == VOTED else ():
        dispatch.change_rule(coop, rule, by=ASSEMBLY, at=at, minutes=f"Assembly of {at:%Y-%m-%d}")


def _rules(today: date) -> tuple[Rule, ...]:
    since = date.fromordinal(today.toordinal() - BEFORE)
    decision = Decision(ASSEMBLY, since)
    return (
        Rule("wage", "hour_on_shift", Decimal("9.00"), decision, since),
        Rule("per_order", "order", Decimal("1.90"), decision, since),
        Rule("per_km", "km", Decimal("0.60"), decision, since),
        Rule("sunday", "hour_on_shift", Decimal("1.50"), decision, since, when="sunday"),
        Rule("night", "hour_on_shift", Decimal("1.20"), decision, since, when="night"),
        Rule("bicycle", "km", Decimal("0.12"), decision, since, role="cost"),
    )


def _voted(today: date) -> tuple[Rule, ...]:
    decided, since = (date.fromordinal(today.toordinal() - days) for days in (VOTED, CHANGED))
    decision = Decision(ASSEMBLY, decided)
    return (
        Rule("waiting", "minute_at_pickup", Decimal("0.25"), decision, since, beyond_ms=240_000),
    )  # fmt: skip
