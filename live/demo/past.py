"""The demo's last week, so that its accounts have something to say on the first day: lived through the use cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any, cast

from uuid_utils import uuid7

from dashboard.dispatch import Dispatch
from dashboard.domain.events import Entry
from dashboard.domain.orders import Order
from dashboard.ports import Store, Transaction
from live.city.pack import CityPack
from live.demo.demand import Customers
from live.demo.pace import Pace

DAYS = 7
RIDERS = 8
ORGANISER = "demo"


@dataclass(frozen=True, slots=True)
class _OneChange:
    """A store that is within one transaction: a week is one commit."""

    inside: Transaction

    def change(self, _coop: str) -> AbstractContextManager[Transaction]:
        return nullcontext(self.inside)


def live_through(
    store: Store, coop: str, couriers: Sequence[str], pack: CityPack, now: datetime, seed: int = 1
) -> None:
    """Write the week before ``now``: each courier rides most evenings, in order of time."""
    dice = Random(seed)  # noqa: S311  a town, not a secret
    customers = Customers(pack, dice, Pace(), 1.0)
    with store.change(coop) as change:
        dispatch = Dispatch(cast(Store, _OneChange(change)), _tell_nobody, lambda: str(uuid7()))
        for day in range(DAYS, 0, -1):
            evening = (now - timedelta(days=day)).replace(hour=15, minute=0, second=0, microsecond=0)
            shifts = [_shift(dispatch, coop, one, evening, customers, dice) for one in couriers[:RIDERS]
                      if dice.random() < 0.8]  # fmt: skip
            for _, deed in sorted((step for shift in shifts for step in shift), key=lambda step: step[0]):
                deed()


def _tell_nobody(entry: Entry) -> None:
    """Nobody looks at a day that is over."""


def _shift(
    dispatch: Dispatch, coop: str, courier: str, evening: datetime, customers: Customers, dice: Random
) -> Iterator[tuple[datetime, Callable[[], object]]]:
    """One courier's evening: deeds with their times."""
    at = evening + timedelta(minutes=dice.randrange(0, 60, 5))
    end = at + timedelta(hours=dice.uniform(2.5, 5.5))
    yield at, _deed(dispatch.shift, coop, courier, "start", by=courier, at=at)
    while (at := at + timedelta(minutes=dice.uniform(1, 22))) < end:
        order = customers.order(coop, at)
        yield from _job(dispatch, coop, courier, order, at, dice)
        at += timedelta(minutes=dice.uniform(22, 34))
    last = max(at, end) + timedelta(minutes=1)
    yield last, _deed(dispatch.shift, coop, courier, "end", by=courier, at=last)


def _job(
    dispatch: Dispatch, coop: str, courier: str, order: Order, at: datetime, dice: Random
) -> Iterator[tuple[datetime, Callable[[], object]]]:
    known: dict[str, Any] = {}

    def place() -> None:
        known["order"] = dispatch.place(coop, order, by="customer", at=at).order.id

    def step(name: str, moment: datetime, by: str) -> tuple[datetime, Callable[[], object]]:
        return moment, lambda: dispatch.move(coop, known["order"], name, by=by, at=moment)

    def assign() -> None:
        moment = at + timedelta(seconds=40)
        dispatch.assign(coop, known["order"], courier, expected_version=None, by=ORGANISER, at=moment)

    picked_up = at + timedelta(minutes=dice.uniform(7, 12))
    yield at, place
    yield step("accept", at + timedelta(seconds=20), order.pickup.name)
    yield at + timedelta(seconds=40), assign
    yield step("prepare", at + timedelta(seconds=60), order.pickup.name)
    yield step("ready", at + timedelta(minutes=6), order.pickup.name)
    yield step("pick_up", picked_up, courier)
    yield step("deliver", picked_up + timedelta(minutes=dice.uniform(4, 9)), courier)


def _deed(act: Callable[..., object], *what: str, **how: Any) -> Callable[[], object]:
    return lambda: act(*what, **how)
