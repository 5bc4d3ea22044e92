"""What an order more or less changes, and what the end of the shift may bring."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from dashboard.domain.pay import Account, Calendar, one_order, outlook, reassignment_effect, until_end
from dashboard.domain.rules_packs import ARPE, COOP_EMPLOYEE, MDRP
from tests.unit.fairness_expected import EXPECTED
from tests.unit.pay_work import PARIS, job, stretch, when

PER_ORDER, GUARANTEE = MDRP.rules
CALENDAR = Calendar(PARIS)
CASES: dict[str, Any] = EXPECTED["reassignment"]["cases"]
HOUR = 3_600_000
ORDER = one_order(MDRP, CALENDAR, job("o1", "2026-06-12 20:00"))


def mdrp(orders: int, hours: float) -> Account:
    """So many orders in so many hours on shift, at 10 an order and at least 15 an hour."""
    return Account({(PER_ORDER, PER_ORDER.rate): orders, (GUARANTEE, GUARANTEE.rate): round(hours * HOUR)})


@pytest.mark.parametrize("case", CASES)
def test_one_reassignment(case: str) -> None:
    """Both couriers' pay, the co-op's cost and the top-ups before and after are those of the reference cases."""
    expected = CASES[case]
    found = reassignment_effect(mdrp(*expected["a"]), mdrp(*expected["b"]), ORDER)
    assert found.giver_cents == expected["d_pay_a"] * 100
    assert found.taker_cents == expected["d_pay_b"] * 100
    assert found.coop_cents == expected["d_coop_cost"] * 100
    assert (found.short_before, found.short_after) == (expected["topup_before"] * 100, expected["topup_after"] * 100)


@pytest.mark.parametrize(("orders", "cost"), [(3, 0), (5, 0), (6, 1000), (9, 1000)])
def test_the_next_order_costs_the_co_op_nothing_or_its_price(orders: int, cost: int) -> None:
    """Below the guarantee of four hours (six orders) the next order is free for the co-op, above it costs 10."""
    assert reassignment_effect(None, mdrp(orders, 4), ORDER).coop_cents == cost


def test_an_hourly_wage_does_not_change_with_an_order() -> None:
    """For members paid by the hour a hand-over moves work, not pay."""
    order = one_order(COOP_EMPLOYEE, CALENDAR, job("o1", "2026-06-12 20:00"))
    assert order == Account()
    assert reassignment_effect(Account(), Account(), order).coop_cents == 0


def test_a_floor_per_hour_on_a_job_grows_with_the_job() -> None:
    """Under ARPE, twenty minutes more on a job raise what is due by 3.92 €, whoever has them."""
    order = one_order(ARPE, CALENDAR, job("o1", "2026-06-12 20:00"))
    assert order.required == Decimal("11.75") * Decimal("0.3333")
    assert reassignment_effect(None, Account(), order).coop_cents == 392


def test_an_outlook_under_the_guarantee() -> None:
    """Two hours to go at 1.5 orders an hour under a guarantee of four hours: nobody can fall below 60."""
    found = outlook(mdrp(2, 4), ORDER, done=2, hours=2, usual=1.5, left=2)
    assert found.orders == pytest.approx((2 + 1.5) / 3 * 2)
    assert found.orders_low <= found.orders <= found.orders_high
    assert found.pay_low_cents == 6000
    assert 6000 < found.pay_cents < found.pay_high_cents == max(6000, 1000 * (2 + found.orders_high))
    assert found.short_cents > 0


def test_the_outlook_is_the_account_when_the_shift_is_over() -> None:
    """With no time left there is no range."""
    found = outlook(mdrp(7, 4), ORDER, done=7, hours=4, usual=2, left=0)
    assert (found.orders, found.orders_low, found.orders_high) == (0, 0, 0)
    assert found.pay_low_cents == found.pay_high_cents == found.pay_cents == 7000


def test_above_the_guarantee_pay_is_expected_as_it_comes() -> None:
    """Far above the guarantee the expected pay is that of the expected orders: n̂ = n + pace × time left."""
    found = outlook(mdrp(20, 4), ORDER, done=20, hours=4, usual=5, left=3)
    assert found.pay_cents == pytest.approx(1000 * (20 + found.orders), rel=1e-4)
    assert found.short_cents == 0


def test_a_new_co_op_without_any_pace_expects_nothing() -> None:
    """No order yet, and none usual: zero, without an error."""
    found = outlook(mdrp(0, 1), ORDER, done=0, hours=0, usual=0, left=3)
    assert (found.orders, found.orders_high, found.pay_cents) == (0, 0, 1500)


def test_eight_of_ten_shifts_end_in_the_range() -> None:
    """Over all numbers of orders, at least 80 % of the probability lies within the range, and hardly any is lost."""
    wide = outlook(mdrp(0, 0), ORDER, done=6, hours=3, usual=2, left=4)
    sure = outlook(mdrp(0, 0), ORDER, done=600, hours=300, usual=2, left=4)
    assert wide.orders == pytest.approx(sure.orders)
    assert wide.orders_high - wide.orders_low > sure.orders_high - sure.orders_low
    assert (sure.orders_low, sure.orders_high) == (4, 12)  # Poisson with mean 8


def test_hours_to_come_are_paid_at_the_rates_to_come() -> None:
    """A shift that ends after the midnight of a raise is forecast with both wages."""
    now = stretch("2026-05-31 20:00", "2026-05-31 22:00")
    found = until_end(COOP_EMPLOYEE, CALENDAR, now, when("2026-06-01 02:00"))
    assert found.paid_cents == 2404 + 2462
    assert until_end(COOP_EMPLOYEE, CALENDAR, now, now.span.end - timedelta(hours=1)).paid_cents == 0
