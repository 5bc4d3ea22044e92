"""The sea, which OpenStreetMap knows only by its coastline: land on the left of it, water on the right."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from math import dist

from shapely import LineString, MultiLineString, Point, Polygon, box, line_merge, unary_union
from shapely.geometry.base import BaseGeometry
from shapely.ops import polygonize

from live.city.pack import Bounds

_SIDE = 2e-6
"""How far beside the coast (degrees, about 0.2 m) a point is looked at to tell water from land."""

_BREAK = 1 / 12
"""Of the frame's length: a coast that ends farther than this from its edge was not cut there, but is broken."""


def sea(coastlines: Iterable[BaseGeometry], bounds: Bounds) -> list[Polygon]:
    """The parts of ``bounds`` that are sea. Coastlines that the extract cuts short are led to the nearest edge."""
    frame = box(*bounds)
    joined = line_merge(MultiLineString([part for line in coastlines for part in _parts(line)]), directed=True)
    coasts = [_led_to_edge(part, frame) for line in _parts(joined) for part in _parts(line.intersection(frame))
              if _reaches(part, frame)]  # fmt: skip
    if not coasts:
        return []
    wet = [_just_right_of(line) for line in coasts]
    faces = polygonize(unary_union([frame.boundary, *coasts]))
    return [face for face in faces if any(face.contains(point) for point in wet)]


def _parts(geometry: BaseGeometry) -> list[LineString]:
    parts = getattr(geometry, "geoms", [geometry])
    return [LineString(part.coords) for part in parts if "Line" in part.geom_type and part.length]


def _reaches(line: LineString, frame: Polygon) -> bool:
    """Whether a coast goes around an island or ends near the edge: one that breaks off in the city tells no sides."""
    far = _BREAK * frame.length
    return line.is_closed or all(frame.boundary.distance(Point(end)) < far for end in (line.coords[0], line.coords[-1]))


def _led_to_edge(line: LineString, frame: Polygon) -> LineString:
    if line.is_closed:
        return line
    edge = frame.boundary
    first, last = (edge.interpolate(edge.project(Point(end))) for end in (line.coords[0], line.coords[-1]))
    return LineString([*first.coords, *line.coords, *last.coords])


def _just_right_of(line: LineString) -> Point:
    """A point in the water beside the longest stretch."""
    (x0, y0), (x1, y1) = max(pairwise(line.coords), key=lambda stretch: dist(*stretch))
    share = _SIDE / dist((x0, y0), (x1, y1))
    return Point((x0 + x1) / 2 + (y1 - y0) * share, (y0 + y1) / 2 - (x1 - x0) * share)
