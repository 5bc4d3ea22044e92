"""Who may do what, tried out at every call of the API."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.access import ACTIONS, ROLES
from dashboard.api.calls import Call
from dashboard.api.routes import CALLS
from tests.app.conftest import Desk

SCOPES = {"courier": "lea", "restaurant": "kirja"}
# Who may call what, written out once more by hand: a change of the table in access.py has to be meant.
ALLOWED = {
    "place_order": "dispatcher admin restaurant", "list_orders": "dispatcher admin restaurant courier",
    "get_order": "dispatcher admin restaurant courier", "assign_order": "dispatcher admin",
    "unassign_order": "dispatcher admin", "delay_order": "dispatcher admin restaurant",
    "accept_order": "dispatcher admin restaurant", "refuse_order": "dispatcher admin restaurant",
    "prepare_order": "dispatcher admin restaurant", "ready_order": "dispatcher admin restaurant",
    "cancel_order": "dispatcher admin restaurant", "pick_up_order": "dispatcher admin courier",
    "deliver_order": "dispatcher admin courier", "fail_order": "dispatcher admin courier",
    "list_couriers": "dispatcher admin courier", "add_courier": "dispatcher admin",
    "shift_courier": "dispatcher admin courier", "courier_arrived": "dispatcher admin courier",
    "courier_vehicle": "dispatcher admin courier",
    "read_journal": "dispatcher admin",
    "read_pay": "dispatcher admin member courier", "read_workload": "dispatcher admin member courier",
    "read_fairness": "dispatcher admin member courier",
    "list_objections": "dispatcher admin courier", "raise_objection": "courier",
    "answer_objection": "dispatcher admin",
    "read_rules": "dispatcher admin member courier", "read_packs": "dispatcher admin member courier",
    "change_rules": "admin", "correct_pay": "admin", "ask_what_if": "dispatcher admin member",
    "ask_other_weights": "dispatcher admin member",
    "list_proposals": "dispatcher admin member courier", "get_proposal": "dispatcher admin member courier",
    "read_snapshot": "dispatcher admin member courier", "propose": "admin member", "vote": "member courier",
    "close_vote": "admin",
    "get_candidates": "dispatcher admin", "get_arrivals": "dispatcher admin",
    "report_order": "dispatcher admin restaurant", "solve_order": "dispatcher admin restaurant",
    "undo_order": "dispatcher admin restaurant", "get_kitchen": "restaurant",
    "list_weather": "dispatcher admin member courier", "record_weather": "dispatcher admin",
    "list_planned_shifts": "dispatcher admin courier", "plan_shifts": "dispatcher admin",
    "make_calendar_link": "dispatcher admin courier", "list_tokens": "admin",
    "list_webhooks": "admin", "add_webhook": "admin", "get_webhook": "admin", "change_webhook": "admin",
    "remove_webhook": "admin", "list_deliveries": "admin", "redeliver": "admin",
    "be_busy": "dispatcher admin restaurant", "be_usual": "dispatcher admin restaurant",
    "coopcycle": "dispatcher admin",
    "list_alarms": "dispatcher admin", "acknowledge_alarm": "dispatcher admin", "resolve_alarm": "dispatcher admin",
    "shelve_alarm": "dispatcher admin", "unshelve_alarm": "dispatcher admin", "read_alarm_limits": "dispatcher admin",
    "change_alarm_limit": "admin",
    "propose_plan": "dispatcher admin", "commit_plan": "dispatcher admin", "discard_plan": "dispatcher admin",
    "best_stops": "dispatcher admin", "order_stops": "dispatcher admin",
    "find_places": "dispatcher courier restaurant member admin",
    "amend_order": "dispatcher admin",
    "bulk_orders": "dispatcher admin", "tag_order": "dispatcher admin", "untag_order": "dispatcher admin",
    "reschedule_order": "dispatcher admin", "note_order": "dispatcher admin", "override_order": "dispatcher admin",
    "attach_order": "dispatcher admin", "detach_order": "dispatcher admin",
    "place_orders_together": "dispatcher restaurant admin",
    "note_courier": "dispatcher admin", "undo": "dispatcher admin", "redo": "dispatcher admin",
    "list_commands": "dispatcher admin",
    "list_handovers": "dispatcher admin", "hand_over": "dispatcher admin", "take_over": "dispatcher admin",
    "withdraw_handover": "dispatcher admin", "note_for_desk": "dispatcher admin",
    "list_recurring": "dispatcher admin", "set_recurring": "dispatcher admin", "end_recurring": "dispatcher admin",
    "skip_recurring": "dispatcher admin",
    "place_recurring": "dispatcher admin",
    "list_incidents": "dispatcher admin courier", "report_incident": "dispatcher admin courier",
    "resolve_incident": "dispatcher admin",
}  # fmt: skip


def ask(desk: Desk, call: Call[Any, Any], token: str | None) -> int:
    """The status of a call about things that belong to Léa and to Kirja, with no body."""
    subject = "lea" if call.path.startswith("/couriers") else desk.application.store.orders("acme").orders[0].id
    return desk.call(call.method, call.path.replace("{id}", subject), token=token).status_code


@pytest.fixture
def peopled(desk: Desk) -> Desk:
    """A desk with one courier and one order that both scoped roles know."""
    desk.courier("lea")
    desk.given("lea", restaurant="kirja")
    return desk


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_do_what_its_work_needs(peopled: Desk, role: str) -> None:
    """Every call of the API answers 403 to exactly the roles that the table leaves out."""
    token = peopled.token(role, scope=SCOPES.get(role))
    denied = {call.name for call in CALLS if ask(peopled, call, token) == 403}
    assert denied == {call.name for call in CALLS if role not in ALLOWED[call.name].split()}


def test_without_a_token_nothing_is_open(peopled: Desk) -> None:
    """Every call answers 401 to nobody and to a token that nobody has."""
    for call in CALLS:
        assert ask(peopled, call, None) == 401, call.name
        assert ask(peopled, call, "made-up") == 401, call.name


def test_every_action_is_one_that_somebody_may_do() -> None:
    """The table names known roles alone, and no action that nobody could do."""
    assert all(roles and roles <= set(ROLES) for roles in ACTIONS.values())


def test_a_restaurant_sees_and_changes_its_own_orders_alone(desk: Desk) -> None:
    """Another restaurant's order does not exist for it: not in lists, not by id, not for changes."""
    token = desk.token("restaurant", scope="kirja")
    own, other = desk.placed(restaurant="kirja"), desk.placed(restaurant="ravintola")
    assert [order["id"] for order in desk.get("/orders", token=token).json["orders"]] == [own["id"]]
    listed = desk.get("/orders?restaurant=ravintola", token=token).json["orders"]
    assert [order["id"] for order in listed] == [own["id"]]
    assert desk.get(f"/orders/{other['id']}", token=token).status_code == 404
    for step in ("accept", "refuse", "ready", "cancel", "prepare"):
        assert desk.post(f"/orders/{other['id']}/{step}", token=token).status_code == 404
    assert desk.post(f"/orders/{other['id']}/delay", {"minutes": 5}, token=token).status_code == 404
    assert desk.post(f"/orders/{own['id']}/accept", token=token).json["state"] == "accepted"


