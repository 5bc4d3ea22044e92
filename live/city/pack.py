"""A city pack as it lies on disk, and as the desk, the demo and the router use it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from live.city.outline import Outline, read_outline

ATTRIBUTION = "© OpenStreetMap contributors"
EMPTY_MAP = b'{"type":"FeatureCollection","features":[]}'
BASEMAP, PYRAMID = "basemap.json", "basemap.pmtiles"
"""The base map: one GeoJSON of a small city, or vector tiles by zoom of a large one."""

WIDEST, DEEPEST = 9, 14
"""Zooms of which there are tiles: the map's widest view, and that from which on all is drawn."""

OUTLINE, GAZETTEER = "outline.json", "gazetteer.db"
FORMAT = 2
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
    """A city, ready to use. ``folder`` is None for an invented one: no base map, no streets. ``extract`` is the path of
    the file that it was made from, ``elevation`` of the folder of its heights, empty without."""

    name: str
    bounds: Bounds
    restaurants: tuple[Restaurant, ...] = ()
    doors: tuple[Door, ...] = ()
    attribution: str = ATTRIBUTION
    folder: Path | None = None
    extract: str = ""
    elevation: str = ""

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

    @property
    def pyramid(self) -> Path | None:
        """The vector tiles of the base map (PMTiles); None where it is one GeoJSON, or there is none."""
        file = None if self.folder is None else self.folder / PYRAMID
        return file if file and file.is_file() else None

    @property
    def gazetteer(self) -> Path | None:
        """The index of streets, house numbers and places: see ``live/city/gazetteer.py``."""
        return None if self.folder is None else self.folder / GAZETTEER

    def basemap(self) -> bytes:
        """The base map as one GeoJSON FeatureCollection (UTF-8); empty where it is in tiles.

        See ``live/city/basemap.py`` for its layers.
        """
        return EMPTY_MAP if self.folder is None or self.pyramid else (self.folder / BASEMAP).read_bytes()

    def outline(self) -> Outline:
        """What plots show of the city."""
        return Outline() if self.folder is None else read_outline(self.folder / OUTLINE)


def invented_pack(name: str, bounds: Bounds) -> CityPack:
    """A city of straight lines for coordinates that sit on no map."""
    return CityPack(name=name, bounds=bounds, attribution="")


def open_pack(home: Path, name: str) -> CityPack:
    """The newest pack of that name under ``home``/cities; CityError if there is none."""
    found = sorted(_folders(home, name), key=lambda folder: folder.stat().st_mtime)
    if not found:
        raise CityError(f"There is no city {name} in {home}: run `roulement city build FILE.osm.pbf --name {name}`")
    return read_pack(found[-1])


def source_of(home: Path, name: str) -> tuple[Path | None, Path | None]:
    """The file that a pack of that name was made from, whatever its format, and its folder of heights; None for what is
    not there any more, or never was."""
    contents = [json.loads(file.read_text("utf-8")) for file in (home / "cities").glob(f"{name}-*/pack.json")]
    made = [content for content in contents if content["name"] == name and Path(content.get("extract", "")).is_file()]
    heights = Path(made[0].get("elevation") or "none") if made else Path("none")
    return (Path(made[0]["extract"]) if made else None), (heights if heights.is_dir() else None)


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
        extract=content["extract"],
        elevation=content.get("elevation", ""),
    )


def _folders(home: Path, name: str) -> Iterator[Path]:
    for file in (home / "cities").glob(f"{name}-*/pack.json"):
        content = json.loads(file.read_text("utf-8"))
        if content["format"] == FORMAT and content["name"] == name:
            yield file.parent
