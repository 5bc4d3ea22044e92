"""Takes from a drawn city what is enough to know it by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import hypot

from shapely import get_parts
from shapely.geometry.base import BaseGeometry

from live.city.drawing import Drawing
from live.city.outline import Line, Outline
from live.city.pack import Bounds

LARGER = 2
"""Ranks of streets that are drawn: main roads and those that join them."""

_MOST_BENDS = 12_000
"""Of streets, and of shores: more would weigh down every page with a plot of the city."""

_FINE = 1 / 1500
"""Of the city's diagonal: less cannot be seen on a plot."""


def outline(drawing: Drawing, bounds: Bounds) -> Outline:
    """Main roads first, and the longest shores, as far as there is room; islands in the water are left out."""
    west, south, east, north = bounds
    fine = hypot(east - west, north - south) * _FINE
    streets = sorted(
        (int(one.properties["rank"]), line) for one in drawing.features
        if one.properties["layer"] == "street" and int(one.properties["rank"]) <= LARGER
        for line in _lines(one.geometry, fine)
    )  # fmt: skip
    shores = [
        line for one in drawing.features if one.properties["layer"] == "water"
        for area in get_parts(one.geometry) for line in _lines(area.exterior, fine)
    ]  # fmt: skip
    shores.sort(key=len, reverse=True)
    return Outline(streets=tuple(_some(line for _, line in streets)), water=tuple(_some(shores)))


def _lines(geometry: BaseGeometry, fine: float) -> Iterator[Line]:
    for part in get_parts(geometry):
        line = part.simplify(fine)
        if line.length > fine:
            yield tuple((round(lon, 6), round(lat, 6)) for lon, lat in line.coords)


def _some(lines: Iterable[Line]) -> Iterator[Line]:
    bends = 0
    for line in lines:
        bends += len(line)
        if bends > _MOST_BENDS:
            return
        yield line
