"""Traccar Client in its three wire formats, and OsmAnd."""

from dataclasses import replace
from datetime import timedelta

import pytest

from live.phones.fix import Fix, Report
from live.phones.traccar import parse
from live.phones.values import Malformed
from tests.phones import SECRET, SENT_AT, recording

RECEIVED = SENT_AT + timedelta(seconds=2)
OLD = Fix(
    "traccar", SENT_AT, 60.17, 24.94, accuracy_m=22.9, speed_mps=0.21 * 0.514444, course_deg=26.2, altitude_m=103,
    battery_pct=93,
)  # fmt: skip
EIGHT = Fix(
    "traccar", SENT_AT, 60.1701, 24.9402, accuracy_m=3.8, speed_mps=0, course_deg=0, altitude_m=11.4, battery_pct=58
)
NINE = Fix(
    "traccar", SENT_AT + timedelta(milliseconds=862), 60.1703, 24.9404, accuracy_m=5, speed_mps=4.5, course_deg=271.3,
    altitude_m=15.2, battery_pct=80, charging=False, activity="on_bicycle", event="motionchange",
    raw_id="b5a1c1de-5f0c-4a6f-8f6d-0a1d2c3b4e5f",
)  # fmt: skip
TEN = Fix(
    "traccar", SENT_AT, 60.1704, 24.9405, accuracy_m=5, speed_mps=8.1 * 0.514444, course_deg=90, altitude_m=34,
    battery_pct=80,
)  # fmt: skip
OSMAND = Fix("traccar", SENT_AT, 60.1702, 24.9403)
EXPECTED = {
    "client-5-query": OLD,
    "client-8-query": replace(EIGHT, speed_mps=9.72 * 0.514444, course_deg=180, charging=True),
    "client-8-sos": replace(EIGHT, alarm="sos"),
    "client-8-mock": replace(EIGHT, altitude_m=0, accuracy_m=1, mocked=True),
    "osmand-milliseconds": replace(
        OSMAND, at=SENT_AT + timedelta(milliseconds=250), altitude_m=14, speed_mps=5 * 0.514444
    ),
    "osmand-iso-time": replace(OSMAND, course_deg=45),
    "osmand-text-time": OSMAND,
    "osmand-no-time": replace(OSMAND, at=RECEIVED),
    "osmand-invalid-fix": replace(OSMAND, lat=None, lon=None),
    "osmand-null-island": replace(OSMAND, lat=0, lon=0),
    "osmand-radio": OSMAND,
    "client-9-moving": NINE,
    "client-9-unknowns": replace(
        NINE, accuracy_m=None, speed_mps=None, course_deg=None, battery_pct=None, activity="unknown"
    ),
    "client-9-heartbeat": replace(
        NINE, lat=None, lon=None, accuracy_m=None, speed_mps=None, course_deg=None, altitude_m=None, activity="still",
        event="heartbeat", heartbeat=True,
    ),
    "client-9-sos": replace(NINE, alarm="sos", mocked=True),
    "client-10-moving": TEN,
    "client-10-heartbeat": Fix("traccar", SENT_AT, battery_pct=79, charging=True, heartbeat=True),
    "client-10-sos": replace(TEN, speed_mps=0, course_deg=0, alarm="sos"),
}  # fmt: skip


def read(name: str) -> Report:
    """The report of a recorded request, received two seconds after it was sent."""
    sent = recording(f"traccar/{name}")
    return parse(sent.query, sent.content_type, sent.body, RECEIVED)


@pytest.mark.parametrize("name", EXPECTED)
def test_each_version_is_read(name: str) -> None:
    """Each recorded request becomes one fix in our units (knots or m/s, by format), with the courier's token."""
    assert read(name) == Report((EXPECTED[name],), SECRET)


