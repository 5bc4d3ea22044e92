"""Jumps: a receiver that loses its satellites puts a bicycle on the other side of the river for one moment."""

from __future__ import annotations

from dashboard.domain.ground import metres_between
from live.fixes import Fix

TOO_FAST_MPS = 40.0  # 144 km/h: no bicycle
LEEWAY_M = 100.0  # between houses a fix is often so far off, whatever accuracy the phone claims


class Doubts:
    """Doubts a fix that nobody can have reached in the time, and believes the next one if it is near the doubted one:
    then it was the old place that was wrong. Holds at most one doubted fix per courier."""

    def __init__(self) -> None:
        self._doubted: dict[tuple[str, str], Fix] = {}

    def doubts(self, coop: str, before: Fix | None, fix: Fix) -> bool:
        """Whether to drop the fix of a courier who was last accepted at ``before``."""
        doubted = self._doubted.pop((coop, fix.courier), None)
        if before is None or not _too_fast(before, fix) or (doubted is not None and not _too_fast(doubted, fix)):
            return False
        self._doubted[coop, fix.courier] = fix
        return True

    def forget(self, coop: str, courier: str) -> None:
        """Keep nothing of a courier who is off shift."""
        self._doubted.pop((coop, courier), None)


def _too_fast(before: Fix, after: Fix) -> bool:
    leeway = LEEWAY_M + (before.accuracy or 0.0) + (after.accuracy or 0.0)
    distance = metres_between((before.lon, before.lat), (after.lon, after.lat))
    return distance - leeway > TOO_FAST_MPS * max(after.t - before.t, 1.0)
