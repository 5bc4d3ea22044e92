"""What the order forms ask for: drafts looked at, one order with its history, restaurants."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dashboard.domain.events import Fact
from dashboard.domain.orders import order_from_wire, order_to_wire
from tests.app.conftest import LEAST, Desk


def ask(desk: Desk, path: str, document: Any = None, *, role: str = "dispatcher", **headers: str) -> Any:
    """The answer of a door under /live."""
    method = "GET" if document is None else "POST"
    sent = {"Authorization": f"Bearer {desk.token(role)}", **headers}
    return desk.flask.test_client().open(f"/live/{path}", method=method, headers=sent, json=document)


def test_a_draft_is_looked_at_before_it_is_sent(desk: Desk) -> None:
    """Its way is told in the reader's language; without a courier in sight, that nothing is known of times."""
    found = ask(desk, "order-look", {"order": LEAST}, **{"Accept-Language": "fr"}).json
    assert found["wrong"] == []
    assert "à vélo" in found["way"]
    assert "Personne" in found["when"]
    assert desk.get("/orders").json["orders"] == []


def test_each_wrong_field_is_named_in_words(desk: Desk) -> None:
    """What cannot be used stands by its path with what to do, in the reader's language; nothing is placed."""
    wrong = {"pickup": LEAST["pickup"], "note": "x" * 201, "weight_g": -1}
    found = ask(desk, "order-look", {"order": wrong}, **{"Accept-Language": "fr"}).json["wrong"]
    assert {one["field"] for one in found} == {"dropoff", "note", "weight_g"}
    assert {one["field"]: one["text"] for one in found}["note"].startswith("Ce texte dépasse 200")


def test_the_api_says_what_is_wrong_to_a_page_in_its_language_and_to_programs_in_english(desk: Desk) -> None:
    """The same document, sent by a page in French and with a token: the same fields, each to its reader."""
    page = desk.flask.test_client()
    page.post("/login", data={"token": desk.token()})
    wrong: Any = {**LEAST, "note": "x" * 201, "colour": "red"}
    told: Any = page.post("/api/v1/orders", json=wrong, headers={"Accept-Language": "fr"}).json
    assert {one["field"]: one["detail"][:8] for one in told["errors"]} == {"note": "Ce texte", "colour": "Le serve"}
    assert told["detail"].startswith("Ceci ne peut pas être utilisé\u00a0: note\u00a0: Ce texte")
    program: Any = desk.post("/orders", wrong).json
    assert {one["field"]: one["detail"] for one in program["errors"]} == {
        "note": "String should have at most 200 characters", "colour": "there is no such field",
    }  # fmt: skip
    large: Any = page.post("/api/v1/orders", json={"note": "x" * 70_000}, headers={"Accept-Language": "fr"})
    assert (large.status_code, large.json["detail"][:21]) == (413, "C’est trop volumineux")


def test_what_is_possible_and_odd_is_said(desk: Desk) -> None:
    """Ends outside of the city's map, and two ends at one door, are warned of and not refused."""
    far = {"lat": 61.0, "lon": 24.95}
    assert len(ask(desk, "order-look", {"order": {"pickup": far, "dropoff": far}}).json["warns"]) == 3


def test_an_order_is_told_with_what_happened_to_it(desk: Desk) -> None:
    """Facts, the fields that may still change, the steps that are possible, and the history newest first, in words."""
    desk.courier("lea")
    order = desk.given("lea", tip_cents=100)
    desk.call("PATCH", f"/orders/{order['id']}", json={"expected_version": 3, "tip_cents": 250})
    found = ask(desk, f"order?order={order['id']}&since=3").json
    assert found["order"]["version"] == 4
    assert [line["what"] for line in found["history"]] == [
        "tip: €1.00 → €2.50", "given to Lea", "now accepted", "placed",
    ]  # fmt: skip
    assert found["steps"] == ["prepare", "ready", "pick_up", "fail", "cancel"]
    assert "kind" not in found["may"]
    assert [(one["field"], one["was"], one["now"], one["by"]) for one in found["changed"]] == [
        ("tip_cents", "€1.00", "€2.50", "dispatcher of acme")
    ]


@pytest.mark.parametrize(("role", "entries"), [("dispatcher", 1), ("admin", 2)])
def test_of_the_past_a_dispatcher_sees_a_day(desk: Desk, role: str, entries: int) -> None:
    """Of an open order placed two days ago a dispatcher reads what happened since yesterday, an administrator all."""
    order = desk.placed()
    old = order_from_wire(order | {"id": "old", "ref": "7"})
    with desk.application.store.change("acme") as change:
        fact = Fact("order.placed", "old", 1, {"changes": order_to_wire(old)})
        change.record(old, fact, by="test", at=datetime.now(UTC) - timedelta(days=2))
    assert desk.post("/orders/old/accept").status_code == 200
    found = ask(desk, "order?order=old", role=role).json
    assert (len(found["history"]), found["is_cut"]) == (entries, role == "dispatcher")


def test_restaurants_with_orders_come_first(desk: Desk) -> None:
    """Those that the board knows, with where they are, before the city's places to eat."""
    desk.placed(kind="meal", restaurant="kirja", pickup=LEAST["pickup"] | {"name": "Kirja", "address": "Keskuskatu 1"})
    found = ask(desk, "restaurants").json["restaurants"]
    assert found[0] == {"id": "kirja", "name": "Kirja", "address": "Keskuskatu 1", "here": True, **LEAST["pickup"]}
    assert len(found) > 300


@pytest.mark.parametrize("role", ["courier", "member"])
def test_only_the_desk_asks(desk: Desk, role: str) -> None:
    """Orders with their customers are nobody else's business."""
    order = desk.placed()
    paths = (("restaurants", None), (f"order?order={order['id']}", None), ("order-look", {"order": LEAST}))
    for path, document in paths:
        assert ask(desk, path, document, role=role).status_code == 403
