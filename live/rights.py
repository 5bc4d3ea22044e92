"""Hearing that somebody's rights have changed, so that what they have open is closed within a second."""

from __future__ import annotations

import time
from collections.abc import Callable

import msgspec
from redis.exceptions import RedisError

from live import channels
from live.bus import Subscription

LISTEN_EACH = 0.1
"""Seconds between two readings."""
LOOK_EACH = 1.0
"""Seconds between two looks of one's own while Redis is away and nothing can be heard."""
MOST = 100
"""Messages in one reading."""


class Changed(msgspec.Struct):
    """What is said on the channel: rights in one co-op, one browser session, or (neither) anybody's."""

    coop: str | None = None
    key: str | None = None


class RightsWatch:
    """Listens for one process. ``ask_again`` looks at everybody of a co-op (None: at all), ``close`` ends a session's
    sockets. What was said while nobody listened is made up for by a look at all."""

    def __init__(
        self, redis_url: str, ask_again: Callable[[str | None], None], close: Callable[[str], None],
        steady: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._url, self._ask_again, self._close, self._steady = redis_url, ask_again, close, steady
        self._subscription: Subscription | None = None
        self._looked = 0.0

    def listen(self) -> None:
        """Take in what has come by now; RedisError or OSError when nothing can."""
        try:
            if self._subscription is None:
                self._begin()
            for changed in self._heard():
                self._obey(changed)
        except (RedisError, OSError):
            self.stop()
            self._look_without()
            raise

    def stop(self) -> None:
        """Let go of the connection."""
        if self._subscription:
            self._subscription.close()
            self._subscription = None

    def _begin(self) -> None:
        subscription = Subscription(self._url)
        subscription.add([channels.ACCESS.encode()])
        self._subscription = subscription
        self._ask_again(None)

    def _heard(self) -> list[Changed]:
        assert self._subscription is not None
        return [_read(message) for _, message in self._subscription.read(MOST)]

    def _obey(self, changed: Changed) -> None:
        if changed.key:
            self._close(changed.key)
        else:
            self._ask_again(changed.coop)

    def _look_without(self) -> None:
        if self._steady() - self._looked >= LOOK_EACH:
            self._ask_again(None)
            self._looked = self._steady()


def _read(message: bytes) -> Changed:
    """What makes no sense is taken for a change of everybody's: looking again does no harm."""
    try:
        return msgspec.json.decode(message, type=Changed)
    except msgspec.DecodeError:
        return Changed()
