"""Who lost between two times, what the past weighs, and how much work an hour is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest

from dashboard.accounts_shares import by_z, faded_gini, per_hour, range_of, since_before
from dashboard.domain.rules import NOBODY, Rule
from dashboard.domain.rules_packs import COOP_EMPLOYEE
from dashboard.domain.workload_hard import HardShare
from dashboard.tables_days import DayTable
from dashboard.tables_pay import PayTable
from tests.unit.desk_script import COOP, Desk
from tests.unit.test_accounts import TODAY, accounts_of, afternoon, ended

HOUR = 3_600_000
DAY_MINUTES = 24 * 60


def paid(*cents: int, hours: int = 2) -> PayTable:
    """So much for each, all on shift equally long; who has nothing was not there."""
    nothing = np.zeros(len(cents), dtype=np.int64)
    pay = np.array(cents, dtype=np.int64)
    on_shift = np.where(pay > 0, hours * HOUR, 0)
    return PayTable(pay, nothing, nothing, nothing, nothing, on_shift, nothing, nothing)


def test_a_range_needs_five() -> None:
    """Of four nothing is said; of five the lowest, the middle and the highest."""
    assert range_of([1.0, 2.0, 3.0, 4.0]) is None
    found = range_of([9.0, 1.0, 2.0, 3.0, 5.0])
    assert found is not None
    assert (found.n, found.lowest, found.median, found.highest) == (5, 1.0, 3.0, 9.0)


def test_per_hour_leaves_out_who_was_not_there() -> None:
    """Six orders in two hours are three an hour; somebody without hours is no zero."""
    found = per_hour(np.array([6, 4, 2, 8, 10, 7]), np.array([2, 2, 2, 2, 2, 0]) * HOUR)
    assert found is not None
    assert (found.n, found.lowest, found.median, found.highest) == (5, 1.0, 3.0, 5.0)


def test_who_lost_since_before() -> None:
    """Rates are compared, not sums: three of five lost 2.50 an hour although all worked twice as long before."""
    before, after = paid(4000, 4000, 5000, 5000, 5000, hours=4), paid(*[2000] * 5, hours=2)
    found = since_before(before, after)
    assert found is not None
    assert (found.n, found.losers, found.share_who_lose, found.largest_loss) == (5, 3, 0.6, 250.0)


def test_one_or_two_who_lost_have_no_figure() -> None:
    """They are said to be there, and nothing else: neither number, share nor amount."""
    for losers in (1, 2):
        found = since_before(paid(*[5000] * losers, *[4000] * (5 - losers)), paid(*[4000] * 5))
        assert found is not None
        assert (found.is_few, found.losers, found.share_who_lose, found.largest_loss) == (True, None, None, None)


@pytest.mark.parametrize(("gainers", "known"), [(2, None), (3, 3)])
def test_what_if_points_at_nobody(gainers: int, known: int | None) -> None:
    """Two of six would gain: no number, no amount, no bars, no cost; three are counted."""
    desk = Desk()
    for number in range(6):
        desk.starts(f"c{number}", 0)
        desk.delivers(f"o{number}", f"c{number}", 10, 20, 30, weight_g=20_000 if number < gainers else 500)
        desk.shift(f"c{number}", "end", 120)
    bonus = COOP_EMPLOYEE.plus(Rule("load", "order", Decimal("2"), NOBODY, load_from_g=15_000))
    found = accounts_of(desk).what_if(COOP, TODAY, TODAY, bonus)
    assert (found.n, found.losers, found.gainers, found.few_gain) == (6, 0, known, known is None)
    assert found.cost_cents == (None if known is None else 600)
    assert found.changes == (() if known is None else (0, 0, 0, 200, 200, 200))


def test_the_time_before_that_is_kept_is_the_present_one() -> None:
    """Whatever comes into the journal, today or about the time before, the answer is that of accounts new to it."""
    desk = ended(afternoon(6))
    for number in range(6):
        desk.starts(f"c{number}", DAY_MINUTES)
        desk.shift(f"c{number}", "end", DAY_MINUTES + 120)
    accounts, tomorrow, losers = accounts_of(desk), TODAY + timedelta(days=1), []

    def asked() -> None:
        found = accounts.fairness(COOP, tomorrow, tomorrow)
        assert found == accounts_of(desk).fairness(COOP, tomorrow, tomorrow)
        assert found.since_before is not None
        losers.append(found.since_before.losers)

    asked()
    desk.starts("new", DAY_MINUTES + 200)
    asked()
    for number in range(6):
        desk.dispatch.correct_pay(
            COOP, f"c{number}", 500, reason="forgotten", by="admin", at=desk.at(190), counts=False
        )
    asked()
    assert losers == [0, 0, 6]


def test_who_lost_is_not_said_of_four() -> None:
    """Five now, of whom four worked before: nothing."""
    assert since_before(paid(1, 1, 1, 1, 0), paid(1, 1, 1, 1, 1)) is None


def test_the_past_fades() -> None:
    """Unequal long ago and equal today: the shorter the half-life, the more alike."""
    earned = np.array([[1000, 2000]] * 4 + [[5000, 2000]])
    days = DayTable((date(2026, 5, 1), date(2026, 5, 2)), earned, np.full((5, 2), HOUR))
    short, long = faded_gini(days, 0.5), faded_gini(days, 28)
    assert short is not None
    assert long is not None
    assert 0 < short < long


def test_hard_jobs_by_z() -> None:
    """Who can be compared, from the fewest for what was expected to the most."""
    share = HardShare(5, 4.0, 1.25, 0.6, flagged=False, alone=0)
    fewer, unknown = replace(share, observed=1, z=-2.0), replace(share, z=None)
    assert by_z([share, unknown, fewer]) == (fewer, share)


def test_the_page_has_the_work_of_an_hour() -> None:
    """Three orders in three hours, by five: one an hour for everybody; nothing before to compare with."""
    found = accounts_of(ended(afternoon(5))).fairness(COOP, TODAY, TODAY)
    assert found.orders_per_hour is not None
    assert found.hours is not None
    assert (found.orders_per_hour.lowest, found.orders_per_hour.highest) == (1.0, 1.0)
    assert (found.hours.n, found.hours.median) == (5, 3.0)
    assert found.since_before is None


def test_the_half_life_is_part_of_the_question() -> None:
    """Another half-life is another answer, not the kept one."""
    accounts = accounts_of(ended(afternoon(5)))
    asked = [accounts.fairness(COOP, TODAY, TODAY, half_life=days).half_life for days in (7, 28)]
    assert asked == [7, 28]


def test_what_if_leaves_out_who_was_hardly_there() -> None:
    """Somebody with half an hour on shift is neither counted nor in any sum."""
    desk = afternoon(5)
    desk.starts("brief", 0)
    desk.shift("brief", "end", 30)
    for number in range(5):
        desk.shift(f"c{number}", "end", 180)
    raised = COOP_EMPLOYEE.plus(Rule("bonus", "hour_on_shift", Decimal("0.20"), NOBODY))
    found = accounts_of(desk).what_if(COOP, TODAY, TODAY, raised)
    assert (found.n, found.changes, found.cost_cents) == (5, (60,) * 5, 300)
    assert accounts_of(desk).fairness(COOP, TODAY, TODAY).n == 5


@pytest.mark.parametrize("amounts", [[], [1.0]])
def test_nobody_has_no_range(amounts: list[float]) -> None:
    """Nobody, or one alone: nothing."""
    assert range_of(amounts) is None
