"""The live marker: never back in time, never to where nobody can be."""

from __future__ import annotations

import pytest

from tests.app.ingest.conftest import Phones, T


def test_the_marker_never_goes_back(phones: Phones) -> None:
    """A point sent twice and a point from before the newest one are dropped, by whatever app they come."""
    phones.owntracks(tst=T)
    phones.owntracks(tst=T)
    phones.owntracks(tst=T - 30, lat=60.16)
    phones.send("overland/ios-batch")
    assert [each["t"] for each in phones.published] == [T]
    assert phones.counts == {"accepted": 1, "duplicate": 2, "out_of_order": 2}


def test_a_backlog_is_one_step_of_the_marker(phones: Phones) -> None:
    """Of a batch only the newest point is published."""
    phones.send("overland/ios-batch")
    assert [each["t"] for each in phones.published] == [T]
    assert phones.counts == {"accepted": 1, "out_of_order": 1}


def test_newer_fixes_of_another_process_count(phones: Phones) -> None:
    """What this process heard from Redis is as good as what came through its own door."""
    phones.feed._coop("acme").hear_positions(b'{"courier":"lea","lat":60.1,"lon":24.9,"t":%d}' % (T + 1), T + 2)
    phones.owntracks(tst=T)
    assert (phones.published, phones.counts) == ([], {"out_of_order": 1})


@pytest.mark.parametrize(
    ("name", "t"),
    [("owntracks/android-ping", T), ("traccar/client-9-heartbeat", T + 0.862), ("traccar/client-10-heartbeat", T)],
)
def test_a_heartbeat_keeps_the_place_and_refreshes_the_time(phones: Phones, name: str, t: float) -> None:
    """Who stands still is where they were, and was heard of just now; a ping's old position moves nobody."""
    phones.owntracks(tst=T - 120)
    phones.send(name)
    assert [(each["lat"], each["lon"], each["t"]) for each in phones.published] == [
        (60.17, 24.94, T - 120),
        (60.17, 24.94, t),
    ]


def test_a_clock_a_little_ahead_is_put_right(phones: Phones) -> None:
    """Up to two minutes ahead the fix counts as of now; more is no time at all."""
    phones.owntracks(tst=T + 100)
    phones.owntracks(tst=T + 3600)
    assert [each["t"] for each in phones.published] == [T + 2]
    assert phones.counts == {"accepted": 1, "future": 1}


def test_points_that_were_never_live_are_dropped(phones: Phones) -> None:
    """What is older than five minutes is history when it comes."""
    phones.owntracks(tst=T - 400)
    assert (phones.published, phones.counts) == ([], {"too_old": 1})


def test_jumps_are_doubted_once(phones: Phones) -> None:
    """One fix that no bicycle can have reached is dropped; a second one near it is believed."""
    phones.owntracks(tst=T - 30)
    phones.owntracks(tst=T - 20, lat=60.30)
    phones.owntracks(tst=T - 10, lat=60.1701)
    phones.owntracks(tst=T - 8, lat=60.30)
    phones.owntracks(tst=T - 6, lat=60.3001)
    assert [each["lat"] for each in phones.published] == [60.17, 60.1701, 60.3001]
    assert phones.counts == {"accepted": 3, "jump": 2}


@pytest.mark.parametrize("place", [{"lat": 91}, {"lon": 180.5}, {"lat": -1e9}])
def test_places_that_are_not_on_earth_are_dropped(phones: Phones, place: dict[str, float]) -> None:
    """Coordinates out of range get their 200 and go nowhere."""
    assert phones.owntracks(**place).status_code == 200
    assert (phones.published, phones.counts) == ([], {"out_of_range": 1})


def test_without_redis_phones_go_on(phones: Phones) -> None:
    """A fix that nobody could be told of is lost, not queued: the phone must not fall silent over it."""
    phones.redis_is_there = False
    assert phones.owntracks().status_code == 200
    assert phones.counts == {"not_published": 1}
