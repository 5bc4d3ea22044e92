"""The calls about orders, over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.api.answers import Order
from tests.app.conftest import LEAST, Desk

WHOLE: dict[str, Any] = {
    "kind": "meal", "restaurant": "kirja", "ref": "A-17", "weight_g": 900, "price_cents": 2450,
    "delivery_fee_cents": 390, "tip_cents": 200, "items": [{"name": "Soup", "quantity": 2}],
    "pickup": {
        "lat": 60.17, "lon": 24.94, "name": "Kirja", "address": "Keskuskatu 1",
        "after": "2026-11-24T11:00:00Z", "before": "2026-11-24T13:15:00+02:00",
    },
    "dropoff": {"lat": 60.168, "lon": 24.95, "name": "Aino", "address": "Kasarmikatu 4"},
    "placed_at": "2026-11-24T10:30:00.250Z", "ready_at": "2026-11-24T11:05:00Z",
}  # fmt: skip


def test_two_ends_are_enough_to_place_an_order(desk: Desk) -> None:
    """The least order is a placed parcel with open windows, a number that people can say, and the caller's co-op."""
    order = desk.placed()
    assert (order["kind"], order["state"], order["courier"], order["version"]) == ("parcel", "placed", None, 1)
    assert order["coop"] == "acme"
    assert order["ref"].isdigit()
    assert order["pickup"] == {"name": "", "address": "", "lat": 60.17, "lon": 24.94, "after": None, "before": None}


def test_what_was_placed_reads_back_in_utc_milliseconds(desk: Desk) -> None:
    """Every field that was given comes back, times in UTC, and the answer is exactly what the contract lists."""
    answer = desk.post("/orders", WHOLE)
    order = answer.json
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/api/v1/orders/{order['id']}"
    unsaid = {
        "note",
        "problem",
        "tags",
        "desk_note",
        "group",
        "together",
    }  # they are there when there is something to say
    assert list(order) == [name for name in Order.model_fields if name not in unsaid]
    assert order["pickup"]["before"] == "2026-11-24T11:15:00.000Z"
    assert {name: order[name] for name in WHOLE if name not in ("pickup", "dropoff", "placed_at", "ready_at")} == {
        name: value for name, value in WHOLE.items() if name not in ("pickup", "dropoff", "placed_at", "ready_at")
    }
    assert desk.get(f"/orders/{order['id']}").json == order


def test_the_same_key_gives_the_same_order(desk: Desk) -> None:
    """A repetition under its key makes no second order; the key for something else is refused and named."""
    first = desk.post("/orders", LEAST, headers={"Idempotency-Key": "k1"})
    again = desk.post("/orders", LEAST, headers={"Idempotency-Key": "k1"})
    other = desk.post("/orders", {**LEAST, "price_cents": 1}, headers={"Idempotency-Key": "k1"})
    assert (first.status_code, again.status_code, other.status_code) == (201, 200, 422)
    assert again.json == first.json
    assert other.json["errors"][0]["field"] == "Idempotency-Key"
    assert len(desk.get("/orders").json["orders"]) == 1


def test_keys_of_two_holders_do_not_meet(desk: Desk) -> None:
    """A restaurant that happens to use another's key gets an order of its own, not the other's."""
    for restaurant in ("kirja", "ravintola"):
        token = desk.token("restaurant", scope=restaurant)
        answer = desk.post("/orders", LEAST, token=token, headers={"Idempotency-Key": "1"})
        assert answer.status_code == 201
        assert answer.json["restaurant"] == restaurant


def test_orders_come_in_pages(desk: Desk) -> None:
    """Following ``next`` gives each order once, in the order of placing, and ends with null."""
    placed = [desk.placed()["id"] for _ in range(5)]
    seen, cursor = [], ""
    while cursor is not None:
        page = desk.get(f"/orders?limit=2{cursor and f'&after={cursor}'}").json
        seen += [order["id"] for order in page["orders"]]
        cursor = page["next"]
    assert seen == placed


def test_orders_are_found_by_state_and_courier(desk: Desk) -> None:
    """Several states with commas or by repetition, one courier, one restaurant."""
    desk.courier("lea")
    waiting, given = desk.placed(restaurant="kirja"), desk.given("lea")

    def found(query: str) -> list[str]:
        return [order["id"] for order in desk.get(f"/orders?{query}").json["orders"]]

    assert found("state=placed") == [waiting["id"]]
    assert found("state=placed,accepted") == found("state=placed&state=accepted") == [waiting["id"], given["id"]]
    assert found("courier=lea") == [given["id"]]
    assert found("restaurant=kirja") == [waiting["id"]]
    assert found("courier=zoe") == []


