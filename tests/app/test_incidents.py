"""Incidents over HTTP: told by courier and desk, with a photo, read by who may see the order, resolved once."""

from __future__ import annotations

import base64
from hashlib import sha256

import pytest

from tests.app.conftest import Desk
from tests.unit.test_incidents import picture


def test_a_couriers_photo_is_seen_by_the_desk_and_the_courier_alone(desk: Desk) -> None:
    """Reported by the courier who has the order; the journal has the digest and not the bytes; resolved once."""
    for courier in ("lea", "max"):
        desk.courier(courier)
    order = desk.given("lea")["id"]
    lea, other = (desk.token("courier", scope=courier) for courier in ("lea", "max"))
    given = {"kind": "damaged", "note": "The box is wet", "photo": base64.b64encode(picture("JPEG")).decode()}
    path = f"/orders/{order}/incidents"
    assert desk.post(path, given, token=other).status_code == 404
    made = desk.post(path, given, token=lea)
    assert made.status_code == 201, made.text
    client = desk.flask.test_client()
    for token, status in ((desk.token(), 200), (lea, 200), (other, 404), (desk.token("restaurant", scope="k"), 403)):
        seen = client.get(made.json["photo_url"], headers={"Authorization": f"Bearer {token}"})
        assert seen.status_code == status, (status, seen.text)
        assert status != 200 or sha256(seen.data).hexdigest() == made.json["photo"]
    assert client.get(made.json["photo_url"]).status_code == 401
    (entry,) = [one for one in desk.get("/journal").json["entries"] if one["kind"] == "incident.reported"]
    assert (entry["actor"], entry["subject"], len(str(entry["data"])) < 400) == ("lea", f"incident:{order}", True)
    shown = client.get(f"/live/order?order={order}", headers={"Authorization": f"Bearer {desk.token()}"}).json
    assert shown["history"][0]["what"] == "incident: damaged: The box is wet, with a photo"
    assert [(one["text"], one["open"], one["photo"]) for one in shown["incidents"]] == [
        ("damaged", True, made.json["photo_url"])
    ]
    ending = {"incident": made.json["id"], "note": "A new one was cooked"}
    assert desk.post(f"{path}/resolve", ending, token=lea).status_code == 403
    assert desk.post(f"{path}/resolve", ending).json["ending"] == "A new one was cooked"
    assert desk.post(f"{path}/resolve", ending).status_code == 409
    assert desk.post(f"{path}/resolve", {"incident": "none"}).status_code == 404
    assert [one["resolved_by"] for one in desk.get(path, token=lea).json["incidents"]] == ["dispatcher of acme"]
    assert desk.get(f"/orders/{order}").json["version"] == 3  # nothing of the order has changed


@pytest.mark.parametrize("wrong", [{"kind": "rain"}, {"kind": "other"}, {"kind": "theft", "photo": "%%%"},
                                   {"kind": "theft", "photo": "QUJD"}])  # fmt: skip
def test_what_is_refused(desk: Desk, wrong: dict[str, str]) -> None:
    """No such kind, nothing said, no base64, no photo: 422, and nothing is kept."""
    order = desk.placed()["id"]
    assert desk.post(f"/orders/{order}/incidents", wrong).status_code == 422
    assert desk.get(f"/orders/{order}/incidents").json["incidents"] == []
    assert desk.post("/orders/none/incidents", {"kind": "theft"}).status_code == 404


def test_what_a_courier_tells_rings_at_the_desk_until_it_is_settled(desk: Desk) -> None:
    """An accident: the most urgent alarm, in the handover, too; told twice with one key it is one; resolving the alarm
    settles the incident, and resolving an incident the alarm."""
    desk.courier("lea")
    order = desk.given("lea")
    path, lea = f"/orders/{order['id']}/incidents", desk.token("courier", scope="lea")
    told, once = {"kind": "accident", "note": "I fell"}, {"Idempotency-Key": "k1"}
    made, again = (desk.post(path, told, token=lea, headers=once) for _ in range(2))
    assert (made.status_code, again.status_code, again.json) == (201, 200, made.json)
    assert desk.post(path, {"kind": "theft"}, token=lea, headers=once).status_code == 422
    (alarm,) = desk.get("/alarms").json["alarms"]
    assert (alarm["rule"], alarm["priority"], alarm["order"], alarm["courier"], alarm["acknowledged_by"]) == (
        "A10", "highest", order["id"], "lea", None,
    )  # fmt: skip
    assert (alarm["says"][-11:], alarm["response"][:16]) == ("an accident", "Call Lea at once")
    desk.post("/handovers", {"note": ""})
    (item,) = [one for one in desk.get("/handovers").json["handovers"][0]["items"] if one["section"] == "alarms"]
    assert item["facts"]["rule"] == "A10"
    assert desk.post(f"/alarms/{alarm['id']}/resolve", {"note": "Max took over"}).status_code == 200
    assert desk.get(path).json["incidents"][0]["ending"] == "Max took over"
    assert desk.post(f"{path}/resolve", {"incident": made.json["id"]}).status_code == 409

    own = desk.post(path, {"kind": "damaged"}).json["id"]
    desk.post(f"{path}/resolve", {"incident": own, "note": "cooked anew"})
    about = [one for one in desk.get("/journal").json["entries"] if one["subject"].endswith(own)]
    assert [one["kind"] for one in about] == ["alarm.raised", "alarm.resolved"]
    raised, resolved = (one["data"]["changes"] for one in about)
    assert raised["acknowledged_by"] == "dispatcher of acme"  # who told it knows it
    assert (resolved["note"], resolved["closed_at"] is None) == ("cooked anew", False)
