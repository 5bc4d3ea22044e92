"""Bicycle routes: through a city pack's streets, from a Valhalla server, or straight where a city is invented."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from dashboard.domain.ground import BICYCLE_SPEED, Point, length, metres_between
from dashboard.ports import Route
from live.city.ask import Ask, AskTiles
from live.city.pack import CityPack

_NEAR, _DEEP = 15.0, 60.0
"""Metres from a place to the nearest street: of somebody on a bicycle, and of a door in a courtyard."""

_ABOUT = 1.3
"""How much longer the way by the rules may be before one gets off."""

_PUSHING = {"ignore_oneways": True, "ignore_access": True}
"""Against one-way streets, over foot crossings, and on roads with a cycle track that the extract cut off."""

_WEEKDAY_NOON = {"type": 1, "value": "2026-01-14T12:00"}
"""A departure makes Valhalla search from one end: from both ends it misses 3 % of the ways in a cut extract (3.9.1)."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Ways from each source (row) to each target (column); NaN where there is none."""

    seconds: NDArray[np.float64]
    metres: NDArray[np.float64]


class Streets(Protocol):
    """The ways of one city; points are (lon, lat)."""

    def route(self, points: Sequence[Point]) -> Route | None:
        """The way by bicycle through all points; None where there is none."""
        ...

    def times(self, sources: Sequence[Point], targets: Sequence[Point]) -> Matrix:
        """Seconds and metres of the ways from all sources to all targets."""
        ...


class ValhallaStreets:
    """Real streets. The last ``kept`` ways are remembered; safe to share between threads."""

    def __init__(self, ask: Ask, kept: int = 1024) -> None:
        self._ask = ask
        self._leg = lru_cache(maxsize=kept)(self._find)

    def route(self, points: Sequence[Point]) -> Route | None:
        """From street to street: each place is the point of a street that is nearest to what was asked for."""
        rounded = [(round(lon, 5), round(lat, 5)) for lon, lat in points]
        legs = [leg for ends in pairwise(rounded) if (leg := self._leg(ends))]
        return _joined(legs) if legs and len(legs) == len(points) - 1 else None

    def times(self, sources: Sequence[Point], targets: Sequence[Point]) -> Matrix:
        """See ``Streets``; by the rules or by pushing, as ``route``."""
        riding, pushing = self._matrix(sources, targets, {}), self._matrix(sources, targets, _PUSHING)
        rides = np.isnan(pushing.metres) | (riding.metres <= _ABOUT * pushing.metres)
        return Matrix(np.where(rides, riding.seconds, pushing.seconds), np.where(rides, riding.metres, pushing.metres))

    def _matrix(self, sources: Sequence[Point], targets: Sequence[Point], liberties: Mapping[str, bool]) -> Matrix:
        question = {"costing": "bicycle", "costing_options": {"bicycle": liberties}, "verbose": False}
        ends = {"sources": _locations(sources), "targets": _locations(targets)}
        answer = self._ask("sources_to_targets", {**question, **ends})
        if answer is None:
            nowhere = np.full((len(sources), len(targets)), np.nan)
            return Matrix(nowhere, nowhere)
        cells = answer["sources_to_targets"]
        return Matrix(np.array(cells["durations"], float), np.array(cells["distances"], float) * 1000)

    def _find(self, ends: tuple[Point, Point]) -> Route | None:
        """By the rules; but where they lead far about or astray, by getting off and pushing, as a courier would."""
        riding = self._way(ends, {})
        if riding and not _is_odd(riding, ends):
            return riding
        pushing = self._way(ends, _PUSHING)
        return pushing if pushing and (riding is None or _is_better(pushing, riding, ends)) else riding

    def _way(self, points: Sequence[Point], liberties: Mapping[str, bool]) -> Route | None:
        question = {"locations": _locations(points), "costing": "bicycle", "costing_options": {"bicycle": liberties}}
        answer = self._ask("route", {**question, "directions_type": "none", "date_time": _WEEKDAY_NOON})
        return None if answer is None else _route(answer["trip"])


