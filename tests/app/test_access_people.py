"""Every way in, tried by people who are signed in with an account: each role, of this co-op and of another.

The lists are the program's own (calls, rules, callbacks): what is new is tried, too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from dashboard import access
from dashboard.api.routes import CALLS
from dashboard.domain.people import Membership, Person
from dashboard.doors import DOORS
from tests.app.conftest import Desk
from tests.app.test_access_doors import request_to
from tests.app.test_access_roles import ALLOWED, SCOPES

NOW = datetime.now(UTC)
SAMPLES = {"id": "nothing", "what": "nothing", "secret": "nothing", "kind": "csv", "coop": "acme", "hash": "0",
           "path": "nothing", "name": "nothing", "filename": "nothing"}  # fmt: skip


@dataclass
class House:
    """A desk with Léa and Kirja at work, and whoever is wanted signed in."""

    desk: Desk

    def __post_init__(self) -> None:
        self.desk.courier("lea")
        self.order = self.desk.given("lea", restaurant="kirja")["id"]

    def signed_in(self, role: str, coop: str = "acme", *, factor: bool = True) -> FlaskClient:
        """As the server makes a session, with no page in between."""
        store, sessions = self.desk.application.store, self.desk.flask.extensions["sessions"]
        person = Person(
            str(uuid4()), f"{uuid4().hex}@example.org", role, datetime.now(UTC), totp="on" if factor else None
        )
        with store.changing_people() as rows:
            rows.write_person(person)
            rows.write_membership(Membership(coop, person.id, role, SCOPES.get(role)))
        client = self.desk.flask.test_client()
        with client.session_transaction() as session:
            session["sid"] = sessions.open(person, "test")
        return client

    def rules(self) -> Iterator[tuple[str, str, str]]:
        """Each rule and method that Flask knows, with a path that fits."""
        for rule in self.desk.flask.url_map.iter_rules():
            path = rule.build({name: SAMPLES.get(name, "0") for name in rule.arguments}, append_unknown=False)
            assert path is not None
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield rule.rule, method, path[1]

    def entries(self) -> int:
        return self.desk.application.store.head("acme").seq


@pytest.fixture
def house(desk: Desk) -> House:
    return House(desk)


def test_calls_of_the_api(house: House) -> None:
    """Each call answers 403 to exactly the roles that the table leaves out."""
    for role in access.ROLES:
        client = house.signed_in(role)
        denied = {call.name for call in CALLS if _call(client, call.method, call.path, house.order).status_code == 403}
        assert denied == {call.name for call in CALLS if role not in ALLOWED[call.name].split()}, role


def test_another_coops_people_reach_nothing(house: House) -> None:
    """With the same ids as scope: whatever names a thing of this co-op is refused or not there, and nothing changes."""
    before = house.entries()
    for role in access.ROLES:
        client = house.signed_in(role, "other")
        for call in CALLS:
            answer = _call(client, call.method, call.path, house.order)
            assert house.order not in answer.text or answer.status_code >= 400, f"{role} {call.name}"
            if "{id}" in call.path and not call.path.startswith("/restaurants"):  # a name of their own co-op's
                assert answer.status_code in (403, 404, 409, 422), f"{role} {call.name}"
    assert house.entries() == before


def test_every_other_rule(house: House) -> None:
    """Whatever stands in the table of doors with an action is shut to exactly the roles that may not do it."""
    clients = {role: house.signed_in(role) for role in access.ROLES}
    for rule, method, path in house.rules():
        door = DOORS.get(rule)
        if door in access.ACTIONS:
            for role, client in clients.items():
                status = client.open(path, method=method).status_code
                assert (status == 403) is (role not in access.ACTIONS[door]), f"{role} {method} {rule}: {status}"


def test_every_callback(house: House) -> None:
    """Posted by hand, a callback whose door is shut to the role gives nothing away and changes nothing."""
    before, callbacks = house.entries(), house.desk.application.pages.callback_map
    for role, coop in product(access.ROLES, ("acme", "other")):
        client = house.signed_in(role, coop)
        for name, declared in callbacks.items():
            door = access.door_of(declared["callback"]) if "callback" in declared else None
            if door is None or door not in access.ACTIONS or role in access.ACTIONS[door]:
                continue
            answer = client.post("/_dash-update-component", json=request_to(name, declared))
            assert answer.status_code in (200, 204, 403), name
            if answer.status_code == 200:
                told = json.dumps(answer.json.get("response", {}))  # type: ignore[union-attr]
                assert house.order not in told, f"{role} {name}"
                assert "lea" not in told, f"{role} {name}"
    assert house.entries() == before


def test_malformed_callbacks(house: House) -> None:
    """Whatever is no request to a callback is answered with 4xx, by whomever it was sent, and changes nothing."""
    before = house.entries()
    for role in (*access.ROLES, ""):
        client = house.signed_in(role) if role else house.desk.flask.test_client()
        for body in ("{}", "null", "[]", "[{}]", '"text"', "1", "{", ""):
            for kind, statuses in (("application/json", range(400, 500)), ("text/plain", (400, 415))):
                answer = client.post("/_dash-update-component", data=body, content_type=kind)
                assert answer.status_code in statuses, f"{role} {body} {kind}"
    assert house.entries() == before


def test_foreign_pages_change_nothing(house: House) -> None:
    """With the cookie of somebody who may do everything, a post from another site is refused at every changing rule."""
    client, before = house.signed_in("admin"), house.entries()
    for rule, method, path in house.rules():
        if method != "GET":
            for origin in ("https://evil.example", "null", "http://localhost.evil.example"):
                answer = client.open(path, method=method, headers={"Origin": origin}, json={})
                assert answer.status_code == 403, f"{method} {rule} {origin}"
    assert house.entries() == before


def test_an_administrator_without_a_second_factor_is_nobody(house: House) -> None:
    """Every call and every rule but the own account is shut, whatever its door."""
    client = house.signed_in("admin", factor=False)
    for call in CALLS:
        assert _call(client, call.method, call.path, house.order).status_code == 401, call.name
    for rule, method, path in house.rules():
        if DOORS.get(rule) in access.ACTIONS and method == "GET":
            assert client.get(path).status_code in (302, 401), rule


def test_a_restaurant_is_told_no_tip(house: House) -> None:
    """The tip is the courier's: neither the list nor the order itself has it; the desk sees it."""
    order = house.desk.placed(restaurant="kirja", tip_cents=250)
    kitchen, desk = house.signed_in("restaurant"), house.signed_in("dispatcher")
    path = f"/api/v1/orders/{order['id']}"
    assert kitchen.get(path).json["tip_cents"] is None  # type: ignore[index]
    assert all(one["tip_cents"] is None for one in kitchen.get("/api/v1/orders").json["orders"])  # type: ignore[index]
    assert kitchen.post(f"{path}/accept").json["tip_cents"] is None  # type: ignore[index]
    assert desk.get(path).json["tip_cents"] == 250  # type: ignore[index]


def _call(client: FlaskClient, method: str, path: str, order: str):  # type: ignore[no-untyped-def]
    subject = {"couriers": "lea", "restaurants": "kirja"}.get(path.split("/")[1], order)
    return client.open(f"/api/v1{path.replace('{id}', subject)}", method=method)
