"""Time by state and jobs, from the journal that the real use cases write."""

from __future__ import annotations

import pickle
from collections import defaultdict

import pytest

from dashboard.domain.board import OutOfOrder
from dashboard.domain.orders import Place
from dashboard.domain.spans import joined
from dashboard.domain.workload import Workload, apply, history, new_period
from dashboard.domain.workload_clock import totals_at
from dashboard.domain.workload_states import Job, Stretch
from tests.unit.desk_script import COOP, DOOR, Desk

MINUTE = 60_000


def read(desk: Desk) -> tuple[Workload, list[Stretch], dict[str, Job]]:
    """The whole journal read; jobs by order and courier."""
    work, stretches, jobs = history(Workload(COOP), desk.entries)
    return work, stretches, {f"{job.order} {job.courier}": job for job in jobs}


def minutes(desk: Desk, courier: str, until: float) -> dict[str, float]:
    """Minutes by state."""
    work, _, _ = read(desk)
    return {state: ms / MINUTE for state, ms in totals_at(work.clocks[courier], desk.at(until)).items()}


def test_a_whole_shift_with_every_arrival_reported() -> None:
    """Each minute of a shift is in the state that the journal says, and the shift's break and end count."""
    desk = Desk()
    desk.starts("lea", 0)
    desk.places("o1", 5)
    desk.gives("o1", "lea", 10)
    desk.arrives("lea", "o1", "pickup", 16)
    desk.step("o1", "pick_up", 25)
    desk.arrives("lea", "o1", "dropoff", 34)
    desk.step("o1", "deliver", 37)
    desk.shift("lea", "break", 50)
    desk.shift("lea", "resume", 70)
    desk.shift("lea", "end", 80)
    assert minutes(desk, "lea", 100) == {
        "idle": 10 + 13 + 10, "to_pickup": 6, "at_pickup": 9, "to_dropoff": 9, "at_dropoff": 3, "break": 20, "off": 20,
    }  # fmt: skip
    job = read(desk)[2]["o1 lea"]
    assert (job.outcome, job.on_job_ms, job.at_pickup_ms, job.waited_ms) == (
        "delivered", 27 * MINUTE, 9 * MINUTE, 9 * MINUTE,
    )  # fmt: skip
    assert (job.assigned_at, job.picked_up_at, job.closed_at) == (desk.at(10), desk.at(25), desk.at(37))


def test_without_a_reported_arrival_nothing_is_guessed() -> None:
    """The way to the pickup lasts until the pickup, and the waiting is unknown, not zero."""
    desk = Desk()
    desk.starts("lea", 0)
    desk.delivers("o1", "lea", 0, 15, 25)
    assert minutes(desk, "lea", 25) == {"to_pickup": 15, "to_dropoff": 10}
    job = read(desk)[2]["o1 lea"]
    assert (job.arrived_at, job.at_pickup_ms, job.waited_ms) == (None, None, None)


def test_orders_in_hand_at_the_same_time_share_it() -> None:
    """A minute with two orders is one minute of the courier, half of it each job's."""
    desk = Desk()
    desk.starts("lea", 0)
    for order in ("o1", "o2"):
        desk.places(order, 0)
        desk.gives(order, "lea", 0)
    desk.arrives("lea", "o1", "pickup", 4)
    desk.step("o1", "pick_up", 10)
    desk.step("o2", "pick_up", 12)
    desk.step("o1", "deliver", 20)
    desk.step("o2", "deliver", 30)
    assert minutes(desk, "lea", 30) == {"to_pickup": 4, "at_pickup": 8, "to_dropoff": 18}
    _, _, jobs = read(desk)
    assert jobs["o1 lea"].on_job_ms == 10 * MINUTE
    assert jobs["o2 lea"].on_job_ms == 20 * MINUTE
    assert (jobs["o1 lea"].at_pickup_ms, jobs["o2 lea"].at_pickup_ms) == (3 * MINUTE, 5 * MINUTE)
    assert (jobs["o1 lea"].waited_ms, jobs["o2 lea"].waited_ms) == (6 * MINUTE, 8 * MINUTE)


def test_after_one_door_the_next_is_still_to_be_ridden_to() -> None:
    """Having reported one drop-off, the courier is on the way again as soon as that order is delivered."""
    desk = Desk()
    desk.starts("lea", 0)
    for order, door in (("o1", DOOR), ("o2", Place(48.86, 2.36))):
        desk.places(order, 0, dropoff=door)
        desk.gives(order, "lea", 0)
        desk.step(order, "pick_up", 10)
    desk.arrives("lea", "o1", "dropoff", 18)
    desk.step("o1", "deliver", 20)
    desk.step("o2", "deliver", 30)
    assert minutes(desk, "lea", 30) == {"to_pickup": 10, "to_dropoff": 18, "at_dropoff": 2}


