"""The map's declaration: what deck.gl is told to draw, in each theme."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from layouts.map import desk_map, view_of
from layouts.map_icons import icon_names, picture
from layouts.map_palette import PALETTES, Colour
from layouts.view import THEMES
from tests.unit.desk_values import HELSINKI

MOVING = (
    "trails", "route-courier", "companions", "route-order", "route-plan", "draft-way", "order-clusters",
    "order-clusters-counts", "courier-clusters", "courier-clusters-counts", "dropoffs", "dropoff-letters", "pickups",
    "pickup-letters", "company", "marked", "drafts", "heading", "couriers", "courier-loads", "focus", "names",
)  # fmt: skip
BASE_LAYERS = {"water", "green", "square", "building", "stream", "rail", "path", "cycleway", "street"}


def layers(theme: str = "light") -> dict[str, dict[str, Any]]:
    return {layer["id"]: layer for layer in desk_map(HELSINKI, theme)["layers"]}


def contrast(one: Colour, other: Colour) -> float:
    """The ratio of WCAG 2."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    linear = [c / 12.92 if (c := part / 255) <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_order_of_layers() -> None:
    """The ground lies lowest, couriers above orders, names above all."""
    assert tuple(layers()) == ("base", "street-names", *MOVING)


def test_no_ground_without_a_base_map() -> None:
    """An invented city has no streets to draw."""
    spec = desk_map(replace(HELSINKI, basemap_url=None), "light")
    assert tuple(layer["id"] for layer in spec["layers"]) == MOVING


@pytest.mark.parametrize("theme", THEMES)
def test_ground(theme: str) -> None:
    """Every layer of the base map has a colour in every theme."""
    assert set(PALETTES[theme].ground) == BASE_LAYERS
    for layer in BASE_LAYERS:
        assert f"'{layer}'" in layers(theme)["base"]["getFillColor"]


@pytest.mark.parametrize("theme", THEMES)
def test_icons(theme: str) -> None:
    """Each sign has its cell in the picture, and no two share one."""
    assert layers(theme)["pickups"]["iconAtlas"].startswith("data:image/svg+xml,%3Csvg")
    mapping = layers(theme)["pickups"]["iconMapping"]
    assert sorted(mapping) == sorted(icon_names())
    assert len({(cell["x"], cell["y"]) for cell in mapping.values()}) == len(mapping)
    assert picture(PALETTES[theme]).count("<g transform") == len(mapping)


@pytest.mark.parametrize("theme", THEMES)
def test_contrast(theme: str) -> None:
    """Signs stand out from the ground (3:1), their letters and the labels can be read (4.5:1)."""
    palette = PALETTES[theme]
    for sign in (
        palette.ink,
        palette.chosen,
        palette.due,
        palette.late,
        palette.faint,
        *palette.trails,
        *palette.people,
    ):
        assert contrast(sign, palette.land) >= 3
    for sign in (palette.ink, palette.chosen, palette.due, palette.late):
        assert contrast(palette.paper, sign) >= 4.5
    for ground in ("street", "building", "square", "green", "water"):
        assert contrast(palette.label, palette.ground[ground]) >= 4.5, ground


def test_nothing_from_elsewhere() -> None:
    """The map asks no other server for anything."""
    assert "http" not in json.dumps(desk_map(HELSINKI, "light")).replace("http%3A//www.w3.org/2000/svg", "")


def test_tiles_of_ones_own() -> None:
    """An installation's tiles take the place of the base map, under everything else."""
    tiles = "https://tiles.example/{z}/{x}/{y}.png"
    ground, above, *_ = desk_map(replace(HELSINKI, basemap_url=None, tiles_url=tiles), "light")["layers"]
    assert (ground["@@type"], ground["id"]) == ("TileLayer", "tiles")
    assert above["id"] == "trails"


def test_first_view() -> None:
    """The whole city is in view at first, in the middle."""
    view = view_of(HELSINKI)
    assert (view.longitude, view.latitude) == pytest.approx((24.944, 60.1715))
    assert 13 < view.zoom < 15
