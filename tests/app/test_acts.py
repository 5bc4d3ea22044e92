"""What the desk does over HTTP: several orders at once, tags, days, notes, overrides, undo and redo."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from dashboard.api import answers_acts
from tests.app.conftest import Desk


def several(desk: Desk, verb: str, *orders: dict[str, Any], **more: Any) -> dict[str, Any]:
    body = {"verb": verb, "orders": [{"order": o["id"], "expected_version": o["version"]} for o in orders], **more}
    answer = desk.post("/orders/bulk", body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json
    answers_acts.Outcomes.model_validate(found)
    return found


def outcomes(found: dict[str, Any]) -> list[str]:
    return [one["outcome"] for one in found["outcomes"]]


def test_several_orders_have_an_outcome_each(desk: Desk) -> None:
    """One that has changed since is refused by its number and with the reason; the others are done all the same."""
    desk.courier("lea")
    first, second, third = (desk.placed() for _ in range(3))
    desk.post(f"/orders/{second['id']}/accept")
    found = several(desk, "assign", first, second, third, courier="lea")
    assert outcomes(found) == ["done", "refused", "done"]
    assert not found["complete"]
    assert found["outcomes"][1]["ref"] == second["ref"]
    assert "first" in found["outcomes"][1]["problem"]["detail"]
    assert [desk.get(f"/orders/{o['id']}").json["courier"] for o in (first, second, third)] == ["lea", None, "lea"]


def test_several_orders_go_back_as_one_command(desk: Desk) -> None:
    """All entries bear the command's name; one undo takes all of them back, and one redo does them again."""
    desk.courier("lea")
    orders = [desk.placed() for _ in range(3)]
    command = several(desk, "assign", *orders, courier="lea")["command"]
    entries = [each for each in desk.get("/journal?limit=1000").json["entries"] if each["kind"] == "order.assigned"]
    assert [each["data"]["command"] for each in entries] == [command] * 3
    assert desk.get("/commands").json["done"][0]["command"] == command
    assert desk.post("/undo").json["complete"]
    assert {desk.get(f"/orders/{o['id']}").json["courier"] for o in orders} == {None}
    assert [one["command"] for one in desk.get("/commands").json["undone"]] == [command]
    assert desk.post("/redo").json["complete"]
    assert {desk.get(f"/orders/{o['id']}").json["courier"] for o in orders} == {"lea"}


def test_one_act_for_several_each_way(desk: Desk) -> None:
    """Tags, delays, other days and cancelling upon several orders leave what they say, and their entries say so."""
    order, other = desk.placed(ready_at="2036-12-01T11:00:00Z"), desk.placed(ready_at="2036-12-01T11:30:00Z")
    for verb, more in (("tag", {"tags": ["vip"]}), ("delay", {"minutes": 10}), ("reschedule", {"day": "2036-12-02"})):
        order, other = (one["order"] for one in several(desk, verb, order, other, **more)["outcomes"])
    assert (order["tags"], order["ready_at"]) == (["vip"], "2036-12-02T11:10:00.000Z")
    assert outcomes(several(desk, "cancel", order, other, reason="closed")) == ["done", "done"]
    assert outcomes(several(desk, "unassign", order)) == ["refused"]


def test_what_no_order_could_fit_is_refused_at_once(desk: Desk) -> None:
    """A bulk act that lacks what its verb needs touches nothing."""
    target = [{"order": desk.placed()["id"]}]
    for body in ({"verb": "assign"}, {"verb": "delay"}, {"verb": "tag"}, {"verb": "reschedule"}, {"verb": "sing"}):
        assert desk.post("/orders/bulk", {**body, "orders": target}).status_code == 422
    assert desk.post("/orders/bulk", {"verb": "cancel", "orders": []}).status_code == 422


def test_an_undo_meets_a_newer_change(desk: Desk) -> None:
    """What somebody has built on stays; the refusal says who did what. What touches something else can go back."""
    for courier in ("lea", "noe"):
        desk.courier(courier)
    order = desk.placed()
    given = desk.post(f"/orders/{order['id']}/assign", {"courier": "lea", "expected_version": 1}).json
    bo = desk.token("admin", name="Bo")
    taken = desk.post(
        f"/orders/{order['id']}/assign", {"courier": "noe", "expected_version": given["version"]}, token=bo
    )
    assert taken.status_code == 200
    refused = desk.post("/undo")
    assert refused.status_code == 409
    assert "order.reassigned, Bo" in refused.json["detail"]
    assert desk.get(f"/orders/{order['id']}").json["courier"] == "noe"
    assert desk.post("/undo", token=bo).json["outcomes"][0]["order"]["courier"] == "lea"
    assert desk.post("/undo", {"command": "unknown"}, token=bo).status_code == 409


def test_commands_are_ones_own(desk: Desk) -> None:
    """Nobody undoes by a key what somebody else has done."""
    desk.post(f"/orders/{desk.placed()['id']}/accept")
    bo = desk.token("admin", name="Bo")
    assert desk.get("/commands", token=bo).json == {"done": [], "undone": []}
    assert desk.post("/undo", token=bo).status_code == 409
    assert desk.post("/undo", token=desk.token("restaurant", scope="kahvila")).status_code == 403


