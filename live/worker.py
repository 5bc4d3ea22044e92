"""The worker: heartbeats, ``last:{coop}``, the intake, alarms. One is enough; several share the work."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable

import msgspec

from dashboard.ports import Store
from live import channels
from live.bus import open_redis
from live.feed import Feed
from live.intake import Intake, PlaceOrder
from live.last_known import LastKnown
from live.loops import in_background
from live.watching import Watcher

log = logging.getLogger(__name__)

HEARTBEAT = 1.0
"""Seconds between two heartbeats."""
BLOCKING = 5.0
"""Seconds for an answer on the connection that waits for orders: more than it waits."""


class Worker:
    """Runs from ``start()`` to ``stop()``. ``clock`` gives epoch seconds, ``steady`` seconds that never jump.

    ``watcher`` is set before the start by whoever wants alarms.
    """

    def __init__(
        self, store: Store, redis_url: str, place_order: PlaceOrder, clock: Callable[[], float], *,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self.feed = Feed(store, redis_url, clock, steady=steady)
        self._store, self._steady = store, steady
        self._redis = open_redis(redis_url)
        self._last_known = LastKnown(self.feed, open_redis(redis_url), clock, steady)
        reader = f"{socket.gethostname()}-{os.getpid()}"
        self._intake = Intake(open_redis(redis_url, patience=BLOCKING), place_order, reader, self.feed.counters)
        self._due = steady()
        self.watcher: Watcher | None = None
        self._stopped = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Begin to work; returns at once."""
        self.feed.start()
        steps = [self._beat, self._last_known.write, self._take_in]
        if self.watcher:
            steps.append(self._watch)
        self._threads = [in_background(step, self._stopped) for step in steps]

    def stop(self) -> None:
        """Finish what is in hand, and end."""
        self._stopped.set()
        self._last_known.wake()
        for thread in self._threads:
            thread.join(timeout=BLOCKING)
        self.feed.stop()

    def wait(self) -> None:
        """Wait until ``stop()`` is called."""
        self._stopped.wait()

    def _beat(self) -> None:
        """Say on each co-op's channel which entry is the newest."""
        for coop in self._store.coops():
            beat: dict[str, float] = {"heartbeat": self._store.head(coop.id).seq}
            if self.watcher and coop.id in self.watcher.looked:
                beat["watched"] = self.watcher.looked[coop.id]
            self._redis.publish(channels.journal(coop.id), msgspec.json.encode(beat))
        self._due = max(self._due + HEARTBEAT, self._steady())
        self._stopped.wait(self._due - self._steady())

    def _watch(self) -> None:
        assert self.watcher
        self.watcher.step(self._stopped)

    def _take_in(self) -> None:
        coops = [coop.id for coop in self._store.coops()]
        if coops:
            self._intake.take(coops)
        else:
            self._stopped.wait(HEARTBEAT)
