"""Reads an OpenStreetMap extract from end to end, once, and sorts what it holds into a spool.

Memory does not grow with the extract: of a large one the places of its nodes lie in a file (16 bytes each) meanwhile.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import osmium
import shapely
from osmium.filter import KeyFilter
from osmium.geom import WKBFactory
from osmium.osm import NODE, RELATION, WAY, Relation, Way

from live.city.kinds import KEPT, KEYS, Tags, kinds_of
from live.city.pack import Bounds, CityError
from live.city.relations import Members, area_of
from live.city.spool import Spool

IN_MEMORY = 60_000_000
"""Bytes of extract up to which the places of its nodes are held in memory (up to some 250 MB of it)."""

_BETWEEN_SHARES = 20_000
_LEAST_RING = 4
_AREAS = frozenset({"multipolygon", "boundary"})
_WATCHED = "/proc/self/fd"


def read(path: Path, spool: Spool, workshop: Path, progress: Callable[[float], None]) -> Bounds | None:
    """Fill the spool; returns the area that the extract says it covers, None where it says nothing.

    ``progress`` is told the share (0 to 1) of the file that is behind. CityError when the file is broken.
    """
    with _broken(path):
        header = osmium.io.Reader(str(path), osmium.osm.NOTHING).header()
        if header.has_multiple_object_versions:
            raise CityError(f"{path.name} holds the history of a map: give an extract of today's map")
        members = Members(_areas(path))
        _read_things(path, spool, workshop, members, progress)
        for tags, outer, inner in members.whole():
            area = area_of(outer, inner)
            for kind in kinds_of(tags, "area") if area is not None else ():
                spool.add(kind, _kept(tags), shapely.to_wkb(area))
        spool.flush()
        box = header.box()
    if not box.valid():
        return None
    return box.bottom_left.lon, box.bottom_left.lat, box.top_right.lon, box.top_right.lat


def _areas(path: Path) -> Iterator[tuple[Tags, list[int], list[int]]]:
    """Areas that are made of several ways: tags, and the ids of the ways around and within."""
    for one in osmium.FileProcessor(str(path), RELATION):
        assert isinstance(one, Relation)
        tags = dict(one.tags)
        if tags.get("type") in _AREAS and any(kinds_of(tags, "area")):
            ways = [(member.ref, member.role) for member in one.members if member.type == "w"]
            yield (
                tags,
                [way for way, role in ways if role != "inner"],
                [way for way, role in ways if role == "inner"],
            )


def _read_things(path: Path, spool: Spool, workshop: Path, members: Members, progress: Callable[[float], None]) -> None:
    size = path.stat().st_size
    nodes = workshop / "nodes"
    store = "flex_mem" if size <= IN_MEMORY else f"sparse_file_array,{nodes}"
    wkb = WKBFactory()
    things = osmium.FileProcessor(str(path), NODE | WAY).with_locations(store)
    of_interest = KeyFilter(*KEYS)
    of_interest.enable_for(NODE)
    things.with_filter(of_interest)
    behind = 0.0
    for count, one in enumerate(things):
        if count % _BETWEEN_SHARES == 0:
            behind = max(behind, _behind(path, size))  # the file is closed before its last things are handed out
            progress(behind)
        if isinstance(one, Way):
            _read_way(one, wkb, spool, members)
        elif kinds := list(kinds_of(tags := dict(one.tags), "point")):
            shape = bytes.fromhex(wkb.create_point(one))  # type: ignore[arg-type]
            for kind in kinds:
                spool.add(kind, _kept(tags), shape)
    nodes.unlink(missing_ok=True)


def _read_way(way: Way, wkb: WKBFactory, spool: Spool, members: Members) -> None:
    tags = dict(way.tags)
    along, over = list(kinds_of(tags, "line")), list(kinds_of(tags, "area")) if tags and way.is_closed() else []
    if not along and not over and way.id not in members:
        return
    line = _line(way, wkb)
    if line is None:
        return
    members.keep(way.id, line)
    for kind in along:
        spool.add(kind, _kept(tags), line)
    ring = _ring(line) if over else None
    for kind in over if ring else ():
        spool.add(kind, _kept(tags), ring or b"")


def _line(way: Way, wkb: WKBFactory) -> bytes | None:
    """The way as WKB; where the extract lacks some of its nodes, the part that is there."""
    try:
        return bytes.fromhex(wkb.create_linestring(way))
    except (osmium.InvalidLocationError, RuntimeError):
        there = [(node.location.lon, node.location.lat) for node in way.nodes if node.location.valid()]
        if len(set(there)) < 2:
            return None
        line: bytes = shapely.to_wkb(shapely.LineString(there), byte_order=1)
        return line


def _ring(line: bytes) -> bytes | None:
    """The area within a line that ends where it begins, or would if the extract held all of it."""
    (points,) = struct.unpack("<I", line[5:9])
    coordinates = line[9:]
    if coordinates[:16] != coordinates[-16:]:
        coordinates, points = coordinates + coordinates[:16], points + 1
    return b"\x01" + struct.pack("<III", 3, 1, points) + coordinates if points >= _LEAST_RING else None


def _kept(tags: Tags) -> Tags:
    return {key: value for key, value in tags.items() if key in KEPT}


def _behind(path: Path, size: int) -> float:
    """Which share of the file the reader has taken: osmium does not say, but Linux does."""
    try:
        for fd in os.listdir(_WATCHED):
            if os.path.realpath(f"{_WATCHED}/{fd}") == str(path.resolve()):
                told = Path(f"/proc/self/fdinfo/{fd}").read_text()
                return min(1.0, int(told.split()[1]) / size)
    except OSError:
        pass  # no Linux, or closed just now
    return 0.0


@contextmanager
def _broken(path: Path) -> Iterator[None]:
    try:
        yield
    except RuntimeError as error:
        raise CityError(f"{path.name} is broken, or is no OpenStreetMap extract: download it again") from error
