"""Orders that have left the board are found by words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from dashboard.dispatch import Dispatch
from dashboard.domain.orders import Order, Place
from dashboard.past_orders import PastOrders
from dashboard.roles import Visitor
from tests.app.conftest import Desk

COOP = "acme"
NOW = datetime.now(UTC)
ADA = Visitor(COOP, "dispatcher", "Ada")


def ask(desk: Desk, text: str, role: str = "dispatcher") -> Any:
    return desk.flask.test_client().get(
        "/live/past-orders", query_string={"q": text}, headers={"Authorization": f"Bearer {desk.token(role)}"}
    )


def closed(desk: Desk, key: str, name: str, at: datetime) -> Dispatch:
    """An order from there that was placed and cancelled then."""
    place = Place(60.17, 24.94, name)
    dispatch = Dispatch(desk.application.store, lambda entry: None, lambda: key)
    dispatch.place(COOP, Order("", COOP, key, place, place, at), by="Bo", at=at)
    dispatch.move(COOP, key, "cancel", by="Bo", at=at)
    return dispatch


def test_what_was_closed_today_is_found_and_nothing_older(desk: Desk) -> None:
    """By words, accents apart, with when it was closed; what a dispatcher does not see any more is not found."""
    closed(desk, "old", "Bœuf Bar", NOW - timedelta(hours=30))
    closed(desk, "new", "Bœuf Bar", NOW - timedelta(hours=2))
    found = ask(desk, "boeuf").json["orders"]
    assert [one["order"]["ref"] for one in found] == ["new"]
    assert found[0]["closed_at"] > (NOW - timedelta(hours=3)).isoformat()[:19]
    assert ask(desk, "").json["orders"] == []
    assert ask(desk, "boeuf", "restaurant").status_code == 403


def test_each_question_knows_what_was_closed_meanwhile(desk: Desk) -> None:
    """An order closed since the last question is found, one that was opened again is not."""
    past = PastOrders(desk.application.store, lambda coop, courier: "")
    closed(desk, "one", "Toscana", NOW - timedelta(hours=2))
    assert [one.order.id for one in past.find(ADA, "toscana", NOW, 5)] == ["one"]
    closed(desk, "two", "Toscana", NOW + timedelta(seconds=5))
    later = NOW + timedelta(seconds=10)
    assert {one.order.id for one in past.find(ADA, "tosacna", later, 5)} == {"one", "two"}
    assert [one.order.id for one in past.find(ADA, "toscana", later, 1)] == ["two"]
    assert past.find(ADA, "toscana", NOW + timedelta(hours=25), 5) == ()
