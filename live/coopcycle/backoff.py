"""How long to wait after a failure: longer each time, never quite the same, so that many do not come back at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Backoff:
    """``first`` and ``longest`` in seconds; ``chance`` gives a number from 0 to 1."""

    chance: Callable[[], float]
    first: float = 1.0
    longest: float = 60.0

    def seconds(self, failures: int) -> float:
        """Between half of and the whole of the time after so many failures in a row (1 or more)."""
        whole = min(self.longest, self.first * 2.0 ** min(failures - 1, 30))
        return whole * (0.5 + 0.5 * self.chance())