def test_a_restaurant_places_orders_in_its_own_name_alone(desk: Desk) -> None:
    """Its orders are its own without saying so; another's name is refused and the field named."""
    token = desk.token("restaurant", scope="kirja")
    least = {"pickup": {"lat": 60.17, "lon": 24.94}, "dropoff": {"lat": 60.168, "lon": 24.95}}
    assert desk.post("/orders", least, token=token).json["restaurant"] == "kirja"
    wrong = desk.post("/orders", {**least, "restaurant": "ravintola"}, token=token)
    assert (wrong.status_code, wrong.json["errors"][0]["field"]) == (422, "restaurant")


def test_a_courier_sees_own_orders_and_own_shift_alone(desk: Desk) -> None:
    """What others carry does not exist for a courier, nor do their shifts; what is one's own can be moved on."""
    for courier in ("lea", "max"):
        desk.courier(courier)
    own, other = desk.given("lea"), desk.given("max")
    token = desk.token("courier", scope="lea")
    assert [order["id"] for order in desk.get("/orders", token=token).json["orders"]] == [own["id"]]
    assert (
        desk.get("/orders?courier=max", token=token).json["orders"] == desk.get("/orders", token=token).json["orders"]
    )
    assert [courier["id"] for courier in desk.get("/couriers", token=token).json["couriers"]] == ["lea"]
    assert desk.post(f"/orders/{other['id']}/picked-up", token=token).status_code == 404
    assert desk.post("/couriers/max/shift", {"action": "end"}, token=token).status_code == 404
    assert desk.post(f"/orders/{own['id']}/picked-up", token=token).json["state"] == "picked_up"
    assert desk.post("/couriers/lea/shift", {"action": "end"}, token=token).json["shift"] == "off"


def test_an_order_that_was_handed_on_is_not_moved_by_the_one_who_had_it(desk: Desk) -> None:
    """From the moment of the hand-over the order does not exist for the courier who had it."""
    for courier in ("lea", "max"):
        desk.courier(courier)
    order = desk.given("lea")
    desk.post(f"/orders/{order['id']}/assign", {"courier": "max", "expected_version": order["version"]})
    token = desk.token("courier", scope="lea")
    assert desk.post(f"/orders/{order['id']}/picked-up", token=token).status_code == 404


def test_who_has_an_order_is_the_desks_to_decide(desk: Desk) -> None:
    """No courier takes one or gives one back, nor moves one that another has; whoever has it ends it, once."""
    for courier in ("lea", "max"):
        desk.courier(courier)
    order, second = desk.given("max"), desk.given("max")
    path, lea, own = f"/orders/{order['id']}", desk.token("courier", scope="lea"), desk.token("courier", scope="max")
    for token in (lea, own):
        assert desk.post(f"{path}/assign", {"courier": "lea", "expected_version": 3}, token=token).status_code == 403
        assert desk.post(f"{path}/unassign", token=token).status_code == 403
    for step in ("picked-up", "delivered", "failed"):
        assert desk.post(f"{path}/{step}", token=lea).status_code == 404
    assert desk.get(path).json == order
    for step, status in (("delivered", 409), ("picked-up", 200), ("delivered", 200), ("failed", 409)):
        assert desk.post(f"{path}/{step}", token=own).status_code == status, step
    assert desk.post(f"/orders/{second['id']}/failed", token=own).json["state"] == "failed"
