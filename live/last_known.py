"""``last:{coop}``: the newest accepted fix of each courier on shift, for whoever starts now."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, cast

from redis import Redis
from redis.exceptions import RedisError

from dashboard.domain.board import Board
from dashboard.domain.events import Entry
from live import channels
from live.feed import Feed
from live.fixes import MAX_AGE, Fix, encode
from live.fleet import Fleet

WRITE = 0.5
"""Seconds between two writings."""
TIDY = 10.0
"""Seconds between two looks for what should not be there."""
KEEP = 300
"""Seconds after which Redis itself drops the whole, if nobody writes any more."""


class LastKnown:
    """Written from a feed's fleets. Who leaves shift or takes a break is taken out at once, not at the next writing."""

    def __init__(
        self, feed: Feed, redis: Redis, clock: Callable[[], float], steady: Callable[[], float]
    ) -> None:  # fmt: skip
        self._feed, self._redis, self._clock, self._steady = feed, redis, clock, steady
        self._gone: defaultdict[str, set[str]] = defaultdict(set)  # added to by the feed, taken whole from here
        self._wake = threading.Event()
        self._tidied = -TIDY
        feed.listeners.entry.append(self._notice)

    def write(self) -> None:
        """Write what has changed since the last time, then wait for a while, or until somebody leaves shift."""
        for coop, fleet in self._feed.fleets().items():
            self._write(coop, fleet)
        if self._steady() - self._tidied > TIDY and self._feed.problem() is None:
            self._tidy()
        self._wake.wait(WRITE)
        self._wake.clear()

    def wake(self) -> None:
        """End the wait."""
        self._wake.set()

    def _notice(self, entry: Entry, board: Board) -> None:
        courier = board.couriers.get(entry.subject)
        if courier is not None and not courier.can_be_located:
            self._gone[entry.coop].add(courier.id)
            self._wake.set()

    def _write(self, coop: str, fleet: Fleet) -> None:
        """First who has gone, then who has moved: the fleet forgets the former before this hears of them."""
        gone = self._gone.pop(coop, set())
        changed = [fix for index in fleet.take_changed() if (fix := fleet.newest(index))]
        try:
            if gone or changed:
                self._send(channels.last(coop), gone, changed)
        except (RedisError, OSError):
            self._gone[coop] |= gone
            fleet.mark_all()  # Redis may have forgotten everything meanwhile
            raise

    def _send(self, key: str, gone: Iterable[str], changed: Iterable[Fix]) -> None:
        fixes: dict[Any, Any] = {fix.courier: encode(fix) for fix in changed}
        with self._redis.pipeline(transaction=False) as pipe:
            if gone:
                pipe.hdel(key, *gone)
            if fixes:
                pipe.hset(key, mapping=fixes)
                pipe.expire(key, KEEP)
            pipe.execute()

    def _tidy(self) -> None:
        self._tidied = self._steady()
        for coop, fleet in self._feed.fleets().items():
            there = {str(name, "utf-8") for name in cast(list[bytes], self._redis.hkeys(channels.last(coop)))}
            if wrong := there - self._current(fleet):
                self._redis.hdel(channels.last(coop), *wrong)

    def _current(self, fleet: Fleet) -> set[str]:
        """Who is on shift and was heard of lately: also what was left over by an earlier worker is judged by it."""
        oldest = self._clock() - MAX_AGE
        found = ((courier, fleet.newest(index)) for courier, index in list(fleet.on_shift.items()))
        return {courier for courier, fix in found if fix is not None and fix.t >= oldest}
