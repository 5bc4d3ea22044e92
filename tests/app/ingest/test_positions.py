"""Real requests in, positions out."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from dashboard.api.ingest import LARGEST_BODY, LARGEST_UPLOAD
from live.fixes import decode
from tests.app.ingest.conftest import ANSWERS, BASIC, BEARER, Phones, T
from tests.phones import recordings

POSITIONS = {
    "owntracks/android-2.5-moving": (60.17012, 24.94112, 0),
    "owntracks/android-2.6-zeros-omitted": (60.17012, 24.94112, 0),
    "owntracks/android-2.6-greenwich": (51.47788, 0, 0),
    "owntracks/ios-moving": (60.16911, 24.93777, 0),
    "owntracks/ios-photograph": (60.16911, 24.93777, 0),
    "owntracks/ios-unknown-speed": (60.16911, 24.93777, 0),
    "traccar/client-5-query": (60.17, 24.94, 0),
    "traccar/client-8-query": (60.1701, 24.9402, 0),
    "traccar/client-8-sos": (60.1701, 24.9402, 0),
    "traccar/client-8-mock": (60.1701, 24.9402, 0),
    "traccar/osmand-milliseconds": (60.1702, 24.9403, 0.25),
    "traccar/osmand-iso-time": (60.1702, 24.9403, 0),
    "traccar/osmand-text-time": (60.1702, 24.9403, 0),
    "traccar/osmand-no-time": (60.1702, 24.9403, 2),
    "traccar/osmand-radio": (60.1702, 24.9403, 0),
    "traccar/client-9-moving": (60.1703, 24.9404, 0.862),
    "traccar/client-9-unknowns": (60.1703, 24.9404, 0.862),
    "traccar/client-9-sos": (60.1703, 24.9404, 0.862),
    "traccar/client-10-moving": (60.1704, 24.9405, 0),
    "traccar/client-10-sos": (60.1704, 24.9405, 0),
    "traccar/client-10-array": (60.1704, 24.9409, -10),
    "overland/ios-batch": (60.1706, 24.9408, 0),
    "overland/ios-backlog": (60.1707, 24.9410, 0),
    "overland/ios-unknowns": (60.1705, 24.9406, 0),
    "overland/android-one": (60.1705, 24.9406, 0.25),
}
USELESS = {
    "owntracks/android-ping": "no_fix",
    "owntracks/android-hours-old": "before_shift",
    "owntracks/android-transition": "not_a_position",
    "owntracks/android-status": "not_a_position",
    "owntracks/android-waypoints": "not_a_position",
    "owntracks/android-lwt": "not_a_position",
    "owntracks/android-card": "not_a_position",
    "owntracks/android-encrypted": "encrypted",
    "owntracks/android-empty": "empty",
    "traccar/osmand-invalid-fix": "no_fix",
    "traccar/osmand-null-island": "no_fix",
    "traccar/client-9-heartbeat": "no_fix",
    "traccar/client-10-heartbeat": "no_fix",
    "traccar/client-10-notification-token": "notification_token",
}


def test_every_recording_is_expected() -> None:
    """No recorded request is left out of the two tables above."""
    assert sorted(POSITIONS | USELESS) == recordings()


@pytest.mark.parametrize("name", POSITIONS)
def test_each_client_puts_its_courier_on_the_map(phones: Phones, name: str) -> None:
    """The newest position of each recorded request is published in the courier's name, and answered as expected."""
    answer = phones.send(name)
    lat, lon, after = POSITIONS[name]
    assert (answer.status_code, answer.text) == (200, ANSWERS[name.partition("/")[0]])
    assert [(each["coop"], each["courier"], each["lat"], each["lon"], each["t"]) for each in phones.published] == [
        ("acme", "lea", lat, lon, T + after)
    ]
    assert phones.counts["accepted"] == 1


@pytest.mark.parametrize("name", USELESS)
def test_what_is_of_no_use_gets_its_200(phones: Phones, name: str) -> None:
    """A client that got an error would send the same again for ever: it is dropped and counted instead."""
    answer = phones.send(name)
    assert (answer.status_code, answer.text) == (200, ANSWERS[name.partition("/")[0]])
    assert (phones.published, phones.counts) == ([], {USELESS[name]: 1})


def test_what_the_phone_said_is_passed_on(phones: Phones) -> None:
    """Accuracy in metres, heading in degrees, battery from 0 to 1: the contract's units, and nothing else."""
    phones.send("owntracks/android-2.5-moving")
    phones.send("traccar/client-9-unknowns")
    assert phones.published == [
        {"coop": "acme", "courier": "lea", "lat": 60.17012, "lon": 24.94112, "t": T, "accuracy": 5, "heading": 271,
         "battery": 0.67},
        {"coop": "acme", "courier": "lea", "lat": 60.1703, "lon": 24.9404, "t": T + 0.862},
    ]  # fmt: skip
    assert not decode(json.dumps([{"courier": "lea"}]).encode(), Counter()), "the desk reads what it is told strictly"


def test_a_photograph_blocks_no_queue(phones: Phones) -> None:
    """A picture within the limit costs its courier nothing; a larger one is read, forgotten and answered with 200."""
    assert phones.owntracks(image="A" * (LARGEST_BODY // 2)).status_code == 200
    assert phones.counts == {"accepted": 1}
    assert phones.owntracks(tst=T + 1, image="A" * LARGEST_BODY).status_code == 200
    assert phones.counts == {"accepted": 1, "too_large": 1}
    too_much = {"CONTENT_LENGTH": str(LARGEST_UPLOAD + 1)}
    answer = phones.client.post("/ingest/owntracks", headers=BASIC, data=b"{}", environ_overrides=too_much)
    assert answer.status_code == 413


def test_damaged_bodies_are_asked_for_again(phones: Phones) -> None:
    """Bytes that are no message at all are the one thing that a resend can mend: 400."""
    assert phones.client.post("/ingest/owntracks", headers=BASIC, data=b"{").status_code == 400
    assert phones.client.post("/ingest/overland", headers=BEARER, data=b"\xff").status_code == 400
    json_type = {"Content-Type": "application/json"}
    assert phones.client.post("/ingest/traccar", headers=json_type, data=b"[7").status_code == 400
    assert phones.counts == {"malformed": 3}
