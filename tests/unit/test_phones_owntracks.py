"""OwnTracks messages, as both apps send them in HTTP mode."""

from datetime import timedelta
from math import nan

import pytest

from live.phones.fix import Fix
from live.phones.owntracks import parse
from live.phones.values import Malformed
from tests.phones import SENT_AT, recording

ANDROID = Fix(
    "owntracks", SENT_AT, 60.17012, 24.94112, accuracy_m=5, speed_mps=22 / 3.6, course_deg=271, altitude_m=17,
    battery_pct=67, charging=False, event="u", raw_id="7f0d2c31",
)  # fmt: skip
EXPECTED = {
    "android-2.5-moving": ANDROID,
    "android-2.6-zeros-omitted": Fix(
        "owntracks", SENT_AT, 60.17012, 24.94112, accuracy_m=4, speed_mps=0, raw_id="7f0d2c32"
    ),
    "android-2.6-greenwich": Fix(
        "owntracks", SENT_AT, 51.47788, 0, accuracy_m=6, speed_mps=5, battery_pct=90, charging=True, raw_id="7f0d2c33"
    ),
    "android-ping": Fix(
        "owntracks", SENT_AT, accuracy_m=25, speed_mps=0, battery_pct=66, charging=False, event="p", heartbeat=True,
        raw_id="7f0d2c34",
    ),
    "android-hours-old": Fix(
        "owntracks", SENT_AT - timedelta(hours=3), 60.1661, 24.9405, accuracy_m=5, speed_mps=15 / 3.6, battery_pct=71,
        charging=False, raw_id="7f0d2c35",
    ),
    "ios-moving": Fix(
        "owntracks", SENT_AT, 60.16911, 24.93777, accuracy_m=8, speed_mps=5, course_deg=90, altitude_m=12,
        battery_pct=43, charging=True, activity="cycling", event="v",
    ),
    "ios-unknown-speed": Fix(
        "owntracks", SENT_AT, 60.16911, 24.93777, accuracy_m=1414, battery_pct=42, charging=False, event="t"
    ),
    "ios-photograph": Fix(
        "owntracks", SENT_AT, 60.16911, 24.93777, accuracy_m=6, speed_mps=0, battery_pct=41, charging=False, event="u"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED)
def test_locations_are_read(name: str) -> None:
    """Each recorded location becomes one fix, in our units, with None for what the phone did not say."""
    report = parse(recording(f"owntracks/{name}").body)
    assert (report.fixes, report.skipped, report.token) == ((EXPECTED[name],), (), None)


@pytest.mark.parametrize("name", ["transition", "status", "waypoints", "lwt", "card"])
def test_other_messages_are_no_positions(name: str) -> None:
    """The other messages of the app are taken, and hold no fix."""
    report = parse(recording(f"owntracks/android-{name}").body)
    assert (report.fixes, report.skipped) == ((), ("not_a_position",))


def test_encrypted_messages_have_their_own_word() -> None:
    """Who turned on encryption can be told why nobody sees them."""
    assert parse(recording("owntracks/android-encrypted").body).skipped == ("encrypted",)


def test_empty_bodies_are_normal() -> None:
    """A body of length zero is no error: Android sends such ones."""
    assert parse(recording("owntracks/android-empty").body).skipped == ("empty",)


def test_without_accuracy_there_is_no_speed() -> None:
    """An absent speed means standing still only where there was a GPS to measure it."""
    (fix,) = parse(b'{"_type":"location","lat":60.1,"lon":24.9,"tst":1795516931}').fixes
    assert fix.speed_mps is None


def test_a_location_without_any_place_has_none() -> None:
    """Zero is assumed for one omitted coordinate, not for both: nobody rides at null island."""
    (fix,) = parse(b'{"_type":"location","tst":1795516931}').fixes
    assert (fix.lat, fix.lon) == (None, None)


@pytest.mark.parametrize("value", ['"abc"', "null", "true", "[]", "{}", "1e999", '"nan"', '"-inf"'])
def test_coordinates_that_make_no_sense_are_unknown(value: str) -> None:
    """A value of the wrong kind spoils itself alone, not the message."""
    (fix,) = parse(b'{"_type":"location","lat":%s,"lon":24.9,"tst":1795516931}' % value.encode()).fixes
    assert (fix.lat, fix.lon, fix.at) == (None, 24.9, SENT_AT)


@pytest.mark.parametrize("body", [b"{", b"[1]", b"null", b'"x"', b"\xff\xfe\x00", b'{"lat": NaN}', b"[" * 200_000])
def test_what_is_no_message_is_malformed(body: bytes) -> None:
    """Bytes that are no JSON object are told apart from a message that is merely of no use."""
    with pytest.raises(Malformed):
        parse(body)


def test_names_of_networks_are_read_nowhere() -> None:
    """SSID and BSSID do not survive the parsing."""
    assert b"Cafe Regatta" in recording("owntracks/android-2.5-moving").body
    assert "Regatta" not in repr(parse(recording("owntracks/android-2.5-moving").body))
    assert "a4:2b" not in repr(parse(recording("owntracks/ios-moving").body))


@pytest.mark.parametrize("tst", [nan, 1e300, -1e300, 10**30])
def test_impossible_times_are_no_times(tst: float) -> None:
    """A time outside the calendar is an unknown time."""
    body = f'{{"_type":"location","lat":60.1,"lon":24.9,"tst":"{tst}"}}'.encode()
    assert parse(body).fixes[0].at is None
