"""Connections to Redis that say at once when they are lost.

redis-py reconnects and retries behind one's back: a subscription that was cut goes on silently with a hole in it,
and a blocking read waits for many times its time-out. So: no retries here, and one connection per subscription.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from redis import Redis
from redis.backoff import NoBackoff
from redis.connection import ConnectionPool
from redis.exceptions import TimeoutError as NothingCame
from redis.retry import Retry

PATIENCE = 0.3


def open_redis(url: str, patience: float | None = PATIENCE) -> Redis:
    """A client that waits ``patience`` seconds for an answer (None: for ever) and tries once. Connects when used."""
    return Redis(connection_pool=_pool(url, patience))


class Subscription:
    """One connection that listens to channels. Any error means that it is gone and messages may be missing."""

    def __init__(self, url: str) -> None:
        """Connect; ConnectionError or TimeoutError of redis-py when that fails."""
        self._connection = _dial(url)

    def add(self, channels: Iterable[bytes]) -> None:
        """Listen to these as well."""
        self._connection.send_command("SUBSCRIBE", *channels)

    def read(self, most: int) -> Iterator[tuple[bytes, bytes]]:
        """(channel, message) of all that has come, at most ``most``; waits for nothing.

        Raises ConnectionError when the server or the network has closed the connection.
        """
        for _ in range(most):
            try:
                answer = self._connection.read_response(timeout=0, disconnect_on_error=False)
            except NothingCame:
                return
            if answer[0] == b"message":
                yield answer[1], answer[2]

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.disconnect()


def _dial(url: str) -> Any:
    """A connection of redis-py, which has types for half of it only."""
    connection = _pool(url, PATIENCE).make_connection()
    connection.connect()  # type: ignore[no-untyped-call]
    return connection


def _pool(url: str, patience: float | None) -> ConnectionPool:
    return ConnectionPool.from_url(
        url, protocol=2, socket_timeout=patience, socket_connect_timeout=PATIENCE, retry=Retry(NoBackoff(), 0)
    )
