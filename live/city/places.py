"""Places to eat, doors of customers, and the streets that name them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from shapely import Point, STRtree

from live.city.extract import Extract, Feature
from live.city.pack import Door, Restaurant

EATING = ["restaurant", "cafe", "fast_food", "bar"]
"""OpenStreetMap's amenities where food is handed out; pubs are left out, they seldom cook."""

_NUMBER_FIRST = frozenset({"FR", "GB", "IE", "US", "CA", "LU"})
_FEW = 50

StreetAt = Callable[[Point], str]


def restaurants(extract: Extract, street_at: StreetAt) -> list[Restaurant]:
    """The places to eat that have a name, west to east; those without an address get their street's name."""
    found = [one for one in extract.features({"amenity": EATING}, nodes=True) if one.tags.get("name")]
    return _with_own_ids(sorted((_restaurant(one, street_at) for one in found), key=lambda one: (one.lon, one.lat)))


def doors(extract: Extract, street_at: StreetAt) -> list[Door]:
    """Every house number once; in a city where few are mapped, every building instead."""
    numbered = [one for one in extract.features({"addr:housenumber": True}, nodes=True) if _address(one.tags)]
    known = {address: _door(one, address) for one in numbered if (address := _address(one.tags))}
    if len(known) >= _FEW:
        return sorted(known.values(), key=lambda one: (one.lon, one.lat))
    buildings = [_door(one, "") for one in extract.features({"building": True})]
    return [replace(door, address=street_at(Point(door.lon, door.lat))) for door in buildings]


def naming(streets: Sequence[Feature]) -> StreetAt:
    """A function that tells the name of the nearest street, '' where none has a name."""
    named = [one for one in streets if one.tags.get("name")]
    tree = STRtree([one.geometry for one in named])
    return lambda point: named[int(tree.nearest(point))].tags["name"] if named else ""


def _restaurant(feature: Feature, street_at: StreetAt) -> Restaurant:
    point, tags = feature.geometry.representative_point(), feature.tags
    return Restaurant(
        id=_slug(tags["name"]),
        name=tags["name"],
        address=_address(tags) or tags.get("addr:street") or street_at(point),
        lat=round(point.y, 6),
        lon=round(point.x, 6),
        kind=tags["amenity"],
        cuisine=re.split(r"[;,]", tags.get("cuisine", ""))[0].strip().lower(),
    )


def _door(feature: Feature, address: str) -> Door:
    point = feature.geometry.representative_point()
    return Door(address, lat=round(point.y, 6), lon=round(point.x, 6))


def _address(tags: Mapping[str, str]) -> str:
    street, number = tags.get("addr:street", ""), tags.get("addr:housenumber", "").split(",")[0].strip()
    if not street or not number:
        return ""
    return f"{number} {street}" if tags.get("addr:country") in _NUMBER_FIRST else f"{street} {number}"


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "restaurant"


def _with_own_ids(found: Iterable[Restaurant]) -> list[Restaurant]:
    """A second restaurant of a chain becomes ``name-2``."""
    taken: set[str] = set()
    named = []
    for one in found:
        names = (one.id if n == 1 else f"{one.id}-{n}" for n in range(1, len(taken) + 2))
        named.append(replace(one, id=next(name for name in names if name not in taken)))
        taken.add(named[-1].id)
    return named
