"""Riding along a line, and reckoning on the ground."""

from __future__ import annotations

import pytest

from dashboard.domain.ground import length, metres_between
from live.demo.ride import Ride

WEST, CORNER, NORTH = (24.940, 60.170), (24.942, 60.170), (24.942, 60.171)


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    """Distances agree with the sphere: a degree north is 111.2 km, a degree east at 60 degrees north half of it."""
    assert metres_between((25, 60), (25, 61)) == pytest.approx(111_195)
    assert metres_between((24, 60), (25, 60)) == pytest.approx(55_597, rel=0.001)
    assert length([WEST, CORNER, NORTH]) == metres_between(WEST, CORNER) + metres_between(CORNER, NORTH)
    assert length([WEST]) == 0


def test_a_ride_goes_round_corners() -> None:
    """Metres are ridden along the line; the heading is that of the stretch one is on."""
    ride = Ride([WEST, CORNER, NORTH])
    east = metres_between(WEST, CORNER)

    ride.advance(east / 2)
    assert ride.place == pytest.approx((24.941, 60.170))
    assert ride.heading == pytest.approx(90)

    ride.advance(east / 2 + metres_between(CORNER, NORTH) / 2)
    assert ride.place == pytest.approx((24.942, 60.1705))
    assert ride.heading == pytest.approx(0, abs=1e-9)
    assert not ride.is_over


def test_a_ride_ends_at_its_end() -> None:
    """Nobody rides beyond the end, where there is no heading."""
    ride = Ride([WEST, CORNER, NORTH])

    ride.advance(10_000)

    assert ride.is_over
    assert ride.place == NORTH
    assert ride.heading is None


def test_points_that_lie_on_each_other() -> None:
    """A doubled point, or a ride that ends where it begins, is no division by zero."""
    doubled = Ride([WEST, WEST, CORNER, CORNER])
    doubled.advance(1)
    assert doubled.heading == pytest.approx(90)

    for nowhere in (Ride([WEST]), Ride([WEST, WEST])):
        assert nowhere.is_over
        assert nowhere.place == WEST
        assert nowhere.heading is None
