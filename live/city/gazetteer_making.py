"""Writes the index of a city's streets, house numbers and places; see gazetteer.py, which reads it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import count, groupby
from pathlib import Path

from shapely import Point, STRtree

from live.city.gazetteer import words_of
from live.city.kinds import Tags, rank_of
from live.city.places import NUMBER_FIRST, address_of
from live.city.spool import Spool

_BLOCK = 0.012
"""Degrees, about a kilometre: parts of a name farther apart than one or two of these are streets of their own."""

_NEAR = 0.05
"""Degrees within which a part of town gives its name to a street."""

_KINDS = ("shop", "tourism", "office", "leisure", "amenity")
_LAST_RANK = 5

_TABLES = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
CREATE TABLE country (number_first INT);
CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT, folded TEXT, kind TEXT, detail TEXT, lat REAL, lon REAL);
CREATE TABLE number (
    street INT, folded TEXT, written TEXT, lat REAL, lon REAL, PRIMARY KEY (street, folded)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (folded, content='', columnsize=0, prefix='1 2 3');
CREATE TEMP TABLE street (found INTEGER PRIMARY KEY, name TEXT, detail TEXT, lat REAL, lon REAL, rank INT, size INT);
CREATE TEMP TABLE house (found INT, folded TEXT, written TEXT, lat REAL, lon REAL);
"""

type Part = tuple[str, float, float, Tags]
"""Name, longitude, latitude and tags of a piece of street or a house number."""


def write_gazetteer(file: Path, spool: Spool) -> None:
    """Index all that has a name: streets are numbered up from 1, all else down from -1, the most important first."""
    sql = sqlite3.connect(file)
    sql.executescript(_TABLES)
    quarters = _Quarters(spool)
    numbers_first = 0
    parts = merge(spool.named("street"), spool.named("number"), key=lambda part: part[0])
    for name, members in groupby(parts, key=lambda part: part[0]):
        for street in _apart(members):
            numbers_first += _keep_street(sql, name, street, quarters)
    sql.execute("INSERT INTO country VALUES (?)", (numbers_first > 0,))
    _number_streets(sql)
    _keep(sql, -1, _places(spool, quarters))
    sql.commit()
    sql.executescript("INSERT INTO words (words) VALUES ('optimize'); ANALYZE;")
    sql.close()


class _Quarters:
    """Which part of town a point lies in, as far as the middles of these parts tell."""

    def __init__(self, spool: Spool) -> None:
        found = list(spool.named("quarter"))
        self._names = [name for name, *_ in found]
        self._tree = STRtree([Point(lon, lat) for _, lon, lat, _ in found])

    def at(self, lon: float, lat: float) -> str:
        near = self._tree.query_nearest(Point(lon, lat), max_distance=_NEAR, all_matches=False)
        return self._names[int(near[0])] if len(near) else ""


def _apart(members: Iterable[Part]) -> Iterator[list[Part]]:
    """Streets of the same name, told apart by the gaps between them."""
    blocks: dict[tuple[int, int], list[Part]] = {}
    for part in members:
        blocks.setdefault((int(part[1] // _BLOCK), int(part[2] // _BLOCK)), []).append(part)
    while blocks:
        street, at_edge = [], [next(iter(blocks))]
        while at_edge:
            x, y = at_edge.pop()
            street += blocks.pop((x, y), [])
            at_edge += [near for dx in (-1, 0, 1) for dy in (-1, 0, 1) if (near := (x + dx, y + dy)) in blocks]
        yield street


def _keep_street(sql: sqlite3.Connection, name: str, parts: list[Part], quarters: _Quarters) -> int:
    """Keep one street and its houses; returns how many houses more write the number first than last."""
    ways = [part for part in parts if "highway" in part[3]]
    houses = [part for part in parts if "addr:housenumber" in part[3]]
    lon, lat = _middle(ways or houses)
    rank = min((rank_of(tags) or _LAST_RANK for *_, tags in ways), default=_LAST_RANK)
    detail = quarters.at(lon, lat) or _town(houses)
    row = name, detail, round(lat, 6), round(lon, 6), rank, len(parts)
    found = sql.execute(
        "INSERT INTO street (name, detail, lat, lon, rank, size) VALUES (?, ?, ?, ?, ?, ?)", row
    ).lastrowid
    written = [
        (one.strip(), lat, lon) for _, lon, lat, tags in houses for one in tags["addr:housenumber"].split(",")
    ]  # fmt: skip
    sql.executemany(
        "INSERT INTO house VALUES (?, ?, ?, ?, ?)",
        ((found, "".join(words_of(one)), one, round(lat, 6), round(lon, 6)) for one, lat, lon in written if one),
    )
    first = sum(tags.get("addr:country") in NUMBER_FIRST for *_, tags in houses)
    return 2 * first - sum("addr:country" in tags for *_, tags in houses)


def _middle(parts: list[Part]) -> tuple[float, float]:
    """The part nearest to the midst of all: a point that lies on the street."""
    x, y = (sum(part[at] for part in parts) / len(parts) for at in (1, 2))  # type: ignore[misc]
    _, lon, lat, _ = min(parts, key=lambda part: (part[1] - x) ** 2 + (part[2] - y) ** 2)
    return lon, lat


def _town(houses: list[Part]) -> str:
    towns = Counter(tags["addr:city"] for *_, tags in houses if tags.get("addr:city"))
    return towns.most_common(1)[0][0] if towns else ""


def _number_streets(sql: sqlite3.Connection) -> None:
    """Main roads and long streets first."""
    sql.execute(
        "CREATE TEMP TABLE ranked AS SELECT found, row_number() OVER (ORDER BY rank, size DESC, name) AS id FROM street"
    )
    rows = sql.execute("SELECT name, 'street', detail, lat, lon FROM street JOIN ranked USING (found) ORDER BY id")
    _keep(sql, 1, rows)
    sql.execute(
        "INSERT OR IGNORE INTO number SELECT id, folded, written, lat, lon FROM house"
        " JOIN ranked USING (found) ORDER BY id, folded"
    )


def _keep(sql: sqlite3.Connection, step: int, rows: Iterable[tuple[str, str, str, float, float]]) -> None:
    for place, (name, kind, detail, lat, lon) in zip(count(step, step), rows, strict=False):
        folded = " ".join(words_of(name))
        sql.execute("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?)", (place, name, folded, kind, detail, lat, lon))
        sql.execute("INSERT INTO words (rowid, folded) VALUES (?, ?)", (place, folded))


def _places(spool: Spool, quarters: _Quarters) -> Iterator[tuple[str, str, str, float, float]]:
    for kind in ("quarter", "eating", "spot"):
        for name, lon, lat, tags in spool.named(kind):
            detail = address_of(tags) or ("" if kind == "quarter" else quarters.at(lon, lat)) or _what(tags)
            yield name, kind, detail, round(lat, 6), round(lon, 6)


def _what(tags: Tags) -> str:
    """OpenStreetMap's word for a place."""
    return next((tags[key] for key in _KINDS if tags.get(key, "yes") not in ("yes", "no")), "")
