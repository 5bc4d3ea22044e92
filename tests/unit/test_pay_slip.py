"""Pay slips: every component, lines that anybody can compute again, and totals to the cent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from dashboard.domain.events import Fact, Head, seal
from dashboard.domain.pay import Calendar, Correction, Slip, corrections, pay_slip
from dashboard.domain.rules import NOBODY, Rule, Scheme
from dashboard.domain.rules_packs import COOP_EMPLOYEE, MDRP, NYC
from dashboard.domain.spans import Span, local_month
from dashboard.domain.workload_states import Job, Stretch
from tests.unit.pay_work import NEW_YORK, PARIS, job, span, stretch, when

MAY = local_month(date(2026, 5, 12), PARIS)
JUNE = local_month(date(2026, 6, 1), PARIS)
CALENDAR = Calendar(PARIS, frozenset({date(2026, 5, 14)}), (span("2026-05-12 18:30", "2026-05-12 19:00"),))
WORK = (
    stretch("2026-05-12 18:00", "2026-05-12 19:00"),
    stretch("2026-05-12 19:00", "2026-05-12 19:20", "to_pickup"),
    stretch("2026-05-12 19:20", "2026-05-12 20:00", "break"),
    stretch("2026-05-12 21:00", "2026-05-12 23:00", "to_dropoff"),
)
JOBS = (
    job("o1", "2026-05-12 19:20", metres=2500, weight_g=16_000, ascent_m=80, at_pickup_ms=420_000, tip_cents=150),
    job("o2", "2026-05-12 22:30", metres=1250, new_stop=False, at_pickup_ms=60_000),
    job("o3", "2026-05-12 22:40", metres=1000, outcome="handed_over", tip_cents=900),
    job("o4", "2026-05-12 22:50", metres=500, outcome="failed"),
)


def slip(*rules: Rule, work: tuple[Stretch, ...] = WORK, jobs: tuple[Job, ...] = JOBS, **more: Any) -> Slip:
    """Léa's slip for May under these rules."""
    return pay_slip("lea", Scheme("ours", "EUR", rules), CALENDAR, MAY, work, jobs, **more)


def rule(measure: str, rate: str, **fields: Any) -> Rule:
    """A rule of that name."""
    return Rule(fields.pop("name", "r"), measure, Decimal(rate), NOBODY, **fields)


@pytest.mark.parametrize(
    ("one", "quantity", "cents"),
    [
        (rule("hour_on_shift", "12.02"), "3.3333", 4007),  # 3 h 20 min
        (rule("hour_on_job", "15"), "2.3333", 3500),
        (rule("minute_on_job", "0.30"), "140.00", 4200),
        (rule("order", "4.10"), "2", 820),
        (rule("order", "2", outcomes=("delivered", "failed")), "3", 600),
        (rule("dropoff", "4.10"), "1", 410),
        (rule("km", "0.85"), "3.750", 319),  # 3.1875 €, half a cent and more goes up
        (rule("minute_at_pickup", "0.25", beyond_ms=240_000), "3.00", 75),
        (rule("ascent_100m", "0.50"), "0.80", 40),
        (rule("order", "1.50", ascent_from_m=80), "1", 150),
        (rule("order", "2", load_from_g=15_000), "1", 200),
        (rule("hour_on_shift", "3", when="night"), "1.0000", 300),
        (rule("order", "1", when="night"), "1", 100),
        (rule("hour_on_shift", "2", when="rain"), "0.5000", 100),
    ],
)
def test_every_component(one: Rule, quantity: str, cents: int) -> None:
    """Each component of pay counts what it names, no more, and makes one line of quantity × rate."""
    found = slip(one)
    (line,) = (line for line in found.lines if line.role == "pay")
    assert (line.quantity, line.rate, line.amount_cents) == (Decimal(quantity), one.rate, cents)
    assert found.total_cents == cents + 150  # and the tip


