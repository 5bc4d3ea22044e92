"""Where couriers wait: restaurants on a plain map of the city, larger and darker the longer the waiting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import cos, radians

from dash.development.base_component import Component

from dashboard.reports import WaitingRow
from layouts.plots import INK, blank, graph
from layouts.view import Places
from layouts.words import Words

MINUTE = timedelta(minutes=1)
NAMED = 5
NAME_WIDTH, NAME_HEIGHT = 0.6, 0.16
"""Of the map, as shares of its extent: nearer than this, two names would lie on each other."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Waiting at one restaurant over the period: ``beyond`` the four minutes of taking over, ``known`` pickups."""

    name: str
    lat: float | None
    lon: float | None
    pickups: int
    known: int
    beyond: timedelta
    lost_cents: float

    @property
    def each(self) -> float:
        """Minutes beyond for each pickup of which the arrival is known."""
        return self.beyond / MINUTE / self.known if self.known else 0.0


def waits(rows: Iterable[WaitingRow], places: Places) -> list[Wait]:
    """One for each restaurant, the costliest first; a restaurant without a known place has no coordinates."""
    by_house: dict[str, list[WaitingRow]] = {}
    for row in rows:
        by_house.setdefault(row.restaurant, []).append(row)
    found = [_wait(house, of, places) for house, of in by_house.items()]
    return sorted(found, key=lambda one: -one.lost_cents)


def waiting_map(found: Sequence[Wait], theme: str, words: Words) -> Component | None:
    """The map; None when no place is known. The longest waits are named on it where there is room, all on hover."""
    placed = [one for one in found if one.lat is not None and one.known]
    if not placed:
        return None
    _, _, data, reference = INK[theme]
    worst, named = {one.name for one in placed[:NAMED]}, named_on_map(placed)
    drawn = blank(theme, words("West to east"), words("South to north"))
    drawn.add_scatter(
        x=[one.lon for one in placed], y=[one.lat for one in placed], mode="markers+text", showlegend=False,
        text=[one.name if one in named else "" for one in placed], textposition="top center",
        marker={
            "size": [7 + 2.2 * one.each for one in placed], "opacity": 0.8,
            "color": [reference if one.name in worst else data for one in placed],
            "symbol": ["diamond" if one.name in worst else "circle" for one in placed],
        },
        hovertext=[words("{name}: {n} min a pickup", name=one.name, n=round(one.each)) for one in placed],
        hoverinfo="text",
    )  # fmt: skip
    stretch = 1 / cos(radians(placed[0].lat or 0.0))
    drawn.update_yaxes(scaleanchor="x", scaleratio=stretch, showticklabels=False, ticks="", zeroline=False)
    drawn.update_xaxes(showticklabels=False, ticks="", zeroline=False)
    return graph("fairness-waiting-map", drawn, words)


def named_on_map(placed: Sequence[Wait]) -> list[Wait]:
    """Of the worst few, the worst first, those whose names lie on no other name."""
    wide, high = (_extent([one.lon for one in placed]), _extent([one.lat for one in placed]))
    chosen: list[Wait] = []
    for one in placed[:NAMED]:
        if not any(_collide(one, other, NAME_WIDTH * wide, NAME_HEIGHT * high) for other in chosen):
            chosen.append(one)
    return chosen


def _extent(degrees: Sequence[float | None]) -> float:
    known = [each for each in degrees if each is not None]
    return max(known) - min(known)


def _collide(one: Wait, other: Wait, wide: float, high: float) -> bool:
    across, up = (one.lon or 0.0) - (other.lon or 0.0), (one.lat or 0.0) - (other.lat or 0.0)
    return abs(across) < wide and abs(up) < high


def _wait(house: str, rows: Sequence[WaitingRow], places: Places) -> Wait:
    name, lat, lon = places.get(house, (house, None, None))
    return Wait(
        name, lat, lon, sum(row.pickups for row in rows), sum(row.known for row in rows),
        sum((row.beyond for row in rows), timedelta()), sum(row.lost_cents for row in rows),
    )  # fmt: skip
