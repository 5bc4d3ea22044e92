"""A desk at work on a store: the use cases with a clock that goes on by itself, and all that was announced."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from dashboard.dispatch import Dispatch
from dashboard.domain.board import Board, apply
from dashboard.domain.events import Entry
from dashboard.domain.orders import Order, Place
from dashboard.ports import Announcer, Coop, Store
from dashboard.store import SqlStore

NOON = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
TAILLEFERRE, MARTELA = "taille", "martela"


def draft(**fields: Any) -> Order:
    """An order as a door hands it in, before the desk gives it an id and a number."""
    ends = {"pickup": Place(60.17, 24.94, "Kahvila"), "dropoff": Place(60.16, 24.95, after=NOON)}
    return Order(**{"id": "", "coop": "", "ref": "", "placed_at": NOON, **ends, **fields})


class Announced(list[Entry]):
    """Every entry that was announced, in order."""

    def __call__(self, entry: Entry) -> None:
        """See ports.Announcer."""
        self.append(entry)


class Desk[S: Store]:
    """Two co-ops on one store; ``announced`` holds every entry that was announced, in order."""

    def __init__(self, store: S, announce: Announcer | None = None) -> None:
        self.store = store
        self.announced = Announced()
        self.dispatch = Dispatch(store, announce or self.announced, lambda: str(uuid4()))
        self._time = NOON

    def open(self, *coops: str) -> Desk[S]:
        """With these co-ops, or the two usual ones."""
        for coop in coops or (TAILLEFERRE, MARTELA):
            self.store.add_coop(Coop(coop, coop.title()))
        return self

    def now(self) -> datetime:
        """A second later than the last time that anybody asked; NOON at first."""
        self._time += timedelta(seconds=1)
        return self._time - timedelta(seconds=1)

    def wait(self, minutes: int) -> None:
        """Let so much time go by."""
        self._time += timedelta(minutes=minutes)

    def order(self, coop: str = TAILLEFERRE, *, by: str = "api", **fields: Any) -> Order:
        """A new order."""
        return self.dispatch.place(coop, draft(**fields), by=by, at=self.now()).order

    def rider(self, id: str, coop: str = TAILLEFERRE) -> str:
        """A new courier, on shift."""
        self.dispatch.add_courier(coop, id, id.title(), by="admin", at=self.now())
        self.dispatch.shift(coop, id, "start", by=id, at=self.now())
        return id

    def assign(self, order: Order, courier: str, *, by: str = "anna", version: int | None = None) -> Order:
        """Hand the order to the courier, as of the version at hand unless told otherwise."""
        expected = order.version if version is None else version
        return self.dispatch.assign(order.coop, order.id, courier, expected_version=expected, by=by, at=self.now())

    def move(self, order: Order, *steps: str) -> Order:
        """One step after the other."""
        for step in steps:
            order = self.dispatch.move(order.coop, order.id, step, by="anna", at=self.now())
        return order

    def replayed(self, coop: str = TAILLEFERRE) -> Board:
        """The board that comes of the whole journal, from nothing."""
        board = Board(coop)
        for entry in self.store.entries(coop, limit=10**6):
            board = apply(board, entry)
        return board


SqlDesk = Desk[SqlStore]
AnyDesk = Desk[Store]