@pytest.mark.parametrize(("when_", "day"), [("sunday", "2026-05-17"), ("bank_holiday", "2026-05-14")])
def test_supplements_by_day(when_: str, day: str) -> None:
    """Sundays and bank holidays are paid from midnight to midnight on the wall."""
    work = (stretch(f"{day} 20:00", f"{day} 23:00"),)
    assert slip(rule("hour_on_shift", "4", when=when_), work=work, jobs=()).total_cents == 1200
    assert slip(rule("hour_on_shift", "4", when=when_), jobs=()).lines == ()


def test_a_percentage_follows_the_wage_that_it_is_a_part_of() -> None:
    """25 % at night of a wage that changes at midnight makes two lines, each at the wage of its night hours."""
    night = rule("hour_on_shift", "25", name="night", when="night", percent_of="wage")
    scheme = COOP_EMPLOYEE.plus(night)
    period = Span(when("2026-05-31 12:00"), when("2026-06-02 12:00"))
    found = pay_slip("lea", scheme, CALENDAR, period, [stretch("2026-05-31 22:00", "2026-06-01 02:00")], [])
    assert [(line.quantity, line.rate, line.amount_cents) for line in found.lines if line.name == "night"] == [
        (Decimal("2.0000"), Decimal("3.005"), 601),
        (Decimal("2.0000"), Decimal("3.0775"), 616),
    ]


def test_a_shift_across_the_night_of_a_change_uses_both_wages() -> None:
    """Two hours at 12.02 before midnight of 1 June and two at 12.31 after it: 48.66 €."""
    period = Span(when("2026-05-31 12:00"), when("2026-06-02 12:00"))
    found = pay_slip("lea", COOP_EMPLOYEE, CALENDAR, period, [stretch("2026-05-31 22:00", "2026-06-01 02:00")], [])
    assert [(line.quantity, line.rate, line.amount_cents) for line in found.lines] == [
        (Decimal(2), Decimal("12.02"), 2404), (Decimal(2), Decimal("12.31"), 2462),
    ]  # fmt: skip
    assert found.total_cents == 4866


def test_new_yorks_change_falls_on_its_own_midnight() -> None:
    """Four hours of trips around midnight in New York need 2 × 21.44 + 2 × 22.13 = 87.14 $ for the week."""
    week = Span(when("2026-03-30 00:00", NEW_YORK), when("2026-04-06 00:00", NEW_YORK))
    work = [stretch("2026-03-31 22:00", "2026-04-01 02:00", "to_pickup", zone=NEW_YORK)]
    # The scheme's 168 hours are counted from a winter Monday: in summer a period begins at one in the morning.
    period = Span(week.start, when("2026-04-06 01:00", NEW_YORK))
    found = pay_slip("lea", NYC, Calendar(NEW_YORK), period, work, [])
    assert [(line.name, line.amount_cents) for line in found.lines] == [("nyc_trip", 8714)]


def test_the_end_of_a_month_falls_where_the_wall_says() -> None:
    """Of a shift into June, May's slip has the hours before midnight and June's the rest: nothing lost, none twice."""
    work = [stretch("2026-05-31 22:00", "2026-06-01 02:00")]
    hourly = Scheme("ours", "EUR", (rule("hour_on_shift", "12"),))
    amounts = [pay_slip("lea", hourly, CALENDAR, period, work, []).total_cents for period in (MAY, JUNE)]
    assert amounts == [2400, 2400]


def test_a_months_guarantee_is_on_that_months_slip_alone() -> None:
    """April's top-up ends with April: May's slip, made from the same work, has only its own."""
    floor = Scheme("ours", "EUR", (rule("hour_on_shift", "12", name="floor", role="floor", window="month"),))
    work = [stretch("2026-04-10 18:00", "2026-04-10 20:00"), stretch("2026-05-10 18:00", "2026-05-10 21:00")]
    april = local_month(date(2026, 4, 10), PARIS)
    amounts = [pay_slip("lea", floor, CALENDAR, period, work, []).total_cents for period in (april, MAY)]
    assert amounts == [2400, 3600]


