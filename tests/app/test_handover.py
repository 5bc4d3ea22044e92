"""Handing the desk over over HTTP: given, read, taken, in the journal with both names."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from tests.app.conftest import Desk


def bearer(desk: Desk, name: str, role: str = "dispatcher") -> str:
    """The token of a dispatcher of that name."""
    desk.tokens.pop((role, "acme", None), None)
    from uuid import uuid4

    from dashboard.access import digest
    from dashboard.ports import Token

    secret = f"{name}-secret-{uuid4()}"
    desk.application.store.add_token(Token(str(uuid4()), "acme", role, digest(secret), name))
    return secret


@pytest.fixture
def ada(desk: Desk) -> str:
    """Ada's token."""
    return bearer(desk, "Ada")


@pytest.fixture
def bo(desk: Desk) -> str:
    """Bo's token."""
    return bearer(desk, "Bo")


def give(desk: Desk, by: str, **body: Any) -> dict[str, Any]:
    answer = desk.post("/handovers", body, token=by)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json
    return found


def test_given_and_taken(desk: Desk, ada: str, bo: str) -> None:
    """Ada's list holds what lies open and her note; Bo confirms; the journal has both names, and who had the desk."""
    order = desk.placed()["id"]
    assert desk.post("/desk-notes", {"text": "The gate is shut"}, token=ada).status_code == 201
    handed = give(desk, ada, note="All quiet", to="Bo")
    assert {(one["section"], one["about"]) for one in handed["items"]} >= {("waiting", order)}
    assert [one["facts"]["text"] for one in handed["items"] if one["section"] == "notes"] == ["The gate is shut"]
    taken = desk.post(f"/handovers/{handed['id']}/confirm", token=bo)
    assert (taken.json["by"], taken.json["to"], taken.json["taken_by"]) == ("Ada", "Bo", "Bo")
    entries = desk.get("/journal?limit=1000").json["entries"]
    kinds = [(one["kind"], one["actor"]) for one in entries if one["kind"].startswith("desk.")]
    assert kinds == [("desk.noted", "Ada"), ("desk.handed_over", "Ada"), ("desk.taken_over", "Bo")]
    seen = desk.get("/handovers", token=bo).json
    assert [(one["name"], one["until"]) for one in seen["duties"]] == [("Bo", None), ("Ada", handed["at"])]
    assert [one for one in seen["now"] if one["section"] == "notes"] == []  # they were for Bo, and Bo has read them


def test_what_is_refused(desk: Desk, ada: str, bo: str) -> None:
    """One's own, a second time, what is not there, and what is too long: each with its reason."""
    handed = give(desk, ada)["id"]
    assert desk.post(f"/handovers/{handed}/confirm", token=ada).status_code == 409
    assert desk.post(f"/handovers/{handed}/withdraw", token=bo).status_code == 409
    assert desk.post(f"/handovers/{handed}/confirm", token=bo).status_code == 200
    again = desk.post(f"/handovers/{handed}/confirm", token=bo)
    assert (again.status_code, "Bo has taken over" in again.json["detail"]) == (409, True)
    assert desk.post("/handovers/none/confirm", token=bo).status_code == 404
    assert desk.post("/desk-notes", {"text": "  "}, token=bo).status_code == 422
    assert desk.post("/handovers", {"note": "x" * 1001}, token=bo).status_code == 422


def test_handing_over_twice_leaves_the_newest(desk: Desk, ada: str, bo: str) -> None:
    """What Ada gave before is withdrawn by what she gives now; taken back, nothing is left to confirm."""
    first, second = give(desk, ada)["id"], give(desk, ada)["id"]
    known = {one["id"]: one for one in desk.get("/handovers").json["handovers"]}
    assert known[first]["withdrawn_at"]
    assert known[second]["withdrawn_at"] is None
    refused = desk.post(f"/handovers/{first}/confirm", token=bo)
    assert (refused.status_code, "newest" in refused.json["detail"]) == (409, True)
    assert desk.post(f"/handovers/{second}/withdraw", token=ada).status_code == 200
    assert desk.post(f"/handovers/{second}/confirm", token=bo).status_code == 409


def test_two_at_once(desk: Desk, ada: str) -> None:
    """Of four who confirm at the same moment one has the desk, and the others read whose it is."""
    handed, answers = give(desk, ada)["id"], []
    people = [bearer(desk, name) for name in ("Bo", "Cy", "Di", "Ed")]

    def confirm(token: str) -> None:
        answers.append(desk.post(f"/handovers/{handed}/confirm", token=token))

    threads = [threading.Thread(target=confirm, args=(token,)) for token in people]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(one.status_code for one in answers) == [200, 409, 409, 409]
    winner = next(one.json["taken_by"] for one in answers if one.status_code == 200)
    assert all(winner in one.json["detail"] for one in answers if one.status_code == 409)


@pytest.mark.parametrize("role", ["courier", "restaurant", "member"])
def test_it_is_the_desks(desk: Desk, role: str) -> None:
    """Nobody else reads it, gives it or takes it."""
    token = desk.token(role, scope="lea" if role != "member" else None)
    for method, path in (("GET", "/handovers"), ("POST", "/handovers"), ("POST", "/desk-notes")):
        assert desk.call(method, path, token=token, json={"text": "x"}).status_code == 403
