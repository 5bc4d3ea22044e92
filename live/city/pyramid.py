"""Reads the vector tiles of a large city's base map out of their PMTiles file."""

from __future__ import annotations

import mmap
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from hashlib import file_digest
from pathlib import Path

from pmtiles.tile import Entry, deserialize_directory, deserialize_header, zxy_to_tileid

_DEEPEST = 26
"""What a tile's number in the file can express."""


class Tiles:
    """The tiles in a file, found without holding it in memory: only its table of contents is. ``digest`` is SHA-256."""

    def __init__(self, file: Path) -> None:
        with file.open("rb") as opened:
            self.digest = file_digest(opened, "sha256").hexdigest()
            self._bytes = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        header = deserialize_header(self._bytes[:127])
        self._data, self._leaves = header["tile_data_offset"], header["leaf_directory_offset"]
        self._entries = list(self._read(header["root_offset"], header["root_length"]))
        self._ids = [entry.tile_id for entry in self._entries]

    def tile(self, zoom: int, x: int, y: int) -> bytes | None:
        """A tile (MVT, gzipped); None where nothing is drawn."""
        if not (0 <= zoom <= _DEEPEST and 0 <= x < 2**zoom and 0 <= y < 2**zoom):
            return None
        number = zxy_to_tileid(zoom, x, y)
        at = bisect_right(self._ids, number) - 1
        if at < 0 or number >= self._ids[at] + self._entries[at].run_length:
            return None
        start = self._data + self._entries[at].offset
        return self._bytes[start : start + self._entries[at].length]

    def _read(self, offset: int, length: int) -> Iterator[Entry]:
        for entry in deserialize_directory(self._bytes[offset : offset + length]):
            if entry.run_length:
                yield entry
            else:
                yield from self._read(self._leaves + entry.offset, entry.length)


@lru_cache(maxsize=64)
def tiles_of(file: Path) -> Tiles:
    """The tiles in a file, opened once a process."""
    return Tiles(file)
