"""The calls about couriers and the journal, over HTTP."""

from __future__ import annotations

from tests.app.conftest import Desk


def test_a_courier_starts_off_shift(desk: Desk) -> None:
    """A new courier is listed, off shift; a second one with the same id is refused and the field named."""
    answer = desk.post("/couriers", {"id": "lea", "name": "Léa"})
    assert answer.status_code == 201
    assert answer.json["shift"] == "off"
    assert desk.get("/couriers").json == {"couriers": [answer.json]}
    again = desk.post("/couriers", {"id": "lea", "name": "Other"})
    assert (again.status_code, again.json["errors"][0]["field"]) == (422, "id")


def test_a_shift_goes_its_way(desk: Desk) -> None:
    """Start, break, resume and end lead where they say; what does not fit is a 409 with the courier as they are."""
    desk.courier("lea", on_shift=False)
    states = [
        desk.post("/couriers/lea/shift", {"action": action}).json["shift"]
        for action in ("start", "break", "resume", "end")
    ]
    assert states == ["on", "break", "on", "off"]
    wrong = desk.post("/couriers/lea/shift", {"action": "resume"})
    assert wrong.status_code == 409
    assert "off" in wrong.json["detail"]
    assert wrong.json["courier"]["id"] == "lea"
    assert wrong.json["changed_by"] == "dispatcher of acme"
    assert desk.post("/couriers/zoe/shift", {"action": "start"}).status_code == 404


def test_the_journal_comes_in_pages_without_gaps(desk: Desk) -> None:
    """Following ``next`` gives every entry once, in order, each chained to the one before."""
    desk.courier("lea")
    desk.given("lea")
    entries, after = [], 0
    while after is not None:
        page = desk.get(f"/journal?after={after}&limit=2").json
        entries += page["entries"]
        after = page["next"]
    assert [entry["seq"] for entry in entries] == [1, 2, 3, 4, 5]
    assert [entry["prev"] for entry in entries[1:]] == [entry["hash"] for entry in entries[:-1]]
    assert [entry["kind"] for entry in entries[2:]] == ["order.placed", "order.accepted", "order.assigned"]
    assert desk.get("/journal?after=5").json == {"entries": [], "next": None}


def test_the_journal_names_who_did_it(desk: Desk) -> None:
    """The actor is the name that the token was handed out under, and the reason stands beside the change."""
    desk.courier("lea")
    token = desk.token("admin", name="Ana")
    order = desk.placed()
    body = {"courier": "lea", "expected_version": 1, "reason": "nearest"}
    desk.post(f"/orders/{order['id']}/assign", body, token=token)
    last = desk.get("/journal").json["entries"][-1]
    assert (last["actor"], last["subject"], last["version"]) == ("Ana", order["id"], 2)
    assert last["data"].items() >= {"changes": {"courier": "lea"}, "reason": "nearest"}.items()


def test_a_courier_rides_what_is_said(desk: Desk) -> None:
    """A bicycle, unless another is named; a change is written down once, in the courier's own name or by the desk."""
    desk.courier("lea")
    assert desk.get("/couriers").json["couriers"][0]["vehicle"] == "bicycle"
    assert desk.post("/couriers", {"id": "zoe", "name": "Zoé", "vehicle": "cargo"}).json["vehicle"] == "cargo"
    for _ in range(2):
        answer = desk.post("/couriers/lea/vehicle", {"vehicle": "cargo"}, token=desk.token("courier", scope="lea"))
        assert (answer.status_code, answer.json["vehicle"], answer.json["version"]) == (200, "cargo", 3)
    last = desk.get("/journal").json["entries"][-1]
    assert (last["kind"], last["actor"]) == ("courier.vehicle_changed", "lea")
    assert last["data"] == {"changes": {"vehicle": "cargo"}}
    assert desk.post("/couriers/zoe/vehicle", {"vehicle": "rocket"}).status_code == 422
    assert desk.post("/couriers/nobody/vehicle", {"vehicle": "cargo"}).status_code == 404
    other = desk.token("courier", scope="lea")
    assert desk.post("/couriers/zoe/vehicle", {"vehicle": "bicycle"}, token=other).status_code == 404


def test_an_arrival_is_written_down(desk: Desk) -> None:
    """Who has an order reports to be at its pickup: an entry says so; of an order of somebody else it is refused."""
    desk.courier("lea")
    desk.courier("zoe")
    order = desk.given("lea")
    at_the_door = {"order": order["id"], "place": "pickup"}
    answer = desk.post("/couriers/lea/arrived", at_the_door)
    assert (answer.status_code, answer.json["id"]) == (200, "lea")
    last = desk.get("/journal").json["entries"][-1]
    assert (last["kind"], last["subject"]) == ("courier.arrived", "lea")
    assert last["data"] == {"changes": {}, **at_the_door}
    assert desk.post("/couriers/zoe/arrived", at_the_door).status_code == 422
    assert desk.post("/couriers/lea/arrived", {"order": "none", "place": "pickup"}).status_code == 404
    assert desk.post("/couriers/nobody/arrived", at_the_door).status_code == 404
    assert desk.post("/couriers/lea/arrived", {"order": order["id"], "place": "home"}).status_code == 422
    assert desk.post("/couriers/zoe/arrived", at_the_door, token=desk.token("courier", scope="zoe")).status_code == 422
    assert desk.post("/couriers/lea/arrived", at_the_door, token=desk.token("courier", scope="zoe")).status_code == 404
