"""``routing:{coop}``: since when a process's ways are made otherwise than they should be, for whoever raises alarms."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import cast

import msgspec
from redis import Redis

from dashboard.domain.times import from_wire, to_wire
from live import channels
from live.routes import BY_GUESS, CityRouter, Fallback

KEEP = timedelta(seconds=15)
"""What was not said again for so long is not so any more: the process has ended."""
EVERY = 2.0
"""Seconds between two looks."""


class RoutingSigns:
    """Looks at the router, and says what it finds to the other processes."""

    def __init__(
        self, router: CityRouter, redis: Redis, coops: Callable[[], Iterable[str]], clock: Callable[[], datetime]
    ) -> None:
        self._router, self._redis, self._coops, self._clock = router, redis, coops, clock
        self._process = f"{socket.gethostname()}-{os.getpid()}"
        self._said: set[str] = set()

    def problem(self) -> str | None:
        """What is amiss with the ways, in a sentence; None when nothing is."""
        found = [fallback for coop in self._coops() if (fallback := self._router.fallback(coop))]
        if not found:
            return None
        since = to_wire(min(each.since for each in found))
        if any(each.by == BY_GUESS for each in found):
            return f"Routes are estimated since {since}: check ROULEMENT_VALHALLA_URL and the city pack"
        return f"Routes come from the city pack since {since}: check ROULEMENT_VALHALLA_URL and its server"

    def look(self) -> None:
        """Once; RedisError when nobody could be told."""
        coops = list(self._coops())
        self._router.look(coops)
        for coop in coops:
            self._say(coop, self._router.fallback(coop))

    def _say(self, coop: str, fallback: Fallback | None) -> None:
        key = channels.routing(coop)
        if fallback is not None:
            told = {**fallback.to_wire(), "at": to_wire(self._clock())}
            self._redis.hset(key, self._process, msgspec.json.encode(told))
            self._redis.expire(key, KEEP)
            self._said.add(coop)
        elif coop in self._said:
            self._redis.hdel(key, self._process)
            self._said.discard(coop)


def fallback_told(redis: Redis, coop: str, now: datetime) -> Fallback | None:
    """Since when, and by whom at worst, some web process makes the co-op's ways otherwise; None when none does."""
    signs = [msgspec.json.decode(each) for each in cast(list[bytes], redis.hvals(channels.routing(coop)))]
    fresh = [sign for sign in signs if now - from_wire(sign["at"]) < KEEP]
    if not fresh:
        return None
    worst = {sign["by"] for sign in fresh}
    return Fallback(min(from_wire(sign["since"]) for sign in fresh), BY_GUESS if BY_GUESS in worst else worst.pop())
