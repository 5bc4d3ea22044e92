"""What holds for every day, however people work: no minute lost, none counted twice, and the two hourly rates agree."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.domain.refusals import Refusal
from dashboard.domain.spans import total
from dashboard.domain.workload import Workload, history
from dashboard.domain.workload_clock import totals_at
from dashboard.domain.workload_rates import rates, team, utilisation_mdrp
from dashboard.domain.workload_states import ON_JOB, ON_SHIFT, STATES, Stretch
from tests.unit.desk_script import COOP, Desk
from tests.unit.fairness_expected import WEEK

COURIERS, ORDERS, END = ("lea", "tom"), ("o0", "o1", "o2", "o3"), 1_000
steps = st.lists(
    st.tuples(
        st.sampled_from(
            ["shift", "give", "back", "pick_up", "deliver", "fail", "cancel", "ready", "pickup", "dropoff"]
        ),
        st.sampled_from(COURIERS),
        st.sampled_from(ORDERS),
        st.sampled_from(["start", "end", "break", "resume"]),
        st.integers(0, 40),
    ),
    max_size=60,
)


def live(script: list[tuple[str, str, str, str, int]]) -> Desk:
    """A day of random deeds; what the desk refuses did not happen."""
    desk = Desk()
    for courier in COURIERS:
        desk.starts(courier, 0)
    for order in ORDERS:
        desk.places(order, 0)
    now = 0
    for deed, courier, order, action, later in script:
        now += later
        try:
            _do(desk, deed, courier, order, action, now)
        except Refusal:
            continue
    return desk


def _do(desk: Desk, deed: str, courier: str, order: str, action: str, now: int) -> None:
    match deed:
        case "shift":
            desk.shift(courier, action, now)
        case "give":
            desk.gives(order, courier, now)
        case "back":
            desk.takes_back(order, now)
        case "pickup" | "dropoff":
            desk.arrives(courier, order, deed, now)
        case _:
            desk.step(order, deed, now)


@settings(deadline=None, max_examples=150)
@given(steps)
def test_no_minute_is_lost_and_none_counted_twice(script: list[tuple[str, str, str, str, int]]) -> None:
    """Each courier's stretches follow one another without gap or overlap, add up to the totals, and to the day."""
    desk = live(script)
    work, stretches, jobs = history(Workload(COOP), desk.entries)
    end = desk.at(max(END, 60 * 40))
    for courier in COURIERS:
        mine = [stretch for stretch in stretches if stretch.courier == courier]
        assert all(one.span.end == other.span.start for one, other in pairwise(mine))
        totals = totals_at(work.clocks[courier], end)
        assert set(totals) <= set(STATES)
        assert sum(totals.values()) == (end - desk.at(0)).total_seconds() * 1000
        assert sum(job.on_job_ms for job in jobs if job.courier == courier) + sum(
            hand.on_job_ms for hand in work.clocks[courier].hands
        ) == sum(stretch.span.ms for stretch in mine if stretch.state in ON_JOB)


@settings(deadline=None, max_examples=60)
@given(steps, st.integers(0, 200))
def test_stopping_halfway_changes_nothing(script: list[tuple[str, str, str, str, int]], at: int) -> None:
    """Reading the journal in two parts gives the same as reading it at once."""
    entries = live(script).entries
    half, first, some = history(Workload(COOP), entries[:at])
    work, second, rest = history(half, entries[at:])
    assert (work, first + second, some + rest) == history(Workload(COOP), entries)


@given(
    st.dictionaries(st.sampled_from(STATES), st.integers(0, 10_000_000)),
    st.floats(0.01, 10_000),
)
def test_pay_per_hour_on_shift_is_utilisation_times_pay_per_hour_on_a_job(totals: dict[str, int], pay: float) -> None:
    """pay/L = U·pay/E whenever there was a job; otherwise the figures without meaning are None."""
    found = rates(pay, totals)
    if not found.on_job_ms:
        assert found.per_hour_on_job is None
        return
    assert found.per_hour_on_shift == pytest.approx((found.utilisation or 0) * (found.per_hour_on_job or 0), rel=1e-12)
    assert found.on_call_ms == found.on_shift_ms - found.on_job_ms >= 0


def test_the_week_of_six_couriers() -> None:
    """Both hourly rates, utilisation and on-call time of each courier, and the team's ratio of sums, as stored."""
    found = [
        rates(row["base_pay"], {"to_dropoff": row["on_job_min"] * 60_000, "idle": _idle(row) * 60_000})
        for row in WEEK["rows"]
    ]
    for one, row in zip(found, WEEK["rows"], strict=True):
        assert one.per_hour_on_shift == pytest.approx(row["pay_per_hour_on_shift"], abs=1e-9)
        assert one.per_hour_on_job == pytest.approx(row["pay_per_hour_on_job"], abs=1e-9)
        assert one.utilisation == pytest.approx(row["utilisation"], abs=1e-9)
        assert one.on_call_ms == _idle(row) * 60_000
    assert team(found).per_hour_on_shift == pytest.approx(WEEK["team"]["pay_per_hour_on_shift"], abs=1e-9)
    assert team(found).utilisation == pytest.approx(WEEK["team"]["utilisation"], abs=1e-9)
    mean = sum(one.per_hour_on_shift or 0 for one in found) / len(found)
    assert mean == pytest.approx(WEEK["team"]["mean_of_individual_pay_per_hour_on_shift"], abs=1e-9)
    assert mean != pytest.approx(team(found).per_hour_on_shift, abs=0.1)


def test_utilisation_of_the_mdrp_is_another_figure() -> None:
    """Riding plus service over the shift leaves waiting out, and two orders of one pickup are one pickup."""
    desk = Desk()
    desk.starts("lea", 0)
    for order in ("o1", "o2"):
        desk.places(order, 0)
        desk.gives(order, "lea", 0)
    desk.arrives("lea", "o1", "pickup", 10)
    for order in ("o1", "o2"):
        desk.step(order, "pick_up", 30)
    desk.step("o1", "deliver", 40)
    desk.step("o2", "deliver", 46)
    work, stretches, jobs = history(Workload(COOP), desk.entries)
    on_shift = _length(stretches, ON_SHIFT)
    assert rates(0, work.clocks["lea"].totals).utilisation == 1
    assert utilisation_mdrp(26 * 60_000, jobs, on_shift) == pytest.approx((26 + 4 + 8) / 46)
    assert utilisation_mdrp(0, [], 0) is None


def _length(stretches: list[Stretch], states: frozenset[str]) -> int:
    return total(stretch.span for stretch in stretches if stretch.state in states).seconds * 1000


def _idle(row: dict[str, int]) -> int:
    return row["on_shift_min"] - row["on_job_min"]
