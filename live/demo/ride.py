"""A ride along a route, by metres."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import atan2, cos, degrees, radians

from dashboard.domain.ground import Point, metres_between


class Ride:
    """Somebody on the way. ``points`` (lon, lat), at least one."""

    def __init__(self, points: Sequence[Point]) -> None:
        self._points = points
        self._marks = list(accumulate((metres_between(a, b) for a, b in pairwise(points)), initial=0.0))
        self._gone = 0.0

    @property
    def is_over(self) -> bool:
        """Whether the end is reached."""
        return self._gone >= self._marks[-1]

    @property
    def metres_left(self) -> float:
        """To the end."""
        return self._marks[-1] - self._gone

    def advance(self, metres: float) -> None:
        """Ride on, at most to the end."""
        self._gone = min(self._gone + metres, self._marks[-1])

    @property
    def place(self) -> Point:
        """Where one is."""
        n = self._leg()
        if n is None:
            return self._points[-1]
        (x0, y0), (x1, y1) = self._points[n : n + 2]
        share = (self._gone - self._marks[n]) / (self._marks[n + 1] - self._marks[n])
        return x0 + (x1 - x0) * share, y0 + (y1 - y0) * share

    @property
    def heading(self) -> float | None:
        """Degrees clockwise from north; None at the end."""
        n = self._leg()
        if n is None:
            return None
        (x0, y0), (x1, y1) = self._points[n : n + 2]
        return degrees(atan2((x1 - x0) * cos(radians(y0)), y1 - y0)) % 360

    def _leg(self) -> int | None:
        n = bisect_right(self._marks, self._gone) - 1
        return n if n < len(self._marks) - 1 else None
