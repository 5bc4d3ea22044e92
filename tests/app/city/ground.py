"""Where the streets of a city are, for tests that look where somebody is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from shapely import Point, STRtree, transform
from shapely.geometry.base import BaseGeometry

from dashboard.domain.ground import METRES_PER_DEGREE
from live.city.basemap import read_streets
from live.city.extract import Extract

_LON = METRES_PER_DEGREE / 2
"""Metres of a degree of longitude at 60 degrees north."""


class Ground:
    """The streets of an extract, in metres."""

    def __init__(self, extract: Path) -> None:
        found = Extract(extract)
        self._streets = STRtree([_flat(one.geometry) for one in read_streets(found)])

    def off_street(self, points: Iterable[tuple[float, float]]) -> list[float]:
        """How far each point (lon, lat) is from the nearest street, in metres."""
        flat = [Point(lon * _LON, lat * METRES_PER_DEGREE) for lon, lat in points]
        distances: list[float] = self._streets.query_nearest(flat, return_distance=True, all_matches=False)[1].tolist()
        return distances


def _flat(geometry: BaseGeometry) -> BaseGeometry:
    return transform(geometry, lambda points: points * (_LON, METRES_PER_DEGREE))
