"""Signing in and out on the page."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.app.conftest import Desk
from tests.app.pages.page import Page


def enter(page: Page, token: str, search: str = "") -> Any:
    state = [("login-token", "value", token), ("page-address", "search", search)]
    return page.fire([("login-enter", "n_clicks", 1), ("login-token", "n_submit", None)], state)


def test_enter_and_leave(desk: Desk) -> None:
    """A token opens the desk for this browser session, and leaving shuts it again."""
    page = Page(desk.flask.test_client())
    assert enter(page, f" {desk.token()} ")["response"]["page-address"]["href"] == "/"
    assert '"desk-config"' in json.dumps(page.show("/"))
    assert page.fire([("sign-out", "n_clicks", 1)])["response"]["page-address"]["href"] == "/sign-in"
    assert '"desk-config"' not in json.dumps(page.show("/"))


@pytest.mark.parametrize(
    ("search", "href"),
    [
        ("?next=/dispatch%3Ftheme%3Ddark", "/dispatch?theme=dark"),
        ("?next=https://elsewhere.example/", "/"),
        ("?next=//elsewhere.example/", "/"),
        ("?next=/%5Celsewhere.example", "/"),
        ("?next=", "/"),
    ],
)
def test_where_to(desk: Desk, search: str, href: str) -> None:
    """Signing in leads to the page that was asked for, never to another site."""
    assert enter(Page(desk.flask.test_client()), desk.token(), search)["response"]["page-address"]["href"] == href


def test_wrong_token(desk: Desk) -> None:
    """A token that nobody has leaves the door shut and says what to do, in the visitor's language."""
    page = Page(desk.flask.test_client(), "fr")
    assert "vérifiez" in enter(page, "nonsense")["sideUpdate"]["login-error"]["children"]
    assert '"desk-config"' not in json.dumps(page.show("/"))


def test_empty_token(desk: Desk) -> None:
    """An empty field is not tried, only explained."""
    assert "Paste your token" in enter(Page(desk.flask.test_client()), "  ")["response"]["login-error"]["children"]


def test_form_only_drawn(desk: Desk) -> None:
    """A form that has only just been drawn complains of nothing."""
    state = [("login-token", "value", None), ("page-address", "search", "")]
    page = Page(desk.flask.test_client())
    assert page.post([("login-enter", "n_clicks", None), ("login-token", "n_submit", None)], state).status_code == 204
