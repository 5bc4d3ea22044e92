"""The demo's town on a record in memory, lived through as fast as the machine can."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from dashboard.dispatch import Dispatch
from dashboard.domain.events import Entry
from dashboard.domain.ground import Point
from dashboard.domain.orders import Order
from dashboard.ports import Router
from live.city.pack import CityPack
from live.demo import people
from live.demo.run import COOP, do, follow, hire
from live.demo.town import Moment, Terms, Town
from tests.memory_store import MemoryStore

NIGHT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
"""Three in the morning: the demo must be lively at any hour."""


class Play:
    """A desk with nobody at it, and a town; tests step in as the person at the desk (``dispatch``)."""

    def __init__(
        self, pack: CityPack, router: Router, *, couriers: int = 25, seed: int = 1, speed: float = 1.0,
        colleague_share: float = 0.6, seconds: float = 5.0,
    ) -> None:  # fmt: skip
        self.store = MemoryStore()
        self.dispatch = Dispatch(self.store, lambda entry: None, lambda: str(uuid4()))
        self.now = NIGHT
        self.every = timedelta(seconds=seconds)
        terms = Terms([one for one, _ in people.couriers(couriers)], speed, seed, colleague_share)
        self._made_of = (pack, router, terms)
        hire(self.store, self.dispatch, pack, couriers, self.now)
        self.open()

    def open(self, places: dict[str, Point] | None = None) -> None:
        """Start the town (again) from the record."""
        pack, router, terms = self._made_of
        self.board = self.store.board(COOP.id, self.now)
        self.town = Town(pack, router, terms, self.board, self.now, places or {})

    def step(self) -> Moment:
        """The next moment; what people do in it is done."""
        self.now += self.every
        moment = self.town.step(self.board, self.now)
        for deed in moment.deeds:
            do(self.dispatch, deed, self.now)
        self.look()
        return moment

    def look(self) -> None:
        """Read the journal on."""
        self.board = follow(self.store, self.board)

    def live(self, minutes: float) -> Iterator[Moment]:
        """Every moment of so long a time."""
        end = self.now + timedelta(minutes=minutes)
        while self.now < end:
            yield self.step()

    def pass_by(self, minutes: float) -> None:
        """So long a time, unseen."""
        for _ in self.live(minutes):
            pass

    def until(self, is_so: Callable[[], bool], minutes: float = 60) -> None:
        """Live on until something is so; a failure if it takes too long."""
        for _ in self.live(minutes):
            if is_so():
                return
        raise AssertionError(f"not so after {minutes} minutes")

    def open_orders(self, *states: str) -> list[Order]:
        """Those in one of the states, oldest first."""
        return [one for one in self.board.orders.values() if one.state in states]

    def order(self, order: str) -> Order:
        """The order as the record has it."""
        found = self.store.order(COOP.id, order)
        assert found is not None
        return found

    def assign(self, order: Order, courier: str) -> None:
        """The person at the desk gives an order to a courier."""
        self.dispatch.assign(COOP.id, order.id, courier, expected_version=None, by="user:desk", at=self.now)
        self.look()

    def journal(self) -> Sequence[Entry]:
        """All that happened."""
        return self.store.entries(COOP.id, limit=10**6)
