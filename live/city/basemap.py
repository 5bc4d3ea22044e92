"""The base map: one GeoJSON FeatureCollection, features in the order in which they are to be drawn.

Every feature has ``layer``: ``water`` ``green`` ``square`` ``building`` (areas), ``stream`` ``rail`` ``path``
``cycleway`` ``street`` (lines), and ``name`` (points). Streets have ``rank`` 1 (main road) to 4 (service road) and, up
to rank 3, ``name``. Name points have ``name``, ``of`` (the layer it names), ``rank`` (1 is shown first), ``angle``
(degrees anticlockwise from east, -90 to 90: upright text) and ``metres`` (how long the text may be on the ground).
"""

from __future__ import annotations

from collections.abc import Container, Iterable

from live.city.drawing import Drawing
from live.city.extract import Extract, Feature, Filter, areas, lines
from live.city.labels import name_areas, name_street
from live.city.pack import Bounds
from live.city.sea import sea

_GREEN: Filter = {
    "leisure": ["park", "garden", "pitch", "playground", "golf_course", "dog_park"],
    "landuse": [
        "grass", "forest", "cemetery", "recreation_ground", "village_green", "meadow", "allotments", "vineyard",
        "orchard",
    ],
    "natural": ["wood", "scrub", "heath", "grassland"],
}  # fmt: skip
_WATER: Filter = {
    "natural": ["water"], "water": True, "waterway": ["riverbank", "dock"], "landuse": ["reservoir", "basin"],
}  # fmt: skip
_STREAMS: Filter = {"waterway": ["river", "canal", "stream"]}
_RAILS: Filter = {"railway": ["rail", "light_rail", "tram"]}
_RANKS = {
    "motorway": 1, "trunk": 1, "primary": 1, "secondary": 2, "tertiary": 2, "residential": 3, "unclassified": 3,
    "living_street": 3, "pedestrian": 3, "road": 3, "service": 4,
}  # fmt: skip
_PATHS = ("footway", "path", "steps", "track", "bridleway")
_NAMED_RANK = 3


def read_streets(extract: Extract) -> list[Feature]:
    """Everything that people ride or walk on."""
    return extract.features({"highway": [*_RANKS, *(f"{name}_link" for name in _RANKS), *_PATHS, "cycleway"]})


def draw(extract: Extract, streets: list[Feature], bounds: Bounds) -> bytes:
    """The base map of ``bounds`` as compact JSON."""
    drawing = Drawing(bounds)
    coast = [one.geometry for one in extract.features({"natural": ["coastline"]})]
    water = [Feature(part, {}) for part in sea(coast, bounds)] + areas(extract.features(_WATER))
    green = areas(extract.features(_GREEN))
    drawing.surface("water", water)
    drawing.surface("green", green)
    drawing.surface("square", areas(_of_class(streets, ("pedestrian",))))
    drawing.strokes("stream", _open(extract.features(_STREAMS)))
    drawing.surface("building", areas(extract.features({"building": True})))
    drawing.strokes("rail", _open(extract.features(_RAILS)))
    drawing.strokes("path", _open(_of_class(streets, _PATHS)))
    drawing.strokes("cycleway", _open(_of_class(streets, ("cycleway",))))
    _draw_streets(drawing, streets)
    name_areas(drawing, "water", water)
    name_areas(drawing, "green", green)
    return drawing.to_json()


def _draw_streets(drawing: Drawing, streets: Iterable[Feature]) -> None:
    """Quiet streets first, so that main roads lie over them."""
    groups: dict[tuple[int, str], list[Feature]] = {}
    for one in _open(streets):
        rank = _RANKS.get(one.tags["highway"].removesuffix("_link"))
        if rank:
            groups.setdefault((-rank, one.tags.get("name", "") if rank <= _NAMED_RANK else ""), []).append(one)
    named = {}
    for (rank, name), members in sorted(groups.items(), key=lambda group: group[0]):
        drawn = drawing.strokes("street", members, rank=-rank, **({"name": name} if name else {}))
        named[name] = (drawn, -rank)
    for name, (drawn, rank) in named.items():
        name_street(drawing, name, drawn, rank)


def _of_class(streets: Iterable[Feature], classes: Container[str]) -> list[Feature]:
    return [one for one in streets if one.tags["highway"] in classes]


def _open(features: Iterable[Feature]) -> list[Feature]:
    """What lies under the sky, as lines."""
    return [one for one in lines(features) if one.tags.get("tunnel", "no") in ("no", "building_passage")]
