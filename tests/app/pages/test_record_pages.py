"""A courier's own page, objections and their answer, who looked, and a restaurant's orders: who sees what."""

from __future__ import annotations

from typing import Any

import pytest

from tests.app.conftest import LEAST, Desk
from tests.app.pages.page import Page, texts


@pytest.fixture
def handed(desk: Desk) -> tuple[Desk, str]:
    """An order that was given to Léa, then handed over to Tom, with what the screen showed."""
    for courier in ("lea", "tom"):
        desk.courier(courier)
    order = desk.given("lea", restaurant="kirja")
    row = {"courier": "lea", "metres": 1200, "load": 2, "pay_cents": 310}
    shown = {"candidates": [{"courier": "tom", "metres": 400, "load": 0}, row], "left_off": 3}
    desk.application.dispatch.assign(
        "acme", order["id"], "tom", expected_version=None, by="Eva", at=desk.application.looks.clock(),
        reason="Léa has two already", shown=shown,
    )  # fmt: skip
    return desk, order["id"]


def form_parts(tree: Any) -> list[Any]:
    """Every component of a tree."""
    if isinstance(tree, list):
        return [part for one in tree for part in form_parts(one)]
    return [tree, *form_parts(tree["props"].get("children"))] if isinstance(tree, dict) else []


def page_of(desk: Desk, role: str, scope: str | None = None, language: str = "en") -> Page:
    return Page(desk.flask.test_client(), language).sign_in(desk.token(role, scope=scope))


def raised(desk: Desk, order: str, courier: str = "lea") -> str:
    sent = page_of(desk, "courier", courier).fire(
        [("objection-send", "n_clicks", 1)],
        [("objection-about", "data", f"order:{order}"), ("objection-text", "value", "That was my turn")],
    )
    address: str = sent["response"]["page-address"]["href"]
    return address.removeprefix("/me?sent=")


def test_why_says_all_but_other_names(handed: tuple[Desk, str]) -> None:
    """The courier reads who decided, when, why and what was shown; the colleague is «another courier»."""
    desk, order = handed
    said = " ".join(texts(page_of(desk, "courier", "lea").show("/me", f"?order={order}")))
    assert "Eva handed it over from you to another courier" in said
    assert "Reason: Léa has two already" in said
    assert "another courier, 400 m away, with 0 orders, got it" in said
    assert "you, 1.2 km away, with 2 orders, €3.10 of pay by it" in said
    assert "What the screen showed was not recorded." in said, "the first time was by a program"
    assert "tom" not in said.lower()


def test_the_why_of_others_does_not_exist(handed: tuple[Desk, str]) -> None:
    """A courier who never had the order reads neither its why nor the form to object."""
    desk, order = handed
    desk.courier("kim")
    page = page_of(desk, "courier", "kim")
    for search in (f"?order={order}", f"?object=order:{order}", "?order=none", "?object=what"):
        assert not {"Eva", "Reason", "What is wrong?"} & set(" ".join(texts(page.show("/me", search))).split())


def test_an_objection_is_raised_answered_and_read(handed: tuple[Desk, str]) -> None:
    """Sent from the form, listed for the desk with its clock, answered by name, and there for the courier alone."""
    desk, order = handed
    made = raised(desk, order)
    listed = texts(page_of(desk, "dispatcher").show("/objections"))
    assert {"That was my turn", "14 days left for the answer"} <= set(listed)
    answer: Any = page_of(desk, "dispatcher").fire(
        [("answer-send", "n_clicks", 1)],
        [("answer-objection", "data", made), ("answer-upheld", "value", "yes"), ("answer-text", "value", "You were")],
    )
    assert answer["response"]["page-address"]["href"] == f"/objections?id={made}"
    own = texts(page_of(desk, "courier", "lea").show("/me"))
    assert "You were" in own
    assert any(text.startswith("Upheld, answered by dispatcher of acme on ") for text in own)
    assert "You were" not in texts(page_of(desk, "courier", "tom").show("/me"))


