"""An OpenStreetMap extract as plain features: a geometry in degrees and its tags."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from google.protobuf.message import DecodeError
from pyrosm import OSM
from pyrosm.exceptions import PBFException
from shapely.geometry.base import BaseGeometry

from live.city.pack import CityError

Filter = Mapping[str, bool | list[str]]
_NOT_TAGS = frozenset({"id", "lon", "lat", "tags", "visible", "version", "timestamp", "changeset", "geometry"})


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing of the map; ``tags`` are OpenStreetMap's, empty ones left out."""

    geometry: BaseGeometry
    tags: Mapping[str, str]


class Extract:
    """An .osm.pbf file. CityError when it is missing, broken or no such file."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise CityError(f"There is no file {path}: give the path of an OpenStreetMap extract (.osm.pbf)")
        if not path.name.endswith(".pbf"):
            raise CityError(f"{path.name} is not an .osm.pbf file: only that format of OpenStreetMap extracts is read")
        self.path = path
        self._osm = self._whole(lambda: OSM(str(path)))

    def features(self, wanted: Filter, *, nodes: bool = False) -> list[Feature]:
        """All ways and areas (and points, with ``nodes``) that have one of the wanted tags."""
        found = self._whole(
            lambda: self._osm.get_data_by_custom_criteria(
                custom_filter=dict(wanted), filter_type="keep", keep_nodes=nodes, keep_ways=True, keep_relations=True
            )
        )
        return [] if found is None else [_feature(row) for row in found.to_dict("records") if row["geometry"]]

    def _whole(self, read: Any) -> Any:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # relations cut at the edge of the extract are normal
                return read()
        except (PBFException, DecodeError, OSError) as error:
            raise CityError(f"{self.path.name} is broken, or is no OpenStreetMap extract: download it again") from error


def lines(features: Iterable[Feature]) -> list[Feature]:
    """Those that are lines; an area stands for its outline."""
    return [
        Feature(one.geometry if "Line" in one.geometry.geom_type else one.geometry.boundary, one.tags)
        for one in features
        if one.geometry.geom_type != "Point"
    ]


def areas(features: Iterable[Feature]) -> list[Feature]:
    """Those that are areas, mended where their outline crosses itself."""
    return [Feature(one.geometry.buffer(0), one.tags) for one in features if "Polygon" in one.geometry.geom_type]


def _feature(row: Mapping[str, Any]) -> Feature:
    more = json.loads(row["tags"]) if isinstance(row.get("tags"), str) else {}
    own = {name: value for name, value in row.items() if name not in _NOT_TAGS and isinstance(value, str)}
    return Feature(row["geometry"], {**more, **own})
