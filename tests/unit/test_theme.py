"""The style sheets: what is written can be read, in every theme."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from layouts.map_icons import PEOPLE
from layouts.map_palette import PALETTES, Colour
from layouts.view import THEMES
from tests.unit.test_layouts_map import contrast

ASSETS = Path(__file__).parents[2] / "assets"
READ_ON = {
    "ink": ("paper", "panel", "sunken", "hover", "select"),
    "ink-2": ("paper", "panel", "sunken", "hover", "select"),
    "ink-3": ("panel", "sunken", "hover", "select"),
    "due": ("due-paper",),
    "late": ("late-paper", "panel", "select", "hover"),
    "chosen": ("panel",),
    "on-chosen": ("chosen",),
}
SEEN_ON = {"chosen": ("panel", "paper", "select"), "late-line": ("panel",), "due-line": ("panel",)}


def colours(theme: str, sheet: str = "theme.css") -> dict[str, Colour]:
    """The theme's named colours, as red, green, blue."""
    css = (ASSETS / sheet).read_text("utf-8")
    found = re.search(rf"\.theme-{theme} {{(.*?)}}", css, re.DOTALL)
    assert found
    pairs = re.findall(r"--([\w-]+): #([0-9a-f]{6});", found[1])
    return {name: (int(hexa[:2], 16), int(hexa[2:4], 16), int(hexa[4:], 16)) for name, hexa in pairs}


def too_faint(theme: str, pairs: Mapping[str, tuple[str, ...]], least: float) -> list[tuple[str, str, float]]:
    known = colours(theme)
    ratios = [
        (one, on, round(contrast(known[one], known[on]), 2)) for one, surfaces in pairs.items() for on in surfaces
    ]
    return [found for found in ratios if found[2] < least]


@pytest.mark.parametrize("theme", THEMES)
def test_text_contrast(theme: str) -> None:
    """Text stands at 4.5:1 or more on every surface that it is used on (WCAG AA)."""
    assert too_faint(theme, READ_ON, 4.5) == []


@pytest.mark.parametrize("theme", THEMES)
def test_sign_contrast(theme: str) -> None:
    """Marks that say something stand at 3:1 or more."""
    assert too_faint(theme, SEEN_ON, 3) == []


@pytest.mark.parametrize("theme", THEMES)
def test_colleagues_have_one_colour(theme: str) -> None:
    """A colleague's colour is the same in the lists and on the map."""
    known = colours(theme, "company.css")
    assert [known[f"person-{person}"] for person in PEOPLE] == list(PALETTES[theme].people)


def test_nothing_from_elsewhere() -> None:
    """No style sheet fetches a font or a picture from another server."""
    for path in ASSETS.glob("*.css"):
        assert not re.search(r"@import|url\(\s*['\"]?(https?:)?//", path.read_text("utf-8")), path.name
