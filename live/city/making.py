"""How a pack is made: read the extract, build the tiles, find the places, draw the map."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from shapely import MultiPoint, box

from live.city.ask import AskTiles
from live.city.basemap import draw, read_streets
from live.city.extract import Extract, Feature
from live.city.pack import Bounds, CityError, CityPack, write_pack
from live.city.places import doors, naming, restaurants
from live.city.reach import reachable
from live.city.tiles import build_tiles
from live.valhalla import ValhallaStreets

_MARGIN = 0.004
"""Degrees of street (about 400 m north to south) kept around the outermost door."""


def make(folder: Path, path: Path, name: str, progress: Callable[[str, float], None]) -> None:
    """Fill an empty folder with the pack of the extract at ``path``; CityError when it is of no use."""
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
    """Where the places are and a little more, but no more than the extract covers."""
    corners = [one.geometry.bounds[i : i + 2] for one in streets for i in (0, 2)]
    covered = box(*_around([*corners, *places]))
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
