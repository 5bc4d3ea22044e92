"""The worker's eyes: every two seconds it looks at each co-op, and writes down which alarms are raised or over."""

from __future__ import annotations

import logging
import threading
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from redis import Redis
from redis.exceptions import RedisError

from dashboard.domain.alarm_round import Mind, awake, look
from dashboard.domain.alarm_rules import PACK, POSITIONS, REDIS, ROUTES
from dashboard.domain.alarm_senses import hear_arrival
from dashboard.domain.alarm_settings import Limits
from dashboard.domain.alarms import Step
from dashboard.domain.board import Board
from dashboard.domain.events import Entry
from dashboard.domain.ground import Point
from dashboard.domain.itinerary import Legs
from dashboard.domain.recurring import Absent
from dashboard.ports import Store
from live.coop import moment
from live.feed import Feed
from live.routes import BY_GUESS
from live.routing import fallback_told

log = logging.getLogger(__name__)

EACH = 2.0
"""Seconds between two looks."""
MANY = 3
"""Couriers on shift from whom on it means something that nothing is heard of any of them."""
BEFORE = 2000
"""Entries that are read again at the beginning: who has said to be at a restaurant."""


class Notebook(Protocol):
    """Where what was found is written, and the numbers that it goes by."""

    def write(self, coop: str, step: Step, *, at: datetime) -> Entry | None: ...
    def limits(self, coop: str) -> Limits: ...


class Watcher:
    """``clock`` gives epoch seconds. ``looked`` tells when each co-op was looked at last, by that clock.

    ``absent`` tells by co-op which recurring orders should be there and are not.
    """

    def __init__(
        self, feed: Feed, store: Store, notebook: Notebook, redis: Redis, legs: Legs, clock: Callable[[], float],
        absent: Callable[[str], Sequence[Absent]] = lambda _: (),
    ) -> None:  # fmt: skip
        self._feed, self._store, self._notebook, self._legs, self._clock = feed, store, notebook, legs, clock
        self._redis, self._absent = redis, absent
        self._minds: dict[str, Mind] = {}
        self._told: defaultdict[str, dict[str, tuple[str, datetime]]] = defaultdict(dict)
        self._hearing = threading.Lock()
        self.looked: dict[str, float] = {}
        feed.listeners.entry.append(self._hear)

    def step(self, stopped: threading.Event) -> None:
        """Look at each co-op once, then rest."""
        for coop in self._store.coops():
            self.look(coop.id)
        stopped.wait(EACH)

    def look(self, coop: str) -> None:
        """Look at one co-op, and write what is due."""
        board = self._feed.catch_up(coop)
        if coop not in self._minds:
            self._minds[coop] = awake(board)
            self._remember(coop, board)
        now, limits = moment(self._clock()), self._notebook.limits(coop)
        with self._hearing:
            told = dict(self._told[coop])
        self._minds[coop], steps = look(
            self._minds[coop], board, self._fixes(board), told, self._down(coop, limits), now, self._legs, limits,
            self._absent(coop),
        )  # fmt: skip
        for step in steps:
            if self._notebook.write(coop, step, at=now) is None:
                log.info("alarm %s of %s: somebody else was first", step.alarm.id, coop)
        self.looked[coop] = self._clock()

    def _fixes(self, board: Board) -> dict[str, tuple[Point, datetime]]:
        """Of those who have something in hand: of the others no alarm asks where they are."""
        busy = {order.courier for order in board.orders.values() if order.courier and order.is_open}
        found = ((courier, self._feed.newest(board.coop, courier)) for courier in sorted(busy))
        return {courier: ((fix.lon, fix.lat), moment(fix.t)) for courier, fix in found if fix is not None}

    def _down(self, coop: str, limits: Limits) -> frozenset[str]:
        """Parts of the system that are away."""
        parts = {REDIS: self._is_cut_off(coop), POSITIONS: self._is_silent(coop, limits)}
        ways = self._ways_by(coop)
        return frozenset((*(part for part, is_away in parts.items() if is_away), *([ways] if ways else [])))

    def _is_cut_off(self, coop: str) -> bool:
        return self._feed.stale_since(coop) is not None

    def _is_silent(self, coop: str, limits: Limits) -> bool:
        """Positions came, of several couriers, and now none comes of anybody."""
        count, newest = self._feed.fleet(coop).heard()
        return count >= MANY and self._clock() - newest > limits.feed_seconds

    def _ways_by(self, coop: str) -> str | None:
        """What a web process said lately of its ways, if they are not made by whom they should be."""
        try:
            fallback = fallback_told(self._redis, coop, moment(self._clock()))
        except (RedisError, OSError):
            return None  # that Redis is away is an alarm of its own
        return None if fallback is None else ROUTES if fallback.by == BY_GUESS else PACK

    def _hear(self, entry: Entry, board: Board) -> None:
        with self._hearing:
            hear_arrival(self._told[entry.coop], entry, board)

    def _remember(self, coop: str, board: Board) -> None:
        for entry in self._store.entries(coop, after=max(0, board.seq - BEFORE), limit=BEFORE):
            self._hear(entry, board)