def test_no_words_no_objection(handed: tuple[Desk, str]) -> None:
    """An empty form and an answer without a yes or no are refused in words beside the button."""
    desk, order = handed
    empty = page_of(desk, "courier", "lea").fire(
        [("objection-send", "n_clicks", 1)],
        [("objection-about", "data", f"order:{order}"), ("objection-text", "value", " ")],
    )
    assert "needs words" in empty["sideUpdate"]["objection-said"]["children"]
    undecided = page_of(desk, "dispatcher").fire(
        [("answer-send", "n_clicks", 1)],
        [("answer-objection", "data", raised(desk, order)), ("answer-upheld", "value", ""),
         ("answer-text", "value", "Hm")],
    )  # fmt: skip
    assert "yes or no" in undecided["sideUpdate"]["answer-said"]["children"]


def test_objections_are_answered_at_the_desk_alone(desk: Desk) -> None:
    """Members, couriers and restaurants have no such page."""
    for role, scope in (("member", None), ("courier", "lea"), ("restaurant", "kirja")):
        assert "There is no such page" in texts(page_of(desk, role, scope).show("/objections"))


def test_who_looked_is_shown_once_an_hour(handed: tuple[Desk, str]) -> None:
    """The slip by name, the list of all and the way ahead are kept, once each; one's own reading is not."""
    desk, _ = handed
    page = page_of(desk, "dispatcher")
    for _ in range(3):
        page.show("/pay", "?courier=lea")
        page.show("/pay")
        page.client.get("/live/route?courier=lea")
    page_of(desk, "courier", "lea").show("/pay")
    found = desk.application.looks.of("acme", "lea")
    assert sorted((one.courier, one.what, one.by, one.role) for one in found) == [
        ("*", "pay", "dispatcher of acme", "dispatcher"), ("lea", "pay", "dispatcher of acme", "dispatcher"),
        ("lea", "way", "dispatcher of acme", "dispatcher"),
    ]  # fmt: skip
    said = texts(page_of(desk, "courier", "lea").show("/me"))
    assert {"your pay slip", "everybody’s pay, yours included", "your position and the way ahead"} <= set(said)
    assert "your pay slip" not in texts(page_of(desk, "courier", "tom").show("/me"))


def test_own_data_has_answers_and_looks_and_no_colleague(handed: tuple[Desk, str]) -> None:
    """The export holds the objection, its answer and who looked; the colleague's id is nowhere in the orders."""
    desk, order = handed
    made = raised(desk, order)
    answered = {"text": "You were", "upheld": True}
    assert desk.post(f"/objections/{made}/answer", answered).status_code == 200
    desk.get("/metrics/pay?courier=lea")
    headers = {"Authorization": f"Bearer {desk.token('courier', scope='lea')}"}
    answer = desk.flask.test_client().get("/exports/me.json", headers=headers)
    found: Any = answer.json
    kinds = {entry["kind"] for entry in found["entries"]}
    assert {"objection.raised", "objection.answered", "order.reassigned"} <= kinds
    assert [(one["what"], one["role"]) for one in found["looked_at_by"]] == [("pay", "dispatcher")]
    assert '"tom"' not in answer.text


def test_objections_over_http(handed: tuple[Desk, str]) -> None:
    """Raised by the courier, seen by the courier and the desk, not by another courier; answered once."""
    desk, order = handed
    lea, tom = desk.token("courier", scope="lea"), desk.token("courier", scope="tom")
    body = {"about": f"order:{order}", "text": "That was my turn"}
    made: Any = desk.post("/objections", body, token=lea)
    assert made.status_code == 201, made.text
    assert desk.post("/objections", {**body, "about": "order:none"}, token=lea).status_code == 404
    assert desk.post("/objections", {**body, "about": "the weather"}, token=lea).status_code == 422
    for token, n in ((lea, 1), (tom, 0), (desk.token(), 1)):
        listed: Any = desk.get("/objections", token=token).json
        assert len(listed["objections"]) == n
    path = f"/objections/{made.json['id']}/answer"
    assert desk.post(path, {"text": "No", "upheld": False}, token=tom).status_code == 403
    answered: Any = desk.post(path, {"text": "No", "upheld": False}).json
    assert answered["upheld"] is False
    assert desk.post(path, {"text": "Yes", "upheld": True}).status_code == 422


