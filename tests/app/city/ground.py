"""Where the streets of a city are, for tests that look where somebody is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import osmium
from shapely import LineString, Point, STRtree, transform
from shapely.geometry.base import BaseGeometry

from dashboard.domain.ground import METRES_PER_DEGREE
from live.city.kinds import kinds_of

_LON = METRES_PER_DEGREE / 2
"""Metres of a degree of longitude at 60 degrees north."""


class Ground:
    """The streets of an extract, in metres; of those that its edge cuts, what lies within."""

    def __init__(self, extract: Path) -> None:
        ways = osmium.FileProcessor(str(extract), osmium.osm.NODE | osmium.osm.WAY).with_locations()
        streets = [
            [(node.lon, node.lat) for node in one.nodes if node.location.valid()] for one in ways
            if one.is_way() and ("street" in kinds_of(dict(one.tags), "line") or one.tags.get("highway"))
        ]  # fmt: skip
        self._streets = STRtree([_flat(LineString(points)) for points in streets if len(points) > 1])

    def off_street(self, points: Iterable[tuple[float, float]]) -> list[float]:
        """How far each point (lon, lat) is from the nearest street, in metres."""
        flat = [Point(lon * _LON, lat * METRES_PER_DEGREE) for lon, lat in points]
        distances: list[float] = self._streets.query_nearest(flat, return_distance=True, all_matches=False)[1].tolist()
        return distances


def _flat(geometry: BaseGeometry) -> BaseGeometry:
    return transform(geometry, lambda points: points * (_LON, METRES_PER_DEGREE))
