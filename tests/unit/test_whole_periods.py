"""Whole weeks and months that are over: what members may ask about."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dashboard.domain.refusals import Invalid
from dashboard.domain.whole_periods import last_month, last_weeks, month_of, only_month, only_weeks

TODAY = date(2026, 11, 24)


def test_the_last_weeks_end_on_a_sunday_that_is_over() -> None:
    """On a Monday the week before is over; on a Sunday the running one is not."""
    assert last_weeks(TODAY, 1) == (date(2026, 11, 16), date(2026, 11, 22))
    assert last_weeks(TODAY, 4) == (date(2026, 10, 26), date(2026, 11, 22))
    assert last_weeks(date(2026, 11, 23), 1)[1] == date(2026, 11, 22)
    assert last_weeks(date(2026, 11, 22), 1)[1] == date(2026, 11, 15)


def test_the_last_month() -> None:
    """Of January it is December; a month that still runs is none to ask about."""
    assert last_month(date(2027, 1, 31)) == (date(2026, 12, 1), date(2026, 12, 31))
    assert month_of(date(2026, 11, 3), TODAY) == (date(2026, 10, 1), date(2026, 10, 31))
    assert month_of(date(2026, 2, 3), TODAY) == (date(2026, 2, 1), date(2026, 2, 28))


def test_of_all_periods_only_whole_ones_pass() -> None:
    """No two periods of sums have a day in common; periods of shares begin on Mondays and end on Sundays."""
    days = [TODAY - timedelta(days=back) for back in range(70)]
    asked = [(first, last) for first in days for last in days if first <= last]
    assert {pair for pair in asked if passes(only_month, *pair)} == {(date(2026, 10, 1), date(2026, 10, 31))}
    weeks = {pair for pair in asked if passes(only_weeks, *pair)}
    assert weeks
    assert {first.weekday() for first, _ in weeks} == {0}
    assert {last.weekday() for _, last in weeks} == {6}
    assert max(last for _, last in weeks) == date(2026, 11, 22)


def passes(rule, first: date, last: date) -> bool:  # type: ignore[no-untyped-def]
    """Whether the rule lets these days pass."""
    try:
        return bool(rule(first, last, TODAY))
    except Invalid:
        return False


@pytest.mark.parametrize("rule", [only_weeks, only_month])
def test_the_refusal_says_what_may_be_asked(rule) -> None:  # type: ignore[no-untyped-def]
    """It names days that would pass."""
    with pytest.raises(Invalid) as refusal:
        rule(TODAY, TODAY, TODAY)
    days = (date.fromisoformat(str(refusal.value.facts[name])) for name in ("first", "last"))
    assert passes(rule, *days)