def test_time_that_goes_on_is_one_input() -> None:
    """Two stretches that touch are printed as one span, others apart."""
    (line,) = (line for line in slip(rule("hour_on_shift", "12"), jobs=()).lines)
    assert [part.what for part in line.inputs] == [
        "2026-05-12T16:00:00.000Z/2026-05-12T17:20:00.000Z", "2026-05-12T19:00:00.000Z/2026-05-12T21:00:00.000Z",
    ]  # fmt: skip


def test_a_guarantee_per_shift_is_on_the_slip_of_the_shifts_end() -> None:
    """10 per order or 15 an hour, per shift: a poor and a good shift are not averaged, and each is topped up once."""
    work = [
        stretch("2026-05-12 18:00", "2026-05-12 22:00"),
        stretch("2026-05-13 18:00", "2026-05-13 22:00"),
        stretch("2026-05-31 22:00", "2026-06-01 02:00"),
    ]
    shifts = [one.shift for one in work]
    jobs = [job(f"p{n}", "2026-05-12 20:00", shift=shifts[0]) for n in range(3)]
    jobs += [job(f"g{n}", "2026-05-13 20:00", shift=shifts[1]) for n in range(8)]
    may = pay_slip("lea", MDRP, CALENDAR, MAY, work, jobs)
    assert [(line.role, line.amount_cents) for line in may.lines] == [("pay", 11_000), ("top_up", 3000)]
    june = pay_slip("lea", MDRP, CALENDAR, JUNE, work, jobs)
    assert [(line.role, line.amount_cents) for line in june.lines] == [("top_up", 6000)]


def test_a_delivery_after_the_shift_is_paid_by_the_hour_unless_the_rule_says_not() -> None:
    """Ten minutes after the end with a meal on board are time on shift, but not under the MDRP's guarantee."""
    late = replace(stretch("2026-05-12 22:00", "2026-05-12 22:10", "to_dropoff"), after_shift=True)
    work = (stretch("2026-05-12 21:00", "2026-05-12 22:00"), late)
    assert slip(rule("hour_on_shift", "12"), work=work, jobs=()).total_cents == 1400
    assert slip(rule("hour_on_shift", "12", after_shift=False), work=work, jobs=()).total_cents == 1200
    assert not MDRP.versions("guarantee")[0].after_shift


def test_what_a_shorter_window_adds_counts_in_the_longer_one() -> None:
    """A daily guarantee's top-up is part of what the month has earned, so the month adds only the rest."""
    day = rule("hour_on_shift", "10", name="day", role="floor", window="day")
    whole = rule("hour_on_shift", "12", name="month", role="floor", window="month")
    found = slip(day, whole, work=(stretch("2026-05-12 18:00", "2026-05-12 22:00"),), jobs=())
    assert [(line.name, line.amount_cents) for line in found.lines] == [("day", 4000), ("month", 800)]


def test_tips_are_a_line_of_their_own_and_reach_no_minimum() -> None:
    """A courier below the guarantee gets the same top-up with a tip as without."""
    floor = rule("hour_on_shift", "12", name="floor", role="floor", window="month")
    with_tip, without = slip(floor), slip(floor, jobs=tuple(replace(one, tip_cents=0) for one in JOBS))
    assert with_tip.top_up_cents == without.top_up_cents == 4000
    assert (with_tip.tips_cents, without.tips_cents) == (150, 0)
    assert with_tip.total_cents == without.total_cents + 150


def test_pay_that_does_not_count_reaches_no_minimum() -> None:
    """A reimbursement is paid on top of the guarantee, not instead of it."""
    floor = rule("hour_on_shift", "12", name="floor", role="floor", window="month")
    counting, beside = (slip(rule("km", "1", counts=counts), floor) for counts in (True, False))
    assert counting.total_cents == 4000 + 150
    assert beside.total_cents == 4000 + 375 + 150


