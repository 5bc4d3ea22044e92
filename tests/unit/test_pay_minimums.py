"""The legal minimums on the reference week of six couriers, and on single offers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from dashboard.domain.pay import Account, Calendar, account, coop_checks, offer_checks, pay_slip, shared_out
from dashboard.domain.rules import NOBODY, Rule, Scheme
from dashboard.domain.rules_packs import ARPE, COOP_EMPLOYEE, NYC, ONTARIO, SEATTLE
from dashboard.domain.spans import Span, local_week
from dashboard.domain.workload_states import IDLE, TO_DROPOFF, Stretch
from tests.unit.fairness_expected import WEEK
from tests.unit.pay_work import NEW_YORK, PARIS, job

MONDAY = datetime(2026, 6, 8, 6, tzinfo=UTC)


def week_of(row: dict[str, int], scheme: Scheme, calendar: Calendar) -> Account:
    """A courier's reference week, its pay agreed as a sum and its tips apart."""
    on_job = MONDAY + timedelta(minutes=row["on_job_min"])
    end = MONDAY + timedelta(minutes=row["on_shift_min"])
    work = (
        Stretch(row["courier"], TO_DROPOFF, Span(MONDAY, on_job), MONDAY),  # type: ignore[arg-type]
        Stretch(row["courier"], IDLE, Span(on_job, end), MONDAY),  # type: ignore[arg-type]
    )
    found = account(scheme, calendar, work)
    return replace(found, agreed_cents=round(row["base_pay"] * 100), tips_cents=round(row["tips"] * 100))


def all_weeks(scheme: Scheme, calendar: Calendar) -> dict[str, Account]:
    """The six accounts by courier."""
    return {row["courier"]: week_of(row, scheme, calendar) for row in WEEK["rows"]}


def test_the_french_minimum_per_hour_on_shift() -> None:
    """Top-ups of 10.85, 22.54, 4.65, 0, 52.72 and 7.75 €, together 98.51 €."""
    floors = Scheme("smic", "EUR", COOP_EMPLOYEE.versions("smic"))
    found = [one.short_cents for one in all_weeks(floors, Calendar(PARIS)).values()]
    assert found == [1085, 2254, 465, 0, 5272, 775]
    assert found == [round(row["top_up_to_smic"] * 100) for row in WEEK["rows"]]
    assert sum(found) == 9851


def test_the_arpe_minimum_per_hour_on_a_job() -> None:
    """All six pass 11.75 € an hour on a job, the one who earns 7.92 € an hour on shift included."""
    accounts = all_weeks(ARPE, Calendar(PARIS))
    expected = [round(row["top_up_to_arpe"] * 100) for row in WEEK["rows"]]
    assert [one.short_cents for one in accounts.values()] == expected == [0] * 6
    assert accounts["e"].required == Decimal("11.75") * Decimal("3.6")


def test_new_yorks_individual_and_aggregate_minimum() -> None:
    """Each courier's trip time at 22.13 $, and 3,518.67 $ for all time together, of which 1,316.89 $ are missing."""
    accounts = all_weeks(NYC, Calendar(NEW_YORK))
    assert [one.required for one in accounts.values()] == [
        Decimal(str(round(amount, 6))) for amount in WEEK["team"]["nyc_individual"]
    ]
    (check,) = coop_checks(accounts)
    assert check.required == Decimal("3518.67")
    assert check.paid == Decimal("2201.776")
    assert check.short_cents == 131_689


def test_tips_change_no_minimum() -> None:
    """Without their tips the six couriers lack the same sums."""
    accounts = all_weeks(NYC, Calendar(NEW_YORK))
    without = {name: replace(one, tips_cents=0) for name, one in accounts.items()}
    assert coop_checks(without) == coop_checks(accounts)
    assert [one.short_cents for one in without.values()] == [one.short_cents for one in accounts.values()]


def test_a_shortfall_is_shared_out_to_the_cent() -> None:
    """In proportion to time on shift, and together exactly the sum."""
    hours = {row["courier"]: row["on_shift_min"] for row in WEEK["rows"]}
    shares = shared_out(131_689, hours)
    assert sum(shares.values()) == 131_689
    assert all(abs(share - 131_689 * hours[name] / 9540) < 1 for name, share in shares.items())
    assert shared_out(2, {"a": 1, "b": 1, "c": 1}) == {"a": 1, "b": 1, "c": 0}
    with pytest.raises(ValueError, match="nobody"):
        shared_out(5, {"a": 0})


