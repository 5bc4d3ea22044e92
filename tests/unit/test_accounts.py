"""The accounts of a day at the desk: the running figures, the period's, and that both are the same money."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from dashboard.accounts import BookedAccounts, scheme_of
from dashboard.domain.refusals import Invalid, NotFound
from dashboard.domain.rules import NOBODY, Rule
from dashboard.domain.rules_packs import COOP_EMPLOYEE, MDRP
from dashboard.history import History
from dashboard.ledger import Ledger
from tests.unit.desk_script import COOP, Desk
from tests.unit.pay_work import PARIS

TODAY = date(2026, 5, 12)


def accounts_of(desk: Desk) -> BookedAccounts:
    """The accounts on that record; couriers in Paris."""
    ledger = Ledger(desk.store, lambda _: PARIS, lambda coop: scheme_of(desk.store, coop), desk.store.shifts)
    return BookedAccounts(desk.store, ledger, History(desk.store), lambda _: PARIS)


def afternoon(couriers: int = 2) -> Desk:
    """Some couriers from minute 0, each with three orders, all off shift at 180; the first has one more in hand."""
    desk = Desk()
    for number in range(couriers):
        name = f"c{number}"
        desk.starts(name, 0)
        for turn in range(3):
            start = 10 + 40 * turn + number
            desk.delivers(f"{name}-{turn}", name, start, start + 10, start + 20, tip_cents=100)
    return desk


def test_the_running_day_is_the_periods_pay() -> None:
    """Once all are off shift, the ledger and the frames tell the same cents, hours and jobs for everybody."""
    desk = afternoon()
    for name in ("c0", "c1"):
        desk.shift(name, "end", 180)
    accounts = accounts_of(desk)
    day, period = accounts.day(COOP, desk.at(181)), accounts.pay(COOP, TODAY, TODAY)
    assert [row.pay_cents for row in day.couriers] == [row.pay_cents + row.top_up_cents for row in period.couriers]
    assert [row.on_job for row in day.couriers] == [row.on_job for row in period.couriers] == [timedelta(hours=1)] * 2
    assert [row.jobs for row in day.couriers] == [3, 3]
    assert day.pay_cents == 2 * 3 * 1202, "three hours at the French minimum of May 2026"
    assert day.tips_cents == period.tips_cents == 600
    slip = accounts.pay(COOP, TODAY, TODAY, "c0").slip
    assert slip is not None
    assert slip.total_cents == 3 * 1202 + 300


def test_the_ledger_hears_what_it_would_read() -> None:
    """Told entry by entry, or begun late from the journal, the ledger tells the same day."""
    desk = afternoon()
    heard = Ledger(desk.store, lambda _: PARIS, lambda coop: scheme_of(desk.store, coop), desk.store.shifts)
    early = Desk()
    early.starts("c0", 0)
    del early
    heard.now(COOP, desk.at(0))
    desk.places("more", 185)
    desk.gives("more", "c0", 186)
    for entry in desk.entries[-3:]:
        heard.hear(entry)
    told = heard.now(COOP, desk.at(190))
    read = Ledger(desk.store, lambda _: PARIS, lambda coop: scheme_of(desk.store, coop), desk.store.shifts)
    again = read.now(COOP, desk.at(190))
    assert told.day.accounts == again.day.accounts
    assert told.tallies == again.tallies
    assert told.work.clocks == again.work.clocks


def test_an_order_costs_nothing_under_the_guarantee_and_its_price_above() -> None:
    """Under max(10 per order, 15 per hour) an order for somebody far below the guarantee costs the co-op 0."""
    desk = Desk()
    desk.starts("idle", 0)
    desk.starts("busy", 0)
    change_scheme(desk, "mdrp", TODAY)
    for turn in range(12):
        desk.delivers(f"o{turn}", "busy", 1 + 2 * turn, 2 + 2 * turn, 2.5 + 2 * turn)
    desk.places("next", 30)
    accounts = accounts_of(desk)
    assert accounts.scheme(COOP).name == MDRP.name
    idle, busy = (accounts.effect_of(COOP, "next", who, desk.at(31)) for who in ("idle", "busy"))
    assert (idle.effect.taker_cents, idle.effect.coop_cents) == (0, 0)
    assert (busy.effect.taker_cents, busy.effect.coop_cents) == (1000, 1000)
    with pytest.raises(NotFound):
        accounts.effect_of(COOP, "no such order", "idle", desk.at(31))
    desk.places("along", 30)
    both = accounts_of(desk).weighed(COOP, "next", ["busy"], desk.at(31), along=["along"]).effects["busy"]
    assert both.effect.taker_cents == 2000  # each drop-off of one pickup counts
    rows = {row.courier: row for row in accounts.day(COOP, desk.at(31)).couriers}
    assert rows["idle"].next_order_cents == 0
    assert rows["busy"].next_order_cents == 1000
    assert rows["idle"].short_cents == 1500 * 31 // 60, "31 minutes at 15 an hour, 10 an order"
    low, mean, high = rows["busy"].forecast_low_cents, rows["busy"].forecast_cents, rows["busy"].forecast_high_cents
    assert low is not None
    assert mean is not None
    assert high is not None
    assert low <= mean <= high


def change_scheme(desk: Desk, pack: str, since: date) -> None:
    """The co-op chooses a pack."""
    desk.dispatch.choose_pack(COOP, pack, since=since, by="assembly", at=desk.at(0))


def test_midnight_begins_a_new_day_but_not_for_who_is_on_shift() -> None:
    """After midnight a finished shift is yesterday's; one that goes on counts as a whole."""
    desk = Desk()
    desk.starts("early", 0)
    desk.shift("early", "end", 60)
    desk.starts("late", 660)
    accounts = accounts_of(desk)
    assert [row.courier for row in accounts.day(COOP, desk.at(700)).couriers] == ["early", "late"]
    after = accounts.day(COOP, desk.at(780)).couriers
    assert [(row.courier, row.on_shift) for row in after] == [("late", timedelta(hours=2))]