def test_costs_stand_beside_the_pay() -> None:
    """What bicycle and telephone cost the courier is shown and not taken off."""
    found = slip(rule("order", "4"), rule("km", "0.12", name="bicycle", role="cost"))
    assert (found.total_cents, found.costs_cents) == (800 + 150, 45)
    assert [line.role for line in found.lines] == ["pay", "tip"]


def test_corrections_are_new_entries() -> None:
    """A correction in the journal makes a line on the slip of the day it was written, with who, why and of what."""
    fact = Fact("pay.corrected", "lea", 1, {"amount_cents": -250, "reason": "o2 counted twice", "corrects": "o2"})
    entry = seal(fact, Head(), coop="velo", id="1", at=when("2026-05-20 10:00"), actor="tom")
    (found,) = corrections([entry])
    assert found == Correction("lea", -250, "o2 counted twice", "tom", entry.at, "o2")
    mended = slip(rule("order", "4"), corrections=[found, replace(found, courier="max")])
    assert [(line.role, line.amount_cents) for line in mended.lines] == [
        ("pay", 800),
        ("correction", -250),
        ("tip", 150),
    ]
    assert mended.lines[1].decision.by == "tom"
    assert slip(rule("order", "4"), corrections=[replace(found, at=when("2026-06-02 10:00"))]).total_cents == 950


def test_a_correction_counts_towards_the_guarantee_unless_it_says_not() -> None:
    """What is taken away below the guarantee is topped up again; a gift that does not count is paid on top."""
    floor = rule("hour_on_shift", "12", name="floor", role="floor", window="month")
    gift = Correction("lea", 1000, "storm", "tom", when("2026-05-20 10:00"))
    assert slip(floor, corrections=[gift]).total_cents == 4000 + 150
    assert slip(floor, corrections=[replace(gift, counts=False)]).total_cents == 5000 + 150


def test_anybody_can_compute_a_slip_again() -> None:
    """Each line is quantity × rate rounded half up, its inputs make its quantity, and the lines make the total."""
    rules = [
        rule("hour_on_shift", "12.02", name="wage"),
        rule("km", "0.85", name="way"),
        rule("order", "1.15", name="o"),
    ]
    work = tuple(stretch(f"2026-05-{day} 18:00", f"2026-05-{day} 21:{day}") for day in range(11, 21))
    jobs = tuple(job(f"o{n}", "2026-05-12 19:00", metres=777 + n, tip_cents=33) for n in range(37))
    found = slip(*rules, rule("hour_on_shift", "13", name="floor", role="floor", window="week"), work=work, jobs=jobs)
    assert found.total_cents == sum(line.amount_cents for line in found.lines)
    for line in found.lines:
        again = (line.quantity * line.rate * 100).quantize(Decimal(1), ROUND_HALF_UP)
        assert line.amount_cents == again
    wage, way, orders = (line for line in found.lines if line.role == "pay")
    assert abs(sum(part.quantity for part in wage.inputs) - wage.quantity) < Decimal("0.0005")
    assert sum(part.quantity for part in way.inputs) == way.quantity
    assert len(orders.inputs) == orders.quantity == 37
    for top_up in (line for line in found.lines if line.role == "top_up"):
        named = {part.what: part.quantity for part in top_up.inputs}
        assert named["required"] == 13 * named["hour_on_shift"]
        assert top_up.rate == (named["required"] - named["earned"]).quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_other_couriers_work_is_not_on_the_slip() -> None:
    """A slip made from the whole team's work has one courier's lines."""
    others = (*WORK, stretch("2026-05-12 18:00", "2026-05-12 23:00", courier="tom"))
    assert slip(rule("hour_on_shift", "12"), work=others).total_cents == slip(rule("hour_on_shift", "12")).total_cents
