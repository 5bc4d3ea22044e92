"""A city pack as it lies on disk, and as the desk, the demo and the router use it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ATTRIBUTION = "© OpenStreetMap contributors"
EMPTY_MAP = b'{"type":"FeatureCollection","features":[]}'
FORMAT = 1
"""Grows when a pack's files change meaning: older ones are then built anew."""

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


class CityError(ValueError):
    """A city that cannot be built or opened; the message is one line that says what and how to mend it."""


@dataclass(frozen=True, slots=True)
class Restaurant:
    """A place to eat. ``kind`` is OpenStreetMap's amenity, ``cuisine`` its first cuisine or ''."""

    id: str
    name: str
    address: str
    lat: float
    lon: float
    kind: str = "restaurant"
    cuisine: str = ""


@dataclass(frozen=True, slots=True)
class Door:
    """Where a customer may live or work."""

    address: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class CityPack:
    """A city, ready to use. ``folder`` is None for an invented one: no base map, no streets."""

    name: str
    bounds: Bounds
    restaurants: tuple[Restaurant, ...] = ()
    doors: tuple[Door, ...] = ()
    attribution: str = ATTRIBUTION
    folder: Path | None = None

    @property
    def invented(self) -> bool:
        """Whether the coordinates sit on an origin that is nowhere."""
        return self.folder is None

    @property
    def centre(self) -> tuple[float, float]:
        """The middle as (lon, lat)."""
        west, south, east, north = self.bounds
        return (west + east) / 2, (south + north) / 2

    @property
    def tiles(self) -> Path | None:
        """The folder of the bicycle routing tiles."""
        return None if self.folder is None else self.folder / "tiles"

    def basemap(self) -> bytes:
        """The base map: one GeoJSON FeatureCollection (UTF-8); see ``live/city/basemap.py`` for its layers."""
        return EMPTY_MAP if self.folder is None else (self.folder / "basemap.json").read_bytes()


def invented_pack(name: str, bounds: Bounds) -> CityPack:
    """A city of straight lines for coordinates that sit on no map."""
    return CityPack(name=name, bounds=bounds, attribution="")


def open_pack(home: Path, name: str) -> CityPack:
    """The newest pack of that name under ``home``/cities; CityError if there is none."""
    found = sorted(_folders(home, name), key=lambda folder: folder.stat().st_mtime)
    if not found:
        raise CityError(f"There is no city {name} in {home}: run `roulement city build FILE.osm.pbf`")
    return read_pack(found[-1])


def write_pack(pack: CityPack, folder: Path) -> None:
    """Keep all but the base map and the tiles, which are files of their own."""
    content = {**asdict(pack), "format": FORMAT}
    del content["folder"]
    (folder / "pack.json").write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), "utf-8")


def read_pack(folder: Path) -> CityPack:
    """The pack in a folder that ``write_pack`` wrote."""
    content: dict[str, Any] = json.loads((folder / "pack.json").read_text("utf-8"))
    return CityPack(
        name=content["name"],
        bounds=tuple(content["bounds"]),
        restaurants=tuple(Restaurant(**one) for one in content["restaurants"]),
        doors=tuple(Door(**one) for one in content["doors"]),
        attribution=content["attribution"],
        folder=folder,
    )


def _folders(home: Path, name: str) -> Iterator[Path]:
    for file in (home / "cities").glob(f"{name}-*/pack.json"):
        content = json.loads(file.read_text("utf-8"))
        if content["format"] == FORMAT and content["name"] == name:
            yield file.parent
