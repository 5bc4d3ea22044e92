"""The restaurant's screen over HTTP: what it is told, and what its presses do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dashboard.domain.times import to_wire
from tests.app.conftest import LEAST, Desk

KITCHEN = {"restaurant": "toscana", "kind": "meal"}


@pytest.fixture
def token(desk: Desk) -> str:
    """The token of the tablet in the Toscana."""
    return desk.token("restaurant", scope="toscana")


def screen(desk: Desk, token: str) -> dict[str, Any]:
    """What the tablet is told."""
    answer = desk.get("/kitchen", token=token)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def press(desk: Desk, token: str, order: str, button: str, key: str, **body: Any) -> Any:
    """A button of the tablet."""
    return desk.post(f"/orders/{order}/{button}", body, token=token, headers={"Idempotency-Key": key})


def test_it_shows_its_own_orders_and_nothing_of_pay(desk: Desk, token: str) -> None:
    """Of each own order: what to cook and the courier's first name; nothing of money, addresses, other places."""
    desk.post("/couriers", {"id": "lea", "name": "Léa Martin"})
    desk.post("/couriers/lea/shift", {"action": "start"})
    items = [{"name": "Pizza", "quantity": 2}]
    mine = desk.given("lea", **KITCHEN, items=items, note="allergic to nuts", price_cents=2400, tip_cents=100)
    desk.placed(restaurant="kirja")
    (shown,) = screen(desk, token)["orders"]
    assert (shown["id"], shown["items"], shown["note"]) == (mine["id"], items, "allergic to nuts")
    assert shown["courier"] == "Léa"
    assert shown["arrival"] is None  # nobody has heard of Léa's phone
    assert not {"price_cents", "tip_cents", "delivery_fee_cents", "dropoff", "pickup"} & shown.keys()


def test_what_goes_with_an_order_is_told_of_ones_own(desk: Desk, token: str) -> None:
    """Of a shared pickup each is said which drop-off of how many it is, and the numbers of the others."""
    placed = desk.post("/orders/together", {"orders": [{**LEAST, **KITCHEN}, {**LEAST, **KITCHEN}]}).json["orders"]
    desk.placed(**KITCHEN)
    refs = [one["ref"] for one in placed]
    told = {one["ref"]: one["share"] for one in screen(desk, token)["orders"]}
    assert [told.pop(ref) for ref in refs] == [
        {"nth": 1, "of": 2, "refs": [refs[1]]}, {"nth": 2, "of": 2, "refs": [refs[0]]},
    ]  # fmt: skip
    assert list(told.values()) == [None]


def test_a_courier_who_says_so_is_there_until_the_pickup(desk: Desk, token: str) -> None:
    """An arrival that was reported shows as here; once the meal is on its way the courier's place is no more shown."""
    desk.courier("lea")
    order = desk.given("lea", **KITCHEN)
    desk.application.feed.board("acme")
    desk.post("/couriers/lea/arrived", {"order": order["id"], "place": "pickup"})
    desk.application.feed.catch_up("acme")
    assert screen(desk, token)["orders"][0]["arrival"]["here"] is True
    assert screen(desk, token)["orders"][0]["waits_for"] == "kitchen"
    desk.post(f"/orders/{order['id']}/picked-up")
    desk.application.feed.catch_up("acme")
    assert screen(desk, token)["orders"][0]["arrival"] is None


def test_presses_that_waited_for_the_network_count_once(desk: Desk, token: str) -> None:
    """A press sent twice counts once, and the journal keeps when it was pressed."""
    order = desk.placed(**KITCHEN)
    pressed_at = to_wire(datetime.now(UTC) - timedelta(seconds=50))
    for _ in range(2):
        assert press(desk, token, order["id"], "accept", "k1", pressed_at=pressed_at).json["state"] == "accepted"
    assert press(desk, token, order["id"], "delay", "k1", minutes=5).status_code == 422
    told = desk.application.store.about("acme", order["id"])
    assert [entry.kind for entry in told] == ["order.placed", "order.accepted"]
    assert told[-1].data["pressed_at"] == pressed_at


def test_a_step_is_taken_back_by_its_own_hand_alone(desk: Desk, token: str) -> None:
    """Undo takes the order back to where it was; after the dispatcher's step it says who was the last."""
    order = desk.placed(**KITCHEN)
    press(desk, token, order["id"], "accept", "k1")
    assert press(desk, token, order["id"], "undo", "k2").json["state"] == "placed"
    press(desk, token, order["id"], "accept", "k3")
    desk.post(f"/orders/{order['id']}/prepare")
    answer = press(desk, token, order["id"], "undo", "k4")
    assert answer.status_code == 409
    assert "has moved on since" in answer.json["detail"]


def test_a_problem_is_with_the_dispatcher_until_it_is_solved(desk: Desk, token: str) -> None:
    """The desk's order bears the problem in the restaurant's words; solved, nothing of it is left on the order."""
    order = desk.placed(**KITCHEN)
    press(desk, token, order["id"], "problem", "k1", kind="missing", text="no tofu")
    assert desk.get(f"/orders/{order['id']}").json["problem"] == "missing: no tofu"
    assert desk.post(f"/orders/{order['id']}/solved").status_code == 200
    assert "problem" not in desk.get(f"/orders/{order['id']}").json


def test_busy_is_for_oneself(desk: Desk, token: str) -> None:
    """A restaurant makes itself busy and free again, nobody else; new orders then take longer, and are accepted."""
    answer = desk.post("/restaurants/toscana/busy", {"minutes": 30, "lasts": 60}, token=token)
    assert answer.json["busy_minutes"] == 30
    order = desk.placed(**KITCHEN)
    assert datetime.fromisoformat(order["ready_at"]) - datetime.now(UTC) > timedelta(minutes=29)
    assert screen(desk, token)["busy"]["busy_minutes"] == 30
    assert press(desk, token, order["id"], "accept", "k").json["state"] == "accepted"
    assert desk.post("/restaurants/kirja/busy", {"minutes": 30, "lasts": 60}, token=token).status_code == 404
    desk.post("/restaurants/toscana/usual", token=token)
    assert desk.application.store.board("acme", datetime.now(UTC)).restaurants["toscana"].busy_until is None
    assert desk.placed(**KITCHEN)["ready_at"] is None


def test_the_day_s_waiting_is_a_table_of_its_own_orders(desk: Desk, token: str) -> None:
    """The CSV has a row for each own order that was picked up today; nobody but a restaurant gets one."""
    desk.courier("lea")
    mine = desk.given("lea", **KITCHEN)
    for step in ("ready", "picked-up", "delivered"):
        assert desk.post(f"/orders/{mine['id']}/{step}").status_code == 200
    client = desk.flask.test_client()
    answer = client.get("/exports/kitchen.csv", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200, answer.text
    head, *rows = answer.text.splitlines()
    assert head.startswith("order,ready_by,ready,")
    assert [row.split(",")[0] for row in rows] == [mine["ref"]]
    refused = client.get("/exports/kitchen.csv", headers={"Authorization": f"Bearer {desk.token()}"})
    assert refused.status_code == 403