def test_fewer_than_five_see_nothing_of_each_other() -> None:
    """Four couriers: no figure of the group; five: figures, and one's own place only for who asks."""
    four = accounts_of(ended(afternoon(4))).fairness(COOP, TODAY, TODAY)
    assert four.too_few
    assert (four.gini, four.below, four.rates, four.lorenz, four.own) == (None, None, (), (), None)
    accounts = accounts_of(ended(afternoon(5)))
    five = accounts.fairness(COOP, TODAY, TODAY)
    assert (five.too_few, five.n, five.own) == (False, 5, None)
    assert five.below == 0
    assert five.rates == pytest.approx((1202,) * 5)
    own = accounts.fairness(COOP, TODAY, TODAY, own="c3").own
    assert own is not None
    assert own.courier == "c3"


def ended(desk: Desk) -> Desk:
    """Everybody goes home at minute 180."""
    for courier in desk.store.couriers(COOP):
        desk.shift(courier.id, "end", 180)
    return desk


def test_what_if_is_arithmetic_on_the_same_days() -> None:
    """At 20 cents an hour more, five couriers of three hours each gain 60 cents, and the co-op pays 3 € more."""
    accounts = accounts_of(ended(afternoon(5)))
    raised = COOP_EMPLOYEE.plus(Rule("bonus", "hour_on_shift", Decimal("0.20"), NOBODY))
    told: list[float] = []
    found = accounts.what_if(COOP, TODAY, TODAY, raised, told.append)
    assert (found.cost_cents, found.gainers, found.losers) == (300, 5, 0)
    assert (found.largest_gain_cents, found.largest_loss_cents, found.changes) == (60, 0, (60,) * 5)
    assert told == sorted(told)
    assert told[-1] == 1


def test_as_of_a_seq_the_figures_stay() -> None:
    """A snapshot as of an entry is the same, bit for bit, after more has happened."""
    desk = ended(afternoon(5))
    accounts = accounts_of(desk)
    seq = desk.store.head(COOP).seq
    frozen = accounts.period(COOP, TODAY, TODAY, seq)
    desk.starts("c0", 300)
    desk.delivers("later", "c0", 301, 310, 320)
    again = accounts.period(COOP, TODAY, TODAY, seq)
    assert frozen.tables.jobs.equals(again.tables.jobs)
    assert frozen.tables.stretches.equals(again.tables.stretches)
    assert accounts.period(COOP, TODAY, TODAY).tables.seq > seq


def test_workload_tells_both_hours_apart() -> None:
    """Three hours on shift, one on a job: utilisation a third, and pay per hour on shift is that share of the other."""
    accounts = accounts_of(ended(afternoon(5)))
    work, pay = accounts.workload(COOP, TODAY, TODAY), accounts.pay(COOP, TODAY, TODAY)
    for row, paid in zip(work.couriers, pay.couriers, strict=True):
        assert (row.on_shift, row.on_job) == (timedelta(hours=3), timedelta(hours=1))
        assert row.utilisation == pytest.approx(1 / 3)
        assert paid.per_hour_on_shift == pytest.approx(row.utilisation * (paid.per_hour_on_job or 0))
        assert (row.jobs, row.metres) == (3, 3003)
    waited = [(row.restaurant, row.hour, row.pickups, row.known, row.median) for row in work.waiting]
    assert waited == [("bistro", 12, 5, 0, None), ("bistro", 13, 10, 0, None)]


def test_a_correction_is_a_line_of_the_slip_and_of_nobody_elses() -> None:
    """Two euros added afterwards are in the courier's total, as a correction, with who and why in the journal."""
    desk = ended(afternoon(2))
    before = accounts_of(desk).pay(COOP, TODAY, TODAY)
    desk.dispatch.correct_pay(COOP, "c0", 200, reason="forgotten tip", by="eva", at=desk.at(200))
    after = accounts_of(desk).pay(COOP, TODAY, TODAY)
    changes = [b.total_cents - a.total_cents for a, b in zip(before.couriers, after.couriers, strict=True)]
    assert changes == [200, 0]
    assert after.couriers[0].correction_cents == 200
    assert (desk.entries[-1].kind, desk.entries[-1].actor) == ("pay.corrected", "eva")
    with pytest.raises(Invalid):
        desk.dispatch.correct_pay(COOP, "c0", 200, reason=" ", by="eva", at=desk.at(201))
    with pytest.raises(NotFound):
        desk.dispatch.correct_pay(COOP, "nobody", 200, reason="x", by="eva", at=desk.at(201))


def test_a_rule_that_was_voted_is_in_force_from_its_day() -> None:
    """A supplement voted for tomorrow changes nothing today, and cannot begin before the version that it follows."""
    desk = ended(afternoon(5))
    raised = Rule("evening", "hour_on_shift", Decimal(20), NOBODY, since=date(2026, 5, 13))
    desk.dispatch.change_rule(COOP, raised, by="assembly", at=desk.at(190), minutes="AG 2026-05")
    accounts = accounts_of(desk)
    assert accounts.pay(COOP, TODAY, TODAY).couriers[0].pay_cents == 3 * 1202
    assert [mark.what for mark in accounts.fairness(COOP, TODAY, date(2026, 5, 14)).marks] == ["evening"]
    with pytest.raises(Invalid):
        desk.dispatch.change_rule(COOP, raised, by="assembly", at=desk.at(191))
    with pytest.raises(Invalid):
        desk.dispatch.choose_pack(COOP, "no such pack", since=TODAY, by="eva", at=desk.at(192))
