"""Couriers on the road: each has a street of its own, far enough from the others to be pointed at.

They ride up and down in it when a test is about that: where nobody rides no picture has to be drawn.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from redis.exceptions import RedisError

from tests.redis_server import RedisServer
from tests.running import COOP

WEST, SOUTH = 24.9375, 60.1665
APART = 0.0022  # degrees of longitude between two streets; about 120 m
STREET = 0.0006  # degrees of latitude; about 67 m
FIXES_A_SECOND = 2
TURN = 40.0  # seconds for a street, up and down


class Riders:
    """Publishes fixes of ``couriers``, but of those ``silent``, from ``start`` to ``stop``, through every outage."""

    def __init__(self, redis: RedisServer, couriers: list[str]) -> None:
        self._redis, self._couriers = redis, couriers
        self.silent: set[str] = set()
        self._ridden = 0.0  # seconds
        self._ride_on = threading.Event()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._ride, daemon=True)

    def start(self) -> None:
        """They stand in their streets, and say so."""
        self._thread.start()

    def stop(self) -> None:
        """Wait until the last fix is out."""
        self._stopped.set()
        self._thread.join()

    @contextmanager
    def riding(self) -> Iterator[None]:
        """Off they go, as long as this lasts."""
        self._ride_on.set()
        try:
            yield
        finally:
            self._ride_on.clear()

    def _place(self, courier: str) -> tuple[float, float]:
        """Longitude and latitude."""
        share = abs(self._ridden % TURN / TURN - 0.5) * 2
        return WEST + APART * self._couriers.index(courier), SOUTH + STREET * share

    def _ride(self) -> None:
        while not self._stopped.wait(1 / FIXES_A_SECOND):
            now = time.time()
            self._ridden += self._ride_on.is_set() / FIXES_A_SECOND
            fixes = [self._fix(courier, now) for courier in self._couriers if courier not in self.silent]
            try:
                self._redis.client().publish(f"positions:{{{COOP}}}", json.dumps(fixes))
            except (RedisError, OSError):
                continue  # it is down because a test took it down

    def _fix(self, courier: str, at: float) -> dict[str, float | str]:
        lon, lat = self._place(courier)
        return {"courier": courier, "lon": lon, "lat": lat, "t": at}
