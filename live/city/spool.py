"""The things of an extract by kind and place, on disk while a pack is made: memory holds a part of the city."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from live.city.grid import Cell, bounds_of, codes_around, codes_of, codes_within
from live.city.pack import Bounds

_BATCH = 8192
_MARGIN = 0.0004
"""Degrees, 20 to 40 m: a thing this close to a cell may be seen in it."""

_OVERVIEW = 0.004
"""Degrees: what is larger is seen from afar."""

_HALF = 180.0
_FINEST = 0.06
_MOST_POINTS = 1500
"""Areas larger or more intricate are kept in pieces, for each part of the city to take its own."""

_POINTS = frozenset({"eating", "number", "spot", "quarter"})
_SEEN_FROM_AFAR = frozenset({1, 2})

type Row = tuple[str, Mapping[str, str], bytes]
"""Kind, tags, and the geometry as WKB."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing of the map; ``tags`` are OpenStreetMap's, those that are of use."""

    geometry: BaseGeometry
    tags: Mapping[str, str]


class Spool:
    """A file of features. First all are added, then ``flush()``; ``within`` is for after ``sort()``."""

    def __init__(self, file: Path) -> None:
        self._sql = sqlite3.connect(file)
        self._sql.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -64000;"
            "CREATE TABLE feature (kind TEXT, code INT, zoom INT, overview INT, name TEXT, lon REAL, lat REAL,"
            " tags TEXT, shape BLOB)"
        )
        self._waiting: list[Row] = []

    def add(self, kind: str, tags: Mapping[str, str], shape: bytes) -> None:
        """Keep a thing; what has no extent is left out."""
        self._waiting.append((kind, tags, shape))
        if len(self._waiting) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Put on disk what was added."""
        if not self._waiting:
            return
        kinds, tags, shapes = zip(*self._waiting, strict=True)
        self._waiting = []
        geometries = shapely.from_wkb(list(shapes), on_invalid="ignore")
        self._keep(chain.from_iterable(map(_pieces, kinds, tags, geometries)))

    def sort(self) -> None:
        """Make everything findable by place."""
        self.flush()
        self._sql.executescript(
            "CREATE INDEX IF NOT EXISTS place ON feature (kind, code, zoom);"
            "CREATE INDEX IF NOT EXISTS overview ON feature (kind, code, zoom) WHERE overview"
        )

    def count(self, *kinds: str) -> int:
        """How many there are of these kinds."""
        marks = ", ".join("?" * len(kinds))
        found = self._sql.execute(f"SELECT count(*) FROM feature WHERE kind IN ({marks})", kinds)  # noqa: S608
        return int(found.fetchone()[0])

    def count_west(self, kind: str) -> int:
        """How many of a kind lie west of Greenwich."""
        found = self._sql.execute("SELECT count(*) FROM feature WHERE kind = ? AND lon < 0", (kind,))
        return int(found.fetchone()[0])

    def bounds(self, *kinds: str) -> Bounds | None:
        """Around the middles of all of these kinds; None where there are none."""
        marks = ", ".join("?" * len(kinds))
        found: Bounds | tuple[None, ...] = self._sql.execute(
            f"SELECT min(lon), min(lat), max(lon), max(lat) FROM feature WHERE kind IN ({marks})",  # noqa: S608
            kinds,
        ).fetchone()
        return None if found[0] is None else found

    def all(self, kind: str, *, every: int = 1, overview: bool = False) -> Iterator[Feature]:
        """Each ``every``-th of a kind, as they were added; only what is seen from afar, with ``overview``."""
        seen = "overview AND" if overview else ""
        rows = self._sql.execute(
            f"SELECT tags, shape FROM feature WHERE {seen} kind = ? AND rowid % ? = 0 ORDER BY rowid",  # noqa: S608
            (kind, every),
        )
        while batch := rows.fetchmany(_BATCH):
            yield from _features(batch)

    def within(self, kind: str, cell: Cell, *, overview: bool = False) -> list[Feature]:
        """Those of a kind that may be seen in a cell; only what is seen from afar, with ``overview``."""
        first, last = codes_within(cell)
        around = codes_around(cell)
        marks = ", ".join(["(?, ?)"] * len(around)) or "(-1, -1)"
        chosen = f"SELECT tags, shape FROM feature WHERE {'overview AND' if overview else ''} kind = ? AND"  # noqa: S608
        rows = self._sql.execute(
            f"{chosen} code BETWEEN ? AND ? UNION ALL {chosen} code < ? AND (code, zoom) IN (VALUES {marks})",
            (kind, first, last, kind, first, *chain.from_iterable(around)),
        ).fetchall()
        return touching(_features(rows), bounds_of(cell))

    def named(self, kind: str) -> Iterator[tuple[str, float, float, Mapping[str, str]]]:
        """Name, longitude, latitude and tags of the named ones of a kind, by name; a house number's is its street's."""
        rows = self._sql.execute(
            "SELECT name, lon, lat, tags FROM feature WHERE kind = ? AND name <> '' ORDER BY name, lon, lat", (kind,)
        )
        return ((name, lon, lat, json.loads(tags)) for name, lon, lat, tags in rows)

    def middles(self, kind: str, every: int) -> Iterator[tuple[float, float]]:
        """Longitude and latitude of each ``every``-th of a kind."""
        yield from self._sql.execute("SELECT lon, lat FROM feature WHERE kind = ? AND rowid % ? = 0", (kind, every))

    def keep_side(self, *, west: bool) -> None:
        """Forget what lies on the other side of the 180th meridian."""
        self._sql.execute(f"DELETE FROM feature WHERE lon {'>' if west else '<'} 0")  # noqa: S608

    def close(self) -> None:
        """Let go of the file."""
        self._sql.close()

    def _keep(self, things: Iterable[tuple[str, Mapping[str, str], BaseGeometry]]) -> None:
        kept = [thing for thing in things if not _around_the_world(thing[2])]
        if not kept:
            return
        kinds, tags, found = zip(*kept, strict=True)
        geometries = np.array(found, dtype=object)
        is_area = shapely.get_dimensions(geometries) == 2
        middles = np.where(is_area, shapely.point_on_surface(geometries), shapely.centroid(geometries))
        points = shapely.get_coordinates(middles)
        geometries = np.where([kind in _POINTS for kind in kinds], middles, geometries)
        boxes = shapely.bounds(geometries)
        codes, zooms = codes_of(boxes + np.array([-_MARGIN, -_MARGIN, _MARGIN, _MARGIN]))
        large = (boxes[:, 2:] - boxes[:, :2]).max(axis=1) > _OVERVIEW
        self._sql.executemany(
            "INSERT INTO feature VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (kind, int(code), int(zoom), is_seen(kind, each, bool(is_large)), _name(kind, each), x, y,
                 json.dumps(each, ensure_ascii=False), shape)
                for kind, each, code, zoom, is_large, (x, y), shape in zip(
                    kinds, tags, codes, zooms, large, points.tolist(), shapely.to_wkb(geometries), strict=True)
            ),
        )  # fmt: skip


def is_seen(kind: str, tags: Mapping[str, str], is_large: bool) -> bool:
    """Whether a thing is drawn when the whole city is looked at."""
    from live.city.kinds import rank_of

    match kind:
        case "street":
            return rank_of(tags) in _SEEN_FROM_AFAR
        case "stream":
            return tags.get("waterway") in ("river", "canal")
        case "water" | "green" | "rail":
            return is_large
        case _:
            return kind in ("coast", "quarter")


def _around_the_world(shape: BaseGeometry) -> bool:
    """Whether a thing lies across the 180th meridian: in degrees it seems to reach around the world."""
    west, _, east, _ = shape.bounds
    return bool(east - west > _HALF)


def _name(kind: str, tags: Mapping[str, str]) -> str:
    if kind == "number":
        return tags.get("addr:street") or tags["addr:place"]
    return tags.get("name", "")


def touching(features: list[Feature], bounds: Bounds) -> list[Feature]:
    """Those of which a part lies in ``bounds`` or just beside it."""
    if not features:
        return []
    west, south, east, north = bounds
    boxes = shapely.bounds([one.geometry for one in features])
    near = (boxes[:, 2] >= west - _MARGIN) & (boxes[:, 0] <= east + _MARGIN)
    near &= (boxes[:, 3] >= south - _MARGIN) & (boxes[:, 1] <= north + _MARGIN)
    return [one for one, yes in zip(features, near.tolist(), strict=True) if yes]


def _features(rows: Iterable[tuple[str, bytes]]) -> list[Feature]:
    tags, shapes = zip(*rows, strict=True) if (rows := list(rows)) else ((), ())
    return [Feature(shape, json.loads(each)) for shape, each in zip(shapely.from_wkb(shapes), tags, strict=True)]


def _pieces(
    kind: str, tags: Mapping[str, str], shape: BaseGeometry | None
) -> Iterator[tuple[str, Mapping[str, str], BaseGeometry]]:
    """The thing itself, mended if it crosses itself; a large area in pieces."""
    if shape is None or shape.is_empty:
        return
    if shape.geom_type in ("Polygon", "MultiPolygon") and not shape.is_valid:
        shape = shape.buffer(0)
    if kind in _POINTS or shape.geom_type not in ("Polygon", "MultiPolygon"):
        yield kind, tags, shape
        return
    yield from ((kind, tags, piece) for piece in _quartered(shape))


def _quartered(shape: BaseGeometry) -> Iterator[BaseGeometry]:
    west, south, east, north = shape.bounds
    if not shape.area:
        return
    if max(east - west, north - south) <= _FINEST and shapely.get_num_coordinates(shape) <= _MOST_POINTS:
        yield shape
        return
    x, y = (west + east) / 2, (south + north) / 2
    for box in ((west, south, x, y), (x, south, east, y), (west, y, x, north), (x, y, east, north)):
        yield from _quartered(shapely.clip_by_rect(shape, *box))
