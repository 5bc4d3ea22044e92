"""Whatever is sent."""

from __future__ import annotations

import json
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.app.ingest.conftest import BASIC, BEARER, Phones, T
from tests.phones import SECRET

WORDS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20),
    st.sampled_from(["location", SECRET, "60.17", "24.94", "p", "nan", "1e999", "2026-11-24T10:42:11Z", T, -1]),
)  # fmt: skip
NAMES = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        ["_type", "lat", "lon", "tst", "t", "acc", "vel", "bs", "motionactivities", "locations", "current", "geometry",
         "coordinates", "properties", "timestamp", "device_id", "id", "location", "coords", "latitude", "longitude",
         "battery", "level", "notificationToken", "valid", "speed", "motion", "battery_state"]
    ),
)  # fmt: skip
DOCUMENTS = st.recursive(WORDS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=6))
BODIES = st.one_of(
    st.binary(max_size=200),
    DOCUMENTS.map(lambda document: json.dumps(document).encode()),
    st.dictionaries(NAMES, DOCUMENTS, max_size=8).map(
        lambda members: json.dumps({"_type": "location", "device_id": SECRET, "id": SECRET, **members}).encode()
    ),
    st.integers(1, 50_000).map(lambda depth: b'{"_type":' * depth),
)  # fmt: skip


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=BODIES, query=st.dictionaries(NAMES, st.text(max_size=20), max_size=6),
    kind=st.sampled_from(["application/json", "application/x-www-form-urlencoded", "text/plain", ""]),
    authorization=st.sampled_from([BASIC["Authorization"], BEARER["Authorization"], "Basic /w==", "x"]),
    path=st.sampled_from(["owntracks", "overland", "traccar"]), method=st.sampled_from(["GET", "POST", "HEAD"]),
)  # fmt: skip
def test_nothing_that_is_sent_breaks_the_door(
    phones: Phones, body: bytes, query: dict[str, str], kind: str, authorization: str, path: str, method: str
) -> None:
    """Whatever comes, the answer is an answer: never a 5xx, and never a position out of range."""
    phones.now += timedelta(seconds=2)  # so that the pace allows it
    answer = phones.client.open(
        f"/ingest/{path}", method=method, query_string=query, data=body,
        headers={"Authorization": authorization, "Content-Type": kind},
    )  # fmt: skip
    assert answer.status_code in {200, 400, 401, 403, 405}
    for each in phones.published:
        assert abs(each["lat"]) <= 90
        assert abs(each["lon"]) <= 180
