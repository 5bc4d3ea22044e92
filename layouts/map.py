"""The map as a pydeck.Deck: which layers there are, how they look in each theme, and what is seen first.

The browser builds the layers once from this and then changes only their data. The data of a moving layer are objects
with the members that the accessors below name (``position`` as lon, lat; ``icon`` a name of ICONS; ``text``;
``angle`` in degrees; ``path``), or typed arrays in their place.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

import pydeck as pdk

from layouts.map_icons import icon_layer_props
from layouts.map_palette import PALETTES, Colour, Palette
from layouts.view import City

FONT = "system-ui, sans-serif"
WITH_PICTURE = "pickups"
"""The layer that carries the picture of all signs; the browser hands it to the others, so that it travels once."""


def desk_map(city: City, theme: str) -> dict[str, Any]:
    """The map as the plain JSON that deck.gl's converter reads."""
    palette = PALETTES[theme]
    deck = pdk.Deck(
        layers=[
            *_ground(city, palette),
            _trails(palette),
            *_routes(palette),
            *_clusters(palette),
            *_orders(palette),
            *_couriers(palette),
            _signs("focus", palette, size=46, pickable=False),
            _names(palette),
        ],
        initial_view_state=view_of(city),
        views=[pdk.View(type="MapView", controller={"dragRotate": False, "touchRotate": False, "keyboard": False})],
        map_provider=None,
    )
    spec: dict[str, Any] = json.loads(deck.to_json())
    return {**spec, "palette": palette.for_browser()}


def view_of(city: City) -> pdk.ViewState:
    """The city from above, all of it within about 900 by 700 pixels."""
    west, south, east, north = city.bounds
    middle = (south + north) / 2
    wide = 900 * 360 / (512 * max(east - west, 1e-6))
    high = 700 * 360 * math.cos(math.radians(middle)) / (512 * max(north - south, 1e-6))
    zoom = min(math.log2(min(wide, high)), 17)
    return pdk.ViewState(longitude=(west + east) / 2, latitude=middle, zoom=round(zoom, 3), min_zoom=9, max_zoom=19)


def _ground(city: City, palette: Palette) -> list[pdk.Layer]:
    """What does not move. Names are given by the browser, which knows how many find room."""
    if city.tiles_url:
        return [pdk.Layer("TileLayer", id="tiles", data=city.tiles_url, tile_size=256, max_zoom=19)]
    if city.basemap_url is None and not city.basemap_tiles:
        return []
    return [
        _base(city, palette),
        _text("street-names", palette.label, size=11, get_position="geometry.coordinates",
              get_text="properties.name", get_angle="properties.angle"),
    ]  # fmt: skip


def _base(city: City, palette: Palette) -> pdk.Layer:
    """The base map: in one piece or in tiles, it looks the same."""
    if city.basemap_tiles:
        source = {"type": "MVTLayer", "data": city.basemap_tiles, "min_zoom": 9, "max_zoom": 14}
    else:
        source = {"type": "GeoJsonLayer", "data": city.basemap_url}
    return pdk.Layer(
        id="base", point_type=_literal(""), stroked=True, filled=True,
        get_fill_color=_by_layer(palette.ground),
        get_line_color=_by_layer({**palette.ground, "building": palette.edge}),
        get_line_width=_by_width(), line_width_units=_literal("meters"), line_width_min_pixels=0.6,
        line_joint_rounded=True, line_cap_rounded=True, pickable=False, **source,
    )  # fmt: skip


def _routes(palette: Palette) -> list[pdk.Layer]:
    return [
        _path("route-courier", (*palette.ink, 150), width=3),
        _path("companions", (*palette.chosen, 200), width=2),
        _path("route-order", (*palette.chosen, 220), width=4),
        _path("route-plan", (*palette.chosen, 255), width=3),
        _path("draft-way", (*palette.chosen, 200), width=3),
    ]


def _trails(palette: Palette) -> pdk.Layer:
    """The ways that couriers have come; each point has a colour of its own, which fades with its age."""
    return _path("trails", (*palette.faint, 200), width=3, get_color="colors")


