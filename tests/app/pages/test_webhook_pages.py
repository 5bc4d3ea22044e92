"""The pages of the webhooks: made, renewed, switched and sent again there, by administrators alone."""

from __future__ import annotations

from typing import Any

from dashboard.domain.webhooks import DELIVERED, Delivery
from layouts.webhooks import problem_text
from layouts.words import Words
from tests.app.conftest import Desk
from tests.app.pages.page import Page, texts

URL = "https://shop.example/told"
SAID = "page-said"


def admin(desk: Desk, language: str = "en") -> Page:
    return Page(desk.flask.test_client(), language).sign_in(desk.token("admin"))


def add(page: Page, url: str = URL, events: Any = ("order.*",)) -> Any:
    state = [("webhook-url", "value", url), ("webhook-events", "value", list(events)),
             ("webhook-restaurant", "value", None)]  # fmt: skip
    return page.fire([("webhook-add", "n_clicks", 1)], state)


def press(page: Page, button: str, webhook: str) -> Any:
    return page.fire([(button, "n_clicks", 1)], [("webhook", "data", webhook)])["response"]


def test_a_webhook_is_made_and_renewed_on_the_page(desk: Desk) -> None:
    """Each secret is shown once, in the answer to the press; later the page holds none."""
    page = admin(desk)
    shown = texts(add(page)["response"]["webhook-secret"]["children"])
    (one,) = desk.application.store.webhooks.all("acme")
    assert one.secret in shown
    renewed = texts(press(page, "webhook-renew", one.id)["webhook-renewed"]["children"])
    now = desk.application.store.webhooks.one("acme", one.id)
    assert now is not None
    assert now.secret in renewed
    assert now.former_secret == one.secret
    later = texts(page.show("/webhooks")) + texts(page.show("/webhooks", f"?webhook={one.id}"))
    assert URL in later
    assert not any("whsec_" in text for text in later)
    assert any(text.startswith("The former secret signs beside") for text in later)


def test_what_is_refused_is_said(desk: Desk) -> None:
    """A place inside, and nothing to be told of; in the reader's language, and nothing is kept."""
    page = admin(desk, "fr")
    assert "un endroit intérieur" in " ".join(texts(add(page, "https://127.0.0.1/")["sideUpdate"][SAID]["children"]))
    assert "Choisissez" in " ".join(texts(add(page, events=())["sideUpdate"][SAID]["children"]))
    assert not desk.application.store.webhooks.all("acme")


def test_it_is_switched_off_and_an_event_is_sent_again(desk: Desk) -> None:
    """Off and on by one button; an event that was received goes out once more; removed it is gone with its log."""
    page, book = admin(desk), desk.application.store.webhooks
    add(page)
    (one,) = book.all("acme")
    told = Delivery("an-id", "acme", one.id, 7, "order.placed", DELIVERED, 1, one.created_at, status=204)
    assert book.queue(one, one.seq, [told])
    assert "order.placed" in texts(page.show("/webhooks", f"?webhook={one.id}&state=delivered"))
    assert "order.placed" not in texts(page.show("/webhooks", f"?webhook={one.id}&state=given_up"))
    again = ({"type": "redeliver", "delivery": "an-id"}, "n_clicks", 1)
    page.fire([[again]], [("webhook", "data", one.id)])
    assert [each.state for each in book.waiting("acme", one.id, 9)] == ["pending"]
    for is_on in (False, True):
        press(page, "webhook-switch", one.id)
        assert [each.is_on for each in book.all("acme")] == [is_on]
    press(page, "webhook-remove", one.id)
    assert not book.all("acme")


def test_webhooks_are_for_administrators(desk: Desk) -> None:
    """Nobody else has the page, and a press by hand is refused."""
    page = Page(desk.flask.test_client()).sign_in(desk.token("dispatcher"))
    assert "There is no such page" in texts(page.show("/webhooks"))
    assert page.post([("webhook-remove", "n_clicks", 1)], [("webhook", "data", "x")]).status_code == 403


def test_what_the_sender_wrote_down_is_said_in_french() -> None:
    """Its own sentences, one within another too, and the operating system's; what is unknown stays as it is."""
    words = Words("fr")
    within = "An event (order.placed, entry 12) was given up after a day: [Errno 111] Connection refused"
    assert problem_text(within, words) == (
        "Un événement (order.placed, entrée 12) a été abandonné au bout d’un jour\xa0: Connexion refusée"
    )
    assert problem_text("It answered 500", words) == "Elle a répondu 500"
    assert problem_text("something new", words) == "something new"
