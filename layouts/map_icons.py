"""The map's signs as one picture: a shape for what it is, a tone for how it stands. Shapes tell without colour."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from layouts.map_palette import Colour, Palette

UNIT = 64
"""The side of the square in which each shape is drawn."""
CELL = 128
"""Pixels of one sign in the picture; signs are drawn at less than half of that, so that they stay sharp."""

_CORNERS = "M6 22 V6 H22 M42 6 H58 V22 M58 42 V58 H42 M22 58 H6 V42"
SHAPES: Mapping[str, str] = {
    "pickup": '<rect x="12" y="12" width="40" height="40" rx="7"/>',
    "dropoff": '<path d="M32 6 L57 27 L57 56 L7 56 L7 27 Z"/>',
    "courier": '<circle cx="32" cy="32" r="22"/>',
    "heading": '<path d="M32 3 L44 21 L20 21 Z"/>',
    "cluster": '<rect x="3" y="3" width="58" height="58" rx="15"/><rect x="10" y="10" width="44" height="44" rx="9"/>',
    "flock": '<circle cx="32" cy="32" r="29"/><circle cx="32" cy="32" r="23"/>',
    "ring": '<g fill="none"><circle cx="32" cy="32" r="26" stroke-width="10"/>'
    '<circle cx="32" cy="32" r="26" stroke-width="5" stroke="currentColor"/></g>',
    "focus": f'<g fill="none"><path d="{_CORNERS}" stroke-width="10"/>'
    f'<path d="{_CORNERS}" stroke-width="5" stroke="currentColor"/></g>',
}
TONES = ("plain", "chosen", "due", "late", "hollow")
EDGES: Mapping[str, str] = {
    "held": '<rect x="14" y="22" width="36" height="20" rx="3"/>',
    "seen": '<rect x="14" y="26" width="36" height="12" rx="3"/>',
}
"""What is drawn below the marks of an order that a colleague has in hand, or looks at, in each colleague's colour."""
PEOPLE = range(1, 7)
"""The colleagues' colours, as assets/company.css counts them."""
COLUMNS = len(TONES)


def icon_names() -> list[str]:
    """``pickup-plain``, ``pickup-chosen`` …, ``held-1`` … in the order in which they stand in the picture."""
    signs = [f"{shape}-{tone}" for shape in SHAPES for tone in TONES]
    return signs + [f"{edge}-{person}" for edge in EDGES for person in PEOPLE]


def icon_layer_props(palette: Palette) -> dict[str, Any]:
    """What an IconLayer needs to find the signs. The address stands in quotes: pydeck takes bare text for code."""
    mapping = {
        name: {"x": k % COLUMNS * CELL, "y": k // COLUMNS * CELL, "width": CELL, "height": CELL, "mask": False}
        for k, name in enumerate(icon_names())
    }
    return {"icon_atlas": f'"data:image/svg+xml,{quote(picture(palette))}"', "icon_mapping": mapping}


def picture(palette: Palette) -> str:
    """The SVG of all signs in one theme's colours."""
    names = icon_names()
    cells = [
        f'<g transform="translate({k % COLUMNS * UNIT} {k // COLUMNS * UNIT})">{_sign(name, palette)}</g>'
        for k, name in enumerate(names)
    ]
    rows = math.ceil(len(names) / COLUMNS)
    size = f'width="{COLUMNS * CELL}" height="{rows * CELL}" viewBox="0 0 {COLUMNS * UNIT} {rows * UNIT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(cells)}</svg>'


def _sign(name: str, palette: Palette) -> str:
    shape, tone = name.split("-")
    if shape in EDGES:
        drawn, fill, edge = EDGES[shape], palette.people[int(tone) - 1], palette.paper
    else:
        drawn, (fill, edge) = SHAPES[shape], _colours(tone, palette)
    look = f'fill="{_css(fill)}" stroke="{_css(edge)}" color="{_css(fill)}" stroke-width="4" stroke-linejoin="round"'
    return f"<g {look}>{drawn}</g>"


def _colours(tone: str, palette: Palette) -> tuple[Colour, Colour]:
    if tone == "hollow":
        return palette.paper, palette.faint
    return {"plain": palette.ink, "chosen": palette.chosen, "due": palette.due, "late": palette.late}[
        tone
    ], palette.paper


def _css(colour: Colour) -> str:
    return f"rgb({','.join(map(str, colour))})"
