"""How often somebody may try in vain, counted by all web processes together; by this one alone while Redis is away."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from limits import RateLimitItemPerMinute
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter
from redis.exceptions import RedisError

from dashboard.throttle import Throttle

PATIENT: Mapping[str, Any] = {"socket_timeout": 0.3, "socket_connect_timeout": 0.3}
"""Seconds that Redis may take."""


class Tries:
    """At most ``tries`` failures a minute and visitor at the door of that name.

    ``steady`` gives seconds that only go forward, ``clock`` epoch seconds.
    """

    def __init__(
        self, door: str, redis_url: str, steady: Callable[[], float], *, tries: int = 10,
        clock: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        self._here = Throttle(steady, tries=tries)
        self._door, self._clock, self._most = door, clock, RateLimitItemPerMinute(tries)
        self._shared = FixedWindowRateLimiter(storage_from_string(redis_url, **PATIENT))

    def wait(self, who: str) -> float:
        """Seconds until ``who`` may try again; 0 when at once."""
        try:
            found = self._shared.get_window_stats(self._most, self._door, who)
        except (RedisError, OSError):
            return self._here.wait(who)
        return max(0.0, found.reset_time - self._clock()) if found.remaining <= 0 else self._here.wait(who)

    def failed(self, who: str) -> None:
        """Remember that ``who`` tried in vain."""
        self._here.failed(who)
        try:
            self._shared.hit(self._most, self._door, who)
        except (RedisError, OSError):
            return  # counted here
