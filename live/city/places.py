"""Places to eat, and doors of customers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace

from shapely import Point, STRtree

from live.city.grid import DEEPEST, Cell, cells_of
from live.city.kinds import Tags
from live.city.pack import Door, Restaurant
from live.city.spool import Feature, Spool

PLACES = ("eating", "number")
"""Kinds of things that orders come from or go to."""

MOST_DOORS = 10_000
"""In a larger city every second, third, … door is kept: enough for any number of made-up customers."""

_MOST_EATING = 5_000
NUMBER_FIRST = frozenset({"FR", "GB", "IE", "US", "CA", "LU"})
"""Countries where the house number stands before the street."""

_FEW = 50


def restaurants(spool: Spool) -> list[Restaurant]:
    """The places to eat that have a name, west to east; those without an address get their street's name."""
    every = _every(spool, "eating", _MOST_EATING)
    street_at = StreetAt(spool)
    found = sorted(spool.all("eating", every=every), key=lambda one: (one.geometry.x, one.geometry.y))
    return _with_own_ids(_restaurant(one, street_at) for one in found)


def doors(spool: Spool) -> list[Door]:
    """Every house number once; in a city where few are mapped, every building instead."""
    numbered = spool.all("number", every=_every(spool, "number", MOST_DOORS))
    known = {address: _door(one, address) for one in numbered if (address := address_of(one.tags))}
    if len(known) >= _FEW:
        return sorted(known.values(), key=lambda one: (one.lon, one.lat))
    street_at = StreetAt(spool)
    middles = spool.middles("building", _every(spool, "building", MOST_DOORS))
    return [Door(street_at(lon, lat), lat=round(lat, 6), lon=round(lon, 6)) for lon, lat in middles]


def address_of(tags: Tags) -> str:
    """Street and house number as they are written in that country; '' where one is missing."""
    street = tags.get("addr:street") or tags.get("addr:place", "")
    number = tags.get("addr:housenumber", "").split(",")[0].strip()
    if not street or not number:
        return ""
    return f"{number} {street}" if tags.get("addr:country") in NUMBER_FIRST else f"{street} {number}"


class StreetAt:
    """The name of the street nearest to a point, '' where none near it has a name."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._cell: Cell | None = None
        self._named: list[Feature] = []
        self._tree = STRtree([])

    def __call__(self, lon: float, lat: float) -> str:
        self._look(next(cells_of((lon, lat, lon, lat), DEEPEST)))
        nearest = self._tree.nearest(Point(lon, lat)) if self._named else None
        return "" if nearest is None else self._named[int(nearest)].tags["name"]

    def _look(self, cell: Cell) -> None:
        if cell != self._cell:
            self._cell = cell
            self._named = [one for one in self._spool.within("street", cell) if one.tags.get("name")]
            self._tree = STRtree([one.geometry for one in self._named])


def _every(spool: Spool, kind: str, most: int) -> int:
    return max(1, -(-spool.count(kind) // most))


def _restaurant(feature: Feature, street_at: StreetAt) -> Restaurant:
    point, tags = feature.geometry, feature.tags
    return Restaurant(
        id=_slug(tags["name"]),
        name=tags["name"],
        address=address_of(tags) or tags.get("addr:street") or street_at(point.x, point.y),
        lat=round(point.y, 6),
        lon=round(point.x, 6),
        kind=tags["amenity"],
        cuisine=re.split(r"[;,]", tags.get("cuisine", ""))[0].strip().lower(),
    )


def _door(feature: Feature, address: str) -> Door:
    return Door(address, lat=round(feature.geometry.y, 6), lon=round(feature.geometry.x, 6))


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "restaurant"


def _with_own_ids(found: Iterable[Restaurant]) -> list[Restaurant]:
    """A second restaurant of a chain becomes ``name-2``."""
    taken: set[str] = set()
    return [replace(one, id=_free(one.id, taken)) for one in found]


def _free(wanted: str, taken: set[str]) -> str:
    free = next(name for name in _numbered(wanted, taken) if name not in taken)
    taken.add(free)
    return free


def _numbered(id: str, taken: set[str]) -> Iterator[str]:
    yield id
    yield from (f"{id}-{n}" for n in range(2, len(taken) + 3))