def test_an_array_is_a_batch() -> None:
    """The form's keys in a JSON array: two positions and a heartbeat."""
    report = read("client-10-array")
    assert [(fix.at, fix.lon, fix.heartbeat) for fix in report.fixes] == [
        (SENT_AT - timedelta(seconds=20), 24.9405, False),
        (SENT_AT - timedelta(seconds=10), 24.9409, False),
        (SENT_AT, None, True),
    ]
    assert report.token == SECRET
    assert report.fixes[0].speed_mps == 8.1 * 0.514444


def test_a_notification_token_is_no_position() -> None:
    """What the app posts at its start holds no fix, and is known for what it is."""
    assert read("client-10-notification-token") == Report((), SECRET, ("notification_token",))


def test_several_locations_in_one_message() -> None:
    """The JSON format with an array in ``location`` is a batch too."""
    body = b'{"device_id":"x","location":[{"coords":{"latitude":1,"longitude":2}},{"coords":{"latitude":3}},7]}'
    fixes = parse("", "application/json", body, RECEIVED).fixes
    assert [(fix.lat, fix.lon) for fix in fixes] == [(1, 2), (3, None)]


def test_a_batch_is_one_phones() -> None:
    """Items under another id than the first one's are not taken in its name."""
    body = b'[{"id":"a","lat":1,"lon":2},{"id":"b","lat":3,"lon":4},7]'
    report = parse("", "application/json", body, RECEIVED)
    assert [(fix.lat, fix.lon) for fix in report.fixes] == [(1, 2)]
    assert (report.token, report.skipped) == ("a", ("unreadable", "unreadable"))


def test_ids_may_be_numbers() -> None:
    """An id that looks like a number is still a text."""
    assert parse("", "application/json", b'{"id":48241179}', RECEIVED).token == "48241179"


@pytest.mark.parametrize(
    ("timestamp", "seconds"),
    [
        ("2147483646", 2147483646), ("2147483647", 2147483.647), ("1795516931000", 1795516931),
        ("1795516931.5", 1795516931.5),
    ],
)  # fmt: skip
def test_seconds_or_milliseconds(timestamp: str, seconds: float) -> None:
    """Below 2^31 - 1 a time is in seconds, else in milliseconds: Traccar's own rule."""
    (fix,) = parse(f"id=a&lat=1&lon=2&timestamp={timestamp}", "", b"", RECEIVED).fixes
    assert fix.at is not None
    assert fix.at.timestamp() == pytest.approx(seconds, abs=1e-6)


def test_a_time_that_makes_no_sense_is_unknown() -> None:
    """Only a missing time is replaced by that of receipt; a broken one is not."""
    (fix,) = parse("id=a&lat=1&lon=2&timestamp=yesterday", "", b"", RECEIVED).fixes
    assert fix.at is None


def test_the_query_comes_before_the_body() -> None:
    """As on the Traccar server: a form body counts only where there is no query."""
    assert parse("id=a&lat=1&lon=2", "text/plain", b"id=b&lat=3&lon=4", RECEIVED).token == "a"
    assert parse("", "text/plain", b"id=b&lat=3&lon=4", RECEIVED).token == "b"


def test_without_an_id_nobody_is_known() -> None:
    """No token is no token, and no error of the parser."""
    assert parse("lat=1&lon=2", "", b"", RECEIVED).token is None
    assert parse("id=&lat=1&lon=2", "", b"", RECEIVED).token is None


@pytest.mark.parametrize("body", [b"{", b"[]", b"7", b"[7]", b"\xff", b'{"a":' * 100_000])
def test_what_is_no_report_is_malformed(body: bytes) -> None:
    """A JSON content type with something else behind it is refused."""
    with pytest.raises(Malformed):
        parse("", "application/json", body, RECEIVED)


def test_a_flood_of_fields_is_malformed() -> None:
    """No phone sends a thousand fields."""
    with pytest.raises(Malformed):
        parse("&".join(f"k{n}=1" for n in range(1000)), "", b"", RECEIVED)
