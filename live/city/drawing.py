"""A sheet on which a base map is drawn: features cut to its edges, joined, simplified, and written as GeoJSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from shapely import MultiLineString, MultiPolygon, box, get_parts, line_merge, unary_union
from shapely.geometry.base import BaseGeometry

from live.city.extract import Feature
from live.city.pack import ATTRIBUTION, Bounds

SIMPLIFIED = 4e-6
"""Degrees; about 0.3 m, less than a pixel at zoom 18."""


class Drawing:
    """Features in the order in which they are drawn."""

    def __init__(self, bounds: Bounds) -> None:
        self._frame = box(*bounds)
        self._features: list[dict[str, Any]] = []

    def surface(self, layer: str, areas: Iterable[Feature]) -> None:
        """Areas of one kind, joined where they overlap."""
        whole = unary_union([self.cut(one.geometry) for one in areas]).simplify(SIMPLIFIED)
        parts = [part for part in get_parts(whole) if part.geom_type == "Polygon" and part.area > 0]
        if parts:
            self._add(MultiPolygon(parts), layer=layer)

    def strokes(self, layer: str, lines: Iterable[Feature], **more: str | int) -> list[BaseGeometry]:
        """Lines of one kind, joined end to end; returns them as drawn."""
        parts = [part for one in lines for part in get_parts(self.cut(one.geometry)) if part.length]
        joined = [part.simplify(SIMPLIFIED) for part in get_parts(line_merge(MultiLineString(parts)))]
        if joined:
            self._add(MultiLineString(joined), layer=layer, **more)
        return joined

    def point(self, layer: str, place: BaseGeometry, **more: str | int | float) -> None:
        """A single point, for a name."""
        self._add(place, layer=layer, **more)

    def cut(self, geometry: BaseGeometry) -> BaseGeometry:
        """The part of a geometry that lies on the sheet."""
        return geometry if self._frame.contains(geometry) else geometry.intersection(self._frame)

    def to_json(self) -> bytes:
        """The FeatureCollection, UTF-8, coordinates to 6 decimals (0.1 m)."""
        collection = {"type": "FeatureCollection", "attribution": ATTRIBUTION, "features": self._features}
        return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()

    def _add(self, geometry: BaseGeometry, **properties: str | int | float) -> None:
        shape = geometry.__geo_interface__
        rounded = {"type": shape["type"], "coordinates": _rounded(shape["coordinates"])}
        self._features.append({"type": "Feature", "properties": properties, "geometry": rounded})


def _rounded(coordinates: Any) -> Any:
    return round(coordinates, 6) if isinstance(coordinates, float) else [_rounded(one) for one in coordinates]
