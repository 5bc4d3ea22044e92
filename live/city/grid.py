"""The grid of web maps: the world, a square, cut in four again and again. A cell is (zoom, x, y), y from the north."""

from __future__ import annotations

from collections.abc import Iterator
from math import atan, cos, degrees, log, pi, radians, sinh, tan

import numpy as np
from numpy.typing import NDArray

from live.city.pack import Bounds

type Cell = tuple[int, int, int]

DEEPEST = 14
"""The finest cells by which things are found again."""

_NORTHMOST = 85.05
"""Degrees: there the square ends."""


def bounds_of(cell: Cell) -> Bounds:
    """West, south, east, north in degrees."""
    zoom, x, y = cell
    return _lon(x / 2**zoom), _lat((y + 1) / 2**zoom), _lon((x + 1) / 2**zoom), _lat(y / 2**zoom)


def cells_of(bounds: Bounds, zoom: int) -> Iterator[Cell]:
    """Those that touch ``bounds``, row by row."""
    west, south, east, north = bounds
    last = 2**zoom - 1
    left, right = (min(int(_across(lon) * 2**zoom), last) for lon in (west, east))
    top, bottom = (min(int(_down(lat) * 2**zoom), last) for lat in (north, south))
    yield from ((zoom, x, y) for y in range(top, bottom + 1) for x in range(left, right + 1))


def codes_of(boxes: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each box (west, south, east, north) the smallest cell that holds all of it, as (code, zoom)."""
    side = 2**DEEPEST
    lon, lat = np.clip(boxes[:, [0, 2]], -180, 179.999999), np.clip(boxes[:, [3, 1]], -_NORTHMOST, _NORTHMOST)
    x = ((lon + 180) / 360 * side).astype(np.int64)
    y = ((1 - np.arcsinh(np.tan(np.radians(lat))) / pi) / 2 * side).astype(np.int64)
    apart = (x[:, 0] ^ x[:, 1]) | (y[:, 0] ^ y[:, 1])
    lifted = np.ceil(np.log2(apart + 1)).astype(np.int64)
    return _interleaved(x[:, 0] >> lifted << lifted, y[:, 0] >> lifted << lifted), DEEPEST - lifted


def codes_within(cell: Cell) -> tuple[int, int]:
    """The first and last code of the cells in this one."""
    zoom, x, y = cell
    lift = DEEPEST - zoom
    first = int(_interleaved(np.array([x << lift]), np.array([y << lift]))[0])
    return first, first + 4**lift - 1


def codes_around(cell: Cell) -> list[tuple[int, int]]:
    """The (code, zoom) of the larger cells that this one lies in."""
    zoom, x, y = cell
    return [(codes_within((z, x >> zoom - z, y >> zoom - z))[0], z) for z in range(zoom)]


def in_cell(points: NDArray[np.float64], cell: Cell, extent: int) -> NDArray[np.float64]:
    """Degrees (lon, lat) as ``extent`` steps across the cell, from its west and its north."""
    zoom, x, y = cell
    across = (points[:, 0] + 180) / 360
    down = (1 - np.arcsinh(np.tan(np.radians(np.clip(points[:, 1], -_NORTHMOST, _NORTHMOST)))) / pi) / 2
    return np.column_stack([(across * 2**zoom - x) * extent, (down * 2**zoom - y) * extent])


def _interleaved(x: NDArray[np.int64], y: NDArray[np.int64]) -> NDArray[np.int64]:
    """Cells that lie together have codes that lie together (Morton's order)."""
    code = np.zeros_like(x)
    for bit in range(DEEPEST):
        code |= (x >> bit & 1) << 2 * bit | (y >> bit & 1) << 2 * bit + 1
    return code


def _across(lon: float) -> float:
    return (lon + 180) / 360


def _down(lat: float) -> float:
    lat = max(-_NORTHMOST, min(_NORTHMOST, lat))
    return (1 - log(tan(radians(lat)) + 1 / cos(radians(lat))) / pi) / 2


def _lon(share: float) -> float:
    return share * 360 - 180


def _lat(share: float) -> float:
    return degrees(atan(sinh(pi * (1 - 2 * share))))
