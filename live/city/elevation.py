"""Heights for the routes: a folder of elevation tiles, one a degree square, as ``N60/N60E024.hgt`` (or ``.hgt.gz``)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from itertools import product
from math import floor
from pathlib import Path

from live.city.pack import Bounds, CityError

_TILE = re.compile(r"([NS]\d{2})([EW]\d{3})\.hgt(\.gz)?")
_BYTES = 2 * 3601 * 3601
"""Of a tile: a height each second of arc."""


def check(folder: Path) -> None:
    """CityError unless the folder holds tiles that Valhalla can read."""
    if not folder.is_dir():
        raise CityError(f"There is no folder {folder}: give one that holds elevation tiles such as N60/N60E024.hgt")
    found = list(_tiles(folder))
    if not found:
        flat = next((file.name for file in folder.glob("*.hgt*") if _TILE.fullmatch(file.name)), "N60E024.hgt")
        raise CityError(f"{folder} holds no elevation tiles: they lie in folders of their latitude, {flat[:3]}/{flat}")
    for file in found:
        if file.suffix == ".hgt" and file.stat().st_size != _BYTES:
            raise CityError(f"{file} is no elevation tile of 3601 × 3601 heights: it has to have {_BYTES} bytes")


def check_covers(folder: Path, bounds: Bounds) -> None:
    """CityError when the tiles tell the height of no place in the city."""
    squares = list(_squares(bounds))
    if not any((folder / name[:3] / f"{name}.hgt{end}").is_file() for name in squares for end in ("", ".gz")):
        needed = ", ".join(f"{name[:3]}/{name}.hgt" for name in squares)
        raise CityError(f"The elevation tiles in {folder} lie elsewhere: this city needs {needed}")


def digest(folder: Path) -> str:
    """Changes with the tiles."""
    told = sorted((file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in _tiles(folder))
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _tiles(folder: Path) -> Iterator[Path]:
    """Those that lie where Valhalla looks for them."""
    for file in folder.glob("*/*.hgt*"):
        name = _TILE.fullmatch(file.name)
        if name and name[1] == file.parent.name:
            yield file


def _squares(bounds: Bounds) -> Iterator[str]:
    """The degree squares that the city lies in, by their south-western corners."""
    west, south, east, north = map(floor, bounds)
    for lat, lon in product(range(south, north + 1), range(west, east + 1)):
        yield f"{'S' if lat < 0 else 'N'}{abs(lat):02}{'W' if lon < 0 else 'E'}{abs(lon):03}"
