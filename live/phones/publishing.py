"""Publishing where a courier is."""

from __future__ import annotations

from redis import Redis
from redis.exceptions import RedisError

from live import channels


class Publisher:
    """Publishes on ``positions:{coop}``. Waits as long as the client does (see live.bus), and never raises.

    What Redis does not take is lost: the next fix comes in a few seconds, while a phone that is told to send this one
    again would fall silent for minutes.
    """

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    def __call__(self, coop: str, message: bytes) -> bool:
        """Whether Redis took it."""
        try:
            self._redis.publish(channels.positions(coop), message)
        except (RedisError, OSError):
            return False
        return True
