"""Distances on the ground, of points as (lon, lat) in degrees."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import cos, hypot, radians

Point = tuple[float, float]

METRES_PER_DEGREE = 111_195.0
"""Of latitude, on a sphere of 6,371 km."""
BICYCLE_SPEED = 4.5
"""Metres a second (16 km/h) in town, stops at lights included: what Valhalla reckons with, too."""
DETOUR = 1.35
"""Of a way that nobody knows, times the straight line."""


def metres_between(a: Point, b: Point) -> float:
    """The straight distance; flat-earth reckoning, good to 0.1 % within a city."""
    scale = cos(radians((a[1] + b[1]) / 2))
    return METRES_PER_DEGREE * hypot((b[0] - a[0]) * scale, b[1] - a[1])


def length(points: Sequence[Point]) -> float:
    """Metres along a line."""
    return sum(metres_between(a, b) for a, b in pairwise(points))
