"""Pay of what was taken back: a delivery by mistake is not paid, and the real one once, by every way of counting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

import pytest

from dashboard.desk_acts import DeskActs
from dashboard.domain.orders import Order
from dashboard.domain.pay import Calendar, account
from dashboard.domain.workload_states import Job
from dashboard.history import tables_of
from dashboard.ledger import Ledger
from dashboard.tables import jobs_of, stretches_of
from dashboard.undoing import Undoing
from tests.unit.desk_script import BISTRO, COOP, DOOR, Desk
from tests.unit.pay_work import PARIS
from tests.unit.test_pay_day import EVERYTHING


@dataclass
class Day:
    """A courier, an order that is on the bicycle since minute 10, and what happens to it then."""

    desk: Desk = field(default_factory=Desk)

    def __post_init__(self) -> None:
        self.desk.starts("lea", 0)
        self.desk.places("o1", 5, tip_cents=200)
        self.desk.gives("o1", "lea", 5)
        self.desk.step("o1", "pick_up", 10)

    def undo(self, minute: float) -> None:
        """Whoever made the last step takes it back."""
        undoing = Undoing(self.desk.store, self.desk.dispatch, lambda: f"c{minute}")
        undoing.undo(COOP, by="courier", at=self.desk.at(minute))

    def reopen(self, minute: float) -> None:
        """The desk opens the order again."""
        acts = DeskActs(self.desk.store, self.desk.dispatch, lambda _: PARIS, lambda: "c")
        acts.override(COOP, "o1", "reopen", reason="the wrong one", by="desk", at=self.desk.at(minute))

    def jobs(self) -> list[Job]:
        """As the accounts of a period have them."""
        return list(jobs_of(tables_of(self.desk.entries), "lea"))

    def both_accounts(self, minute: float) -> tuple[object, object]:
        """The running day's account, and that of the frames: what is counted by jobs."""
        ledger = Ledger(self.desk.store, lambda _: PARIS, lambda _: EVERYTHING, self.desk.store.shifts)
        running = ledger.now(COOP, self.desk.at(minute))
        tables = tables_of(self.desk.entries)
        whole = account(EVERYTHING, Calendar(PARIS), stretches_of(tables, "lea"), jobs_of(tables, "lea"))
        booked = running.day.accounts["lea"]
        return {k: v for k, v in booked.counted.items() if v}, {k: v for k, v in whole.counted.items() if v}


@pytest.mark.parametrize("back", [Day.undo, Day.reopen])
def test_a_delivery_by_mistake_is_paid_once(back: Callable[[Day, float], None]) -> None:
    """Taken back and delivered later, it is one job from its assignment on, with its tip once, however it went back."""
    day = Day()
    day.desk.step("o1", "deliver", 20)
    back(day, 21)
    assert day.jobs() == []
    day.desk.step("o1", "deliver", 30)
    (job,) = day.jobs()
    assert (job.outcome, job.tip_cents, job.assigned_at) == ("delivered", 200, day.desk.at(5))
    assert (job.picked_up_at, job.closed_at) == (day.desk.at(10), day.desk.at(30))
    assert job.on_job_ms == (15 + 9) * 60_000
    running, whole = day.both_accounts(31)
    assert running == whole


def test_a_delivery_that_was_none_is_not_paid() -> None:
    """Taken back and then failed: no job delivered, no tip, and both ways of counting agree."""
    day = Day()
    day.desk.step("o1", "deliver", 20)
    day.undo(21)
    day.desk.step("o1", "fail", 25)
    assert [job.outcome for job in day.jobs()] == ["failed"]
    running, whole = day.both_accounts(31)
    assert running == whole
    ledger = Ledger(day.desk.store, lambda _: PARIS, lambda _: EVERYTHING, day.desk.store.shifts)
    now = ledger.now(COOP, day.desk.at(31))
    assert (now.day.accounts["lea"].tips_cents, now.tallies["lea"].jobs) == (0, 0)


def test_taken_back_twice_is_still_one_job() -> None:
    """Delivered, undone, done again, undone, delivered: one job, and the ledger that heard each entry agrees."""
    day = Day()
    day.desk.step("o1", "deliver", 20)
    ledger = Ledger(day.desk.store, lambda _: PARIS, lambda _: EVERYTHING, day.desk.store.shifts)
    ledger.now(COOP, day.desk.at(20.5))
    names = count()
    undoing = Undoing(day.desk.store, day.desk.dispatch, lambda: f"c{next(names)}")
    for minute, step in ((21, undoing.undo), (22, undoing.redo), (23, undoing.undo)):
        step(COOP, by="courier", at=day.desk.at(minute))
    day.desk.step("o1", "deliver", 30)
    assert [job.outcome for job in day.jobs()] == ["delivered"]
    running, whole = day.both_accounts(31)
    assert running == whole
    assert {k: v for k, v in ledger.now(COOP, day.desk.at(31)).day.accounts["lea"].counted.items() if v} == whole


def test_an_undone_assignment_is_no_job_done() -> None:
    """Given by mistake and taken back: a job that was taken back, with no tip and no pay by the order."""
    desk = Desk()
    desk.starts("lea", 0)
    desk.places("o1", 5, tip_cents=200)
    desk.gives("o1", "lea", 5)
    Undoing(desk.store, desk.dispatch, lambda: "c").undo(COOP, by="desk", at=desk.at(5.1))
    tables = tables_of(desk.entries)
    assert [job.outcome for job in jobs_of(tables, "lea")] == ["taken_back"]
    assert account(EVERYTHING, Calendar(PARIS), (), jobs_of(tables, "lea")).tips_cents == 0


def test_refused_while_a_courier_had_it_is_a_job_that_came_to_nothing() -> None:
    """A kitchen may refuse what was given already: the accounts count it as cancelled."""
    desk = Desk()
    desk.starts("lea", 0)
    draft = Order("o1", COOP, "o1", BISTRO, DOOR, desk.at(5), kind="meal", restaurant="bistro")
    desk.dispatch.place(COOP, draft, by="shop", at=desk.at(5))
    desk.gives("o1", "lea", 6)
    desk.step("o1", "refuse", 7)
    assert [job.outcome for job in jobs_of(tables_of(desk.entries), "lea")] == ["cancelled"]
