"""Days of the problem, simulated: the rules hold whoever hands out, and the plan is as good as what was published."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from itertools import pairwise
from math import ceil
from pathlib import Path

import pytest

from dashboard.domain.events import Head, first_fault
from live.replay.chronicle import journal
from live.replay.figures import summary
from live.replay.loader import load
from live.replay.simulate import POLICIES, Day, simulate
from tests.app.commands import Shell
from tests.mdrp import invent_day

REAL = Path(os.environ["ROULEMENT_MDRP_DIR"]) if "ROULEMENT_MDRP_DIR" in os.environ else None
# Clairvoyant optimum of the mean minutes from click to door (Reyes et al. 2018, table 4), with its gap of 0.16 %.
EXACT = {"0o50t100s1p100": 29.81, "0r50t100s1p100": 30.76}
# The published heuristic, and what it cost; Gini of earnings per hour.
PUBLISHED: Mapping[str, Mapping[str, float]] = {
    "0o50t100s1p100": {"click_to_door_mean": 31.19, "cost_per_order": 10.9, "gini_earnings_per_hour": 0.17},
    "0r50t100s1p100": {"click_to_door_mean": 32.46, "cost_per_order": 10.9, "gini_earnings_per_hour": 0.17},
    "1o50t100s2p100": {"click_to_door_mean": 31.54, "cost_per_order": 10.20, "undelivered_pct": 0},
}


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Day]:
    """One invented day under each policy."""
    folder = invent_day(tmp_path_factory.mktemp("mdrp") / "day", orders=80, couriers=9, minutes=300)
    instance = load(folder)
    return {policy: simulate(instance, policy) for policy in POLICIES}


@pytest.mark.parametrize("policy", list(POLICIES))
def test_the_rules_of_the_problem_hold(days: dict[str, Day], policy: str) -> None:
    """Nothing is given before it was placed, nor picked up before it is ready or after the shift; ways are whole."""
    day = days[policy]
    rules, couriers = day.instance.rules, day.instance.couriers
    given = [task.id for trip in day.trips for task in trip.bundle]
    assert len(given) == len(set(given)) > 0
    for trip in day.trips:
        ride, counter = trip.ride, trip.bundle[0].pickup
        assert ride.picked_up <= couriers[trip.courier].off_time
        assert all(task.placed <= trip.given and task.ready <= ride.picked_up for task in trip.bundle)
        assert {task.pickup for task in trip.bundle} == {counter}
        stops = [(counter, ride.picked_up)]
        stops += [(task.dropoff, at) for task, at in zip(trip.bundle, ride.delivered, strict=True)]
        for (start, left), (end, reached) in pairwise(stops):
            metres = ((start[0] - end[0]) ** 2 + (start[1] - end[1]) ** 2) ** 0.5
            assert reached - left == ceil(metres / rules.metres_per_minute) + 4


@pytest.mark.parametrize("policy", list(POLICIES))
def test_nobody_is_in_two_places(days: dict[str, Day], policy: str) -> None:
    """Each courier's trips follow each other: the next pickup comes after the last drop-off and the way."""
    day = days[policy]
    for courier in day.instance.couriers.values():
        free, place = float(courier.on_time), courier.spot
        for trip in (one for one in day.trips if one.courier == courier.id):
            way = day.instance.rules.travel(place, trip.bundle[0].pickup)  # type: ignore[arg-type]
            assert trip.ride.picked_up >= max(free, trip.given) + way + 2
            free, place = trip.ride.free, trip.ride.place  # type: ignore[assignment]


@pytest.mark.parametrize("policy", list(POLICIES))
def test_the_journal_tells_the_day(days: dict[str, Day], policy: str) -> None:
    """Its chain is whole; each order that was brought is delivered there at that minute, by the courier who had it."""
    day = days[policy]
    entries = journal(day, policy)
    assert first_fault(entries, Head(entries[-1].seq, entries[-1].hash)) is None
    told = {entry.subject: entry for entry in entries if entry.kind == "order.delivered"}
    for trip in day.trips:
        for task, at in zip(trip.bundle, trip.ride.delivered, strict=True):
            entry = told.pop(task.id)
            assert (entry.at.hour * 60 + entry.at.minute, entry.actor) == (at, trip.courier)
    assert not told
    assert {entry.actor for entry in entries if entry.kind == "order.assigned"} == {f"simulation:{policy}"}


def test_pay_is_that_of_the_problem(days: dict[str, Day]) -> None:
    """Cost per order is the larger of orders and guarantee, of each courier by hand."""
    day = days["plan"]
    pay = sum(
        max(10 * sum(len(trip.bundle) for trip in day.trips if trip.courier == one.id),
            15 * (one.off_time - one.on_time) / 60)
        for one in day.instance.couriers.values()
    )  # fmt: skip
    found = summary(day)
    assert found["cost_per_order"] == pytest.approx(pay / (found["delivered"] or 0))


def test_a_plan_is_quicker_than_taking_the_nearest(days: dict[str, Day]) -> None:
    """On a day with too few couriers, planning brings at least as many orders in less time from click to door."""
    nearest, plan = summary(days["nearest"]), summary(days["plan"])
    assert (plan["delivered"] or 0) >= (nearest["delivered"] or 0)
    assert (plan["click_to_door_mean"] or 0) < (nearest["click_to_door_mean"] or 0)


def test_the_same_day_is_the_same_to_the_last_hash(days: dict[str, Day]) -> None:
    """Nothing is left to chance: simulated again, the journal ends in the same hash."""
    again = simulate(days["plan"].instance, "plan")
    assert journal(again, "plan")[-1].hash == journal(days["plan"], "plan")[-1].hash


def test_the_command_writes_what_it_says(tmp_path: Path) -> None:
    """Three solution files, a summary and the journal; a folder that is no instance is named in one line."""
    folder = invent_day(tmp_path / "day", orders=12, couriers=4, minutes=120)
    done = Shell(tmp_path).run("simulate", str(folder), "--policy", "plan", "--out", str(tmp_path / "out"))
    assert done.status == 0, done.err
    found = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert json.loads(done.out) == found
    assert found["delivered"] == 12
    lines = (tmp_path / "out" / "solution_info_orders.txt").read_text().splitlines()
    assert lines[0] == "order placement_time ready_time pickup_time dropoff_time courier"
    assert len(lines) == 13
    assert (tmp_path / "out" / "journal.jsonl").read_text().count("order.delivered") == 12
    wrong = Shell(tmp_path).run("simulate", str(tmp_path), "--out", str(tmp_path / "out"))
    assert wrong.status == 1
    assert "restaurants.txt" in wrong.err


@pytest.mark.parametrize("name", [name for name in PUBLISHED if REAL and (REAL / name).is_dir()])
def test_the_published_days(name: str) -> None:
    """On a real day the plan is at least as good as the published heuristic, and not better than the exact optimum."""
    assert REAL
    found = summary(simulate(load(REAL / name), "plan"))
    for figure, published in PUBLISHED[name].items():
        assert (found[figure] or 0) <= published, figure
    if name in EXACT:
        assert found["undelivered_pct"] == 0
        assert (found["click_to_door_mean"] or 0) >= 0.9984 * EXACT[name]
