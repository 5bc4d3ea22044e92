"""The running day: figures moved on entry by entry are those that the whole journal gives."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from dashboard.domain.pay import Account, Calendar, PayDay, account, account_at, booked, pay_slip, standing
from dashboard.domain.rules import NOBODY, Rule, Scheme
from dashboard.domain.rules_packs import MDRP, SEATTLE
from dashboard.domain.spans import Span
from dashboard.domain.workload import Workload, apply, history
from dashboard.domain.workload_states import Job, Stretch
from tests.unit.desk_script import COOP, Desk
from tests.unit.pay_work import PARIS

CALENDAR = Calendar(PARIS)
EVERYTHING = replace(
    SEATTLE.plus(
        Rule("wage", "hour_on_shift", Decimal("6.01"), NOBODY),
        Rule("order", "order", Decimal("2.10"), NOBODY),
        Rule("way", "km", Decimal("0.33"), NOBODY),
        Rule("night", "hour_on_shift", Decimal(25), NOBODY, when="night", percent_of="wage"),
        Rule("bicycle", "km", Decimal("0.12"), NOBODY, role="cost"),
        Rule("floor", "hour_on_shift", Decimal(12), NOBODY, role="floor", window="shift"),
    ),
    name="everything",
)


def evening() -> Desk:
    """Two couriers, thirty orders, a hand-over, a break and tips."""
    desk = Desk()
    desk.starts("lea", 0)
    desk.starts("tom", 7)
    for number in range(30):
        courier = "lea" if number % 3 else "tom"
        desk.delivers(f"o{number}", courier, 10 + 9 * number, 15 + 9 * number, 18 + 9 * number, tip_cents=number)
    desk.places("moved", 300)
    desk.gives("moved", "lea", 301)
    desk.gives("moved", "tom", 305)
    desk.shift("lea", "break", 306)
    desk.shift("lea", "resume", 331)
    return desk


@pytest.mark.parametrize("scheme", [MDRP, EVERYTHING], ids=lambda scheme: scheme.name)
def test_entry_by_entry_is_the_same_as_all_at_once(scheme: Scheme) -> None:
    """After every entry the running accounts hold what reading the whole journal so far gives."""
    day, work = PayDay(scheme, CALENDAR), Workload(COOP)
    stretches: list[Stretch] = []
    jobs: list[Job] = []
    for entry in evening().entries:
        work = apply(work, entry)
        day = booked(day, work)
        stretches += work.stretches
        jobs += work.jobs
    for courier in ("lea", "tom"):
        mine = [stretch for stretch in stretches if stretch.courier == courier]
        assert day.accounts[courier] == account(scheme, CALENDAR, mine, [job for job in jobs if job.courier == courier])


@pytest.mark.parametrize("scheme", [MDRP, EVERYTHING], ids=lambda scheme: scheme.name)
def test_the_running_day_ends_in_the_slip(scheme: Scheme) -> None:
    """When the shift is over, the running figures are the slip's: pay, top-up, tips and costs, to the cent."""
    desk = evening()
    desk.step("moved", "pick_up", 340)
    desk.step("moved", "deliver", 350)
    for courier in ("lea", "tom"):
        desk.shift(courier, "end", 400)
    day, work = PayDay(scheme, CALENDAR), Workload(COOP)
    for entry in desk.entries:
        work = apply(work, entry)
        day = booked(day, work)
    _, stretches, jobs = history(Workload(COOP), desk.entries)
    period = Span(desk.at(0), desk.at(600))
    slips = [pay_slip(courier, scheme, CALENDAR, period, stretches, jobs) for courier in ("lea", "tom")]
    for slip in slips:
        running = day.accounts[slip.courier]
        assert running.pay_cents == slip.total_cents - slip.tips_cents
        assert (running.tips_cents, running.costs_cents) == (slip.tips_cents, slip.costs_cents)
    coop = standing(day.accounts)
    assert coop.paid_cents + coop.short_cents + coop.tips_cents == sum(slip.total_cents for slip in slips)
    assert coop.tips_cents == sum(range(30))


def test_the_running_stretch_counts_up_to_now() -> None:
    """Between two entries the time on shift goes on: 30 minutes later the guarantee is 7.50 higher."""
    desk = Desk()
    desk.starts("lea", 0)
    work, _, _ = history(Workload(COOP), desk.entries)
    day = PayDay(MDRP, CALENDAR)
    assert [account_at(day, work, "lea", desk.at(minute)).short_cents for minute in (0, 30, 60)] == [0, 750, 1500]
    assert account_at(day, work, "nobody", desk.at(60)) == Account()


def test_an_earlier_part_of_a_window_is_an_account_to_begin_with() -> None:
    """A week's guarantee goes on from the account of the days before."""
    before = account(MDRP, CALENDAR, [], [])
    guarantee = MDRP.rules[1]
    week = PayDay(MDRP, CALENDAR, {"lea": before + Account({(guarantee, guarantee.rate): 10 * 3_600_000})})
    desk = Desk()
    desk.starts("lea", 0)
    work, _, _ = history(Workload(COOP), desk.entries)
    assert account_at(week, work, "lea", desk.at(60)).short_cents == 11 * 1500


def test_accounts_add_up_and_come_apart() -> None:
    """What was added can be taken away again."""
    desk = evening()
    _, stretches, jobs = history(Workload(COOP), desk.entries)
    whole = account(EVERYTHING, CALENDAR, stretches, jobs)
    half = account(EVERYTHING, CALENDAR, stretches[:20], jobs[:20])
    rest = account(EVERYTHING, CALENDAR, stretches[20:], jobs[20:])
    assert half + rest == whole
    assert (whole - rest).pay_cents == half.pay_cents
    assert half.times(3).paid_cents == (half + half + half).paid_cents


def test_what_is_kept_does_not_grow_with_the_day() -> None:
    """After 200 jobs an account has no more entries than after 20: one sum for each rule and rate."""
    desk, day, work, sizes = Desk(), PayDay(EVERYTHING, CALENDAR), Workload(COOP), {}
    desk.starts("lea", 0)
    for number in range(200):
        desk.delivers(f"o{number}", "lea", number, number + 0.3, number + 0.6)
    for entry in desk.entries:
        work = apply(work, entry)
        day = booked(day, work)
        if entry.kind == "order.delivered" and entry.subject in ("o19", "o199"):
            sizes[entry.subject] = len(day.accounts["lea"].counted)
    assert sizes["o199"] == sizes["o19"]
