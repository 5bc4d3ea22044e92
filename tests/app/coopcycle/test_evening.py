"""An evening beside a CoopCycle that fails every third call: in the end both sides say the same, order by order."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from dashboard.domain.refusals import Refusal
from tests.app.coopcycle.conftest import COOP, Beside
from tests.app.coopcycle.test_following import running
from tests.coopcycle import FAULTS
from tests.running import PATIENCE, until

ORDERS = 60
SPEED = 900
"""Seconds of the evening in one of ours: an hour and a half are six seconds."""
BEGIN = datetime(2026, 5, 12, 12, tzinfo=UTC)
"""Early, so that a slow machine is done before midnight too."""
RIDERS = ("lea", "tom", "noor", "max", "ida")
STATES = {"DONE": "delivered", "FAILED": "failed", "CANCELLED": "cancelled"}


class Evening:
    """People on both sides, each deciding at their own times; what they decided, and when."""

    def __init__(self, beside: Beside, seed: int) -> None:
        self.beside, self.chance = beside, random.Random(seed)
        self.decided: dict[str, tuple[datetime, str | None]] = {}
        self.due: list[tuple[float, Callable[[], None]]] = []
        for number in range(ORDERS):
            self._plan(number)

    def play(self) -> None:
        """All that people do, in the order of its time."""
        began = time.monotonic()
        for at, do in sorted(self.due, key=lambda each: each[0]):
            time.sleep(max(0.0, began + at - time.monotonic()))
            do()

    def _plan(self, number: int) -> None:
        """A delivery comes in; somebody there or here (or both, at nearly the same time) gives it to riders."""
        at, fate = self.chance.uniform(0, 3.5), number % 6
        drops: list[str] = []
        self.due.append((at, lambda: drops.extend(self.beside.town.deliver(number=f"N{number}"))))
        first, second, third = self.chance.sample(RIDERS, 3)
        here = self.chance.uniform(0.8, 1.6)
        if fate in (0, 1, 2):
            self.due.append((at + here, lambda: self._here(drops[0], first)))
        if fate in (2, 3, 4):
            near = here + self.chance.uniform(-0.15, 0.15) if fate == 2 else here
            self.due.append((at + near, lambda: self._there(drops[0], second)))
        if fate in (1, 4):
            later: Callable[[], None] = (
                (lambda: self._here(drops[0], third)) if fate == 1 else (lambda: self._there(drops[0], None))
            )
            self.due.append((at + here + 0.6, later))
        if number % 2 or fate == 5:
            status = self.chance.choice(("DONE", "DONE", "DONE", "FAILED", "CANCELLED")) if fate < 4 else "CANCELLED"
            self.due.append((at + 2.6, lambda: self._end(drops[0], status)))

    def _there(self, drop: str, rider: str | None) -> None:
        town = self.beside.town
        with town.lock:
            if town.of(drop)["assignedTo"] != rider:
                town.assign(drop, rider)
                self.decided[drop] = town.clock(), rider

    def _end(self, drop: str, status: str) -> None:
        """By whoever has it; what nobody has cannot be brought."""
        town = self.beside.town
        with town.lock:
            town.finish(drop, status if town.of(drop)["assignedTo"] else "CANCELLED")

    def _here(self, drop: str, rider: str) -> None:
        for _ in range(200):  # a person waits until it is on the screen, and tries again when somebody was first
            try:
                self.beside.assign(drop, rider, by="anna")
                self.decided[drop] = self.beside.clock(), rider
                return
            except KeyError:
                time.sleep(0.05)
            except Refusal as refusal:
                if type(refusal).__name__ != "Conflict":
                    return


def test_an_evening_with_every_third_call_failing(beside: Beside) -> None:
    """Sixty jobs, five riders, decisions on both sides: all taken in once, all hands and ends agree, nothing waits."""
    began = time.monotonic()
    beside.clock = beside.town.clock = lambda: BEGIN + timedelta(seconds=SPEED * (time.monotonic() - began))  # type: ignore[assignment]
    beside.town.hire(*RIDERS[2:])
    for rider in RIDERS:
        beside.town.plan(rider, BEGIN - timedelta(hours=1), BEGIN + timedelta(hours=20))
    beside.patience, beside.site.slow, beside.site.faults.every = 0.15, 0.2, 3
    evening = Evening(beside, seed=7)
    connector = beside.connector(beside.channel(), poll=0.4)
    with running(connector):
        evening.play()
        wait_until_both_agree(beside)
        until(lambda: not beside.store.coopcycle.waiting(COOP), PATIENCE, "something still waits")
    never_seen = {task["@id"] for task in drops(beside)} - set(beside.orders())
    assert len(beside.orders()) == beside.all_orders() == ORDERS - len(never_seen)
    assert {beside.town.of(drop)["status"] for drop in never_seen} <= {"CANCELLED"}, "gone between two readings"
    assert set(beside.site.faults.happened) == set(FAULTS)
    assert newest_do_not_hold(beside, evening) == {}
    assert Counter(entry.data["kept"] for entry in beside.overruled()), "decisions met, and somebody was told"
    assert threading.active_count() < 50


def wait_until_both_agree(beside: Beside) -> None:
    """Or show what they do not agree about."""
    deadline = time.monotonic() + PATIENCE
    while wrong := disagreeing(beside):
        assert time.monotonic() < deadline, (wrong, beside.status(), beside.store.coopcycle.waiting(COOP))
        time.sleep(0.1)


def disagreeing(beside: Beside) -> dict[str, tuple[object, ...]]:
    """The jobs about which the two sides do not say the same."""
    orders, wrong = beside.orders(), {}
    for task in drops(beside):
        theirs = (task["assignedTo"], STATES.get(task["status"], "open"))
        order = orders.get(task["@id"])
        ours = order and (order.courier, "open" if order.is_open else order.state)
        if ours != theirs and not (theirs[1] == "cancelled" and (ours is None or ours[1] == "cancelled")):
            wrong[task["@id"]] = (theirs, ours)
    return wrong


def drops(beside: Beside) -> list[dict[str, Any]]:
    """All drop-offs over there."""
    return [task for task in tuple(beside.town.tasks.values()) if task["type"] == "DROPOFF"]


def newest_do_not_hold(beside: Beside, evening: Evening) -> dict[str, tuple[object, ...]]:
    """Open jobs that are not with whom the newest decision gave them to, whichever side it was made on."""
    return {
        drop: (rider, beside.order(drop).courier)
        for drop, (_, rider) in evening.decided.items()
        if beside.order(drop).is_open and beside.order(drop).courier != rider
    }
