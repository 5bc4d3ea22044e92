"""What a page is made of: plain values that whoever serves the page puts together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from dashboard.coopcycle import Going
from dashboard.domain.handover import Handover
from layouts.words import N_

THEMES: Mapping[str, str] = {"light": N_("Light"), "grey": N_("Control-room grey"), "dark": N_("Dark")}
DEFAULT_THEME = "light"


type Places = Mapping[str, tuple[str, float, float]]
"""Restaurants by id: name, latitude, longitude."""
type Line = Sequence[tuple[float, float]]
"""Longitudes and latitudes of its bends."""


@dataclass(frozen=True, slots=True)
class City:
    """Where the co-op rides. ``bounds`` is west, south, east, north in degrees.

    Its base map is one GeoJSON at ``basemap_url``, or vector tiles at ``basemap_tiles`` of a large city; where both
    are empty there is none: an ``invented`` city's coordinates are nowhere. ``tiles_url`` are raster tiles that the
    installation wants instead. Addresses of tiles have {z}, {x} and {y} in them. ``streets`` are the larger ones,
    ``water`` the edges of its areas: what plots show of the city.
    """

    name: str
    bounds: tuple[float, float, float, float]
    time_zone: str = "UTC"
    attribution: str = ""
    basemap_url: str | None = None
    basemap_tiles: str = ""
    tiles_url: str = ""
    invented: bool = False
    places: Places = field(default_factory=dict)
    streets: Sequence[Line] = ()
    water: Sequence[Line] = ()


@dataclass(frozen=True, slots=True)
class DeskView:
    """The desk of one co-op as one visitor sees it. ``bundles`` are the URLs of deck.gl and Socket.IO.

    ``pages`` are the paths that are open to the visitor, ``roles`` those that a guest of the demo may try. ``rain``:
    since when it rains, None while it does not. ``coopcycle`` says how it goes with one beside the desk, as of ``now``;
    None where there is none. ``suggests``: this visitor wants suggestions. ``handovers`` are those to be taken over.
    """

    coop: str
    coop_name: str
    visitor: str
    city: City
    bundles: Mapping[str, str]
    theme: str = DEFAULT_THEME
    pages: Sequence[str] = ()
    roles: Sequence[str] = ()
    role: str = ""
    coopcycle: Going | None = None
    rain: datetime | None = None
    now: datetime | None = None
    suggests: bool = True
    handovers: Sequence[Handover] = ()


def scheme(theme: str) -> Literal["dark", "light"]:
    """Mantine knows light and dark alone; the control room's grey is a light one."""
    return "dark" if theme == "dark" else "light"
