"""Couriers of the problem: what they do at which minute, by the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from live.replay.book import Book, Job
from live.replay.instance import Courier, Instance, Meal, Restaurant, Rules
from live.replay.policy import nearest
from live.replay.rider import Leg, Rider

RULES = Rules(100, 4, 4, 40, 90, 10, 15)
NEAR, FAR = Restaurant("near", (500, 0)), Restaurant("far", (0, 900))
MEALS = {
    "a": Meal("a", (500, 300), 0, "near", 3),
    "b": Meal("b", (500, -200), 0, "near", 20),
    "c": Meal("c", (0, 0), 0, "far", 0),
}
DAY = Instance(
    "day", RULES, {"near": NEAR, "far": FAR},
    {"lea": Courier("lea", (0, 0), 0, 60), "max": Courier("max", (500, 100), 0, 60)}, MEALS,
)  # fmt: skip


@dataclass
class Town:
    """Two couriers and a desk that says yes to everything at once."""

    minute: float = 0
    seq: int = 0
    told: list[tuple[float, str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.book = Book(DAY, float, lambda courier: self.riders[courier].where(self.minute))
        self.riders = {courier.id: Rider(courier, RULES, self.book, self._tell) for courier in DAY.couriers.values()}
        for meal in MEALS:
            self.hear("order.placed", meal, {"ref": meal, "state": "placed", "courier": None})

    def hear(self, kind: str, meal: str, changes: Mapping[str, Any]) -> None:
        self.seq += 1
        self.book.hear(
            {
                "seq": self.seq,
                "at": str(self.minute),
                "kind": kind,
                "subject": f"id-{meal}",
                "version": self.seq,
                "data": {"changes": changes},
            }
        )

    def give(self, *meals: str, to: str = "lea", kind: str = "order.assigned") -> None:
        for meal in meals:
            self.hear(kind, meal, {"courier": to})

    def until(self, minute: float) -> None:
        """In ticks of a third of a minute, which nothing may depend on."""
        while self.minute < minute:
            self.minute = min(self.minute + 1 / 3, minute)
            for rider in self.riders.values():
                rider.advance(self.minute)

    def _tell(self, minute: float, job: Job, step: str) -> None:
        self.told.append((minute, job.meal.id, step))
        self.hear(f"order.{step}", job.meal.id, {"state": step.replace("-", "_")})


def test_one_order_by_the_rules() -> None:
    """5 min there, 2 of 4 min before the pickup and 2 after, 3 min to the door, 2 before the drop-off and 2 after."""
    town = Town()
    town.give("a")
    town.until(30)
    assert town.told == [(5 + 2, "a", "picked-up"), (5 + 2 + 2 + 3 + 2, "a", "delivered")]


def test_the_kitchen_is_waited_for() -> None:
    """Nothing is picked up before it is ready."""
    town = Town()
    town.give("b")
    town.until(40)
    assert town.told == [(20, "b", "picked-up"), (20 + 2 + 2 + 2, "b", "delivered")]


def test_one_restaurants_orders_are_carried_together() -> None:
    """The bundle waits for its latest order, service does not grow with it, doors come in the order of giving."""
    town = Town()
    town.give("b", "a")
    town.until(60)
    assert town.told == [
        (20, "b", "picked-up"),
        (20, "a", "picked-up"),
        (22 + 2 + 2, "b", "delivered"),
        (26 + 2 + 5 + 2, "a", "delivered"),
    ]


def test_the_next_job_begins_when_the_last_one_ends() -> None:
    """Not at the tick after it: a day's minutes do not depend on how often somebody looks."""
    town = Town()
    town.give("b", "c")
    town.until(60)
    there = 26 + 2 + RULES.travel((500, -200), FAR.spot)
    assert town.told[1:3] == [(26, "b", "delivered"), (there + 2, "c", "picked-up")]


