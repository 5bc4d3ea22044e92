"""What OpenStreetMap's tags say a thing is, as far as a city pack is interested in it.

Lines: ``street`` ``stream`` ``rail`` ``coast``; areas: ``water`` ``green`` ``square`` ``building``; points:
``eating`` (a place to eat with a name), ``number`` (a house number), ``spot`` (anything else with a name that people
know) and ``quarter`` (a town, village or part of one).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

Form = Literal["point", "line", "area"]
Tags = Mapping[str, str]
Filter = Mapping[str, bool | frozenset[str]]

RANKS = {
    "motorway": 1, "trunk": 1, "primary": 1, "secondary": 2, "tertiary": 2, "residential": 3, "unclassified": 3,
    "living_street": 3, "pedestrian": 3, "road": 3, "service": 4,
}  # fmt: skip
"""1 is a main road, 4 a service road."""

PATHS = frozenset({"footway", "path", "steps", "track", "bridleway"})
CYCLEWAY = "cycleway"
EATING = frozenset({"restaurant", "cafe", "fast_food", "bar"})
"""OpenStreetMap's amenities where food is handed out; pubs are left out, they seldom cook."""

_STREETS = frozenset({*RANKS, *(f"{name}_link" for name in RANKS), *PATHS, CYCLEWAY})
_GREEN: Filter = {
    "leisure": frozenset({"park", "garden", "pitch", "playground", "golf_course", "dog_park"}),
    "landuse": frozenset({
        "grass", "forest", "cemetery", "recreation_ground", "village_green", "meadow", "allotments", "vineyard",
        "orchard",
    }),
    "natural": frozenset({"wood", "scrub", "heath", "grassland"}),
}  # fmt: skip
_WATER: Filter = {
    "natural": frozenset({"water"}), "water": True, "waterway": frozenset({"riverbank", "dock"}),
    "landuse": frozenset({"reservoir", "basin"}),
}  # fmt: skip
_STREAMS = frozenset({"river", "canal", "stream"})
_RAILS = frozenset({"rail", "light_rail", "tram"})
_QUARTERS = frozenset({"city", "town", "village", "suburb", "quarter", "neighbourhood", "hamlet"})
_SPOTS = ("amenity", "shop", "tourism", "office", "leisure", "healthcare", "historic", "railway", "building")

KEYS = (
    "highway", "building", "natural", "water", "waterway", "landuse", "leisure", "railway", "amenity", "shop",
    "tourism", "office", "healthcare", "historic", "place", "addr:housenumber",
)  # fmt: skip
"""A point without one of these keys is of no kind."""

KEPT = frozenset({
    "name", "highway", "tunnel", "waterway", "amenity", "cuisine", "place", "shop", "tourism", "office", "leisure",
    "addr:street", "addr:place", "addr:housenumber", "addr:city", "addr:country",
})  # fmt: skip
"""Tags that somebody asks for later on."""


def kinds_of(tags: Tags, form: Form) -> Iterator[str]:
    """All the kinds that a thing is of. A way that ends where it begins is asked about as a line and as an area."""
    if form == "line":
        yield from _lines(tags)
        return
    if form == "area":
        yield from _areas(tags)
    if tags.get("addr:housenumber") and (tags.get("addr:street") or tags.get("addr:place")):
        yield "number"
    name = tags.get("name")
    if name and tags.get("amenity") in EATING:
        yield "eating"
    elif name and any(key in tags for key in _SPOTS):
        yield "spot"
    if name and form == "point" and tags.get("place") in _QUARTERS:
        yield "quarter"


def rank_of(tags: Tags) -> int | None:
    """How important a street is, 1 to 4; None for paths and cycleways."""
    return RANKS.get(tags["highway"].removesuffix("_link"))


def _lines(tags: Tags) -> Iterator[str]:
    if tags.get("highway") in _STREETS and tags.get("area") != "yes":
        yield "street"
    if tags.get("waterway") in _STREAMS:
        yield "stream"
    if tags.get("railway") in _RAILS:
        yield "rail"
    if tags.get("natural") == "coastline":
        yield "coast"


def _areas(tags: Tags) -> Iterator[str]:
    if tags.get("area") == "no":
        return
    if _matches(tags, _WATER):
        yield "water"
    if _matches(tags, _GREEN):
        yield "green"
    if tags.get("building", "no") != "no":
        yield "building"
    if tags.get("highway") == "pedestrian" and (tags.get("area") == "yes" or tags.get("type") == "multipolygon"):
        yield "square"


def _matches(tags: Tags, wanted: Filter) -> bool:
    return any(key in tags and (values is True or tags[key] in values) for key, values in wanted.items())  # type: ignore[operator]
