"""Publishing positions that came in by another way than Redis."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from redis.exceptions import RedisError

from live import channels
from live.bus import open_redis

log = logging.getLogger(__name__)


class RedisPublisher:
    """Puts positions on ``positions:{coop}``. Never raises and waits 0.3 s at most: the next fix is not far."""

    def __init__(self, redis_url: str) -> None:
        self._redis = open_redis(redis_url)

    def __call__(self, coop: str, positions: Sequence[Mapping[str, Any]]) -> bool:
        """Publish positions as the contract writes them; False when Redis is away."""
        try:
            self._redis.publish(channels.positions(coop), msgspec.json.encode(positions))
        except (RedisError, OSError) as lost:
            log.warning("positions of %s were not published: %s", coop, lost)
            return False
        return True
