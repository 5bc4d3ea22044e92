"""A sheet on which a base map is drawn: features cut to its edges, joined, simplified, in the order of drawing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from shapely import MultiLineString, MultiPolygon, box, get_parts, line_merge, unary_union
from shapely.geometry.base import BaseGeometry

from live.city.pack import ATTRIBUTION, Bounds
from live.city.spool import Feature

SIMPLIFIED = 4e-6
"""Degrees; about 0.3 m, less than a pixel at zoom 18."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One feature of a base map. ``properties`` has ``layer`` and what belongs to it: see basemap.py."""

    geometry: BaseGeometry
    properties: dict[str, str | int | float]


class Drawing:
    """Features in the order in which they are drawn. Nothing finer than ``simplified`` (degrees) is kept."""

    def __init__(self, bounds: Bounds, simplified: float = SIMPLIFIED) -> None:
        self._frame = box(*bounds)
        self._simplified = simplified
        self.features: list[Drawn] = []

    def surface(self, layer: str, areas: Iterable[Feature]) -> None:
        """Areas of one kind, joined where they overlap."""
        whole = unary_union([self.cut(one.geometry) for one in areas]).simplify(self._simplified)
        least = self._simplified**2
        parts = [part for part in get_parts(whole) if part.geom_type == "Polygon" and part.area > least]
        if parts:
            self._add(MultiPolygon(parts), layer=layer)

    def strokes(self, layer: str, lines: Iterable[Feature], **more: str | int) -> list[BaseGeometry]:
        """Lines of one kind, joined end to end; returns them as drawn."""
        parts = [
            part for one in lines for part in get_parts(self.cut(one.geometry))
            if part.geom_type == "LineString" and part.length
        ]  # fmt: skip
        joined = [part.simplify(self._simplified) for part in get_parts(line_merge(MultiLineString(parts)))]
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
        features = [
            {"type": "Feature", "properties": one.properties, "geometry": _rounded(one.geometry)}
            for one in self.features
        ]
        collection = {"type": "FeatureCollection", "attribution": ATTRIBUTION, "features": features}
        return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()

    def _add(self, geometry: BaseGeometry, **properties: str | int | float) -> None:
        self.features.append(Drawn(geometry, properties))


def _rounded(geometry: BaseGeometry) -> dict[str, Any]:
    shape = geometry.__geo_interface__
    return {"type": shape["type"], "coordinates": _short(shape["coordinates"])}


def _short(coordinates: Any) -> Any:
    return round(coordinates, 6) if isinstance(coordinates, float) else [_short(one) for one in coordinates]
