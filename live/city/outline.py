"""What of a base map is enough to know a city by: its larger streets, and where land ends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

LARGER = 2
"""Ranks of streets that are drawn: main roads and those that join them."""

type Line = tuple[tuple[float, float], ...]


def streets(basemap: bytes) -> Iterator[Line]:
    """The larger ones, as (longitude, latitude)."""
    for feature in _features(basemap, "street"):
        if feature["properties"].get("rank", LARGER + 1) <= LARGER:
            yield from map(_line, feature["geometry"]["coordinates"])


def shores(basemap: bytes) -> Iterator[Line]:
    """The outer edge of each area of water; islands in it are left out."""
    for feature in _features(basemap, "water"):
        for area in feature["geometry"]["coordinates"]:
            yield _line(area[0])


def _features(basemap: bytes, layer: str) -> list[dict[str, Any]]:
    return [one for one in json.loads(basemap)["features"] if one["properties"]["layer"] == layer]


def _line(bends: list[list[float]]) -> Line:
    return tuple((lon, lat) for lon, lat in bends)
