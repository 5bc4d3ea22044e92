"""Telling every open screen that something was committed."""

from __future__ import annotations

import logging

import msgspec
from redis.exceptions import RedisError

from dashboard.domain.events import Entry, entry_to_wire
from live import channels
from live.bus import open_redis
from live.counters import Counters

log = logging.getLogger(__name__)


class RedisAnnouncer:
    """Publishes each committed entry on ``journal:{coop}``. Never raises and waits 0.3 s at most.

    What does not get through is told by the next heartbeat, and read from the journal.
    """

    def __init__(self, redis_url: str, counters: Counters | None = None) -> None:
        self._redis = open_redis(redis_url)
        self._counters = counters or Counters()

    def __call__(self, entry: Entry) -> None:
        """Publish the entry; a failure is counted and logged by its seq alone."""
        try:
            self._redis.publish(channels.journal(entry.coop), msgspec.json.encode(entry_to_wire(entry)))
        except (RedisError, OSError) as lost:
            self._counters.counts["announcements_failed"] += 1
            log.warning("entry %s of %s was not announced: %s", entry.seq, entry.coop, lost)
        else:
            self._counters.counts["announced"] += 1


class RightsAnnouncer:
    """Tells every web process that rights have changed. Never raises: each looks again by itself within seconds."""

    def __init__(self, redis_url: str) -> None:
        self._redis = open_redis(redis_url)

    def __call__(self, coop: str | None) -> None:
        """In this co-op, or (None) anywhere: whoever looks on is to be asked again."""
        self._publish({} if coop is None else {"coop": coop})

    def gone(self, key: str) -> None:
        """A browser session has ended: what it has open is to be closed."""
        self._publish({"key": key})

    def _publish(self, message: dict[str, str]) -> None:
        try:
            self._redis.publish(channels.ACCESS, msgspec.json.encode(message))
        except (RedisError, OSError) as lost:
            log.warning("a change of rights was not announced: %s", lost)
