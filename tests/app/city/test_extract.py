"""What is read out of extracts of all sorts: cut at their edges, across the 180th meridian, in any script."""

from __future__ import annotations

from pathlib import Path

import pytest
from shapely import Point

from live.city import making
from live.city.gazetteer import Gazetteer
from live.city.gazetteer_making import write_gazetteer
from live.city.pack import CityError
from tests.app.city.drawn import Place, spooled, whole, written

STREET = {"highway": "residential"}


def square(x: float, y: float, side: float = 0.01) -> list[Place]:
    return [(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)]


def test_a_river_that_the_extract_cuts_is_drawn_all_the_same(tmp_path: Path) -> None:
    """Of an area of which the extract holds the banks alone, the ends are joined where they are nearest."""
    north = [(15.0, 48.02), (15.1, 48.02)]
    south = [(15.0, 48.0), (15.05, 48.001), (15.1, 48.0)]
    file = written(tmp_path / "river.osm.pbf", [(north, {}), (south, {})], areas=[((0, 1), {"natural": "water"})])
    water = whole(spooled(file, tmp_path), "water")

    assert water.contains(Point(15.05, 48.01))
    assert not water.contains(Point(15.05, 48.03))


def test_an_area_with_a_corner_beyond_the_edge(tmp_path: Path) -> None:
    """A park of which the extract lacks a corner is drawn without it; a street without an end is shorter."""
    park, corner = square(15.0, 48.0), (15.01, 48.01)
    street = [(15.0, 48.0), (15.01, 48.005), (15.02, 48.01)]
    file = written(
        tmp_path / "park.osm.pbf", [(park, {"leisure": "park"}), (street, STREET)], missing=[corner, street[-1]]
    )
    spool = spooled(file, tmp_path)

    assert whole(spool, "green").area == pytest.approx(0.01**2 / 2)
    assert whole(spool, "street").coords[:] == street[:2]


def test_an_area_in_pieces_is_whole(tmp_path: Path) -> None:
    """A lake that is larger than a part of the city is kept in pieces, of which none is lost and none lies twice."""
    file = written(tmp_path / "lake.osm.pbf", [(square(15.0, 48.0, 0.3), {"natural": "water"})])
    spool = spooled(file, tmp_path)

    assert spool.count("water") > 1
    assert whole(spool, "water").area == pytest.approx(0.09)


def test_a_city_across_the_180th_meridian_keeps_one_side(tmp_path: Path) -> None:
    """The side with more streets is the city: bounds from one edge of the world to the other would show nothing."""
    ways = [([(179.9, -16.8), (179.91, -16.8)], STREET), ([(179.92, -16.8), (179.93, -16.81)], STREET),
            ([(-179.9, -16.8), (-179.91, -16.8)], STREET), ([(179.99, -16.8), (-179.99, -16.8)], STREET)]  # fmt: skip
    spool = spooled(written(tmp_path / "fiji.osm.pbf", ways), tmp_path)
    making._keep_one_side(spool)
    west, _, east, _ = making._bounds(spool, (-180.0, -17.0, 180.0, -16.0))

    assert 179.8 < west < east < 180


def test_names_in_any_script_are_found(tmp_path: Path) -> None:
    """Names are kept as they are written, and found by how they begin."""
    names = ["شارع الحمرا", "Ερμού", "Невский проспект", "銀座通り", "Łódzka"]
    ways = [([(15.0 + n / 10, 48.0), (15.01 + n / 10, 48.0)], {**STREET, "name": name}) for n, name in enumerate(names)]
    spool = spooled(written(tmp_path / "names.osm.pbf", ways), tmp_path)
    write_gazetteer(tmp_path / "gazetteer.db", spool)
    find = Gazetteer(tmp_path / "gazetteer.db").search

    for typed, name in zip(["شارع", "ερμου", "НЕВСКИЙ пр", "銀座", "lodz"], names, strict=True):
        assert [one.name for one in find(typed)] == [name]


def test_an_extract_without_streets_is_refused(tmp_path: Path) -> None:
    """A desert, or the open sea, is no city, and is said not to be one."""
    file = written(tmp_path / "desert.osm.pbf", [(square(15.0, 25.0), {"natural": "sand"})])
    pack = tmp_path / "pack"
    pack.mkdir()

    with pytest.raises(CityError, match="has no streets: give an extract that covers a city"):
        making.make(pack, file, "desert", lambda what, share: None)
    assert not list(pack.glob("spool.db"))
