"""When a rule holds, whatever the clocks on the wall do."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from dashboard.domain.pay_calendar import Calendar, holds_at, spans_when
from dashboard.domain.rules import NOBODY, Rule
from dashboard.domain.spans import total
from tests.unit.pay_work import PARIS, span, when

HOLIDAYS = frozenset({date(2026, 5, 1), date(2026, 5, 8)})
CALENDAR = Calendar(
    PARIS, HOLIDAYS, (span("2026-05-12 18:00", "2026-05-12 19:00"), span("2026-05-12 18:30", "2026-05-12 20:00"))
)


def rule(**fields: Any) -> Rule:
    """A rule with a condition."""
    return Rule("r", "hour_on_shift", Decimal(1), NOBODY, **fields)


@pytest.mark.parametrize(
    ("fields", "start", "end", "hours"),
    [
        ({"when": "always"}, "2026-05-12 18:00", "2026-05-12 23:30", 5.5),
        ({"when": "night"}, "2026-05-12 18:00", "2026-05-12 23:30", 1.5),
        ({"when": "night"}, "2026-05-12 05:00", "2026-05-12 23:00", 2),  # morning and evening of one day
        ({"when": "night"}, "2026-05-12 12:00", "2026-05-14 12:00", 16),
        ({"when": "night", "night": (time(0), time(6))}, "2026-05-12 22:00", "2026-05-13 02:00", 2),
        # Clocks go forward on 29 March 2026 at 2:00 and back on 25 October 2026 at 3:00.
        ({"when": "night"}, "2026-03-28 20:00", "2026-03-29 08:00", 7),
        ({"when": "night"}, "2026-10-24 20:00", "2026-10-25 08:00", 9),
        ({"when": "sunday"}, "2026-05-16 20:00", "2026-05-17 02:00", 2),  # Saturday into Sunday
        ({"when": "sunday"}, "2026-05-17 20:00", "2026-05-18 02:00", 4),
        ({"when": "sunday"}, "2026-10-24 12:00", "2026-10-26 12:00", 25),
        ({"when": "sunday"}, "2026-03-28 12:00", "2026-03-30 12:00", 23),
        ({"when": "bank_holiday"}, "2026-04-30 22:00", "2026-05-01 03:00", 3),
        ({"when": "rain"}, "2026-05-12 17:00", "2026-05-12 22:00", 2),  # two overlapping reports count once
        ({"when": "rain"}, "2026-05-13 17:00", "2026-05-13 22:00", 0),
        ({"since": date(2026, 5, 13)}, "2026-05-12 22:00", "2026-05-13 02:00", 2),
        ({"until": date(2026, 5, 13)}, "2026-05-12 22:00", "2026-05-13 01:00", 2),
        ({"since": date(2026, 5, 13), "when": "night"}, "2026-05-12 22:00", "2026-05-13 10:00", 6),
    ],
)
def test_hours_in_which_a_rule_holds(fields: dict[str, Any], start: str, end: str, hours: float) -> None:
    """Night, Sunday, holiday, rain and validity cut a span where the wall says so, on 23- and 25-hour days too."""
    found = spans_when(rule(**fields), span(start, end), CALENDAR)
    assert total(found) == timedelta(hours=hours)
    assert list(found) == sorted(found)


def test_an_instant_is_in_a_rule_from_its_first_moment_to_before_its_last() -> None:
    """Midnight belongs to the new version, and six in the morning no longer to the night."""
    changed = rule(since=date(2026, 6, 1))
    assert not holds_at(changed, when("2026-05-31 23:59"), CALENDAR)
    assert holds_at(changed, when("2026-06-01 00:00"), CALENDAR)
    assert holds_at(rule(when="night"), when("2026-05-12 22:00"), CALENDAR)
    assert not holds_at(rule(when="night"), when("2026-05-12 06:00"), CALENDAR)
