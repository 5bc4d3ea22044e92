"""A day at the desk, told in minutes: the real use cases on a record in memory, for tests of the accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from dashboard.dispatch import Dispatch
from dashboard.domain.couriers import Courier
from dashboard.domain.events import Entry, Fact
from dashboard.domain.orders import Order, Place
from dashboard.ports import Coop
from tests.memory_store import MemoryStore

NOON = datetime(2026, 5, 12, 10, tzinfo=UTC)
"""12:00 on a Tuesday in Paris: minute 0."""
COOP = "velo"
BISTRO = Place(48.850, 2.350, name="Bistro")
DOOR = Place(48.859, 2.350)
"""1,002 m north of the bistro."""


class Desk:
    """Every method takes minutes after ``start``."""

    def __init__(self, start: datetime = NOON) -> None:
        self.start = start
        self.store = MemoryStore(Coop(COOP, "Vélo"))
        ids = count(1)
        self.dispatch = Dispatch(self.store, lambda entry: None, lambda: f"id{next(ids)}")

    def at(self, minute: float) -> datetime:
        """The instant of that minute."""
        return self.start + timedelta(minutes=minute)

    @property
    def entries(self) -> Sequence[Entry]:
        """The whole journal."""
        return self.store.entries(COOP, limit=1_000_000)

    def starts(self, courier: str, minute: float) -> None:
        """A courier goes on shift; a new one is added first."""
        if self.store.courier(COOP, courier) is None:
            self.dispatch.add_courier(COOP, courier, courier.title(), by="desk", at=self.at(minute))
        self.shift(courier, "start", minute)

    def shift(self, courier: str, action: str, minute: float) -> None:
        """start, end, break or resume."""
        self.dispatch.shift(COOP, courier, action, by=courier, at=self.at(minute))

    def places(self, order: str, minute: float, **fields: Any) -> None:
        """An order from the bistro, accepted at once."""
        draft = Order(
            id=order, coop=COOP, ref=order,
            **{"pickup": BISTRO, "dropoff": DOOR, "restaurant": "bistro", "kind": "meal", **fields},
            placed_at=self.at(minute),
        )  # fmt: skip
        self.dispatch.place(COOP, draft, by="shop", at=self.at(minute))
        self.step(order, "accept", minute)

    def gives(self, order: str, courier: str, minute: float) -> None:
        """An order is assigned, or handed over."""
        self.dispatch.assign(COOP, order, courier, expected_version=None, by="desk", at=self.at(minute))

    def takes_back(self, order: str, minute: float) -> None:
        """An order waits again."""
        self.dispatch.unassign(COOP, order, expected_version=None, by="desk", at=self.at(minute))

    def step(self, order: str, step: str, minute: float) -> None:
        """A key of MOVES."""
        self.dispatch.move(COOP, order, step, by="courier", at=self.at(minute))

    def arrives(self, courier: str, order: str, place: str, minute: float) -> None:
        """The courier reports to be at the pickup or dropoff of an order."""
        known = self._courier(courier)
        with self.store.change(COOP) as change:
            after = replace(known, version=known.version + 1)
            data = {"changes": {}, "order": order, "place": place}
            fact = Fact("courier.arrived", courier, after.version, data)
            change.record(after, fact, by=courier, at=self.at(minute))

    def delivers(self, order: str, courier: str, assigned: float, picked_up: float, delivered: float, **f: Any) -> None:
        """A whole job, nothing unusual."""
        self.places(order, assigned, **f)
        self.gives(order, courier, assigned)
        self.step(order, "pick_up", picked_up)
        self.step(order, "deliver", delivered)

    def _courier(self, courier: str) -> Courier:
        known = self.store.courier(COOP, courier)
        assert known is not None
        return known
