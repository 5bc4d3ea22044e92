"""Where an instance is put on a map that it does not belong to.

Its coordinates are metres with the zone thrown away, each shifted at random: there is no real place for them. They are
laid out from a point in the North Atlantic, 1,600 km from any street, so that nobody takes it for a city.
"""

from __future__ import annotations

from math import cos, radians

from dashboard.domain.ground import METRES_PER_DEGREE, Point
from live.replay.instance import Spot

CITY = "invented"
"""The city of a co-op whose places are nowhere."""
ORIGIN: Point = (-30.0, 45.0)
"""Where x and y are zero, as (lon, lat)."""
SIDE_M = 40_000
"""The largest public instances reach 37 km to the east and to the north."""


def on_map(spot: Spot) -> Point:
    """(lon, lat) of a point of the instance; flat-earth reckoning, under 1 % off at the northern edge."""
    x, y = spot
    lon, lat = ORIGIN
    return lon + x / (METRES_PER_DEGREE * cos(radians(lat))), lat + y / METRES_PER_DEGREE


def bounds() -> tuple[float, float, float, float]:
    """West, south, east, north of all that may be there."""
    return *ORIGIN, *on_map((SIDE_M, SIDE_M))