class StraightLines:
    """As the crow flies, at bicycle speed: for a city that has no streets."""

    def route(self, points: Sequence[Point]) -> Route | None:
        """See ``Streets``."""
        metres = length(points)
        return Route(tuple(points), metres, metres / BICYCLE_SPEED)

    def times(self, sources: Sequence[Point], targets: Sequence[Point]) -> Matrix:
        """See ``Streets``."""
        metres = np.array([[metres_between(a, b) for b in targets] for a in sources], float)
        return Matrix(metres / BICYCLE_SPEED, metres)


class CityRouter:
    """The ``dashboard.ports.Router``: sends each co-op's question to the streets of its own city.

    ``pack_of`` tells a co-op's city pack; where all share one, ``CityRouter(lambda coop: pack)``.
    """

    def __init__(self, pack_of: Callable[[str], CityPack]) -> None:
        self._pack_of = pack_of
        self._streets: dict[str, Streets] = {}

    def route(self, coop: str, points: Sequence[Point]) -> Route | None:
        """The way by bicycle through all points; None where there is none."""
        return self._of(coop).route(points)

    def times(self, coop: str, sources: Sequence[Point], targets: Sequence[Point]) -> Matrix:
        """Seconds and metres of the ways from all sources to all targets."""
        return self._of(coop).times(sources, targets)

    def _of(self, coop: str) -> Streets:
        pack = self._pack_of(coop)
        if pack.name not in self._streets:
            self._streets[pack.name] = streets_of(pack)
        return self._streets[pack.name]


def streets_of(pack: CityPack) -> Streets:
    """The ways of a city: its own tiles, or straight lines where it is invented."""
    return StraightLines() if pack.tiles is None else ValhallaStreets(AskTiles(pack.tiles))


def _locations(points: Sequence[Point]) -> list[dict[str, Any]]:
    """Nobody lives in a tunnel, though one may lie under the door."""
    return [{"lon": lon, "lat": lat, "search_filter": {"exclude_tunnel": True}} for lon, lat in points]


def _is_odd(route: Route, ends: tuple[Point, Point]) -> bool:
    """Whether it leads far about, or begins or ends elsewhere. Doors may well lie deep in a block, riders do not."""
    crow = metres_between(*ends)
    begins, finishes = metres_between(ends[0], route.points[0]), metres_between(ends[1], route.points[-1])
    return begins > _NEAR or finishes > _DEEP or route.metres > max(2 * crow, crow + 250)


def _is_better(other: Route, route: Route, ends: tuple[Point, Point]) -> bool:
    is_shorter = other.metres * _ABOUT < route.metres
    return is_shorter or _astray(other, ends) < _astray(route, ends) - _NEAR


def _astray(route: Route, ends: tuple[Point, Point]) -> float:
    """Metres between the ends asked for and those of the route."""
    return metres_between(ends[0], route.points[0]) + metres_between(ends[1], route.points[-1])


def _route(trip: Mapping[str, Any]) -> Route:
    (leg,) = trip["legs"]
    return Route(tuple(_decoded(leg["shape"])), leg["summary"]["length"] * 1000, leg["summary"]["time"])


def _joined(legs: Sequence[Route]) -> Route:
    points = [point for point, _ in groupby(point for leg in legs for point in leg.points)]
    return Route(tuple(points), sum(leg.metres for leg in legs), sum(leg.seconds for leg in legs))


def _decoded(shape: str) -> Iterator[Point]:
    """Valhalla's polyline: differences of latitude and longitude in millionths, 5 bits a character."""
    values = _differences(shape)
    lat = lon = 0
    for north in values:
        lat, lon = lat + north, lon + next(values)
        yield lon / 1e6, lat / 1e6


def _differences(shape: str) -> Iterator[int]:
    value = bits = 0
    for letter in shape:
        chunk = ord(letter) - 63
        value |= (chunk & 0x1F) << bits
        bits += 5
        if chunk < 0x20:
            yield ~(value >> 1) if value & 1 else value >> 1
            value = bits = 0
