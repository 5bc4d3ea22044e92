"""Whether a file is an OpenStreetMap extract, as far as its first bytes tell."""

from __future__ import annotations

import struct
from pathlib import Path

from live.city.pack import CityError

_LONGEST_HEADER = 64


def check(path: Path) -> None:
    """CityError, which says what to give instead, when ``path`` is not an .osm.pbf file."""
    if path.is_dir():
        raise CityError(f"{path} is a folder: give the path of an OpenStreetMap extract (.osm.pbf)")
    if not path.is_file():
        raise CityError(f"There is no file {path}: give the path of an OpenStreetMap extract (.osm.pbf)")
    with path.open("rb") as file:
        start = file.read(64)
    if not start:
        raise CityError(f"{path.name} is empty: download it again")
    if start.lstrip().startswith((b"<?xml", b"<osm")):
        raise CityError(
            f"{path.name} is OpenStreetMap XML: turn it into .osm.pbf first (osmium cat {path.name} -o city.osm.pbf)"
        )
    if b"OSMHeader" not in start[:32] or not 0 < struct.unpack(">I", start[:4])[0] < _LONGEST_HEADER:
        raise CityError(f"{path.name} is no OpenStreetMap extract: only .osm.pbf files are read")
