"""What the desk does when the browser code says what the dispatcher wants."""

from __future__ import annotations

from typing import Any

import pytest

from tests.app.conftest import Desk
from tests.app.pages.page import Page, said


@pytest.fixture
def page(desk: Desk) -> Page:
    return Page(desk.flask.test_client()).sign_in(desk.token(name="Ana"))


def intend(page: Page, verb: str, order: dict[str, Any], **more: Any) -> Any:
    intent = {"verb": verb, "order": order["id"], "version": order["version"], "nonce": "1", **more}
    return page.fire([("desk-intent", "data", intent)])


def order_of(desk: Desk, order: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = desk.get(f"/orders/{order['id']}").json
    return found


def test_assign(desk: Desk, page: Page) -> None:
    """An order dropped on a courier is theirs, the journal names the dispatcher, and the line says who has it."""
    desk.courier("lea")
    order = desk.placed()
    assert said(intend(page, "assign", order, courier="lea")) == f"{order['ref']} given to Lea"
    assert order_of(desk, order)["courier"] == "lea"
    assert desk.get("/journal").json["entries"][-1]["actor"] == "Ana"


def test_hand_over_and_take_back(desk: Desk, page: Page) -> None:
    """A hand-over names both couriers; what is taken back waits again."""
    desk.courier("lea")
    desk.courier("noe")
    order = desk.given("lea")
    assert said(intend(page, "assign", order, courier="noe")) == f"{order['ref']} handed over from Lea to Noe"
    desk.application.feed.catch_up("acme")
    assert said(intend(page, "unassign", order_of(desk, order))) == f"{order['ref']} taken back from Noe"
    assert order_of(desk, order)["courier"] is None


def test_step(desk: Desk, page: Page) -> None:
    """A step of the order is taken, and the line says its new state in words."""
    order = desk.placed()
    assert said(intend(page, "accept", order)) == f"{order['ref']} is now accepted"


def test_conflict(desk: Desk, page: Page) -> None:
    """Who decides on what is no longer so is told who was first and what to do, and changes nothing."""
    desk.courier("lea")
    desk.courier("noe")
    order = desk.placed()
    desk.post(f"/orders/{order['id']}/assign", {"courier": "noe", "expected_version": 1})
    line = said(intend(page, "assign", order, courier="lea"))
    assert line == f"Refused: Ana changed {order['ref']} first: look at it again, then decide"
    assert order_of(desk, order)["courier"] == "noe"


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Refused: Lea is off shift: choose a courier who is on shift"),
        ("fr", "Refusé\u00a0: Lea est hors service\u00a0: choisissez un coursier en service"),
    ],
)
def test_refusal(desk: Desk, page: Page, language: str, line: str) -> None:
    """A refusal says what was refused, why and what to do next, in the dispatcher's language."""
    desk.courier("lea", on_shift=False)
    page.language = language
    assert said(intend(page, "assign", desk.placed(), courier="lea")) == line


def test_states_in_refusals(desk: Desk, page: Page) -> None:
    """States within a refusal are in the dispatcher's language too, and couriers go by their names."""
    desk.courier("lea")
    order = desk.given("lea")
    page.language = "fr"
    assert said(intend(page, "deliver", order)).endswith("est acceptée\u00a0: elle ne peut pas devenir livrée")
    assert said(intend(page, "assign", order, courier="lea")).endswith("est déjà chez Lea")


@pytest.mark.parametrize("data", [None, "x", {}, {"verb": "explode", "order": "1"}, {"verb": "assign", "order": 7}])
def test_nonsense(page: Page, data: Any) -> None:
    """What is no intent is refused in words, never a broken page."""
    assert said(page.fire([("desk-intent", "data", data)])).startswith("Refused: The desk did not understand")


def test_another_coop(desk: Desk, page: Page) -> None:
    """An order of another co-op does not exist here."""
    order = desk.placed()
    stranger = Page(desk.flask.test_client()).sign_in(desk.token(coop="other"))
    assert said(intend(stranger, "accept", order)).startswith("Refused: There is no order")
    assert order_of(desk, order)["state"] == "placed"


def test_not_a_dispatcher(desk: Desk) -> None:
    """Somebody without the right is refused and changes nothing, whatever their page sends."""
    desk.courier("lea")
    order = desk.placed()
    kitchen = Page(desk.flask.test_client()).sign_in(desk.token("restaurant", scope="r1"))
    assert said(intend(kitchen, "assign", order, courier="lea")).startswith("Refused: This is not open to the role")
    assert order_of(desk, order)["courier"] is None


def test_signed_out(desk: Desk) -> None:
    """Whoever is no longer signed in is led to the door."""
    answer = intend(Page(desk.flask.test_client()), "accept", desk.placed())
    assert answer["sideUpdate"]["page-address"]["href"] == "/sign-in"


def test_each_act_says_its_line(desk: Desk, page: Page) -> None:
    """Tags, delays, days, notes, overrides, breaks, undo and redo: one line each, and the record has it."""
    desk.courier("lea")
    order = desk.placed(ready_at="2036-12-01T11:00:00Z")
    wanted: list[tuple[str, dict[str, Any], str]] = [
        ("tag", {"tags": ["vip"]}, "is tagged vip"), ("untag", {"tags": ["vip"]}, "bears no tag any more"),
        ("delay", {"minutes": 10}, "delayed by 10 min"), ("reschedule", {"day": "2036-12-02"}, "moved to Tue 2 Dec"),
        ("note", {"text": "ring twice"}, "Noted about"), ("undo", {}, "Undone"), ("redo", {}, "Done again"),
        ("override", {"text": "fail", "reason": "closed"}, "is now failed: an override"),
        ("override", {"text": "deliver", "reason": ""}, "Refused: An override needs a reason"),
    ]  # fmt: skip
    for verb, more, line in wanted:
        data = {"verb": verb, "order": order["id"], **more}
        assert line in said(page.fire([("desk-intent", "data", data)])), verb
    paused = {"verb": "break", "order": "", "courier": "lea", "minutes": 20}
    assert "Lea is on break until about" in said(page.fire([("desk-intent", "data", paused)]))
    assert order_of(desk, order)["desk_note"] == "ring twice"
