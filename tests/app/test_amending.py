"""Orders changed over HTTP: what may change, who was first, and what it does to the pay."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from dashboard.api.intake import parse_order
from tests.app.conftest import LEAST, Desk


def patch(desk: Desk, order: dict[str, Any], **changes: Any) -> Any:
    """The answer to a change of the order as it was seen."""
    return desk.call("PATCH", f"/orders/{order['id']}", json={"expected_version": order["version"], **changes})


def last_entry(desk: Desk) -> dict[str, Any]:
    entry: dict[str, Any] = desk.get("/journal?limit=1000").json["entries"][-1]
    return entry


def test_only_what_is_other_is_written(desk: Desk) -> None:
    """A change of the address and the fee leaves the rest, and the journal says these two and no more."""
    order = desk.placed(note="ring twice", delivery_fee_cents=390)
    answer = patch(desk, order, dropoff={"address": "Home 2"}, delivery_fee_cents=450, note="ring twice")
    assert answer.status_code == 200, answer.text
    assert answer.json == order | {
        "dropoff": order["dropoff"] | {"address": "Home 2"}, "delivery_fee_cents": 450, "version": 2,
    }  # fmt: skip
    entry = last_entry(desk)
    assert (entry["kind"], entry["actor"]) == ("order.amended", "dispatcher of acme")
    assert entry["data"]["changes"] == {"dropoff": answer.json["dropoff"], "delivery_fee_cents": 450}
    assert desk.get(f"/orders/{order['id']}").json == answer.json


def test_null_empties_and_what_is_left_out_stays(desk: Desk) -> None:
    """A window is opened and a weight forgotten by null; an end is never without its place."""
    order = desk.placed(weight_g=900, dropoff=LEAST["dropoff"] | {"before": "2026-11-24T13:00:00Z"}, tip_cents=100)
    after = patch(desk, order, weight_g=None, dropoff={"before": None}).json
    assert (after["weight_g"], after["dropoff"]["before"], after["tip_cents"]) == (None, None, 100)
    for wrong in ({"dropoff": None}, {"dropoff": {"lat": 60.1}}, {"pickup": {"name": None}}, {"colour": "red"}):
        assert patch(desk, after, **wrong).status_code == 422, wrong


def test_who_was_first_is_told(desk: Desk) -> None:
    """A change on an old version is a conflict with the present order and who changed it; nothing is lost."""
    order = desk.placed()
    first = patch(desk, order, note="ring twice").json
    second = patch(desk, order, note="do not ring")
    assert second.status_code == 409
    assert second.json["order"] == first
    assert second.json["changed_by"] == "dispatcher of acme"


def test_what_is_on_a_bicycle_keeps_its_pickup(desk: Desk) -> None:
    """Once picked up, another pickup is refused with the field's name; another drop-off is still taken."""
    desk.courier("lea")
    order = desk.given("lea")
    order = desk.post(f"/orders/{order['id']}/picked-up").json
    refused = patch(desk, order, pickup={"name": "Back door"})
    assert refused.status_code == 409
    assert "pickup cannot be changed any more" in refused.json["detail"]
    assert patch(desk, order, dropoff={"lat": 60.18, "lon": 24.95}).json["dropoff"]["lat"] == 60.18


def test_the_accounts_follow_the_new_way(desk: Desk) -> None:
    """An order whose drop-off and tip change on the way counts like one that was placed so, metre by metre."""
    desk.courier("lea")
    desk.courier("noe")
    there = {"lat": 60.178, "lon": 24.95}
    placed_so = desk.given("noe", dropoff=there, tip_cents=250)
    changed = desk.given("lea", tip_cents=100)
    assert patch(desk, changed, dropoff=there, tip_cents=250).status_code == 200
    for order in (placed_so, changed):
        for step in ("picked-up", "delivered"):
            assert desk.post(f"/orders/{order['id']}/{step}").status_code == 200
    work = {row["courier"]: row["metres"] for row in desk.get("/metrics/workload").json["couriers"]}
    pay = {row["courier"]: row["tips_cents"] for row in desk.get("/metrics/pay").json["couriers"]}
    assert work["lea"] == work["noe"] > 1000
    assert pay == {"lea": 250, "noe": 250}


@pytest.mark.parametrize("role", ["courier", "restaurant", "member"])
def test_others_change_nothing(desk: Desk, role: str) -> None:
    """Changing orders is the desk's business."""
    scope = {"courier": "lea", "restaurant": "kirja"}.get(role)
    order = desk.placed()
    token = desk.token(role, scope=scope)
    answer = desk.call("PATCH", f"/orders/{order['id']}", json={"expected_version": 1, "note": "x"}, token=token)
    assert answer.status_code == 403


def test_places_of_a_coopcycle_order_are_changed_there(desk: Desk) -> None:
    """What would be set back at the next look is refused, and says where to change it (in French to who reads the desk
    in French); the rest is taken."""
    desk.application.dispatch.place(
        "acme", parse_order("acme", json.dumps(LEAST), datetime.now(UTC)), by="coopcycle", at=datetime.now(UTC)
    )
    order = desk.get("/orders").json["orders"][0]
    refused = patch(desk, order, dropoff={"address": "Home 2"})
    assert refused.status_code == 409
    assert "comes from CoopCycle" in refused.json["detail"]
    reader = desk.flask.test_client()
    assert reader.post("/login", data={"token": desk.token()}).status_code == 303
    told = reader.patch(
        f"/api/v1/orders/{order['id']}", json={"expected_version": 1, "dropoff": {"address": "Home 2"}},
        headers={"Accept-Language": "fr"},
    )  # fmt: skip
    assert "vient de CoopCycle" in told.json["detail"]
    assert patch(desk, order, tip_cents=100).status_code == 200


def test_tags_are_changed_like_any_other_field(desk: Desk) -> None:
    """They come back in order, each once; what the desk could not tell apart is refused with the field's name."""
    order = desk.placed(tags=["fragile"])
    after = patch(desk, order, tags=["vip", "fragile", "vip"]).json
    assert after["tags"] == ["fragile", "vip"]
    refused = patch(desk, after, tags=["a,b"])
    assert refused.status_code == 422
    assert refused.json["errors"][0]["field"] == "tags"
    assert "tags" not in patch(desk, after, tags=[]).json
