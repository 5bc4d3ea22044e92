"""Every way in asks: no rule, callback or socket is open by oversight."""

from __future__ import annotations

import pytest
from dash import Dash, Input, Output, html

from dashboard import access
from dashboard.api.routes import all_doors
from dashboard.callback_door import unguarded
from dashboard.doors import DOORS, OPEN
from tests.app.conftest import Desk

MEANT_TO_BE_OPEN = {
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>", "/_dash-dependencies", "/_dash-layout",
    "/api/v1/reference", "/calendar/<secret>.ics",
    "/_dash-update-component", "/_favicon.ico", "/api/v1/openapi.json", "/assets/<path:filename>", "/healthz",
    "/ingest/coopcycle", "/ingest/overland", "/ingest/owntracks", "/ingest/traccar", "/login", "/logout", "/metrics",
    "/readyz", "/vendor/<path:name>", "/sign-in", "/sign-in/code",
    "/sign-in/single", "/sign-in/single/back", "/invitation/<secret>", "/reset", "/reset/<secret>",
    "/device/<secret>",
}  # fmt: skip


def test_every_rule_has_a_keeper(desk: Desk) -> None:
    """Each rule and method that Flask knows stands in one of the two tables; the open ones are those meant to be."""
    doors = {**DOORS, **all_doors()}
    for rule in desk.flask.url_map.iter_rules():
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            assert rule.rule in doors or f"{method} {rule.rule}" in doors, f"{method} {rule.rule} is nobody's"
    assert {rule for rule, door in doors.items() if door == OPEN} == MEANT_TO_BE_OPEN


def test_every_door_is_one_that_exists(desk: Desk) -> None:
    """The tables name no rule that is not there any more, and no action that access does not know."""
    rules = {rule.rule for rule in desk.flask.url_map.iter_rules()}
    assert set(DOORS) <= rules
    assert set(DOORS.values()) <= {OPEN, access.SIGNED_IN, access.HAS_ACCOUNT, *access.ACTIONS}


def test_a_rule_that_nobody_keeps_is_shut(desk: Desk) -> None:
    """Whoever adds a rule and forgets the table gets a 403, even with a dispatcher's token."""
    desk.flask.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    answer = desk.flask.test_client().get("/forgotten", headers={"Authorization": f"Bearer {desk.token()}"})
    assert answer.status_code == 403
    assert "secret" not in answer.text


def test_every_callback_asks(desk: Desk) -> None:
    """Each Python callback of the pages carries the mark of access, with a door that exists."""
    callbacks = {
        name: each["callback"] for name, each in desk.application.pages.callback_map.items() if "callback" in each
    }
    assert callbacks
    for name, function in callbacks.items():
        assert access.door_of(function) in {OPEN, access.SIGNED_IN, *access.ACTIONS}, f"{name} asks nobody"


def test_a_callback_that_does_not_ask_is_found() -> None:
    """The check that the program makes at its start sees a callback without the mark."""
    app = Dash("unguarded")
    app.layout = html.Div([html.Div(id="a"), html.Div(id="b")])

    @app.callback(Output("a", "children"), Input("b", "children"))
    def forgotten(value: str) -> str:
        return value

    assert unguarded(app.callback_map) == ["a.children"]


def test_guarded_callbacks_refuse_over_http(desk: Desk) -> None:
    """Fired by somebody who is not signed in, or whose role it is not, no callback of the desk gives anything away."""
    courier = {"Authorization": f"Bearer {desk.token('courier', scope='lea')}"}
    for name, declared in desk.application.pages.callback_map.items():
        if "callback" not in declared or access.door_of(declared["callback"]) == OPEN:
            continue
        for headers in ({}, courier):
            answer = desk.flask.test_client().post(
                "/_dash-update-component", json=request_to(name, declared), headers=headers
            )
            assert answer.status_code in (200, 204, 401, 403), name
            assert "courier-option" not in answer.text
            assert answer.status_code != 200 or '"response":{}' in answer.text.replace(" ", ""), answer.text


def request_to(name: str, declared: dict[str, object]) -> dict[str, object]:
    def slots(which: str) -> list[object]:
        found = declared[which]
        assert isinstance(found, list)
        return [[] if str(each["id"]).startswith("{") else {**each, "value": None} for each in found]

    outputs = [dict(zip(("id", "property"), part.rsplit(".", 1), strict=True)) for part in name.strip(".").split("...")]
    return {
        "output": name, "outputs": outputs if name.startswith("..") else outputs[0], "inputs": slots("inputs"),
        "state": slots("state"), "changedPropIds": [],
    }  # fmt: skip


@pytest.mark.parametrize("path", ["/", "/dispatch", "/journal", "/account", "/people", "/choose", "/dispatch?order=1"])
def test_pages_send_strangers_to_the_door(desk: Desk, path: str) -> None:
    """Whoever is not signed in lands at /sign-in, which knows where they wanted to go."""
    answer = desk.flask.test_client().get(path)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in?next=%2F")


def test_other_things_do_not_become_pages(desk: Desk) -> None:
    """What looks like a call or a file and is none gets a 404, not a page."""
    for path in ("/api/v2/orders", "/assets/none.js", "/vendor/none.js", "/ingest/none", "/live/none"):
        assert desk.flask.test_client().get(path).status_code == 404, path
