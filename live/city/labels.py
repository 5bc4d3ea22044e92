"""Where the names of streets, parks and waters stand on the base map."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import atan2, cos, degrees, radians

from shapely import get_parts, unary_union
from shapely.geometry.base import BaseGeometry

from dashboard.domain.ground import METRES_PER_DEGREE, length
from live.city.drawing import Drawing
from live.city.spool import Feature

_SHORTEST = 60.0
_SMALLEST = 30.0
"""Metres: a name that has less room on the ground is not written."""

_QUARTERS = {
    "city": (0, 9000), "town": (0, 6000), "suburb": (0, 3200), "village": (0, 2400), "quarter": (1, 1800),
    "neighbourhood": (1, 1000), "hamlet": (2, 800),
}  # fmt: skip
"""Rank, and metres over which the name may stretch."""

_SPACING = 450.0
"""Metres between two writings of the same name along a street."""


def name_street(drawing: Drawing, name: str, drawn: Sequence[BaseGeometry], rank: int) -> None:
    """Write the name along the longest part of a street, again each 450 m."""
    longest = max(drawn, key=_metres, default=None)
    if not name or longest is None or _metres(longest) < _SHORTEST:
        return
    times = max(1, round(_metres(longest) / _SPACING))
    for n in range(times):
        share = (n + 0.5) / times
        place, ahead = (longest.interpolate(at, normalized=True) for at in (share, share + 0.05 / times))
        angle = _upright(ahead.x - place.x, ahead.y - place.y, place.y)
        drawing.point(
            "name", place, name=name, of="street", rank=rank, angle=angle, metres=round(_metres(longest) / times)
        )


def name_areas(drawing: Drawing, layer: str, areas: Iterable[Feature]) -> None:
    """Write the names of parks and waters in their midst; what was kept in pieces is one again, and named once."""
    named: dict[str, list[BaseGeometry]] = {}
    for one in areas:
        if name := one.tags.get("name"):
            named.setdefault(name, []).append(drawing.cut(one.geometry))
    for name, parts in named.items():
        for whole in get_parts(unary_union(parts)):
            room = whole.area**0.5 * METRES_PER_DEGREE * cos(radians(whole.centroid.y)) ** 0.5 if whole.area else 0.0
            if room >= _SMALLEST:
                drawing.point(
                    "name", whole.representative_point(), name=name, of=layer, rank=1 if room > 150 else 2, angle=0,
                    metres=round(room),
                )  # fmt: skip


def name_quarters(drawing: Drawing, quarters: Iterable[Feature]) -> None:
    """Write the names of towns and of their parts where they are mapped."""
    for one in quarters:
        place = drawing.cut(one.geometry)
        if not place.is_empty:
            rank, metres = _QUARTERS[one.tags["place"]]
            drawing.point("name", place, name=one.tags["name"], of="quarter", rank=rank, angle=0, metres=metres)


def _metres(line: BaseGeometry) -> float:
    return length(list(line.coords))


def _upright(east: float, north: float, lat: float) -> int:
    angle = round(degrees(atan2(north, east * cos(radians(lat)))))
    return angle - 180 if angle > 90 else angle + 180 if angle < -90 else angle
