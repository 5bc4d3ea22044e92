"""A city under a plot, faint: its water and its larger streets, out of the city pack. Nothing comes from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from layouts.plots import INK
from layouts.view import Line

WATER = {"light": "#dce8f3", "grey": "#b9c9d8", "dark": "#16222f"}


def draw_city(found: Any, streets: Sequence[Line], water: Sequence[Line], theme: str) -> None:
    """Adds both below whatever comes after."""
    _, grid, _, _ = INK[theme]
    plain: dict[str, Any] = {"hoverinfo": "skip", "showlegend": False, "mode": "lines"}
    if water:
        x, y = _one_line(water)
        found.add_scatter(x=x, y=y, fill="toself", fillcolor=WATER[theme], line={"width": 0}, **plain)
    if streets:
        x, y = _one_line(streets)
        found.add_scatter(x=x, y=y, line={"color": grid, "width": 1.5}, **plain)


def _one_line(lines: Iterable[Line]) -> tuple[list[float | None], list[float | None]]:
    """All lines as one, lifted between them."""
    across: list[float | None] = []
    up: list[float | None] = []
    for line in lines:
        across += [*(lon for lon, _ in line), None]
        up += [*(lat for _, lat in line), None]
    return across, up
