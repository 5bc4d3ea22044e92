"""The base map of a large city: vector tiles (MVT) by zoom in one PMTiles file, each a small sheet of the same map."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable, Iterator
from math import cos, radians
from pathlib import Path

import mapbox_vector_tile
import shapely
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer
from shapely.geometry.base import BaseGeometry

from live.city.basemap import Detail, Things, draw
from live.city.drawing import SIMPLIFIED, Drawn
from live.city.grid import Cell, bounds_of, cells_of, in_cell
from live.city.pack import ATTRIBUTION, DEEPEST, WIDEST, Bounds
from live.city.spool import Feature, Spool, touching

_DISTRICT = 13
"""Tiles of this zoom and the four in each are drawn from one reading of the spool."""

_EXTENT = 8192
"""Steps across a tile: 0.2 m of the deepest at 50° north."""

_BUFFER = 1 / 64
"""Of a tile's side is drawn beyond its edge, so that outlines along the cut lie out of sight."""

_PIXELS = 512
_LETTER_PX = 6.0
_EQUATOR_M = 40_075_017

_FROM = {
    "street": 9, "water": 9, "green": 9, "quarter": 9, "rail": 11, "stream": 11, "square": 13, "cycleway": 13,
    "path": 14, "building": 14,
}  # fmt: skip
"""The zoom at which each layer comes in."""

_RANK_AT = {9: 1, 10: 1, 11: 2, 12: 2, 13: 3, 14: 4}


def draw_tiles(spool: Spool, bounds: Bounds, file: Path, progress: Callable[[float], None]) -> int:
    """Write the tiles of ``bounds``; returns how many there are. ``progress`` is told the share that is behind."""
    with file.open("wb") as out:
        writer = Writer(out)
        districts = list(cells_of(bounds, _DISTRICT))
        overview = [cell for zoom in range(WIDEST, _DISTRICT) for cell in cells_of(bounds, zoom)]
        for done, cell in enumerate((*overview, *districts)):
            progress(done / (len(overview) + len(districts)))
            for each, things in _tiles_of(spool, cell):
                if drawn := list(_drawn(things, each, bounds)):
                    writer.write_tile(zxy_to_tileid(*each), gzip.compress(_encoded(drawn, each), 6, mtime=0))
        writer.finalize(_header(bounds), {"attribution": ATTRIBUTION, "vector_layers": []})
        return int(writer.addressed_tiles)


def _tiles_of(spool: Spool, cell: Cell) -> Iterator[tuple[Cell, Things]]:
    """The cell and, in a district, those in it: all from things that are read once."""
    kept: dict[str, list[Feature]] = {}
    zoom, x, y = cell

    def near(kind: str) -> list[Feature]:
        if kind not in kept:
            kept[kind] = spool.within(kind, cell, overview=zoom < _DISTRICT)
        return kept[kind]

    yield cell, near
    if zoom == _DISTRICT:
        for deeper in ((zoom + 1, 2 * x + dx, 2 * y + dy) for dy in (0, 1) for dx in (0, 1)):
            yield deeper, _part(near, deeper)


def _part(near: Things, cell: Cell) -> Things:
    return lambda kind: touching(near(kind), bounds_of(cell))


def _drawn(things: Things, cell: Cell, city: Bounds) -> Iterable[Drawn]:
    west, south, east, north = bounds_of(cell)
    across, up = (east - west) * _BUFFER, (north - south) * _BUFFER
    sheet = (
        max(west - across, city[0]), max(south - up, city[1]), min(east + across, city[2]), min(north + up, city[3]),
    )  # fmt: skip
    if sheet[0] >= sheet[2] or sheet[1] >= sheet[3]:
        return ()
    metres = _EQUATOR_M * cos(radians((south + north) / 2)) / 2 ** cell[0] / _PIXELS
    return (one for one in draw(things, sheet, detail_at(cell[0])).features if _has_room(one, metres))


def detail_at(zoom: int) -> Detail:
    """What is worth drawing at a zoom: what is larger than two pixels, streets by rank, and nothing finer than half a
    pixel; the deepest tiles are shown at every nearer zoom, and have it all."""
    pixel = 360 / 2**zoom / _PIXELS
    if zoom == DEEPEST:
        return Detail(left_out=frozenset())
    return Detail(
        rank=_RANK_AT[zoom], left_out=frozenset(layer for layer, first in _FROM.items() if zoom < first),
        least=4 * pixel, simplified=max(SIMPLIFIED, pixel / 2),
    )  # fmt: skip


def _has_room(one: Drawn, metres_per_pixel: float) -> bool:
    """Names that no zoom at which the tile is shown has room for are left out; the deepest has room for all."""
    name, metres = one.properties.get("name"), one.properties.get("metres")
    if one.properties["layer"] != "name" or metres_per_pixel < 10 or not isinstance(metres, int):
        return True
    return 2 * metres / metres_per_pixel >= _LETTER_PX * len(str(name))


def _encoded(drawn: Iterable[Drawn], cell: Cell) -> bytes:
    layers: dict[str, list[dict[str, object]]] = {}
    for one in drawn:
        shape = _on_tile(one.geometry, cell)
        properties = {key: value for key, value in one.properties.items() if key != "layer"}
        if not shape.is_empty:
            features = layers.setdefault(str(one.properties["layer"]), [])
            features.append({"geometry": shape, "properties": properties})
    tile: bytes = mapbox_vector_tile.encode(
        [{"name": layer, "features": features} for layer, features in layers.items()],
        default_options={"y_coord_down": True, "extents": _EXTENT, "check_winding_order": True},
    )
    return tile


def _on_tile(geometry: BaseGeometry, cell: Cell) -> BaseGeometry:
    """In whole steps from the tile's north-west; areas stay valid."""
    placed = shapely.transform(geometry, lambda points: in_cell(points, cell, _EXTENT))
    return shapely.set_precision(placed, 1)


def _header(bounds: Bounds) -> dict[str, object]:
    west, south, east, north = (round(value * 1e7) for value in bounds)
    return {
        "tile_type": TileType.MVT, "tile_compression": Compression.GZIP, "min_zoom": WIDEST, "max_zoom": DEEPEST,
        "min_lon_e7": west, "min_lat_e7": south, "max_lon_e7": east, "max_lat_e7": north, "center_zoom": WIDEST,
        "center_lon_e7": (west + east) // 2, "center_lat_e7": (south + north) // 2,
    }  # fmt: skip
