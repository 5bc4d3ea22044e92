"""The base map: features in the order in which they are to be drawn.

Every feature has ``layer``: ``water`` ``green`` ``square`` ``building`` (areas), ``stream`` ``rail`` ``path``
``cycleway`` ``street`` (lines), and ``name`` (points). Streets have ``rank`` 1 (main road) to 4 (service road) and, up
to rank 3, ``name``. Name points have ``name``, ``of`` (the layer it names, or ``quarter``), ``rank`` (1 is shown
first), ``angle`` (degrees anticlockwise from east, -90 to 90: upright text) and ``metres`` (how long the text may be on
the ground).
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass

from live.city.drawing import SIMPLIFIED, Drawing
from live.city.kinds import CYCLEWAY, PATHS, rank_of
from live.city.labels import name_areas, name_quarters, name_street
from live.city.pack import Bounds
from live.city.spool import Feature

_NAMED_RANK = 3

type Things = Callable[[str], list[Feature]]
"""Asked for all things of a kind that may lie on the sheet."""


@dataclass(frozen=True, slots=True)
class Detail:
    """What of the city is worth drawing: all of it, unless said otherwise.

    ``rank``: streets up to this one; ``left_out``: layers; ``least``: extent of areas, and ``simplified``, in
    degrees.
    """

    rank: int = 4
    left_out: frozenset[str] = frozenset({"quarter"})
    least: float = 0.0
    simplified: float = SIMPLIFIED


ALL = Detail()


def draw(things: Things, bounds: Bounds, detail: Detail = ALL) -> Drawing:
    """The base map of ``bounds``."""
    drawing = Drawing(bounds, detail.simplified)
    wanted = _Wanted(things, detail)
    streets = wanted("street")
    water, green, squares = wanted("water"), wanted("green"), wanted("square")
    drawing.surface("water", water)
    drawing.surface("green", green)
    drawing.surface("square", squares)
    drawing.strokes("stream", _open(wanted("stream")))
    drawing.surface("building", wanted("building"))
    drawing.strokes("rail", _open(wanted("rail")))
    if "path" not in detail.left_out:
        drawing.strokes("path", _open(_of_class(streets, PATHS)))
    if "cycleway" not in detail.left_out:
        drawing.strokes("cycleway", _open(_of_class(streets, {CYCLEWAY})))
    _draw_streets(drawing, streets, detail.rank)
    name_areas(drawing, "water", water)
    name_areas(drawing, "green", green)
    name_areas(drawing, "square", squares)
    name_quarters(drawing, wanted("quarter"))
    return drawing


class _Wanted:
    def __init__(self, things: Things, detail: Detail) -> None:
        self._things = things
        self._detail = detail

    def __call__(self, kind: str) -> list[Feature]:
        if kind in self._detail.left_out:
            return []
        found = self._things(kind)
        least = self._detail.least if kind in ("water", "green") else 0.0
        return [one for one in found if _extent(one) >= least] if least else found


def _extent(one: Feature) -> float:
    west, south, east, north = one.geometry.bounds
    return float(max(east - west, north - south))


def _draw_streets(drawing: Drawing, streets: Iterable[Feature], most: int) -> None:
    """Quiet streets first, so that main roads lie over them."""
    groups: dict[tuple[int, str], list[Feature]] = {}
    for one in _open(streets):
        rank = rank_of(one.tags)
        if rank and rank <= most:
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
    """What lies under the sky."""
    return [one for one in features if one.tags.get("tunnel", "no") in ("no", "building_passage")]
