"""Where couriers wait: restaurants on a plain map of the city, larger and darker the longer the waiting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import cos, radians

from dash.development.base_component import Component

from dashboard.reports_work import WaitingRow
from layouts.plots import INK, blank, graph
from layouts.plots_city import draw_city
from layouts.view import City, Places
from layouts.words import Words

MINUTE = timedelta(minutes=1)
NAMED = 5
HEIGHT = 460
WIDE, HIGH, MARGIN = 500.0, 420.0, 0.08
"""Pixels of the drawing where it is smallest, and what is left free around the restaurants, as a share of them."""
SHAPE = 1.3
"""Width of the map by its height."""
LETTER, LINE = 7.6, 17.0
"""Pixels of a name's letter and of its line."""
SIDES = ("top center", "middle right", "bottom center", "middle left")
"""Where a name may stand, the best first."""

type Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in pixels."""


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


def waiting_map(found: Sequence[Wait], city: City, theme: str, words: Words) -> Component | None:
    """The map; None when no place is known. The longest waits are named on it where there is room, all on hover."""
    placed = [one for one in found if one.lat is not None and one.known]
    if not placed:
        return None
    _, _, data, reference = INK[theme]
    worst, sides = {one.name for one in placed[:NAMED]}, sides_of_names(placed)
    drawn = blank(theme, "", "")
    draw_city(drawn, city.streets, city.water, theme)
    drawn.add_scatter(
        x=[one.lon for one in placed], y=[one.lat for one in placed], mode="markers+text", showlegend=False,
        text=[one.name if one.name in sides else "" for one in placed],
        textposition=[sides.get(one.name, SIDES[0]) for one in placed],
        marker={
            "size": [_size(one) for one in placed], "opacity": 0.8,
            "color": [reference if one.name in worst else data for one in placed],
            "symbol": ["diamond" if one.name in worst else "circle" for one in placed],
        },
        hovertext=[words("{name}: {n} min a pickup", name=one.name, n=round(one.each)) for one in placed],
        hoverinfo="text",
    )  # fmt: skip
    west, south, east, north = _frame(placed)
    stretch = 1 / cos(radians(placed[0].lat or 0.0))
    drawn.update_yaxes(scaleanchor="x", scaleratio=stretch, range=[south, north], visible=False)
    drawn.update_xaxes(range=[west, east], visible=False)
    drawn.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0})
    return graph("fairness-waiting-map", drawn, words, HEIGHT)


def sides_of_names(placed: Sequence[Wait]) -> dict[str, str]:
    """Of the worst few, the worst first: on which side of its mark the name lies on no other name and on no mark.

    Who has no such side is not named.
    """
    points = _pixels(placed)
    marks = [_around(point, _size(one) / 2) for point, one in zip(points, placed, strict=True)]
    taken, found = list(marks), dict[str, str]()
    for point, one in list(zip(points, placed, strict=True))[:NAMED]:
        for side in SIDES:
            box = _name_box(point, one, side)
            if not any(_collide(box, other) for other in taken) and box[0] >= 0 and box[2] <= WIDE:
                found[one.name] = side
                taken.append(box)
                break
    return found


def _size(one: Wait) -> float:
    return 7 + 2.2 * min(one.each, 12)


def _frame(placed: Sequence[Wait]) -> tuple[float, float, float, float]:
    """West, south, east, north of the map, in the drawing's own shape; some 200 m around a single place."""
    (west, east), (south, north) = (
        _with_margin([degrees or 0.0 for degrees in side])
        for side in ([one.lon for one in placed], [one.lat for one in placed])
    )
    stretch = 1 / cos(radians((south + north) / 2))
    wide, high = (
        max(east - west, (north - south) * stretch * SHAPE),
        max(north - south, (east - west) / stretch / SHAPE),
    )
    across, up = (west + east) / 2, (south + north) / 2
    return across - wide / 2, up - high / 2, across + wide / 2, up + high / 2


def _with_margin(degrees: Sequence[float]) -> tuple[float, float]:
    room = max(MARGIN * (max(degrees) - min(degrees)), 0.002)
    return min(degrees) - room, max(degrees) + room


def _pixels(placed: Sequence[Wait]) -> list[tuple[float, float]]:
    west, south, east, north = _frame(placed)
    stretch = 1 / cos(radians(placed[0].lat or 0.0))
    scale = min(WIDE / (east - west), HIGH / ((north - south) * stretch))
    left = (WIDE - (east - west) * scale) / 2
    return [(left + ((one.lon or 0.0) - west) * scale, (north - (one.lat or 0.0)) * stretch * scale) for one in placed]


def _around(point: tuple[float, float], half: float) -> Box:
    x, y = point
    return x - half, y - half, x + half, y + half


def _name_box(point: tuple[float, float], one: Wait, side: str) -> Box:
    (x, y), half, wide = point, _size(one) / 2, LETTER * len(one.name)
    match side:
        case "top center":
            return x - wide / 2, y - half - LINE, x + wide / 2, y - half - 1
        case "bottom center":
            return x - wide / 2, y + half + 1, x + wide / 2, y + half + LINE
        case "middle right":
            return x + half + 1, y - LINE / 2, x + half + wide, y + LINE / 2
        case _:
            return x - half - wide, y - LINE / 2, x - half - 1, y + LINE / 2


def _collide(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _wait(house: str, rows: Sequence[WaitingRow], places: Places) -> Wait:
    name, lat, lon = places.get(house, (house, None, None))
    return Wait(
        name, lat, lon, sum(row.pickups for row in rows), sum(row.known for row in rows),
        sum((row.beyond for row in rows), timedelta()), sum(row.lost_cents for row in rows),
    )  # fmt: skip
