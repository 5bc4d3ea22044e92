"""How fast the demo's time runs: a minute of riding or cooking takes ``speed`` times less by the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

MINUTE = 60.0
HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Pace:
    """Durations are in seconds of the demo; moments are those of the clock."""

    speed: float = 1.0

    def between(self, earlier: datetime, later: datetime) -> float:
        """Demo seconds from one moment to another."""
        return (later - earlier).total_seconds() * self.speed

    def after(self, moment: datetime, seconds: float) -> datetime:
        """The moment so many demo seconds later (or earlier, when negative)."""
        return moment + timedelta(seconds=seconds / self.speed)