def _clusters(palette: Palette) -> list[pdk.Layer]:
    """One sign for several that lie too close together, with how many there are.

    Below all that is drawn alone: what was chosen may stand in the middle of a group.
    """
    return [
        layer
        for name in ("order-clusters", "courier-clusters")
        for layer in (
            _signs(name, palette, size=40, pickable=False, get_size="size"),
            _text(f"{name}-counts", palette.paper, size=13, weight=700, get_color=_on_sign(palette)),
        )
    ]


def _orders(palette: Palette) -> list[pdk.Layer]:
    letter = _on_sign(palette)
    return [
        _signs("dropoffs", palette, size=30),
        _text("dropoff-letters", palette.paper, size=9, weight=700, get_color=letter, get_pixel_offset=[0, 2]),
        _signs("pickups", palette, size=28),
        _text("pickup-letters", palette.paper, size=11, weight=700, get_color=letter),
        _signs("company", palette, size=32, pickable=False, get_pixel_offset="offset"),
        _signs("marked", palette, size=42, pickable=False),
        _signs("drafts", palette, size=38, pickable=False),
    ]


def _couriers(palette: Palette) -> list[pdk.Layer]:
    return [
        _signs("heading", palette, size=42, pickable=False, get_icon="('heading-plain')", get_angle="angle"),
        pdk.Layer(
            "ScatterplotLayer", id="couriers", data=[], get_position="position", radius_units=_literal("pixels"),
            get_radius=9.5, stroked=True, filled=True, get_fill_color=list(palette.ink),
            get_line_color=list(palette.paper), line_width_units=_literal("pixels"), get_line_width=2, pickable=True,
        ),
        _text("courier-loads", palette.paper, size=11, weight=700),
    ]  # fmt: skip


def _names(palette: Palette) -> pdk.Layer:
    return _text(
        "names", palette.ink, size=13, weight=600, get_pixel_offset=[0, -24], background=True,
        get_background_color=[*palette.paper, 225], background_padding=[6, 3], background_border_radius=4,
    )  # fmt: skip


def _signs(id: str, palette: Palette, *, size: int, **more: Any) -> pdk.Layer:
    accessors: dict[str, Any] = {"get_position": "position", "get_icon": "icon", "get_size": size}
    picture = icon_layer_props(palette) if id == WITH_PICTURE else {}
    props = {"size_units": _literal("pixels"), "pickable": True, **picture}
    return pdk.Layer("IconLayer", id=id, data=[], **{**accessors, **props, **more})


def _text(id: str, colour: Colour, *, size: int, weight: int = 500, **more: Any) -> pdk.Layer:
    accessors = {"get_position": "position", "get_text": "text", "get_color": list(colour), "get_size": size}
    return pdk.Layer(
        "TextLayer", id=id, data=[], pickable=False, font_family=_literal(FONT), font_weight=weight,
        character_set=_literal("auto"), size_units=_literal("pixels"), **{**accessors, **more},
    )  # fmt: skip


def _path(id: str, colour: tuple[int, ...], *, width: int, **more: Any) -> pdk.Layer:
    accessors = {"get_path": "path", "get_color": list(colour), "get_width": width}
    return pdk.Layer(
        "PathLayer", id=id, data=[], width_units=_literal("pixels"), joint_rounded=True, cap_rounded=True,
        pickable=False, **{**accessors, **more},
    )  # fmt: skip


def _by_layer(colours: Mapping[str, Colour]) -> str:
    """One expression for all: the colour of the feature's layer."""
    return _choice({name: json.dumps(list(colour)) for name, colour in colours.items()}, "[0, 0, 0, 0]")


def _by_width() -> str:
    main = "(properties.rank == 1 ? 11 : properties.rank == 2 ? 9 : properties.rank == 3 ? 6.5 : 3.5)"
    return _choice({"street": main, "cycleway": "3", "path": "1.6", "rail": "1.4", "stream": "4"}, "0.4")


def _on_sign(palette: Palette) -> str:
    """The colour of a letter upon its sign: a hollow one is as light as the paper."""
    hollow = " || ".join(f"icon == '{shape}-hollow'" for shape in ("pickup", "dropoff", "flock"))
    return f"{hollow} ? {list(palette.ink)} : {list(palette.paper)}"


def _choice(cases: dict[str, str], otherwise: str) -> str:
    return "".join(f"properties.layer == '{name}' ? {value} : " for name, value in cases.items()) + otherwise


def _literal(text: str) -> str:
    """pydeck takes a bare string for an expression; this is the string itself."""
    return f'"{text}"'
