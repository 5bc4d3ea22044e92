"""The map's signs as one picture: a shape for what it is, a tone for how it stands. Shapes tell without colour."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from layouts.map_palette import Colour, Palette

CELL = 64
"""Pixels of one sign in the picture; signs are drawn at less than half of that, so that they stay sharp."""

SHAPES: Mapping[str, str] = {
    "pickup": '<rect x="12" y="12" width="40" height="40" rx="7"/>',
    "dropoff": '<path d="M32 6 L57 27 L57 56 L7 56 L7 27 Z"/>',
    "courier": '<circle cx="32" cy="32" r="22"/>',
    "heading": '<path d="M32 3 L44 21 L20 21 Z"/>',
}
TONES = ("plain", "chosen", "due", "late", "hollow")


def icon_names() -> list[str]:
    """``pickup-plain``, ``pickup-chosen`` … in the order in which they stand in the picture."""
    return [f"{shape}-{tone}" for shape in SHAPES for tone in TONES]


def icon_layer_props(palette: Palette) -> dict[str, Any]:
    """What an IconLayer needs to find the signs. The address stands in quotes: pydeck takes bare text for code."""
    mapping = {
        name: {"x": k % len(TONES) * CELL, "y": k // len(TONES) * CELL, "width": CELL, "height": CELL, "mask": False}
        for k, name in enumerate(icon_names())
    }
    return {"icon_atlas": f'"data:image/svg+xml,{quote(picture(palette))}"', "icon_mapping": mapping}


def picture(palette: Palette) -> str:
    """The SVG of all signs in one theme's colours."""
    cells = [
        f'<g transform="translate({column * CELL} {row * CELL})">{_sign(SHAPES[shape], tone, palette)}</g>'
        for row, shape in enumerate(SHAPES)
        for column, tone in enumerate(TONES)
    ]
    width, height = len(TONES) * CELL, len(SHAPES) * CELL
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">{"".join(cells)}</svg>'


def _sign(shape: str, tone: str, palette: Palette) -> str:
    fill, edge = _colours(tone, palette)
    return f'<g fill="{_css(fill)}" stroke="{_css(edge)}" stroke-width="4" stroke-linejoin="round">{shape}</g>'


def _colours(tone: str, palette: Palette) -> tuple[Colour, Colour]:
    if tone == "hollow":
        return palette.paper, palette.faint
    return {"plain": palette.ink, "chosen": palette.chosen, "due": palette.due, "late": palette.late}[
        tone
    ], palette.paper


def _css(colour: Colour) -> str:
    return f"rgb({','.join(map(str, colour))})"