def test_the_wage_of_a_whole_week_needs_no_top_up() -> None:
    """Who is paid the minimum wage by the hour never lacks a cent of it, however the hours are cut."""
    seconds = (17, 3601, 7203, 999, 13_333, 1)
    starts = [MONDAY + timedelta(days=day) for day in range(len(seconds))]
    work = [
        Stretch("lea", IDLE, Span(start, start + timedelta(seconds=n, milliseconds=n % 7)), start)
        for start, n in zip(starts, seconds, strict=True)
    ]
    weekly = Scheme("w", "EUR", tuple(replace(rule, window="week") for rule in COOP_EMPLOYEE.rules))
    slip = pay_slip("lea", weekly, Calendar(PARIS), local_week(date(2026, 6, 8), PARIS), work, [])
    assert [line.role for line in slip.lines] == ["pay"]


PER_ORDER = Rule("per_order", "order", Decimal(4), NOBODY)


@pytest.mark.parametrize(
    ("closed", "minutes", "metres", "outcome", "required", "short"),
    [
        # 2025: 0.45 a minute + 0.77 a mile, at least 5.20
        ("2025-07-01 12:00", 10, 1609.344, "delivered", "5.27", 127),
        ("2025-07-01 12:00", 5, 1609.344, "delivered", "5.20", 120),
        ("2025-07-01 12:00", 20, 4828.032, "delivered", "11.31", 731),
        ("2025-07-01 12:00", 10, 1609.344, "cancelled", "5.27", 527),  # no pay for it, but the minimum
        ("2025-07-01 12:00", 10, 1609.344, "handed_over", "4.50", 450),  # time only
        # 2024: 0.44 a minute + 0.74 a mile, at least 5.00
        ("2024-12-31 23:59", 10, 1609.344, "delivered", "5.14", 114),
        ("2025-01-01 00:00", 10, 1609.344, "delivered", "5.27", 127),
    ],
)
def test_seattle_per_offer(closed: str, minutes: float, metres: float, outcome: str, required: str, short: int) -> None:
    """Each offer's minutes and miles at the rates of its year, or the least amount, against what it has earned."""
    scheme = SEATTLE.plus(PER_ORDER)
    one = job("o1", closed, minutes=minutes, metres=round(metres), outcome=outcome)
    (check,) = offer_checks(scheme, Calendar(PARIS), [one])
    assert check.required.quantize(Decimal("0.01")) == Decimal(required)
    assert check.short_cents == short
    assert account(scheme, Calendar(PARIS), jobs=[one]).offers_cents == short


def test_ontario_per_assignment() -> None:
    """20 minutes at 17.20 $ an hour in August 2025 are 5.73 $; a job that earned 6 $ needs nothing."""
    poor, good = (job(f"o{n}", "2025-08-01 12:00", minutes=n) for n in (20, 13))
    scheme = ONTARIO.plus(PER_ORDER)
    assert [check.short_cents for check in offer_checks(scheme, Calendar(PARIS), [poor, good])] == [173, 0]
    period = Span(poor.assigned_at, poor.closed_at + timedelta(days=1))
    slip = pay_slip("lea", scheme, Calendar(PARIS), period, [], [poor, good])
    assert [(line.name, line.amount_cents) for line in slip.lines] == [("per_order", 800), ("ontario", 173)]
    assert {part.what: part.quantity for part in slip.lines[1].inputs}["required"] == Decimal("17.20") * Decimal(
        "0.3333"
    )


def test_before_a_law_there_is_no_floor() -> None:
    """An assignment before 1 July 2025 has no minimum in Ontario."""
    assert list(offer_checks(ONTARIO, Calendar(PARIS), [job("o1", "2025-06-30 23:00")])) == []


def test_an_hourly_wage_counts_for_the_offer_that_it_paid() -> None:
    """Who is paid 20 $ an hour on shift has 6.67 $ for 20 minutes, more than Ontario asks."""
    scheme = ONTARIO.plus(Rule("wage", "hour_on_shift", Decimal(20), NOBODY))
    (check,) = offer_checks(scheme, Calendar(PARIS), [job("o1", "2025-08-01 12:00")])
    assert (check.earned, check.short_cents) == (Decimal(20) * Decimal("0.3333"), 0)
