"""Kilometres, hard jobs and waiting."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from dashboard.domain.workload_effort import Bicycle, flat_km
from dashboard.domain.workload_hard import Thresholds, Turn, Usual, hard_shares, usual, why_hard
from dashboard.domain.workload_states import Job
from dashboard.domain.workload_waiting import waiting
from tests.unit.desk_script import NOON

PARIS = ZoneInfo("Europe/Paris")
MINUTE = 60_000


def job(**fields: object) -> Job:
    """A job of half an hour at noon."""
    return Job("lea", "o1", NOON, NOON + timedelta(minutes=30), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(("mass", "metres"), [(95, 57), (115, 63), (150, 71), (220, 82)])
def test_a_metre_climbed_in_metres_on_the_flat(mass: float, metres: int) -> None:
    """From 57 m for a rider with a plain bicycle to 82 m for a loaded cargo bicycle."""
    assert Bicycle(mass_kg=mass).flat_m_per_climbed_m == pytest.approx(metres, abs=0.5)


def test_flat_kilometres() -> None:
    """5 km with 60 m of ascent are 8.4 flat ones; a motor that does half the work leaves half."""
    assert flat_km(5000, 60) == pytest.approx(5 + 60 * 0.056635, abs=1e-3)
    assert flat_km(5000, 60, Bicycle(rider_share=0.5)) == pytest.approx(flat_km(5000, 60) / 2)
    assert flat_km(5000, 0) == 5


@pytest.mark.parametrize(
    ("fields", "known", "reasons"),
    [
        ({"metres": 4000, "weight_g": 14_999, "ascent_m": 20}, {"cents_per_minute": 20.0, "floors": 3}, ()),
        ({"metres": 6000}, {}, ("far",)),
        ({"metres": 3000, "ascent_m": 60}, {}, ("far", "steep")),
        ({"weight_g": 15_000}, {}, ("heavy",)),
        ({}, {"floors": 4}, ("stairs",)),
        ({}, {"bad_weather": True}, ("weather",)),
        ({"after_shift": True}, {}, ("after_shift",)),
        ({}, {"cents_per_minute": 14.9}, ("poor",)),
    ],
)
def test_what_makes_a_job_hard(fields: dict[str, object], known: dict[str, object], reasons: tuple[str, ...]) -> None:
    """Each threshold alone makes a job hard, and says which it was; what is unknown does not."""
    found = why_hard(job(**fields), Thresholds(), Usual(far_km=5.5, poor_rate=15), **known)  # type: ignore[arg-type]
    assert found == reasons


def test_what_is_usual_comes_from_recent_jobs() -> None:
    """The 80th and 20th percentile of recent jobs; with none, neither far nor poor can be said."""
    past = usual([1, 2, 3, 4, 5], [10, 20, 30, 40, 50], Thresholds())
    assert (past.far_km, past.poor_rate) == pytest.approx((4.2, 18))
    nothing = usual([], [], Thresholds())
    assert why_hard(job(metres=90_000), Thresholds(), nothing, cents_per_minute=0.1) == ()


def test_hard_jobs_against_what_the_others_got() -> None:
    """E is what the others' share in the same slots would have given, z how far O is from it."""
    turns = [Turn("lea", "noon", hard) for hard in [True] * 9 + [False]]
    turns += [Turn("tom", "noon", hard) for hard in [True] * 2 + [False] * 8]
    turns += [Turn("lea", "night", True)] * 4
    shares = hard_shares(turns)
    lea = shares["lea"]
    assert (lea.observed, lea.alone) == (9, 4)
    assert (lea.expected, lea.ratio) == pytest.approx((2, 4.5))
    assert lea.z == pytest.approx((9 - 2) / (10 * 0.2 * 0.8) ** 0.5)
    assert lea.flagged
    assert shares["tom"].expected == pytest.approx(9)


def test_too_few_hard_jobs_raise_no_flag() -> None:
    """Below ten observed and expected together a large z is no flag; where the others are all alike z is unknown."""
    few = [Turn("lea", "noon", True)] * 3 + [Turn("tom", "noon", False)] * 19 + [Turn("tom", "noon", True)]
    found = hard_shares(few)
    assert (found["lea"].z or 0) > 2.5
    assert not found["lea"].flagged
    assert found["tom"].z is None
    assert found["tom"].ratio == pytest.approx(1 / 20)
    assert hard_shares([Turn("lea", "noon", False), Turn("tom", "noon", False)])["lea"].ratio is None


def test_waiting_per_restaurant_and_hour() -> None:
    """Minutes beyond the service time, by house and local hour, with how many pickups they are known for."""
    at = NOON.replace(hour=16, minute=50)  # 18:50 in Paris
    jobs = [
        job(restaurant="b", arrived_at=at, picked_up_at=at, waited_ms=12 * MINUTE, at_pickup_ms=6 * MINUTE),
        job(restaurant="b", arrived_at=at, picked_up_at=at, waited_ms=3 * MINUTE, at_pickup_ms=3 * MINUTE),
        job(restaurant="b", picked_up_at=at),
        job(restaurant="b", picked_up_at=at + timedelta(minutes=20)),
        job(restaurant="b"),
        job(picked_up_at=at),
    ]
    found = waiting(jobs, PARIS)
    assert list(found) == [("b", 18), ("b", 19)]
    evening = found["b", 18]
    assert (evening.pickups, evening.known, evening.median_ms, evening.beyond_ms) == (3, 2, 7.5 * MINUTE, 2 * MINUTE)
    assert evening.lost_cents(1231) == pytest.approx(1231 / 30)
    assert (found["b", 19].known, found["b", 19].median_ms) == (0, None)
