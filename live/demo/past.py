"""The demo's last two months, so that its accounts have something to say on the first day: lived by the use cases."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import cast

from uuid_utils import uuid7

from dashboard.dispatch import Dispatch
from dashboard.domain.events import Entry
from dashboard.domain.orders import Order
from dashboard.ports import Store, Transaction
from live.city.pack import CityPack
from live.demo.deeds import rider
from live.demo.demand import Customers
from live.demo.habits import HABITS, QUICK_WAIT, SLOW_KITCHENS, SLOW_WAIT, Habit
from live.demo.pace import Pace
from live.demo.prices import decide

DAYS = 57
ORGANISER = "demo"
MINUTE = timedelta(minutes=1)

type Deed = tuple[datetime, Callable[[], object]]


@dataclass(frozen=True, slots=True)
class _OneChange:
    """A store that is within one transaction: the past is one commit."""

    inside: Transaction

    def change(self, _coop: str) -> AbstractContextManager[Transaction]:
        return nullcontext(self.inside)


def live_through(
    change: Transaction, coop: str, couriers: Sequence[str], pack: CityPack, now: datetime, seed: int = 1,
    days: int = DAYS,
) -> None:  # fmt: skip
    """Write the days before ``now``: each courier rides by a habit, in order of time; prices are decided on the way."""
    dice = Random(seed)  # noqa: S311  a town, not a secret
    customers = Customers(pack, dice, Pace(), 1.0)
    dispatch = Dispatch(cast(Store, _OneChange(change)), _tell_nobody, lambda: str(uuid7()))
    for day in range(days, 0, -1):
        midnight = (now - timedelta(days=day)).replace(hour=0, minute=0, second=0, microsecond=0)
        decide(dispatch, coop, day, midnight)
        riding = [(one, habit) for one, habit in zip(couriers, HABITS, strict=False) if dice.random() < habit.days]
        shifts = [_Shift(dispatch, coop, one, habit, customers, dice).deeds(midnight) for one, habit in riding]
        for _, deed in sorted((step for shift in shifts for step in shift), key=lambda step: step[0]):
            deed()


def _tell_nobody(entry: Entry) -> None:
    """Nobody looks at a day that is over."""


@dataclass(frozen=True, slots=True)
class _Shift:
    """One courier's shift."""

    dispatch: Dispatch
    coop: str
    courier: str
    habit: Habit
    customers: Customers
    dice: Random

    def deeds(self, midnight: datetime) -> Iterator[Deed]:
        """What happens in it, with its times."""
        at = midnight + timedelta(hours=self.habit.start, minutes=self.dice.randrange(0, 60, 5))
        end = at + timedelta(hours=self.dice.uniform(*self.habit.hours))
        yield at, self._turn("start", at)
        while (at := at + self.dice.uniform(0.3, 1.7) * self.habit.gap * MINUTE) < end:
            at = yield from self._job(at)
        last = max(at, end) + MINUTE
        yield last, self._turn("end", last)

    def _turn(self, action: str, at: datetime) -> Callable[[], object]:
        return lambda: self.dispatch.shift(self.coop, self.courier, action, by=rider(self.courier), at=at)

    def _job(self, at: datetime) -> Generator[Deed, None, datetime]:
        """The deeds of one job; returns when it was done."""
        is_slow = self.dice.random() < self.habit.slow
        order = self._order(at, is_slow)
        given, there = at + MINUTE, at + self.dice.uniform(4, 8) * MINUTE
        picked_up = there + self.dice.uniform(*(SLOW_WAIT if is_slow else QUICK_WAIT)) * MINUTE
        order = replace(order, ready_at=picked_up - MINUTE / 2)  # kitchens of the demo keep the time that they give
        done, kitchen = picked_up + self.dice.uniform(5, 11) * MINUTE, order.pickup.name
        yield at, lambda: self.dispatch.place(self.coop, order, by="customer", at=at)
        yield self._step(order, "accept", at + MINUTE / 3, kitchen)
        yield given, lambda: self._give(order, given)
        yield self._step(order, "prepare", at + 2 * MINUTE, kitchen)
        yield there, lambda: self._arrive(order, there)
        yield self._step(order, "ready", picked_up - MINUTE / 2, kitchen)
        yield self._step(order, "pick_up", picked_up, rider(self.courier))
        yield self._step(order, "deliver", done, rider(self.courier))
        return done

    def _order(self, at: datetime, is_slow: bool) -> Order:
        """From a slow kitchen or from another."""
        slow = {one.id for one in self.customers.partners[:SLOW_KITCHENS]}
        drafts = (self.customers.order(self.coop, at) for _ in range(40))
        order = next((draft for draft in drafts if (draft.restaurant in slow) is is_slow), None)
        return replace(order or self.customers.order(self.coop, at), id=str(uuid7()))

    def _step(self, order: Order, name: str, at: datetime, by: str) -> Deed:
        return at, lambda: self.dispatch.move(self.coop, order.id, name, by=by, at=at)

    def _give(self, order: Order, at: datetime) -> object:
        return self.dispatch.assign(self.coop, order.id, self.courier, expected_version=None, by=ORGANISER, at=at)

    def _arrive(self, order: Order, at: datetime) -> object:
        return self.dispatch.arrive(self.coop, self.courier, order.id, "pickup", by=rider(self.courier), at=at)
