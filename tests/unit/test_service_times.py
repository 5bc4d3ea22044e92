"""What is learnt of counters, doors and kitchens, and how much of it is believed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from dashboard.domain.service_times import (
    COUNTER,
    PRIOR,
    UNLEARNT,
    Learnt,
    ServiceTimes,
    Usual,
    learnt,
    paced,
    sane,
    setting_off,
    usual,
)
from dashboard.domain.workload_states import Job
from dashboard.tables import Codes, Tables, job_frame, stretch_frame
from dashboard.tables_service import service_times
from dashboard.usual_times import KEPT, UsualTimes

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def job(n: int, restaurant: str = "toscana", days: float = 1, **minutes: float) -> Job:
    """Delivered so many days ago; other times in minutes from the order on."""
    at = NOON - timedelta(days=days)
    times = {name: at + value * MINUTE for name, value in minutes.items()}
    return Job("lea", f"o{n}", at, at + 40 * MINUTE, restaurant=restaurant, placed=at, **times)  # type: ignore[arg-type]


def tables(*jobs: Job) -> Tables:
    """A history of these."""
    couriers, restaurants = Codes(), Codes()
    made = job_frame(jobs, couriers, restaurants), stretch_frame((), couriers)
    return Tables("acme", 1, couriers.names, restaurants.names, *made)


def test_without_cases_nothing_is_known() -> None:
    """What is said of everybody stands, with a count of nought."""
    assert usual(np.array([]), COUNTER) == COUNTER
    assert service_times(tables(), NOON) == UNLEARNT


def test_few_cases_lean_on_the_co_op() -> None:
    """As many cases as PRIOR count half, none count nothing, very many nearly all."""
    seconds = np.array([600.0] * PRIOR + [60.0] * 1000)
    found = learnt(seconds, np.array([0] * PRIOR + [1] * 1000), ("few", "many"), Usual(60.0, 0.0))
    assert found.at("few").seconds == pytest.approx((600 + found.all.seconds) / 2)
    assert found.at("many").seconds == pytest.approx(60, abs=1)
    assert (found.at("few").count, found.at("many").count, found.at("new")) == (PRIOR, 1000, found.all)


def test_service_begins_when_courier_and_food_are_there() -> None:
    """At the counter from the later of both until the pickup; at the door from the arrival; the kitchen by its word."""
    met = [job(n, arrived_at=10, due=11, ready=14, picked_up_at=17, at_door=38) for n in range(200)]
    found = service_times(tables(*met), NOON)
    assert found.counter.at("toscana").seconds == pytest.approx(180, abs=5)
    assert found.counter.at("toscana").count == 200
    assert found.door.seconds == pytest.approx(120, abs=1)
    assert found.late.at("toscana").seconds == pytest.approx(180, abs=15)
    assert found.cooking.at("toscana").seconds == pytest.approx(14 * 60, abs=5)


def test_a_kitchen_that_never_presses_is_taken_at_its_word() -> None:
    """Without a report that the food is ready, waiting is counted from the time that was given."""
    met = [job(n, arrived_at=10, due=15, picked_up_at=17) for n in range(200)]
    found = service_times(tables(*met), NOON)
    assert found.counter.at("toscana").seconds == pytest.approx(120, abs=1)
    assert found.late.all.count == 0


def test_old_and_absurd_cases_are_left_out() -> None:
    """Nothing from before four weeks, no pickup that took more than an hour, none without a reported arrival."""
    jobs = job(1, days=29, arrived_at=1, picked_up_at=9), job(2, arrived_at=-90, picked_up_at=9), job(3, picked_up_at=9)
    assert service_times(tables(*jobs), NOON).counter.all == COUNTER
    assert sane(np.array([3600.0, 3601.0, -3601.0])).tolist() == [True, False, False]


def test_what_no_distance_explains() -> None:
    """Rides at 5 m/s that begin two minutes after the press say so, wild ones among them or not; few say nothing."""
    metres = np.linspace(300, 3000, 60)
    seconds = 120 + metres / 5
    seconds[::15] += 1500
    assert setting_off(metres, seconds).seconds == pytest.approx(120, abs=5)
    assert setting_off(metres[:20], seconds[:20]) == Usual(0, 0)
    assert setting_off(np.full(60, 500.0), seconds) == Usual(0, 0)
    assert setting_off(metres, metres / 5 - 60).seconds == 0


def test_only_straight_rides_count() -> None:
    """Whoever stopped at another door on the way is not asked how long the way was."""
    jobs = []
    for n in range(40):
        ride, at = 5 + n / 10, n / 500
        times = {"arrived_at": 1, "picked_up_at": 4, "at_door": 4 + 2 + ride}
        jobs.append(replace(job(n, days=20 - at * 500 / 4, **times), metres=round(ride * 300)))
    alone = service_times(tables(*jobs), NOON).off
    assert (alone.count, alone.seconds) == (40, pytest.approx(120, abs=2))
    between = [replace(one, order=f"b{one.order}", picked_up_at=one.picked_up_at + MINUTE) for one in jobs]  # type: ignore[operator]
    assert service_times(tables(*jobs, *between), NOON).off.count == 40  # those picked up last went straight


def test_a_faster_city_takes_less() -> None:
    """Four times as fast as life, everything takes a quarter, and the counts stay."""
    times = ServiceTimes(counter=Learnt(Usual(120, 60, 9), {"toscana": Usual(80, 20, 5)}), off=Usual(40, 0, 99))
    fast = paced(times, 4)
    assert fast.counter.at("toscana") == Usual(20, 5, 5)
    assert (fast.door.seconds, fast.off) == (30, Usual(10, 0, 99))
    assert paced(times, 1.0) is times


class Books:
    """Histories that count how often they are read."""

    read = 0

    def tables(self, coop: str) -> Tables:
        self.read += 1
        return tables(job(1, arrived_at=5, ready=4, picked_up_at=9))


class Now:
    """Done at once."""

    def __init__(self, work: object) -> None:
        self.work = work

    def result(self) -> object:
        return self.work()  # type: ignore[operator]


def test_it_is_learnt_for_whom_somebody_asked_and_kept_an_hour() -> None:
    """Nobody waits: the first answer is what is said of everybody; the history is read once an hour."""
    books, clock = Books(), [NOON]
    times = UsualTimes(books, lambda: clock[0], Now)
    times.renew()
    assert books.read == 0
    assert times.of("acme") == UNLEARNT
    times.renew()
    times.renew()
    assert books.read == 1
    assert times.of("acme").counter.at("toscana").count == 1
    clock[0] += KEPT
    times.renew()
    assert books.read == 2