def test_an_override_needs_a_reason_and_stays_in_the_journal(desk: Desk) -> None:
    """Delivered without a pickup, then opened again: both are marked, with the reason, and the order is as it was."""
    desk.courier("lea")
    order = desk.given("lea")
    path = f"/orders/{order['id']}"
    assert desk.post(f"{path}/delivered").status_code == 409
    assert desk.post(f"{path}/override", {"step": "deliver", "reason": " "}).status_code == 422
    done = desk.post(f"{path}/override", {"step": "deliver", "reason": "she told me by telephone"})
    assert done.json["state"] == "delivered"
    assert desk.post(f"{path}/override", {"step": "cancel", "reason": "no"}).status_code == 409
    assert desk.post(f"{path}/override", {"step": "reopen", "reason": "another order"}).json["state"] == "accepted"
    marked = [each for each in desk.get("/journal?limit=1000").json["entries"] if each["data"].get("override")]
    assert [(each["kind"], each["data"]["reason"]) for each in marked] == [
        ("order.delivered", "she told me by telephone"), ("order.reopened", "another order"),
    ]  # fmt: skip


def test_what_dispatchers_tell_each_other(desk: Desk) -> None:
    """A note about an order is for the desk alone; one about a courier that courier can read; each can be undone."""
    desk.courier("lea")
    order = desk.given("lea")
    assert desk.post(f"/orders/{order['id']}/note", {"text": "rang twice"}).json["desk_note"] == "rang twice"
    assert desk.post("/couriers/lea/note", {"text": "flat tyre"}).json["desk_note"] == "flat tyre"
    lea = desk.token("courier", scope="lea")
    assert "desk_note" not in desk.get(f"/orders/{order['id']}", token=lea).json
    assert desk.get("/couriers", token=lea).json["couriers"][0]["desk_note"] == "flat tyre"
    assert desk.post(f"/orders/{order['id']}/note", {"text": "x"}, token=lea).status_code == 403
    for _ in ("both", "notes"):
        desk.post("/undo")
    assert "desk_note" not in desk.get(f"/orders/{order['id']}").json
    assert "desk_note" not in desk.get("/couriers").json["couriers"][0]


def test_an_order_comes_with_tags(desk: Desk) -> None:
    """A shop may tag what it places: each tag once, in alphabetical order; the order and the journal have them."""
    order = desk.placed(tags=["vip", "big", "vip"])
    assert order["tags"] == ["big", "vip"]
    assert desk.post(f"/orders/{order['id']}/untag", {"tags": ["vip"]}).json["tags"] == ["big"]
    assert "tags" not in desk.post(f"/orders/{order['id']}/untag", {"tags": ["big"]}).json
    assert desk.post(f"/orders/{order['id']}/untag", {"tags": ["big"]}).status_code == 409


def test_a_break_says_until_when(desk: Desk) -> None:
    """Everybody sees when a break is to end; undone, the courier is on shift, and the record has both steps."""
    desk.courier("lea")
    paused = desk.post("/couriers/lea/shift", {"action": "break", "minutes": 20}).json
    until = datetime.fromisoformat(paused["break_until"]) - datetime.now(UTC)
    assert timedelta(minutes=18) < until <= timedelta(minutes=20)
    assert desk.post("/undo").json["outcomes"][0]["courier"]["shift"] == "on"
    kinds = [each["kind"] for each in desk.get("/journal?limit=1000").json["entries"]]
    assert kinds[-2:] == ["courier.break_started", "courier.break_ended"]


def test_one_pickup_and_several_drop_offs(desk: Desk) -> None:
    """Placed in one go and once; given together, each named in the answer; parted and attached again by two calls."""
    desk.courier("lea")
    end = {"lat": 60.17, "lon": 24.94}
    body = {"orders": [{"pickup": end, "dropoff": {"lat": 60.16, "lon": lon}} for lon in (24.95, 24.951, 24.952)]}
    key = {"Idempotency-Key": "box"}
    answer = desk.post("/orders/together", body, headers=key)
    assert answer.status_code == 201
    assert desk.post("/orders/together", body, headers=key).json == answer.json
    first, second, third = answer.json["orders"]
    given = desk.post(f"/orders/{first['id']}/assign", {"courier": "lea", "expected_version": 1}).json
    assert [(one["ref"], one["version"]) for one in given["together"]] == [(second["ref"], 2), (third["ref"], 2)]
    parted = desk.post(f"/orders/{third['id']}/detach", {"expected_version": 2}).json
    assert "group" not in parted
    assert (parted["courier"], "together" in parted) == ("lea", False)
    assert desk.post(f"/orders/{third['id']}/detach").status_code == 409
    again = several(desk, "attach", parted, to=first["id"])["outcomes"][0]["order"]
    assert again["group"] == first["group"]
    moved = {"expected_version": again["version"], "pickup": {"lat": 60.18, "lon": 24.94}}
    assert "detach it first" in desk.call("PATCH", f"/orders/{third['id']}", json=moved).json["detail"]


def test_people_of_one_name_undo_their_own(desk: Desk) -> None:
    """Two tokens, both Ada's by name: neither takes back what the other did; a refused undo reaches the one before."""
    tokens = [desk.token("dispatcher", name="Ada"), desk.token("admin", name="Ada")]
    orders = [desk.placed()["id"] for _ in range(3)]
    for order, token in zip(orders, (tokens[0], tokens[0], tokens[1]), strict=True):
        assert desk.post(f"/orders/{order}/accept", token=token).status_code == 200
    stack = desk.get("/commands", token=tokens[0]).json["done"]
    assert [one["subjects"] for one in stack] == [[orders[1]], [orders[0]]]
    assert desk.post(f"/orders/{orders[1]}/ready", token=tokens[1]).status_code == 200
    assert desk.post("/undo", {}, token=tokens[0]).status_code == 409
    assert desk.post("/undo", {}, token=tokens[0]).json["outcomes"][0]["id"] == orders[0]
