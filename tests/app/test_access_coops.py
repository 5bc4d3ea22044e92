"""Two co-ops in one installation see nothing of each other."""

from __future__ import annotations

import pytest

from dashboard.access import ROLES
from tests.app.conftest import Desk


@pytest.fixture
def ours(desk: Desk) -> tuple[Desk, str]:
    """A desk where acme has a courier and an order."""
    desk.courier("lea")
    return desk, desk.given("lea", restaurant="kirja")["id"]


@pytest.mark.parametrize("role", ROLES)
def test_no_token_of_another_coop_sees_anything(ours: tuple[Desk, str], role: str) -> None:
    """In every role, with the very same ids as scope, lists are empty and ids do not exist (or are not open)."""
    desk, order = ours
    token = desk.token(role, "other", {"courier": "lea", "restaurant": "kirja"}.get(role))
    for path, empty in (("/orders", "orders"), ("/couriers", "couriers"), ("/journal", "entries")):
        answer = desk.get(path, token=token)
        assert answer.status_code == 403 or answer.json[empty] == []
    assert desk.get(f"/orders/{order}", token=token).status_code in (403, 404)
    for step in ("accept", "ready", "picked-up", "delivered", "failed", "cancel", "unassign"):
        assert desk.post(f"/orders/{order}/{step}", token=token).status_code in (403, 404)
    body = {"courier": "lea", "expected_version": 3}
    assert desk.post(f"/orders/{order}/assign", body, token=token).status_code in (403, 404)
    assert desk.post("/couriers/lea/shift", {"action": "end"}, token=token).status_code in (403, 404)
    assert len(desk.get("/journal").json["entries"]) == 5


def test_two_coops_may_use_the_same_ids_and_keys(ours: tuple[Desk, str]) -> None:
    """A courier id, an order number and an idempotency key mean something within one co-op only."""
    desk, _ = ours
    token = desk.token(coop="other")
    assert desk.post("/couriers", {"id": "lea", "name": "Léa"}, token=token).status_code == 201
    least = {"pickup": {"lat": 60.17, "lon": 24.94}, "dropoff": {"lat": 60.168, "lon": 24.95}}
    first = desk.post("/orders", least, headers={"Idempotency-Key": "k"})
    second = desk.post("/orders", least, token=token, headers={"Idempotency-Key": "k"})
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.json["coop"] == "other"
    assert second.json["ref"] == "1001"


def test_one_cannot_assign_to_a_courier_of_another_coop(ours: tuple[Desk, str]) -> None:
    """For the desk of one co-op the couriers of another do not exist."""
    desk, _ = ours
    token = desk.token(coop="other")
    least = {"pickup": {"lat": 60.17, "lon": 24.94}, "dropoff": {"lat": 60.168, "lon": 24.95}}
    order = desk.post("/orders", least, token=token).json["id"]
    answer = desk.post(f"/orders/{order}/assign", {"courier": "lea", "expected_version": 1}, token=token)
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "courier")
