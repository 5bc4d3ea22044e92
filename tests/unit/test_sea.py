"""The sea: which side of a coastline is wet."""

from __future__ import annotations

from shapely import LineString, Point, unary_union

from live.city.sea import sea

SHEET = (0.0, 0.0, 1.0, 1.0)


def _wet(*coasts: LineString) -> list[bool]:
    """Whether the west, the middle and the east of the sheet are sea."""
    water = unary_union(sea(coasts, SHEET))
    return [water.contains(Point(x, 0.5)) for x in (0.1, 0.5, 0.9)]


def test_water_is_on_the_right() -> None:
    """A coast that runs north has the sea in the east, one that runs south in the west."""
    assert _wet(LineString([(0.3, -1), (0.3, 2)])) == [False, True, True]
    assert _wet(LineString([(0.3, 2), (0.3, -1)])) == [True, False, False]


def test_no_coast_no_sea() -> None:
    """A town inland has no sea."""
    assert sea([], SHEET) == []
    assert sea([LineString([(5, 5), (6, 6)])], SHEET) == []


def test_an_island() -> None:
    """A ring with land on its left is an island: all around it is sea."""
    island = LineString([(0.4, 0.4), (0.6, 0.4), (0.6, 0.6), (0.4, 0.6), (0.4, 0.4)])

    assert _wet(island) == [True, False, True]


def test_a_coast_in_pieces() -> None:
    """Coastlines come in pieces and in any order; they are one line all the same."""
    assert _wet(LineString([(0.3, 0.5), (0.3, 2)]), LineString([(0.3, -1), (0.3, 0.5)])) == [False, True, True]


def test_a_coast_that_the_extract_cuts_short() -> None:
    """Ends that stop just inside the sheet are led to its edge."""
    assert _wet(LineString([(0.3, 0.02), (0.3, 0.5), (0.3, 0.97)])) == [False, True, True]


def test_two_coasts() -> None:
    """A sound between two shores is sea, both shores are land."""
    west, east = LineString([(0.3, -1), (0.3, 2)]), LineString([(0.7, 2), (0.7, -1)])

    assert _wet(west, east) == [False, True, False]