def test_one_stop_for_two_orders_to_the_same_door() -> None:
    """The second order at the same door is no new stop; another door, or the same one later, is."""
    desk = Desk()
    desk.starts("lea", 0)
    for number in range(3):
        desk.places(f"o{number}", 0)
        desk.gives(f"o{number}", "lea", 0)
        desk.step(f"o{number}", "pick_up", 10)
    desk.delivers("elsewhere", "lea", 10, 12, 15, dropoff=Place(48.86, 2.36))
    for number, delivered in enumerate((20, 22, 40)):
        desk.step(f"o{number}", "deliver", delivered)
    _, _, jobs = read(desk)
    assert [jobs[f"{order} lea"].new_stop for order in ("elsewhere", "o0", "o1", "o2")] == [True, True, False, True]


def test_a_hand_over_ends_the_job_of_one_and_begins_that_of_the_other() -> None:
    """Who gives the order away keeps the time spent on it; who takes it starts from the hand-over."""
    desk = Desk()
    desk.starts("lea", 0)
    desk.starts("tom", 0)
    desk.places("o1", 0)
    desk.gives("o1", "lea", 5)
    desk.gives("o1", "tom", 12)
    desk.step("o1", "pick_up", 20)
    desk.step("o1", "deliver", 30)
    assert minutes(desk, "lea", 30) == {"idle": 23, "to_pickup": 7}
    assert minutes(desk, "tom", 30) == {"idle": 12, "to_pickup": 8, "to_dropoff": 10}
    _, _, jobs = read(desk)
    assert (jobs["o1 lea"].outcome, jobs["o1 lea"].on_job_ms) == ("handed_over", 7 * MINUTE)
    assert (jobs["o1 tom"].outcome, jobs["o1 tom"].on_job_ms) == ("delivered", 18 * MINUTE)


def test_food_that_changes_bicycles_is_on_board_at_once() -> None:
    """After a hand-over on the road the new courier is on the way to the drop-off, and has picked nothing up."""
    desk = Desk()
    desk.starts("lea", 0)
    desk.starts("tom", 0)
    desk.places("o1", 0)
    desk.gives("o1", "lea", 0)
    desk.step("o1", "pick_up", 10)
    desk.gives("o1", "tom", 15)
    desk.step("o1", "deliver", 25)
    assert minutes(desk, "tom", 25) == {"idle": 15, "to_dropoff": 10}
    _, _, jobs = read(desk)
    assert (jobs["o1 lea"].picked_up_at, jobs["o1 tom"].picked_up_at) == (desk.at(10), None)


@pytest.mark.parametrize("ending", ["taken_back", "cancelled", "failed"])
def test_every_way_a_job_ends(ending: str) -> None:
    """Taken back, cancelled or failed: the time until then is on the job, afterwards the courier is free."""
    desk = Desk()
    desk.starts("lea", 0)
    desk.places("o1", 0)
    desk.gives("o1", "lea", 5)
    if ending == "taken_back":
        desk.takes_back("o1", 9)
    else:
        desk.step("o1", {"cancelled": "cancel", "failed": "fail"}[ending], 9)
    assert minutes(desk, "lea", 20) == {"idle": 16, "to_pickup": 4}
    assert read(desk)[2]["o1 lea"].outcome == ending


def test_a_meal_on_the_bicycle_outlasts_the_shift() -> None:
    """A shift that ends with a meal on board runs on until it is delivered, and the job says so."""
    desk = Desk()
    desk.starts("lea", 0)
    desk.places("o1", 0)
    desk.places("waiting", 0)
    desk.gives("o1", "lea", 0)
    desk.gives("waiting", "lea", 0)
    desk.step("o1", "pick_up", 10)
    desk.shift("lea", "end", 20)
    desk.step("o1", "deliver", 32)
    assert minutes(desk, "lea", 60) == {"to_pickup": 10, "to_dropoff": 22, "off": 28}
    assert read(desk)[2]["o1 lea"].after_shift


def test_a_forgotten_delivery_does_not_run_for_ever() -> None:
    """One hour after the shift the clock stops, whenever somebody marks the order delivered."""
    desk = Desk()
    desk.starts("lea", 0)
    desk.places("o1", 0)
    desk.gives("o1", "lea", 0)
    desk.step("o1", "pick_up", 10)
    desk.shift("lea", "end", 20)
    desk.step("o1", "deliver", 500)
    assert minutes(desk, "lea", 500) == {"to_pickup": 10, "to_dropoff": 70, "off": 420}


