"""At which restaurants somebody has the screen open: the demo's kitchens leave their orders to them."""

from __future__ import annotations

import time
from collections.abc import Callable

from redis.exceptions import RedisError

from live import channels
from live.bus import Subscription
from live.presence import Presence

MOST = 100
"""Messages in one reading; each web process sends one a second."""
GRACE = 120.0
"""Seconds that a screen still counts after it was heard of: it may be without a network, with presses waiting."""


class Tablets:
    """Heard from the web processes. Whatever cannot be heard is nobody's: then the kitchens go on by themselves."""

    def __init__(
        self, redis_url: str, coop: str, *, grace: float = GRACE, steady: Callable[[], float] = time.monotonic
    ) -> None:
        self._url, self._channel, self._steady = redis_url, channels.presence(coop).encode(), steady
        self._subscription: Subscription | None = None
        self._presence = Presence("demo")
        self._grace = grace
        self._heard: dict[str, float] = {}

    def open(self) -> frozenset[str]:
        """The restaurants, by id."""
        try:
            if self._subscription is None:
                self._subscription = Subscription(self._url)
                self._subscription.add([self._channel])
            for _, message in self._subscription.read(MOST):
                self._presence.hear(message, self._steady())
        except (RedisError, OSError):
            self._let_go()
        now = self._steady()
        self._heard |= dict.fromkeys(self._presence.kitchens(now), now)
        return frozenset(kitchen for kitchen, heard in self._heard.items() if now - heard <= self._grace)

    def _let_go(self) -> None:
        if self._subscription:
            self._subscription.close()
        self._subscription = None
