"""How a pack is made: sort the extract, draw the map, find the places; meanwhile Valhalla builds the routes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import shapely

from live.city.ask import AskTiles
from live.city.basemap import ALL, Things, draw
from live.city.drawing import Drawing
from live.city.elevation import check_covers
from live.city.extract import read
from live.city.gazetteer_making import write_gazetteer
from live.city.outline import write_outline
from live.city.outlining import outline
from live.city.pack import BASEMAP, GAZETTEER, OUTLINE, PYRAMID, Bounds, CityError, CityPack, write_pack
from live.city.places import PLACES, doors, restaurants
from live.city.reach import reachable
from live.city.sea import sea
from live.city.spool import Spool
from live.city.tiles import building
from live.city.tiling import detail_at, draw_tiles
from live.valhalla import ValhallaStreets

ONE_SHEET = 25_000
"""Things up to which the base map is one GeoJSON (some 3 MB of it): a single answer paints sooner than tiles do."""

_MARGIN = 0.004
"""Degrees of street (about 400 m north to south) kept around the outermost door."""

_DRAWN = ("street", "building", "water", "green")
_OUTLINE_ZOOM = 12
_HALF = 180.0

type Progress = Callable[[str, float], None]


def make(folder: Path, path: Path, name: str, progress: Progress, elevation: Path | None = None) -> None:
    """Fill an empty folder with the pack of the extract at ``path``; CityError when it is of no use."""
    file = folder / "spool.db"
    spool = Spool(file)
    try:
        with building(path, folder / "tiles", elevation) as routes:
            covered = read(path, spool, folder, _part(progress, "Reading the extract", 0.0, 0.4))
            if not spool.count("street"):
                raise CityError(f"{path.name} has no streets: give an extract that covers a city")
            _keep_one_side(spool)
            bounds = _bounds(spool, covered)
            if elevation is not None:
                check_covers(elevation, bounds)
            _lay_the_sea(spool, bounds)
            spool.sort()
            progress("Listing streets", 0.4)
            write_gazetteer(folder / GAZETTEER, spool)
            _draw(folder, spool, bounds, _part(progress, "Drawing the base map", 0.45, 0.75))
            progress("Finding places to eat", 0.75)
            eating, homes = restaurants(spool), doors(spool)
            routes.wait(_part(progress, "Building bicycle routes", 0.75, 0.9))
        progress("Trying the ways", 0.9)
        ways = ValhallaStreets(AskTiles(folder / "tiles"))
        pack = CityPack(
            name, bounds, tuple(reachable(ways, eating)), tuple(reachable(ways, homes)), folder=folder,
            extract=str(path.resolve()), elevation=str(elevation.resolve()) if elevation else "",
        )  # fmt: skip
        write_pack(pack, folder)
    finally:
        spool.close()
        file.unlink(missing_ok=True)
    progress("Done", 1.0)


def _draw(folder: Path, spool: Spool, bounds: Bounds, progress: Callable[[float], None]) -> None:
    if spool.count(*_DRAWN) <= ONE_SHEET:
        sheet = draw(_everything(spool), bounds, ALL)
        (folder / BASEMAP).write_bytes(sheet.to_json())
    else:
        draw_tiles(spool, bounds, folder / PYRAMID, progress)
        sheet = _overview(spool, bounds)
    write_outline(folder / OUTLINE, outline(sheet, bounds))


def _everything(spool: Spool) -> Things:
    return lambda kind: list(spool.all(kind))


def _overview(spool: Spool, bounds: Bounds) -> Drawing:
    return draw(lambda kind: list(spool.all(kind, overview=True)), bounds, detail_at(_OUTLINE_ZOOM))


def _lay_the_sea(spool: Spool, bounds: Bounds) -> None:
    for part in sea((one.geometry for one in spool.all("coast")), bounds):
        spool.add("water", {}, shapely.to_wkb(part))


def _keep_one_side(spool: Spool) -> None:
    """Of an extract across the 180th meridian the side with more streets: a map has no way around the world."""
    west, _, east, _ = spool.bounds("street") or (0.0, 0.0, 0.0, 0.0)
    if east - west > _HALF:
        spool.keep_side(west=spool.count_west("street") * 2 > spool.count("street"))


def _bounds(spool: Spool, said: Bounds | None) -> Bounds:
    """Where the places are and a little more, but no more than the extract covers."""
    covered = shapely.box(*(spool.bounds(*_DRAWN, *PLACES) or (0.0, 0.0, 0.0, 0.0))).buffer(_MARGIN / 4)
    covered = covered.intersection(shapely.box(*said)) if said else covered
    places = spool.bounds(*PLACES)
    if places:
        west, south, east, north = places
        wanted = shapely.box(west - 2 * _MARGIN, south - _MARGIN, east + 2 * _MARGIN, north + _MARGIN)
        covered = covered.intersection(wanted)
    west, south, east, north = (round(value, 6) for value in covered.bounds)
    return west, south, east, north


def _part(progress: Progress, what: str, start: float, end: float) -> Callable[[float], None]:
    progress(what, start)
    return lambda share: progress(what, start + share * (end - start))
