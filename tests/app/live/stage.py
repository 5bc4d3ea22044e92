"""A record in memory, its use cases, and a feed or a worker on a real Redis."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from dashboard.dispatch import Dispatch
from dashboard.domain.events import Entry
from dashboard.domain.orders import Order, Place
from dashboard.ports import Coop
from live.announcer import RedisAnnouncer
from live.feed import Feed
from live.intake import PlaceOrder
from live.worker import Worker
from tests.memory_store import MemoryStore
from tests.redis_server import RedisServer
from tests.running import PATIENCE, until

COOP = "acme"


class Stage:
    """``told`` is every entry that a feed's listeners were told, in order."""

    def __init__(self, redis: RedisServer) -> None:
        self.redis = redis
        self.store = MemoryStore(Coop(COOP, "Acme"))
        self.dispatch = Dispatch(self.store, RedisAnnouncer(redis.url), lambda: str(uuid4()))
        self.told: list[Entry] = []

    @contextmanager
    def feed(self) -> Iterator[Feed]:
        """A feed that listens."""
        feed = Feed(self.store, self.redis.url, time.time)
        feed.listeners.entry.append(lambda entry, _: self.told.append(entry))
        feed.start()
        try:
            until(lambda: feed.counters.counts["subscriptions"] and feed.fleets(), PATIENCE, "it does not subscribe")
            until(lambda: self.listeners() > 0, PATIENCE, "it does not listen")
            yield feed
        finally:
            feed.stop()

    @contextmanager
    def worker(self, place_order: PlaceOrder | None = None) -> Iterator[Worker]:
        """A worker at work; orders of its intake are placed as ``place_order`` says."""
        worker = Worker(self.store, self.redis.url, place_order or self.place_order, time.time)
        worker.start()
        try:
            yield worker
        finally:
            worker.stop()

    def place_order(self, coop: str, document: bytes, key: str) -> None:
        """A parcel for whoever is named, under the key."""
        name = json.loads(document)["for"]
        draft = Order("", coop, "", Place(60, 24), Place(60, 24, name=name), datetime.now(UTC))
        self.dispatch.place(coop, draft, by="intake", at=datetime.now(UTC), key=key)

    def courier(self, id: str = "lea") -> None:
        """A courier on shift for a while."""
        then = datetime.now(UTC) - timedelta(minutes=10)
        self.dispatch.add_courier(COOP, id, id.title(), by="test", at=then)
        self.dispatch.shift(COOP, id, "start", by="test", at=then)

    def shift(self, action: str, courier: str = "lea") -> None:
        """Now."""
        self.dispatch.shift(COOP, courier, action, by="test", at=datetime.now(UTC))

    def ride(self, courier: str = "lea", **changes: Any) -> None:
        """Publish a fix."""
        fix = {"courier": courier, "lat": 60.17, "lon": 24.94, "t": time.time()} | changes
        self.publish(json.dumps(fix))

    def publish(self, message: str | bytes) -> None:
        """Publish anything."""
        self.redis.client().publish(f"positions:{{{COOP}}}", message)

    def beat(self) -> None:
        """A heartbeat, as a worker sends it."""
        self.redis.client().publish(f"journal:{{{COOP}}}", json.dumps({"heartbeat": self.store.head(COOP).seq}))

    def listeners(self) -> int:
        """How many listen to the positions."""
        return int(self.redis.client().pubsub_numsub(f"positions:{{{COOP}}}")[0][1])

    def has_told_all(self) -> bool:
        """Whether the listeners know the whole journal, each entry once, in order."""
        return list(self.told) == list(self.store.entries(COOP, limit=10_000))
