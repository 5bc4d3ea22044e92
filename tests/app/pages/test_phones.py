"""The pages of phones and tokens: who sees which, and a key that is made there opens the phones' door."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.app.conftest import Desk
from tests.app.pages.page import Page, texts
from tests.running import PATIENCE, until


@pytest.fixture
def manned(desk: Desk) -> Desk:
    """Two couriers, known to the feed."""
    desk.courier("lea")
    desk.courier("max", on_shift=False)
    feed = desk.application.feed
    feed.start()
    until(lambda: "acme" in feed.fleets() and "max" in feed.board("acme").couriers, PATIENCE, "the feed knows nobody")
    yield desk  # type: ignore[misc]
    feed.stop()


def page_of(desk: Desk, role: str, scope: str | None = None, language: str = "en") -> Page:
    return Page(desk.flask.test_client(), language).sign_in(desk.token(role, scope=scope))


def test_the_desk_sees_all_phones_and_couriers_their_own(manned: Desk) -> None:
    """Everybody's with what is wrong; a courier sees one phone, whatever the address asks for."""
    said = " ".join(texts(page_of(manned, "dispatcher").show("/phones")))
    assert "Lea" in said
    assert "Max" in said
    assert "This phone has no key yet." in said
    own = " ".join(texts(page_of(manned, "courier", "lea", "fr").show("/phones", "?courier=max")))
    assert "Mon téléphone" in own
    assert "Max" not in own


def test_a_key_that_is_made_on_the_page_sets_a_phone_up(manned: Desk) -> None:
    """Both codes hold it, the phones' door takes it, and the one before opens nothing any more."""
    page, keys = page_of(manned, "courier", "lea"), []
    for _ in range(2):
        answer = page.fire([("phone-make", "n_clicks", 1)], [("phone-courier", "data", "lea")])
        shown = json.dumps(answer["response"]["phone-codes"])
        links = [part for part in json.loads(json.dumps(_hrefs(answer))) if part.startswith("http")]
        keys.append(parse_qs(urlsplit(links[0]).query)["id"][0])
        assert shown.count("data:image/svg+xml") == 2
    statuses = [
        manned.flask.test_client().post(f"/ingest/traccar?id={key}&lat=60.17&lon=24.94").status_code for key in keys
    ]
    assert statuses == [401, 200]
    refused = page.post([("phone-make", "n_clicks", 1)], [("phone-courier", "data", "max")])
    assert "svg" not in refused.text


def test_tokens_have_a_page_for_administrators(manned: Desk) -> None:
    """Whose, limited to what, used when; for nobody else."""
    manned.token("courier", scope="lea")
    said = " ".join(texts(page_of(manned, "admin").show("/tokens")))
    assert "Tokens" in said
    assert "lea" in said
    assert "Tokens" not in " ".join(texts(page_of(manned, "dispatcher").show("/tokens")))


def _hrefs(value: object) -> list[str]:
    if isinstance(value, dict):
        own = [value["href"]] if isinstance(value.get("href"), str) else []
        return own + [each for inner in value.values() for each in _hrefs(inner)]
    return [each for inner in value for each in _hrefs(inner)] if isinstance(value, list) else []
