"""Working time as the journal tells it."""

from __future__ import annotations

from datetime import timedelta

from dashboard.domain.spans import total
from dashboard.domain.working_time import RED, check
from dashboard.domain.working_time_record import Record, recorded
from dashboard.domain.workload import Workload, history, new_period
from dashboard.domain.workload_clock import pieces
from tests.unit.desk_script import COOP, Desk
from tests.unit.pay_work import PARIS

BREATHER = timedelta(minutes=20)


def record(desk: Desk, courier: str = "lea") -> Record:
    """The courier's shifts so far."""
    _, stretches, _ = history(Workload(COOP), desk.entries)
    return recorded((), [stretch for stretch in stretches if stretch.courier == courier])


def hours(shifts: Record) -> list[float]:
    """Working hours of each shift."""
    return [total(shift.spans(BREATHER)) / timedelta(hours=1) for shift in shifts]


def test_shifts_with_their_breaks() -> None:
    """Two shifts, one with a real break: the break is no work, the time off between them neither."""
    desk = Desk()
    desk.starts("lea", 0)
    desk.shift("lea", "break", 60)
    desk.shift("lea", "resume", 90)
    desk.shift("lea", "end", 180)
    desk.starts("lea", 300)
    desk.shift("lea", "end", 360)
    assert hours(record(desk)) == [2.5, 1]


def test_a_break_with_a_delivery_in_it_is_no_break() -> None:
    """Thirty minutes cut by a delivery into 15 and 15 are work; taken whole they are rest."""
    for delivered, expected in ((75, 3), (60, 2.5)):
        desk = Desk()
        desk.starts("lea", 0)
        desk.places("o1", 10)
        desk.gives("o1", "lea", 10)
        desk.step("o1", "pick_up", 30)
        if delivered == 60:
            desk.step("o1", "deliver", 60)
        desk.shift("lea", "break", 60)
        if delivered == 75:
            desk.step("o1", "deliver", 75)
        desk.shift("lea", "resume", 90)
        desk.shift("lea", "end", 180)
        assert hours(record(desk)) == [expected]


def test_neither_the_desk_nor_midnight_spoils_a_break() -> None:
    """An order taken away during a break, and a day that ends in it, leave the break whole."""
    desk = Desk()
    desk.starts("lea", 0)
    desk.places("o1", 10)
    desk.gives("o1", "lea", 10)
    desk.shift("lea", "break", 60)
    desk.takes_back("o1", 70)
    work, stretches, _ = history(Workload(COOP), desk.entries)
    work = new_period(work, desk.at(78))
    stretches += work.stretches
    known = len(desk.entries)
    desk.shift("lea", "resume", 85)
    desk.shift("lea", "end", 120)
    _, rest, _ = history(work, desk.entries[known:])
    (shift,) = recorded((), [*stretches, *rest])
    assert [pause.length for pause in shift.breaks] == [timedelta(minutes=25)]
    assert hours((shift,)) == [95 / 60]


def test_breaks_that_only_touch_stay_two() -> None:
    """Ending a break and starting another at once makes two short ones, both counted as work."""
    desk = Desk()
    desk.starts("lea", 0)
    for start, end in ((60, 75), (75, 90)):
        desk.shift("lea", "break", start)
        desk.shift("lea", "resume", end)
    desk.shift("lea", "end", 120)
    assert hours(record(desk)) == [2]


def test_work_after_the_end_of_the_shift_is_working_time() -> None:
    """A meal that is still on the bicycle keeps the working day going."""
    desk = Desk()
    desk.starts("lea", 0)
    desk.places("o1", 0)
    desk.gives("o1", "lea", 0)
    desk.step("o1", "pick_up", 50)
    desk.shift("lea", "end", 60)
    desk.step("o1", "deliver", 75)
    assert hours(record(desk)) == [1.25]


def test_the_guard_at_the_moment_of_assigning() -> None:
    """From the journal and the running stretch: after 5 h 50 without a break a job of half an hour is red."""
    desk = Desk()
    desk.starts("lea", 0)
    desk.delivers("o1", "lea", 30, 40, 60)
    work, stretches, _ = history(Workload(COOP), desk.entries)
    now = desk.at(350)
    so_far = recorded((), [*stretches, *pieces(work.clocks["lea"], now)])
    found = {one.rule: one for one in check(so_far, now, desk.at(380), PARIS)}
    assert (found["break"].level, found["break"].crosses_at) == (RED, desk.at(360))
    assert found["day"].crosses_at == desk.at(600)


def test_what_is_too_old_goes() -> None:
    """A shift of more than fourteen weeks ago is forgotten when a new one begins; twelve weeks are kept."""
    old, kept, new = Desk(), Desk(Desk().at(60 * 24 * 7 * 3)), Desk(Desk().at(60 * 24 * 7 * 15))
    shifts: Record = ()
    for desk in (old, kept, new):
        desk.starts("lea", 0)
        desk.shift("lea", "end", 60)
        shifts = recorded(shifts, history(Workload(COOP), desk.entries)[1])
    assert [shift.start for shift in shifts] == [kept.at(0), new.at(0)]
