"""What a process knows of each co-op right now, kept up to date from Redis, and from the journal where Redis fails."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime

from redis.exceptions import RedisError

from dashboard.domain.board import Board
from dashboard.domain.refusals import NotFound
from dashboard.ports import Store
from live import channels
from live.bus import Subscription, open_redis
from live.coop import Listeners, LiveCoop, moment
from live.counters import Counters
from live.fixes import Fix
from live.fleet import Fleet
from live.loops import in_background

SILENCE = 3.0
"""Seconds without a heartbeat after which the subscription is built anew, and the process is not ready."""
STALE = 1.6
"""Seconds without a heartbeat after which the screens are told: the second between two, and some delay."""
LOST = 0.5
"""Seconds that a lost subscription may take to be back before the screens are told."""
UNWATCHED = 10.0
"""Seconds without a look of the worker after which the desk is told that nobody watches for alarms."""
BREATH = 0.04
"""Seconds between two readings. Waking for each message costs twenty times what the message does."""
TOPICS = 4
"""Channels of each co-op."""
MOST = 5000
"""Messages in one reading, so that others have their turn."""
LOOK_AROUND = 1.0
"""Seconds between two looks for new co-ops."""


class Feed:
    """One per process: its subscription to Redis, and what came of it.

    ``clock`` gives epoch seconds (positions are judged by it), ``steady`` seconds that never jump (silence is
    measured by it). From ``start()`` to ``stop()`` two threads run: one listens to Redis; the other reads from the
    journal what no announcement brought, and finds new co-ops.
    """

    def __init__(
        self, store: Store, redis_url: str, clock: Callable[[], float], *, counters: Counters | None = None,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self.listeners = Listeners()
        self.counters = counters or Counters()
        self._store, self._redis_url, self._clock, self._steady = store, redis_url, clock, steady
        self._coops: dict[str, LiveCoop] = {}
        self._topics: dict[bytes, Callable[[bytes], None]] = {}
        self._redis = open_redis(redis_url, patience=2)
        self._subscription: Subscription | None = None
        self._since = steady()  # when the subscription was built, or lost
        self._heartbeat_heard = False
        self._reading = threading.Lock()
        self._wake, self._stopped = threading.Event(), threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Begin to listen; returns at once."""
        self._threads = [in_background(step, self._stopped) for step in (self._keep_up, self._listen)]

    def stop(self) -> None:
        """End both threads, and wait for them."""
        self._stopped.set()
        self._wake.set()
        for thread in self._threads:
            thread.join(timeout=5)

    def fleets(self) -> Mapping[str, Fleet]:
        """Where the couriers are, of each co-op that this process knows."""
        return {coop.id: coop.fleet for coop in list(self._coops.values())}

    def board(self, coop: str) -> Board:
        """The co-op's board as of now, an immutable value. NotFound when there is no such co-op."""
        return self._coop(coop).board

    def fleet(self, coop: str) -> Fleet:
        """Where the co-op's couriers are. NotFound when there is no such co-op."""
        return self._coop(coop).fleet

    def newest(self, coop: str, courier: str) -> Fix | None:
        """The courier's newest accepted fix; None off shift, on break, or before the first."""
        return self._coop(coop).newest(courier)

    def hear_now(self) -> None:
        """Take in what has come by now, rather than at the next reading: what is sent next is then the newest."""
        subscription = self._subscription
        if subscription is None or not self._reading.acquire(blocking=False):
            return
        try:
            self._hear(subscription)
        except (RedisError, OSError):
            return  # whoever listens meets the same, and subscribes anew
        finally:
            self._reading.release()

    def catch_up(self, coop: str) -> Board:
        """Read now from the journal what was not heard, and give the board."""
        known = self._coop(coop)
        known.catch_up(moment(self._clock()))
        return known.board

    def stale_since(self, coop: str) -> datetime | None:
        """When Redis last spoke of this co-op, if that is too long ago; None while all is well."""
        known = self._coop(coop)
        silent = self._steady() - known.heard > STALE
        return moment(known.heard_at) if silent or self._is_cut_off() else None

    def unwatched_since(self, coop: str) -> datetime | None:
        """When a worker last looked for alarms, if that is too long ago; None while all is well."""
        watched_at = self._coop(coop).watched_at
        return moment(watched_at) if self._clock() - watched_at > UNWATCHED else None

    def problem(self) -> str | None:
        """Why this process is not ready, in a sentence; None when it is."""
        if self._is_cut_off() or (self._subscription is None and not self._heartbeat_heard):
            return "Redis does not answer: check REDIS_URL and the server that it names"
        silent = self._silent() or ([] if self._heartbeat_heard else list(self._coops))
        return f"No heartbeat for {', '.join(silent[:3])}: start `roulement worker`" if silent else None

    def _is_cut_off(self) -> bool:
        """Without a subscription for longer than it takes to build one anew."""
        return self._subscription is None and self._steady() - self._since > LOST

    def _coop(self, id: str) -> LiveCoop:
        return self._coops.get(id) or self._adopt(id)

    def _adopt(self, id: str) -> LiveCoop:
        if self._store.coop(id) is None:
            raise NotFound("There is no co-op {id}", id=id)
        now = self._clock()
        board = self._store.board(id, moment(now))
        coop = LiveCoop(board, self._store, self.listeners, self.counters, now=now, steady=self._steady())
        return self._coops.setdefault(id, coop)

    def _hear_journal(self, coop: LiveCoop, message: bytes) -> None:
        self._heartbeat_heard |= coop.hear_journal(message, self._clock(), self._steady())
        if coop.behind:
            self._wake.set()

    def _hear_presence(self, coop: LiveCoop, message: bytes) -> None:
        for tell in self.listeners.presence:
            tell(coop.id, message)

    def _hear_selection(self, coop: LiveCoop, message: bytes) -> None:
        for tell in self.listeners.selection:
            tell(coop.id, message)

    def _silent(self) -> list[str]:
        now = self._steady()
        return [coop.id for coop in list(self._coops.values()) if now - coop.heard > SILENCE]

    def _listen(self) -> None:
        """Subscribe, and listen until the subscription is lost or silent."""
        subscription = Subscription(self._redis_url)
        try:
            self._topics = {}
            self._join(subscription)
            self._subscription, self._since = subscription, self._steady()
            self.counters.counts["subscriptions"] += 1
            while not self._stopped.is_set():
                self._go_on_listening(subscription)
        finally:
            subscription.close()
            self._subscription, self._since = None, self._steady()
            self.counters.counts["subscriptions_lost"] += 1
            self._wake.set()

    def _join(self, subscription: Subscription) -> None:
        """Listen to every co-op. What was said before is in the journal and in ``last:{coop}``."""
        for coop in list(self._coops.values()):
            topics = self._topics_of(coop)
            if not topics.keys() <= self._topics.keys():
                subscription.add(topics)
                self._topics |= topics
                coop.remember(self._redis.hvals(channels.last(coop.id)), self._clock())
                coop.behind = True
                self._wake.set()

    def _topics_of(self, coop: LiveCoop) -> dict[bytes, Callable[[bytes], None]]:
        return {
            channels.positions(coop.id).encode(): lambda message: coop.hear_positions(message, self._clock()),
            channels.journal(coop.id).encode(): lambda message: self._hear_journal(coop, message),
            channels.presence(coop.id).encode(): lambda message: self._hear_presence(coop, message),
            channels.selection(coop.id).encode(): lambda message: self._hear_selection(coop, message),
        }

    def _go_on_listening(self, subscription: Subscription) -> None:
        with self._reading:
            heard = self._hear(subscription)
        if TOPICS * len(self._coops) > len(self._topics):
            self._join(subscription)
        if self._steady() - self._since > SILENCE and (silent := self._silent()):
            raise ConnectionError(f"no heartbeat for {silent[0]}: subscribing anew")
        self._stopped.wait(BREATH if heard < MOST else 0.001)

    def _hear(self, subscription: Subscription) -> int:
        """Read what has come; how many messages that were."""
        heard = 0
        for channel, message in subscription.read(MOST):
            self._topics[channel](message)
            heard += 1
        return heard

    def _keep_up(self) -> None:
        """Look for new co-ops, and read the journal for whoever is behind (all, while Redis is away)."""
        for coop in self._store.coops():
            self._coop(coop.id)
        for known in list(self._coops.values()):
            if known.behind or self._subscription is None:
                known.catch_up(moment(self._clock()))
        self._wake.wait(LOOK_AROUND if self._subscription else LOST)
        self._wake.clear()
