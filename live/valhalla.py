"""The ways of a city as Valhalla finds them: by the rules, or by pushing where those lead far about."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from math import inf
from threading import Lock
from typing import Any

import numpy as np

from dashboard.domain.ground import Point, metres_between
from dashboard.domain.vehicles import BICYCLE, CARGO, CRUISING
from dashboard.ports import Matrix, Route
from live.city.ask import Ask
from live.city.polyline import decoded

_NEAR, _DEEP = 15.0, 60.0
"""Metres from a place to the nearest street: of somebody on a bicycle, and of a door in a courtyard."""

_ABOUT = 1.3
"""How much longer the way by the rules may be before one gets off."""

_RIDING: Mapping[str, Mapping[str, float]] = {
    BICYCLE: {"cycling_speed": CRUISING[BICYCLE]},
    CARGO: {"cycling_speed": CRUISING[CARGO], "use_hills": 0.2, "avoid_bad_surfaces": 0.6},
}
"""Of a loaded cargo bicycle: away from hills and bad surfaces (Valhalla's own: 0.5 and 0.25)."""

_PUSHING = {"ignore_oneways": True, "ignore_access": True}
"""Against one-way streets, over foot crossings, and on roads with a cycle track that the extract cut off."""

_WEEKDAY_NOON = {"type": 1, "value": "2026-01-14T12:00"}
"""A departure makes Valhalla search from one end: from both ends it misses 3 % of the ways in a cut extract (3.9.1)."""

_EVERY = 30
"""Metres between two heights along a way."""
_DEEPEST = -450.0
"""Metres; a height below it stands for one that nobody knows (no land lies so low)."""
_SLACK = 3.0
"""Metres of height that are no climb: what elevation data are wrong by from point to point."""

type _Ends = tuple[Point, Point]


class ValhallaStreets:
    """Real streets. The last ``kept`` ways are remembered; safe to share between threads. OSError: see ``Ask``."""

    def __init__(self, ask: Ask, kept: int = 1024) -> None:
        self._ask = ask
        self._kept = kept
        self._legs: OrderedDict[tuple[_Ends, str], Route | None] = OrderedDict()
        self._lock = Lock()

    def route(self, points: Sequence[Point], vehicle: str = BICYCLE, until: float = inf) -> Route | None:
        """From street to street: each place is the point of a street that is nearest to what was asked for."""
        rounded = [(round(lon, 5), round(lat, 5)) for lon, lat in points]
        legs = [leg for ends in pairwise(rounded) if (leg := self._leg(ends, vehicle, until))]
        return _joined(legs) if legs and len(legs) == len(points) - 1 else None

    def times(
        self, sources: Sequence[Point], targets: Sequence[Point], vehicle: str = BICYCLE, until: float = inf
    ) -> Matrix:
        """See ``Streets``; by the rules or by pushing, as ``route``."""
        riding = self._matrix(sources, targets, vehicle, {}, until)
        pushing = self._matrix(sources, targets, vehicle, _PUSHING, until)
        rides = np.isnan(pushing.metres) | (riding.metres <= _ABOUT * pushing.metres)
        return Matrix(np.where(rides, riding.seconds, pushing.seconds), np.where(rides, riding.metres, pushing.metres))

    def _matrix(
        self, sources: Sequence[Point], targets: Sequence[Point], vehicle: str, liberties: Mapping[str, bool],
        until: float,
    ) -> Matrix:  # fmt: skip
        ends = {"sources": _locations(sources), "targets": _locations(targets)}
        answer = self._ask("sources_to_targets", {**_question(vehicle, liberties), **ends, "verbose": False}, until)
        if answer is None:
            return self._without_nowhere(sources, targets, vehicle, liberties, until)
        cells = answer["sources_to_targets"]
        seconds, metres = np.array(cells["durations"], float), np.array(cells["distances"], float) * 1000
        return Matrix(seconds, np.where(np.isnan(seconds), np.nan, metres))  # of no way the distance is given as 0

    def _without_nowhere(
        self, sources: Sequence[Point], targets: Sequence[Point], vehicle: str, liberties: Mapping[str, bool],
        until: float,
    ) -> Matrix:  # fmt: skip
        """One place far from any street, and Valhalla tells no way at all: asked again without such places."""
        whole = np.full((len(sources), len(targets)), np.nan)
        places = [*sources, *targets]
        if len(places) == 2:
            return Matrix(whole, whole)
        found = self._ask("locate", {"locations": _locations(places), **_question(vehicle, liberties)}, until)
        near = np.array([bool(one["edges"]) for one in found or ()])
        if not len(near) or near.all():
            return Matrix(whole, whole)
        rows, columns = np.flatnonzero(near[: len(sources)]), np.flatnonzero(near[len(sources) :])
        if not len(rows) or not len(columns):
            return Matrix(whole, whole)
        part = self._matrix(
            [sources[int(n)] for n in rows], [targets[int(n)] for n in columns], vehicle, liberties, until
        )
        seconds, metres = whole.copy(), whole
        seconds[np.ix_(rows, columns)], metres[np.ix_(rows, columns)] = part.seconds, part.metres
        return Matrix(seconds, metres)

    def _leg(self, ends: _Ends, vehicle: str, until: float) -> Route | None:
        key = ends, vehicle
        with self._lock:
            if key in self._legs:
                self._legs.move_to_end(key)
                return self._legs[key]
        found = self._find(ends, vehicle, until)
        with self._lock:
            self._legs[key] = found
            while len(self._legs) > self._kept:
                self._legs.popitem(last=False)
        return found

    def _find(self, ends: _Ends, vehicle: str, until: float) -> Route | None:
        """By the rules; but where they lead far about or astray, by getting off and pushing, as a courier would."""
        riding = self._way(ends, vehicle, {}, until)
        if riding and not _is_odd(riding, ends):
            return riding
        pushing = self._way(ends, vehicle, _PUSHING, until)
        return pushing if pushing and (riding is None or _is_better(pushing, riding, ends)) else riding

    def _way(self, points: _Ends, vehicle: str, liberties: Mapping[str, bool], until: float) -> Route | None:
        question = {"locations": _locations(points), **_question(vehicle, liberties), "elevation_interval": _EVERY}
        answer = self._ask("route", {**question, "directions_type": "none", "date_time": _WEEKDAY_NOON}, until)
        return None if answer is None else _route(answer["trip"])


def climbed(heights: Sequence[float]) -> float | None:
    """Metres uphill along them, small ups and downs left out; None where they are not known."""
    if not heights or min(heights) < _DEEPEST:
        return None
    ascent, lowest = 0.0, heights[0]
    for height in heights:
        if height > lowest + _SLACK:
            ascent, lowest = ascent + height - lowest, height
        elif height < lowest:
            lowest = height
    return ascent


def _question(vehicle: str, liberties: Mapping[str, bool]) -> dict[str, Any]:
    return {"costing": "bicycle", "costing_options": {"bicycle": {**_RIDING[vehicle], **liberties}}}


def _locations(points: Sequence[Point]) -> list[dict[str, Any]]:
    """Nobody lives in a tunnel, though one may lie under the door."""
    return [{"lon": lon, "lat": lat, "search_filter": {"exclude_tunnel": True}} for lon, lat in points]


def _is_odd(route: Route, ends: _Ends) -> bool:
    """Whether it leads far about, or begins or ends elsewhere. Doors may well lie deep in a block, riders do not."""
    crow = metres_between(*ends)
    begins, finishes = metres_between(ends[0], route.points[0]), metres_between(ends[1], route.points[-1])
    return begins > _NEAR or finishes > _DEEP or route.metres > max(2 * crow, crow + 250)


def _is_better(other: Route, route: Route, ends: _Ends) -> bool:
    is_shorter = other.metres * _ABOUT < route.metres
    return is_shorter or _astray(other, ends) < _astray(route, ends) - _NEAR


def _astray(route: Route, ends: _Ends) -> float:
    """Metres between the ends asked for and those of the route."""
    return metres_between(ends[0], route.points[0]) + metres_between(ends[1], route.points[-1])


def _route(trip: Mapping[str, Any]) -> Route:
    (leg,) = trip["legs"]
    summary, heights = leg["summary"], leg.get("elevation") or ()
    return Route(tuple(decoded(leg["shape"])), summary["length"] * 1000, summary["time"], ascent=climbed(heights))


def _joined(legs: Sequence[Route]) -> Route:
    points = [point for point, _ in groupby(point for leg in legs for point in leg.points)]
    climbs = [leg.ascent for leg in legs if leg.ascent is not None]
    return Route(
        tuple(points), sum(leg.metres for leg in legs), sum(leg.seconds for leg in legs),
        ascent=sum(climbs) if len(climbs) == len(legs) else None,
    )  # fmt: skip
