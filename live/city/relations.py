"""Areas that are made of several ways. An extract cuts them at its edge: what is there is closed as well as can be."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

import shapely
from shapely import LineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from live.city.kinds import Tags

type Parts = list[BaseGeometry]


class Members:
    """The ways that areas are made of, kept on disk until all are read, in a file that ends with the process."""

    def __init__(self, areas: Iterable[tuple[Tags, list[int], list[int]]]) -> None:
        self._areas = list(areas)
        self._wanted = {way for _, outer, inner in self._areas for way in (*outer, *inner)}
        self._ways = sqlite3.connect("")
        self._ways.execute("CREATE TABLE way (id INTEGER PRIMARY KEY, shape BLOB)")

    def __contains__(self, way: int) -> bool:
        return way in self._wanted

    def keep(self, way: int, shape: bytes) -> None:
        """Remember a way, if it is part of an area."""
        if way in self._wanted:
            self._ways.execute("INSERT OR REPLACE INTO way VALUES (?, ?)", (way, shape))

    def whole(self) -> Iterator[tuple[Tags, Parts, Parts]]:
        """Each area: its tags, and the ways around it and within it that were there."""
        for tags, outer, inner in self._areas:
            yield tags, self._found(outer), self._found(inner)

    def _found(self, ways: list[int]) -> Parts:
        shapes = (self._ways.execute("SELECT shape FROM way WHERE id = ?", (way,)).fetchone() for way in ways)
        return [shapely.from_wkb(shape[0]) for shape in shapes if shape]


def area_of(outer: Parts, inner: Parts) -> BaseGeometry | None:
    """What lies within the outer ways and not within the inner ones; None where nothing does."""
    around = shapely.union_all([_mended(ring) for ring in _rings(outer)])
    within = shapely.union_all([_mended(ring) for ring in _rings(inner)])
    area = shapely.difference(around, within)
    polygons = [part for part in shapely.get_parts(area) if part.geom_type == "Polygon" and part.area]
    return MultiPolygon(polygons) if polygons else None


def _rings(ways: Parts) -> Iterator[LineString]:
    """Ways joined end to end. Pieces that the edge of the extract left open are joined at their nearest ends."""
    if not ways:
        return
    pieces = shapely.get_parts(shapely.line_merge(shapely.union_all(ways) if len(ways) > 1 else ways[0]))
    pieces = [LineString(piece.coords) for piece in pieces if piece.geom_type == "LineString"]
    yield from (piece for piece in pieces if piece.is_closed)
    open_ones = [piece for piece in pieces if not piece.is_closed]
    while open_ones:
        chain = list(open_ones.pop().coords)
        while open_ones and (nearest := _nearest(chain, open_ones)) is not None:
            chain += nearest
        yield LineString([*chain, chain[0]])


def _nearest(chain: list[tuple[float, float]], others: list[LineString]) -> list[tuple[float, float]] | None:
    """The piece, turned so that it goes on from the chain's end and taken off the list; None if closing is nearer."""
    end = Point(chain[-1])
    gaps = [(end.distance(Point(one.coords[at])), n, at) for n, one in enumerate(others) for at in (0, -1)]
    gap, n, at = min(gaps)
    if gap > end.distance(Point(chain[0])):
        return None
    found = list(others.pop(n).coords)
    return found if at == 0 else found[::-1]


def _mended(ring: LineString) -> BaseGeometry:
    return Polygon(ring).buffer(0) if len(ring.coords) > 3 else Polygon()
