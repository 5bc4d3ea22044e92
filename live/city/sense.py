"""Whether an answer of a Valhalla server makes sense: its form, and whether anybody could ride so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from typing import Any

from dashboard.domain.ground import Point, metres_between
from live.city.polyline import decoded

_FASTEST = 25.0
"""Metres a second; faster is no bicycle."""
_ASIDE = 1000.0
"""Metres that a street may lie from the place that was asked for; further away it is another city's."""


class Nonsense(OSError):
    """An answer, and yet none."""


def check(service: str, request: Mapping[str, Any], answer: Any) -> None:
    """Nonsense unless it is an answer to the request."""
    try:
        if service == "route":
            _check_route(request, answer)
        elif service == "sources_to_targets":
            _check_matrix(request, answer)
        elif [len(one["edges"]) for one in answer] and len(answer) != len(request["locations"]):
            raise Nonsense("The routing server located other places than it was asked for")
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, RuntimeError) as error:
        raise Nonsense(f"The routing server's answer to {service} has another form: {error!r}") from error


def _check_route(request: Mapping[str, Any], answer: Mapping[str, Any]) -> None:
    (leg,) = answer["trip"]["legs"]
    points = list(decoded(leg["shape"]))
    first, last = _points(request["locations"])
    _check_way(leg["summary"]["length"] * 1000, leg["summary"]["time"], points[0], points[-1])
    if max(metres_between(points[0], first), metres_between(points[-1], last)) > _ASIDE:
        raise Nonsense("The routing server's way leads from elsewhere or to elsewhere")


def _check_matrix(request: Mapping[str, Any], answer: Mapping[str, Any]) -> None:
    cells = answer["sources_to_targets"]
    sources, targets = list(_points(request["sources"])), list(_points(request["targets"]))
    rows = zip(sources, cells["distances"], cells["durations"], strict=True)
    for source, distances, durations in rows:
        for target, kilometres, seconds in zip(targets, distances, durations, strict=True):
            if seconds is not None:
                _check_way(kilometres * 1000, seconds, source, target, 2 * _ASIDE)


def _check_way(metres: float, seconds: float, start: Point, end: Point, aside: float = 0.0) -> None:
    if not (isfinite(metres) and isfinite(seconds) and metres >= 0 and seconds >= 0):
        raise Nonsense(f"The routing server reckons {metres} m in {seconds} s")
    if metres > 200 and metres > _FASTEST * seconds:
        raise Nonsense(f"The routing server reckons {metres:.0f} m in {seconds:.0f} s: nobody rides as fast")
    if metres < 0.9 * metres_between(start, end) - aside - 50:
        raise Nonsense(f"The routing server's way of {metres:.0f} m is shorter than the straight line")


def _points(locations: Sequence[Mapping[str, Any]]) -> Iterable[Point]:
    return ((one["lon"], one["lat"]) for one in locations)