def test_an_incident_is_reported_from_ones_own_page(handed: tuple[Desk, str]) -> None:
    """Whoever has the order finds the way to its form, sends it with the page's session, and rings at the desk; then
    reads what was said and what is done about it. For everybody else neither form nor list is there."""
    desk, order = handed
    tom, lea = (page_of(desk, "courier", one) for one in ("tom", "lea"))
    assert "Report an incident" in texts(tom.show("/me"))
    assert "Report an incident" not in texts(lea.show("/me"))
    assert f"There is no order {order}" in texts(lea.show("/me", f"?incident={order}"))
    form = tom.show("/me", f"?incident={order}")
    (config,) = [part["props"]["data"] for part in form_parts(form) if part["props"].get("id") == "report-config"]
    assert (config["order"], config["kinds"][0]) == (order, ["damaged", "damaged"])
    told = {"kind": "accident", "note": "I fell on <b>ice</b>"}
    assert tom.client.post(f"/api/v1/orders/{order}/incidents", json=told).status_code == 201
    raised = [one for one in desk.get("/journal").json["entries"] if one["kind"] == "alarm.raised"]  # type: ignore[index]
    (alarm,) = [one["data"]["changes"] for one in raised]
    assert (alarm["rule"], alarm["courier"], alarm["acknowledged_by"]) == ("A10", "tom", None)
    said = texts(tom.show("/me", f"?incident={order}&sent=1"))
    assert {"accident", "I fell on <b>ice</b>", "Not settled yet"} <= set(said)
    assert "What happened?" not in said
    desk.post(f"/alarms/{alarm['id']}/resolve", {"note": "Lea is on her way"})
    ending = "resolved by dispatcher of acme: Lea is on her way"
    assert ending in texts(tom.show("/me", f"?incident={order}"))


def test_what_shares_a_pickup_says_so_on_ones_own_page(desk: Desk) -> None:
    """In hand, and later among the jobs: which drop-off of how many, with which others, and where to."""
    desk.courier("lea")
    first = {**LEAST, "dropoff": {**LEAST["dropoff"], "address": "Bulevardi 9"}}
    made: Any = desk.post("/orders/together", {"orders": [first, LEAST]}).json
    one, other = made["orders"]
    desk.post(f"/orders/{one['id']}/assign", {"courier": "lea", "expected_version": 1})
    page = page_of(desk, "courier", "lea")
    assert {f"1/2, with {other['ref']}", f"2/2, with {one['ref']}"} <= set(texts(page.show("/me")))
    assert "→ Bulevardi 9" in texts(page.show("/me"))
    for step in ("ready", "picked-up", "delivered"):
        desk.post(f"/orders/{one['id']}/{step}")
    desk.application.feed.catch_up("acme")
    assert texts(page.show("/me")).count(f"2/2, with {one['ref']}") == 1


def test_what_is_wrong_with_a_report_is_said_in_the_readers_language(handed: tuple[Desk, str]) -> None:
    """The answer to a courier's page names the field in French; the same to a program in English."""
    desk, order = handed
    path, told = f"/api/v1/orders/{order}/incidents", {"kind": "theft", "photo": "QUJD"}
    page = page_of(desk, "courier", "tom", "fr")
    (wrong,) = page.client.post(path, json=told, headers={"Accept-Language": "fr"}).json["errors"]  # type: ignore[index]
    assert (wrong["field"], wrong["detail"][:10]) == ("photo", "Ce n’est p")
    (wrong,) = desk.post(path.removeprefix("/api/v1"), told, token=desk.token("courier", scope="tom")).json["errors"]  # type: ignore[index]
    assert wrong["detail"] == "This is no photo: send a JPEG, PNG or WebP picture"


def test_first_pages(desk: Desk) -> None:
    """A courier lands on the own record, a restaurant on the screen of its own kitchen."""
    desk.courier("lea")
    desk.given("lea", restaurant="kirja")
    other = desk.placed(restaurant="ravintola")
    assert "My record" in texts(page_of(desk, "courier", "lea").show("/"))
    said = texts(page_of(desk, "restaurant", "kirja").show("/"))
    assert {"kirja", "Busy", "Today's waiting (CSV)"} <= set(said)
    assert other["ref"] not in said
