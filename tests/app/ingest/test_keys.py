"""Who gets in, and how often."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest

from live.phones.pace import BURST
from tests.app.ingest.conftest import Phones, T
from tests.phones import SECRET


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Basic !!"}, {"Authorization": "Bearer "}, {"Authorization": "Digest x"}]
)
@pytest.mark.parametrize("path", ["/ingest/owntracks", "/ingest/overland", "/ingest/traccar?lat=1&lon=2"])
def test_nobody_comes_in_without_a_key(phones: Phones, path: str, headers: dict[str, str]) -> None:
    """No key, or none that can be read: 401, whatever the body."""
    assert phones.client.post(path, headers=headers, data=b"{").status_code == 401
    assert phones.counts == {"unknown_key": 1}


def test_unknown_keys_are_refused_everywhere(phones: Phones) -> None:
    """A key that was never handed out opens none of the doors."""
    guess = base64.b64encode(b"lea:guess").decode()
    answers = (
        phones.client.post("/ingest/owntracks", headers={"Authorization": f"Basic {guess}"}, json={}),
        phones.client.post("/ingest/overland", headers={"Authorization": "Bearer guess"}, json={}),
        phones.client.get("/ingest/traccar?id=guess&lat=1&lon=2"),
        phones.client.post("/ingest/traccar", json={"device_id": "guess", "location": {}}),
        phones.client.post("/ingest/traccar", data={"id": "guess"}),
    )
    assert [answer.status_code for answer in answers] == [401] * 5
    assert "link from your dispatcher" in answers[0].text


def test_a_key_is_its_couriers(phones: Phones) -> None:
    """Another courier's name with Lea's key, and keys of other roles, are refused with 403."""
    phones.hand_out("desk", role="dispatcher", scope=None)
    as_max = base64.b64encode(f"max:{SECRET}".encode()).decode()
    assert phones.client.post("/ingest/owntracks", headers={"Authorization": f"Basic {as_max}"}).status_code == 403
    assert phones.client.post("/ingest/overland", headers={"Authorization": "Bearer desk"}, json={}).status_code == 403
    assert phones.client.get("/ingest/traccar?id=desk&lat=1&lon=2").status_code == 403
    assert phones.counts == {"wrong_key": 3}


def test_keys_are_looked_up_again_after_seconds(phones: Phones) -> None:
    """A revoked key opens the door for three seconds more at most; a new one opens it as soon."""
    assert phones.client.get("/ingest/traccar?id=new&lat=1&lon=2").status_code == 401
    phones.hand_out("new")
    phones.now += timedelta(seconds=3)
    assert phones.client.get("/ingest/traccar?id=new&lat=1&lon=2").status_code == 200
    with phones.store._writing() as connection:
        connection.exec_driver_sql("DELETE FROM tokens")
    phones.now += timedelta(seconds=3)
    assert phones.client.get("/ingest/traccar?id=new&lat=1&lon=2").status_code == 401


def test_a_backlog_comes_in_at_once_and_a_flood_does_not(phones: Phones) -> None:
    """Five hundred requests in a moment are fine, more get 429 until a fifth of a second has passed for each."""
    statuses = [phones.owntracks(tst=T - 1000 + n).status_code for n in range(int(BURST) + 1)]
    assert (statuses.count(200), statuses[-1]) == (BURST, 429)
    phones.now += timedelta(seconds=1)
    assert [phones.owntracks().status_code for _ in range(6)] == [200] * 5 + [429]