def test_an_order_lives_through_all_its_steps(desk: Desk) -> None:
    """Each call leads to the state that its name promises, one version further."""
    desk.courier("lea")
    order = f"/orders/{desk.placed(kind='meal')['id']}"
    assert desk.post(f"{order}/accept").json["state"] == "accepted"
    assert desk.post(f"{order}/assign", {"courier": "lea", "expected_version": 2}).json["courier"] == "lea"
    assert desk.post(f"{order}/prepare", {"reason": "busy"}).json["state"] == "preparing"
    late = desk.post(f"{order}/delay", {"minutes": 10}).json
    assert late["ready_at"]
    assert desk.post(f"{order}/ready").json["state"] == "ready"
    assert desk.post(f"{order}/picked-up").json["state"] == "picked_up"
    assert (done := desk.post(f"{order}/delivered").json)["state"] == "delivered"
    assert done["version"] == 8


@pytest.mark.parametrize(("step", "state"), [("refuse", "refused"), ("cancel", "cancelled")])
def test_an_order_ends_early(desk: Desk, step: str, state: str) -> None:
    """A kitchen may refuse, and whoever placed it may cancel; why stays in the journal."""
    order = desk.placed()["id"]
    assert desk.post(f"/orders/{order}/{step}", {"reason": "no dough left"}).json["state"] == state
    assert desk.get("/journal").json["entries"][-1]["data"]["reason"] == "no dough left"


def test_an_order_that_is_out_may_fail(desk: Desk) -> None:
    """What was accepted may turn out undeliverable."""
    desk.courier("lea")
    order = desk.given("lea")
    assert desk.post(f"/orders/{order['id']}/failed", {"reason": "nobody there"}).json["state"] == "failed"


def test_a_wrong_step_names_both_states(desk: Desk) -> None:
    """409 with the state that is, the state that was wanted, the present order and who changed it."""
    order = desk.placed()
    answer = desk.post(f"/orders/{order['id']}/delivered")
    assert answer.status_code == 409
    assert answer.content_type == "application/problem+json"
    assert "placed" in answer.json["detail"]
    assert "delivered" in answer.json["detail"]
    assert answer.json["order"] == order
    assert answer.json["changed_by"] == "dispatcher of acme"


def test_who_came_late_learns_who_was_first(desk: Desk) -> None:
    """409 with the present order, who changed it and when; nothing was changed."""
    desk.courier("lea")
    desk.courier("max")
    order = desk.placed()
    body = {"courier": "lea", "expected_version": 1, "reason": "near"}
    ana = desk.token("admin", name="Ana")
    assert desk.post(f"/orders/{order['id']}/assign", body, token=ana).status_code == 200
    late = desk.post(f"/orders/{order['id']}/assign", {**body, "courier": "max"})
    assert late.status_code == 409
    assert (late.json["order"]["courier"], late.json["order"]["version"]) == ("lea", 2)
    assert late.json["changed_by"] == "Ana"
    assert late.json["changed_at"].endswith("Z")
    assert desk.get(f"/orders/{order['id']}").json == late.json["order"]


@pytest.mark.parametrize(
    ("courier", "why"), [("zoe", "There is no courier"), ("off", "off shift"), ("tired", "on break")]
)
def test_an_order_goes_only_to_who_can_take_it(desk: Desk, courier: str, why: str) -> None:
    """422 that names the courier field for the unknown, those off shift and those on break."""
    desk.courier("off", on_shift=False)
    desk.courier("tired")
    desk.post("/couriers/tired/shift", {"action": "break"})
    answer = desk.post(f"/orders/{desk.placed()['id']}/assign", {"courier": courier, "expected_version": 1})
    assert answer.status_code == 422
    assert why in answer.json["detail"]
    assert answer.json["errors"][0]["field"] == "courier"


def test_an_order_can_be_taken_back(desk: Desk) -> None:
    """Unassigned, it waits again; a second time there is nothing to take back."""
    desk.courier("lea")
    order = desk.given("lea")
    assert desk.post(f"/orders/{order['id']}/unassign", {"expected_version": 3}).json["courier"] is None
    assert desk.post(f"/orders/{order['id']}/unassign").status_code == 409


@pytest.mark.parametrize("path", ["/orders/none", "/orders/%00", "/orders/none/accept", "/orders/none/assign"])
def test_what_does_not_exist_is_not_found(desk: Desk, path: str) -> None:
    """404 as a problem document, whatever stands in the address."""
    body = {"courier": "lea", "expected_version": 1} if path.endswith("assign") else None
    answer = desk.post(path, body) if path.endswith(("accept", "assign")) else desk.get(path)
    assert answer.status_code == 404
    assert answer.json["type"] == "urn:roulement:problem:not-found"
