"""Extracts that are written for a test, and what is drawn of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import osmium
from osmium.osm.mutable import Node, Relation, Way
from shapely import union_all
from shapely.geometry.base import BaseGeometry

from live.city.extract import read
from live.city.spool import Spool

type Tags = Mapping[str, str]
type Place = tuple[float, float]


def written(
    path: Path,
    ways: Sequence[tuple[Sequence[Place], Tags]],
    points: Sequence[tuple[Place, Tags]] = (),
    areas: Sequence[tuple[Sequence[int], Tags]] = (),
    *,
    missing: Sequence[Place] = (),
) -> Path:
    """An .osm.pbf file: ways along places (lon, lat), points, and areas made of the ways at these positions. Ways refer
    to the ``missing`` places, but the extract does not hold them."""
    places = list(dict.fromkeys(place for along, _ in ways for place in along))
    with osmium.SimpleWriter(str(path)) as writer:
        for number, place in enumerate(places, 1):
            if place not in missing:
                writer.add_node(Node(id=number, location=place))
        for number, (place, tags) in enumerate(points, len(places) + 1):
            writer.add_node(Node(id=number, location=place, tags=dict(tags)))
        for number, (along, tags) in enumerate(ways, 1):
            writer.add_way(Way(id=number, nodes=[places.index(place) + 1 for place in along], tags=dict(tags)))
        for number, (members, tags) in enumerate(areas, 1):
            parts = [("w", member + 1, "outer") for member in members]
            writer.add_relation(Relation(id=number, members=parts, tags={"type": "multipolygon", **tags}))
    return path


def spooled(path: Path, folder: Path) -> Spool:
    """What is found in an extract."""
    spool = Spool(folder / "spool.db")
    read(path, spool, folder, lambda share: None)
    spool.sort()
    return spool


def whole(spool: Spool, kind: str) -> BaseGeometry:
    """All of a kind as one geometry."""
    return union_all([one.geometry for one in spool.all(kind)])