def test_work_in_the_middle_of_a_break_cuts_it() -> None:
    """A delivery marked during a break leaves two shorter breaks, so that neither passes for a long one."""
    desk = Desk()
    desk.starts("lea", 0)
    desk.places("o1", 0)
    desk.gives("o1", "lea", 0)
    desk.step("o1", "pick_up", 10)
    desk.shift("lea", "break", 20)
    desk.step("o1", "deliver", 32)
    desk.shift("lea", "resume", 45)
    _, stretches, _ = read(desk)
    breaks = [stretch.span.ms / MINUTE for stretch in stretches if stretch.state == "break"]
    assert breaks == [12, 13]


def test_the_kitchen_and_other_peoples_orders_do_not_cut() -> None:
    """Ready meals and orders of others leave a courier's stretch whole."""
    desk = Desk()
    desk.starts("lea", 0)
    desk.starts("tom", 0)
    desk.places("o1", 0)
    desk.gives("o1", "lea", 1)
    desk.step("o1", "ready", 5)
    desk.delivers("o2", "tom", 2, 6, 8)
    desk.step("o1", "pick_up", 10)
    _, stretches, _ = read(desk)
    assert [s.span.ms / MINUTE for s in stretches if s.courier == "lea" and s.state == "to_pickup"] == [9]


def test_kilometres_are_the_crows_until_somebody_records_the_way() -> None:
    """Without a recorded way a job has its straight line, and says that it is one."""
    desk = Desk()
    desk.starts("lea", 0)
    desk.delivers("o1", "lea", 0, 5, 10, weight_g=4200, tip_cents=150)
    job = read(desk)[2]["o1 lea"]
    assert job.metres == pytest.approx(1002, abs=3)
    assert (job.routed, job.ascent_m, job.weight_g, job.tip_cents) == (False, None, 4200, 150)


def test_a_day_begins_at_zero_with_the_hands_full() -> None:
    """At midnight every clock is counted and starts again, the same order in hand, not a minute lost."""
    desk = Desk()
    desk.starts("lea", 0)
    desk.places("o1", 0)
    desk.gives("o1", "lea", 10)
    entries = desk.entries
    work, before, _ = history(Workload(COOP), entries)
    work = new_period(work, desk.at(30))
    before += work.stretches
    desk.step("o1", "pick_up", 40)
    desk.step("o1", "deliver", 50)
    work, after, jobs = history(work, desk.entries[len(entries) :])
    assert {state: ms / MINUTE for state, ms in work.clocks["lea"].totals.items()} == {
        "to_pickup": 10,
        "to_dropoff": 10,
    }
    assert jobs[0].on_job_ms == 40 * MINUTE
    assert joined(s.span for s in before + after)[0].ms == 50 * MINUTE


def test_entries_out_of_turn_are_refused() -> None:
    """A gap, a repetition and another co-op's entry raise instead of counting wrongly."""
    desk = Desk()
    desk.starts("lea", 0)
    first, second = desk.entries
    for work, entry in ((Workload(COOP), second), (apply(Workload(COOP), first), first), (Workload("other"), first)):
        with pytest.raises(OutOfOrder):
            apply(work, entry)


def test_what_is_kept_does_not_grow_with_the_day() -> None:
    """After 20 and after 400 jobs the state is equally large: one more event costs the same at noon and at night."""
    desk, sizes = Desk(), {}
    desk.starts("lea", 0)
    for number in range(400):
        desk.delivers(f"o{number:03}", "lea", number, number + 0.3, number + 0.6)
        if number + 1 in (20, 400):
            sizes[number + 1] = len(pickle.dumps(read(desk)[0]))
    assert sizes[400] <= sizes[20] + 50  # the digits of the sums grow, nothing else


def test_jobs_make_the_time_on_a_job() -> None:
    """Over a tangled evening of two couriers, each one's jobs add up to the time that the stretches say."""
    desk = Desk()
    desk.starts("lea", 0)
    desk.starts("tom", 3)
    for number in range(12):
        desk.places(f"o{number}", number)
        desk.gives(f"o{number}", "lea" if number % 3 else "tom", number + 1)
    for number in range(0, 12, 4):
        desk.gives(f"o{number}", "tom" if number % 3 else "lea", 14 + number)
    for number in range(12):
        desk.step(f"o{number}", "pick_up", 30 + number)
        desk.step(f"o{number}", "deliver", 45 + 2 * number)
    _, stretches, jobs = read(desk)
    on_job: dict[str, int] = defaultdict(int)
    for stretch in stretches:
        on_job[stretch.courier] += stretch.span.ms if stretch.orders else 0
    for courier in ("lea", "tom"):
        assert sum(job.on_job_ms for job in jobs.values() if job.courier == courier) == on_job[courier] > 0
