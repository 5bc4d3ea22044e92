"""``draft:{coop}:ID``: proposals that wait for somebody's answer. They may be lost at any moment: one asks again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, cast

import msgspec
from redis.exceptions import RedisError

from live import channels
from live.bus import open_redis

MOST = 20
"""Kept here while Redis is away."""


class RedisDrafts:
    """Kept for all web processes of an installation; while Redis is away, for this one alone."""

    def __init__(self, redis_url: str) -> None:
        self._redis = open_redis(redis_url)
        self._here: OrderedDict[str, bytes] = OrderedDict()

    def keep(self, coop: str, id: str, document: Mapping[str, Any], lasts: timedelta) -> None:
        """Until it is taken, or for so long."""
        key, text = channels.draft(coop, id), msgspec.json.encode(document)
        try:
            self._redis.set(key, text, px=lasts)
        except (RedisError, OSError):
            self._here[key] = text
            while len(self._here) > MOST:
                self._here.popitem(last=False)

    def find(self, coop: str, id: str) -> Mapping[str, Any] | None:
        """The document as long as it waits; None: there is none (any more)."""
        key = channels.draft(coop, id)
        try:
            found = cast(bytes | None, self._redis.get(key))
        except (RedisError, OSError):
            found = None
        return _read(found or self._here.get(key))

    def take(self, coop: str, id: str) -> Mapping[str, Any] | None:
        """The document, which is gone from now on; None: there is none (any more)."""
        key = channels.draft(coop, id)
        try:
            found = cast(bytes | None, self._redis.getdel(key))
        except (RedisError, OSError):
            found = None
        return _read(found or self._here.pop(key, None))


def _read(text: bytes | None) -> Mapping[str, Any] | None:
    return None if text is None else msgspec.json.decode(text)
