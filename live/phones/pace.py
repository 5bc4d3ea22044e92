"""How often a phone may report: steadily a few times a second, and all at once what it kept while it had no network."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

PER_SECOND = 5.0
BURST = 500.0
MOST = 10_000


class Pace:
    """A bucket of BURST requests for each key, refilled by PER_SECOND."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._buckets: dict[str, tuple[float, datetime]] = {}

    def allows(self, key: str) -> bool:
        """Whether one more request is fine now; it counts if so."""
        now = self._clock()
        left, since = self._buckets.get(key, (BURST, now))
        left = min(BURST, left + PER_SECOND * max((now - since).total_seconds(), 0.0))
        if left < 1:
            return False
        if len(self._buckets) >= MOST:
            self._buckets.clear()
        self._buckets[key] = left - 1, now
        return True