def test_a_longer_wait_in_the_kitchen_counts() -> None:
    """A delay that the desk hears of while the courier waits is waited for, too."""
    town = Town()
    town.give("b")
    town.until(15)
    town.hear("order.delayed", "b", {"ready_at": "27"})
    town.until(40)
    assert town.told[0] == (27, "b", "picked-up")


def test_nobody_is_diverted_on_the_way() -> None:
    """An order taken away while its courier rides to it is not picked up by them, and they ride on to its counter."""
    town = Town()
    town.give("a")
    town.until(2)
    town.hear("order.unassigned", "a", {"courier": None})
    town.until(10)
    assert (town.told, town.riders["lea"].where(10), town.riders["lea"].is_idle) == ([], NEAR.spot, True)


def test_food_changes_bicycles() -> None:
    """An order handed over after its pickup is fetched where the first courier was, and delivered by the second."""
    town = Town()
    town.give("c")
    town.until(13)
    assert town.told == [(9 + 2, "c", "picked-up")]
    town.give("c", to="max", kind="order.reassigned")
    (job,) = town.book.of("max")
    assert job.place == town.riders["lea"].where(13) == FAR.spot
    town.until(45)
    assert [(meal, step) for _, meal, step in town.told] == [("c", "picked-up"), ("c", "delivered")]
    assert town.riders["max"].where(45) == MEALS["c"].spot


def test_no_pickup_after_the_shift() -> None:
    """What cannot be picked up before the shift's end is left; what was picked up is delivered, also after it."""
    town = Town()
    town.until(50)
    town.give("c")
    town.until(52)
    town.give("a")
    town.until(62)
    assert not town.riders["lea"].is_over(62)
    town.until(80)
    assert town.told == [(52 + 7, "a", "picked-up"), (52 + 14, "a", "delivered")]
    assert town.riders["lea"].is_over(80)


def test_riding_is_straight_and_even() -> None:
    """Halfway in time is halfway in space."""
    town = Town()
    town.give("a")
    town.until(2.5)
    assert town.riders["lea"].where(town.minute) == (pytest.approx(250), 0)


def test_a_desk_whose_clock_is_ahead_sends_nobody_into_the_future() -> None:
    """What was given later than now, by the desk's clock, was given now; who has no way to go is where they are."""
    town = Town()
    town.minute = 9.0
    town.give("c")
    town.minute = 1.0
    town.until(2.0)
    assert town.riders["lea"].where(2.0) != (0, 0)
    assert Leg((5, 5), (5, 5), 3.0, 3.0).at(2.0) == (5, 5)


def test_closed_orders_are_nobodys() -> None:
    """A cancelled order leaves its courier's hands."""
    town = Town()
    town.give("a")
    town.hear("order.cancelled", "a", {"state": "cancelled"})
    assert (town.book.of("lea"), town.book.closed, len(town.book.open)) == ((), 1, 2)


def test_an_order_taken_in_twice_is_named() -> None:
    """The second one is put aside; orders and couriers that are not of the day change nothing."""
    town = Town()
    for subject, kind, ref in (
        ("again", "order.placed", "b"),
        ("x", "order.placed", "zz"),
        ("lea", "courier.added", ""),
    ):
        changes = {"ref": ref}
        town.book.hear(
            {"seq": 9, "at": "0", "kind": kind, "subject": subject, "version": 1, "data": {"changes": changes}}
        )
    assert [job.id for job in town.book.doubles] == ["again"]
    assert [job.id for job in town.book.open] == ["id-a", "id-b", "id-c"]


def test_nearest_gives_each_idle_courier_one_order() -> None:
    """The oldest order goes to who is nearest to its counter; who is too late for the shift's end is not asked."""
    town = Town()
    pairs = nearest(town.book.open, town.riders.values(), 0, RULES)
    assert [(job.meal.id, rider.courier.id) for job, rider in pairs] == [("a", "max"), ("b", "lea")]
    late = nearest(town.book.open, town.riders.values(), 57, RULES)
    assert [(job.meal.id, rider.courier.id) for job, rider in late] == [("a", "max")]
