"""A desk with a CoopCycle beside it: the stand-in over real HTTP, the record on SQLite, the connector between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from dashboard.coopcycle import OVERRULED, Job, Status
from dashboard.dispatch import Dispatch
from dashboard.domain.events import Entry
from dashboard.domain.orders import Order
from dashboard.ports import Coop
from dashboard.store import SqlStore, open_store
from live.coopcycle.backoff import Backoff
from live.coopcycle.channel import Channel
from live.coopcycle.client import Access, Client
from live.coopcycle.connector import Connector, Pace
from live.coopcycle.our_side import OurSide
from tests.coopcycle import KEY, PASSWORD, SECRET, USER, StandIn, Town

COOP = "acme"
NOON = datetime(2026, 5, 12, 12, tzinfo=UTC)
QUICK = Backoff(lambda: 0.5, first=0.01, longest=0.02)


@dataclass
class Clock:
    """Moves when it is told to."""

    at: datetime = NOON

    def __call__(self) -> datetime:
        return self.at

    def wait(self, **time: float) -> None:
        """So much goes by."""
        self.at += timedelta(**time)


@dataclass
class Beside:
    """Both sides, and what a test does to them. ``connector()`` makes a new process' worth of connector."""

    home: Path
    site: StandIn
    clock: Clock
    store: SqlStore
    made: list[Client] = field(default_factory=list)
    patience: float = 0.3

    def __post_init__(self) -> None:
        self.told: list[Entry] = []
        self.dispatch = Dispatch(self.store, self.told.append, lambda: str(uuid4()))

    @property
    def town(self) -> Town:
        """The other side."""
        return self.site.town

    def client(self, **more: Any) -> Client:
        """As the connector speaks to them."""
        access = Access(self.site.url, USER, PASSWORD, KEY, SECRET)
        chosen = {"clock": self.clock, "patience": self.patience, "backoff": QUICK, **more}
        self.made.append(Client(access, **chosen))
        return self.made[-1]

    def channel(self) -> Channel:
        """Not started."""
        return Channel(self.client, QUICK, patience=1.0)

    def connector(self, channel: Channel | None = None, *, poll: float = 0.0) -> Connector:
        """Reads at each turn unless told otherwise."""
        ours = OurSide(COOP, self.store, self.store.coopcycle, self.dispatch, self.clock)
        pace = Pace(poll=poll, backoff=QUICK, fewest=0.0)
        return Connector(
            ours, self.client(), channel, zone=ZoneInfo("UTC"), pace=pace, clock=self.clock
        )  # fmt: skip

    def orders(self) -> dict[str, Order]:
        """Our orders by their drop-off."""
        tasks = [task["@id"] for task in self.town.tasks.values() if task["type"] == "DROPOFF"]
        jobs = self.store.coopcycle.jobs(COOP, tasks)
        found = self.store.orders_by_id(COOP, {job.order for job in jobs.values()})
        return {task: found[job.order] for task, job in jobs.items()}

    def order(self, address: str) -> Order:
        """One of them."""
        return self.orders()[address]

    def job(self, address: str) -> Job:
        """What both sides agreed on last."""
        return self.store.coopcycle.jobs(COOP, [address])[address]

    def all_orders(self) -> int:
        """How many there are in the record, wherever they came from."""
        return len(self.store.orders(COOP, limit=1000).orders)

    def assign(self, address: str, courier: str | None, *, by: str = "anna") -> None:
        """A dispatcher here decides."""
        order = self.order(address)
        if courier is None:
            self.dispatch.unassign(COOP, order.id, expected_version=order.version, by=by, at=self.clock())
        else:
            self.dispatch.assign(COOP, order.id, courier, expected_version=order.version, by=by, at=self.clock())

    def overruled(self) -> list[Entry]:
        """What the journal says about decisions that do not hold."""
        return [entry for entry in self.store.entries(COOP) if entry.kind == OVERRULED]

    def status(self) -> Status:
        """How it goes."""
        return self.store.coopcycle.status(COOP) or Status()


@pytest.fixture
def beside(home: Path) -> Iterator[Beside]:
    """Léa and Tom ride on both sides; nothing fails yet."""
    clock = Clock()
    store = open_store(f"sqlite:///{home / 'roulement.db'}")
    store.add_coop(Coop(COOP, "Acme"))
    with StandIn(Town(clock), slow=0.4) as site:
        site.town.hire("lea", "tom")
        both = Beside(home, site, clock, store)
        yield both
        for client in both.made:
            client.close()
    store.close()


Wait = Callable[..., None]
