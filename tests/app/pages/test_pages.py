"""Which page stands at which address, for whom, in which language and theme."""

from __future__ import annotations

import json

import pytest

from tests.app.conftest import Desk
from tests.app.pages.page import Page, texts


def page_of(desk: Desk, role: str | None = "dispatcher", language: str = "en") -> Page:
    page = Page(desk.flask.test_client(), language)
    return page.sign_in(desk.token(role)) if role else page


@pytest.mark.parametrize("path", ["/", "/dispatch"])
def test_desk(desk: Desk, path: str) -> None:
    """A dispatcher's first page is the desk of their own co-op, and the browser code gets what it needs to start."""
    tree = json.dumps(page_of(desk).show(path))
    assert '"desk-config"' in tree
    assert "Acme" in tree
    assert '"Other"' not in tree


@pytest.mark.parametrize(
    ("part", "hosts"),
    [("map", {"desk-map"}), ("board", {"desk-orders", "desk-couriers"}), ("timeline", {"desk-timeline"}),
     ("attention", {"desk-attention"})],
)  # fmt: skip
def test_parts_of_the_desk(desk: Desk, part: str, hosts: set[str]) -> None:
    """Each window holds its own part and all that is needed to act, and only one with a map is given deck.gl."""
    page = page_of(desk)
    tree = json.dumps(page.show(f"/dispatch/{part}"))
    found = {host for host in ("desk-map", "desk-orders", "desk-couriers", "desk-timeline", "desk-attention")
             if f'"{host}"' in tree}  # fmt: skip
    assert found == hosts
    for needed in ("desk-result", "desk-connection", "desk-stale-banner", "desk-menu", "desk-consent", "desk-windows"):
        assert f'"{needed}"' in tree
    assert f'"part": "{part}"' in tree
    assert ("/vendor/deck-" in tree) == (part == "map")
    assert ("/vendor/deck-" in page.client.get(f"/dispatch/{part}").headers["Link"]) == (part == "map")


def test_nobody(desk: Desk) -> None:
    """Whoever has not signed in gets the form and nothing of the desk."""
    tree = json.dumps(page_of(desk, None).show("/dispatch"))
    assert '"login-token"' in tree
    assert '"desk-config"' not in tree
    assert "Acme" not in tree


def test_signed_in_at_the_door(desk: Desk) -> None:
    """Whoever is signed in and comes to the form may go on without it."""
    assert "Go to the desk" in texts(page_of(desk).show("/login"))
    assert "Go to the desk" not in texts(page_of(desk, None).show("/login"))


@pytest.mark.parametrize("role", ["restaurant", "courier", "member"])
def test_another_role(desk: Desk, role: str) -> None:
    """The desk is shut for other roles, and the page says so and how to go on."""
    found = texts(page_of(desk, role).show("/dispatch"))
    assert "The desk is for dispatchers" in found
    assert any("Sign out" in text for text in found)


def test_no_such_page(desk: Desk) -> None:
    """An address without a page leads back to the desk."""
    assert "There is no such page" in texts(page_of(desk).show("/nowhere"))


def test_language_of_the_browser(desk: Desk) -> None:
    """Without a choice the page speaks the browser's language, or English."""
    assert "Commandes" in texts(page_of(desk, language="de;q=0.9, fr-CH, en;q=0.5").show("/"))
    assert "Orders" in texts(page_of(desk, language="de").show("/"))


def test_chosen_language_stays(desk: Desk) -> None:
    """A language that was chosen by a link wins over the browser's, and is still there on the next page."""
    page = page_of(desk)
    assert "Commandes" in texts(page.show("/", "?language=fr"))
    assert "Commandes" in texts(page.show("/"))
    assert "Commandes" in texts(page.show("/", "?language=klingon&theme=neon"))


def test_theme(desk: Desk) -> None:
    """A theme that was chosen is what page and map are drawn in."""
    page = page_of(desk)
    light, dark = page.show("/"), page.show("/", "?theme=dark")
    assert light["props"]["forceColorScheme"] == "light"
    assert dark["props"]["forceColorScheme"] == "dark"
    assert '"theme": "dark"' in json.dumps(page.show("/"))


def test_document_says_its_language(desk: Desk) -> None:
    """The document itself is marked with the language, from the first byte on, so that it is read aloud rightly."""
    page = page_of(desk)
    assert '<html lang="en">' in page.client.get("/").text
    assert '<html lang="fr">' in page.client.get("/?language=fr").text
    assert '<html lang="fr">' in page.client.get("/dispatch").text
