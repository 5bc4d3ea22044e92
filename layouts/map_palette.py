"""The map's colours. Greys for what is well; amber and red for trouble alone; blue for what was chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Palette:
    """One theme's colours as red, green, blue (0–255). ``ground`` is by the base map's layers."""

    land: Colour
    ground: Mapping[str, Colour]
    edge: Colour
    label: Colour
    ink: Colour
    paper: Colour
    faint: Colour
    chosen: Colour
    due: Colour
    late: Colour
    trails: Sequence[Colour]
    """One for each courier's way, by turns: apart from each other, and none that means something."""
    people: Sequence[Colour]
    """One for each colleague, as in assets/company.css."""

    def for_browser(self) -> dict[str, Any]:
        """What the page's own code needs to colour couriers and to fill the map before anything is drawn."""
        colours = asdict(self)
        return {name: list(colours[name]) for name in colours if name not in ("ground", "people")}


_LIGHT = Palette(
    land=(242, 243, 244),
    ground={
        "water": (214, 224, 231), "green": (227, 234, 225), "square": (249, 249, 249), "building": (226, 227, 230),
        "stream": (204, 216, 224), "rail": (206, 209, 213), "path": (255, 255, 255), "cycleway": (205, 214, 221),
        "street": (255, 255, 255),
    },
    edge=(208, 210, 215), label=(86, 94, 103), ink=(34, 40, 47), paper=(255, 255, 255), faint=(120, 129, 139),
    chosen=(22, 88, 176), due=(158, 98, 0), late=(190, 24, 30),
    trails=((70, 82, 98), (38, 104, 104), (104, 80, 138), (84, 100, 62), (128, 78, 118)),
    people=((10, 125, 120), (123, 63, 196), (47, 125, 43), (163, 48, 143), (79, 106, 134), (109, 91, 208)),
)  # fmt: skip

_GREY = Palette(
    land=(190, 193, 197),
    ground={
        "water": (168, 179, 188), "green": (180, 188, 180), "square": (199, 202, 205), "building": (176, 179, 184),
        "stream": (158, 170, 179), "rail": (158, 162, 167), "path": (205, 208, 211), "cycleway": (160, 170, 178),
        "street": (208, 211, 214),
    },
    edge=(156, 160, 166), label=(56, 63, 70), ink=(24, 28, 33), paper=(236, 238, 240), faint=(98, 106, 115),
    chosen=(14, 62, 132), due=(122, 72, 0), late=(150, 12, 18),
    trails=((46, 56, 70), (16, 78, 78), (78, 54, 112), (58, 74, 38), (100, 50, 92)),
    people=((4, 87, 82), (90, 31, 163), (30, 90, 27), (125, 26, 108), (53, 76, 100), (74, 55, 176)),
)  # fmt: skip

_DARK = Palette(
    land=(27, 31, 36),
    ground={
        "water": (19, 27, 36), "green": (29, 37, 34), "square": (36, 41, 47), "building": (36, 41, 47),
        "stream": (24, 34, 45), "rail": (52, 58, 66), "path": (42, 48, 55), "cycleway": (54, 66, 77),
        "street": (48, 54, 62),
    },
    edge=(52, 58, 66), label=(150, 159, 170), ink=(226, 230, 235), paper=(20, 24, 28), faint=(132, 142, 153),
    chosen=(122, 178, 250), due=(240, 180, 76), late=(255, 128, 118),
    trails=((168, 180, 196), (110, 190, 186), (184, 164, 222), (164, 186, 130), (212, 160, 202)),
    people=((63, 191, 182), (180, 140, 242), (124, 197, 118), (224, 138, 210), (157, 180, 204), (157, 146, 245)),
)  # fmt: skip

PALETTES: Mapping[str, Palette] = {"light": _LIGHT, "grey": _GREY, "dark": _DARK}
