"""Overland batches."""

from dataclasses import replace
from datetime import timedelta

import pytest

from live.phones.fix import Fix, Report
from live.phones.overland import parse
from live.phones.values import Malformed
from tests.phones import SENT_AT, recording

CYCLING = Fix(
    "overland", SENT_AT - timedelta(seconds=10), 60.1705, 24.9406, accuracy_m=10, speed_mps=4, altitude_m=16,
    battery_pct=89, charging=False, activity="cycling",
)  # fmt: skip


def read(name: str) -> Report:
    """The report of a recorded request."""
    return parse(recording(f"overland/{name}").body)


def test_a_batch_is_read_in_its_order() -> None:
    """GeoJSON says longitude first; the offset of the time counts; speeds are in m/s, the battery from 0 to 1."""
    assert read("ios-batch").fixes == (
        CYCLING,
        replace(CYCLING, at=SENT_AT, lat=60.1706, lon=24.9408, course_deg=48.5),
    )


def test_unknowns_are_none() -> None:
    """-1 and empty lists stand for unknown."""
    assert read("ios-unknowns").fixes == (Fix("overland", SENT_AT, 60.1705, 24.9406, accuracy_m=65, altitude_m=0),)


def test_the_newest_point_comes_beside_a_long_backlog() -> None:
    """``current`` is one more fix; the trip is nobody's business."""
    fixes = read("ios-backlog").fixes
    assert [fix.lat for fix in fixes] == [60.16, 60.161, 60.1707]
    assert fixes[-1] == replace(CYCLING, at=SENT_AT, lat=60.1707, lon=24.941, speed_mps=0, activity="stationary")


def test_android_is_read() -> None:
    """The Android app leaves out what it does not know."""
    assert read("android-one").fixes == (
        Fix(
            "overland", SENT_AT + timedelta(milliseconds=250), 60.1705, 24.9406, accuracy_m=12.5, speed_mps=3.25,
            altitude_m=30.1, battery_pct=50, charging=True,
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    "feature",
    ["{}", '{"geometry":7}', '{"geometry":{"coordinates":[1]}}', '{"geometry":{"coordinates":{"lat":1}}}',
     '{"geometry":{"coordinates":[null,"x"]},"properties":[]}'],
)  # fmt: skip
def test_points_without_a_place_are_read(feature: str) -> None:
    """A point that makes no sense spoils itself alone."""
    (fix,) = parse(b'{"locations":[%s]}' % feature.encode()).fixes
    assert (fix.at, fix.lat, fix.lon) == (None, None, None)


def test_entries_that_are_no_points_are_counted() -> None:
    """What is not even an object is skipped under a word of its own."""
    assert parse(b'{"locations":[7,"x",null],"current":3}').skipped == ("unreadable",) * 4
    assert parse(b'{"locations":"none"}') == Report()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b'{"locations":' + b"[" * 100_000])
def test_what_is_no_batch_is_malformed(body: bytes) -> None:
    """Bytes that are no JSON object are refused."""
    with pytest.raises(Malformed):
        parse(body)


def test_the_name_of_the_network_is_read_nowhere() -> None:
    """The wifi's name does not survive the parsing."""
    assert b"Cafe Regatta" in recording("overland/ios-batch").body
    assert "Regatta" not in repr(read("ios-batch"))
