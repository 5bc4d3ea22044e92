"""What is printed, read back out of the PDF: names, language, currency, days."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pypdf import PdfReader

from dashboard.domain.events import Fact
from dashboard.domain.rules_wire import KIND, SUBJECT
from tests.app.conftest import Desk
from tests.app.pages.test_account_pages import last_week
from tests.app.test_accounts_http import fetch
from tests.today import today

NAME = "Łukasz Żółć"
TITLE = "Smluvní přirážka – déšť"


def pay_by(desk: Desk, pack: str) -> None:
    """The co-op's rules are that pack's, from ten days ago on."""
    now = datetime.now(UTC)
    data = {"pack": pack, "since": (today() - timedelta(days=10)).isoformat()}
    desk.application.dispatch.note("acme", Fact(KIND, SUBJECT, 0, data), by="Ana", at=now)


@pytest.fixture
def worked(desk: Desk) -> Desk:
    """A courier with letters that Latin-1 has not, with one delivered order and a tip of 12.50."""
    assert desk.post("/couriers", {"id": "lukasz", "name": NAME}).status_code == 201
    assert desk.post("/couriers/lukasz/shift", {"action": "start"}).status_code == 200
    order = desk.given("lukasz", restaurant="kirja", tip_cents=1250)
    for step in ("picked-up", "delivered"):
        assert desk.post(f"/orders/{order['id']}/{step}").status_code == 200
    return desk


def printed(desk: Desk, path: str, token: str = "") -> str:
    """The text of all pages, each run of white space as one blank."""
    answer = fetch(desk, path, token or desk.token())
    assert answer.status_code == 200, answer.text
    pages = PdfReader(io.BytesIO(answer.data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize("path", ["/exports/pay.pdf?", "/exports/pay.pdf?courier=lukasz&"])
def test_a_name_is_printed_as_it_is_written(worked: Desk, path: str) -> None:
    """Letters from outside Western Europe stand on the slip and in the book-keeper's month, and no question mark."""
    text = printed(worked, path)
    assert NAME in text
    assert "?" not in text


def test_a_slip_is_in_the_readers_language(worked: Desk) -> None:
    """Title, lines, amounts and days in French when asked for, in English else."""
    english = printed(worked, "/exports/pay.pdf?courier=lukasz")
    assert f"Pay slip of {NAME}" in english
    assert "€12.50" in english
    french = printed(worked, "/exports/pay.pdf?courier=lukasz&language=fr")
    assert "Fiche de paie" in french
    assert "12,50 €" in french
    assert "Pourboires" in french
    assert "Pay slip" not in french
    assert "page 1 sur 1" in french


def test_a_browsers_choice_of_language_holds_for_what_is_printed(worked: Desk) -> None:
    """Without ``language`` it goes by what the visitor's browser says, as on the pages."""
    client = worked.flask.test_client()
    headers = {"Authorization": f"Bearer {worked.token()}", "Accept-Language": "fr-CA, fr;q=0.9"}
    answer = client.get("/exports/pay.pdf?courier=lukasz", headers=headers)
    assert "Pourboires" in PdfReader(io.BytesIO(answer.data)).pages[0].extract_text()


def test_a_language_that_there_is_not_is_refused(worked: Desk) -> None:
    """A program learns which ones there are."""
    answer = fetch(worked, "/exports/pay.pdf?language=tlh", worked.token())
    assert answer.status_code == 422
    assert "en, fr" in answer.text


@pytest.mark.parametrize(("pack", "sign"), [("nyc", "US$12.50"), ("ontario", "CA$12.50")])
def test_amounts_are_in_the_currency_of_the_rules(worked: Desk, pack: str, sign: str) -> None:
    """A co-op in New York or Ontario reads dollars on slip and month."""
    pay_by(worked, pack)
    for path in ("/exports/pay.pdf?courier=lukasz", "/exports/pay.pdf"):
        text = printed(worked, path)
        assert sign in text
        assert "€" not in text


def test_days_are_those_of_the_coop(worked: Desk) -> None:
    """A slip of a week names its first and last day; it never ends on the day after."""
    text = printed(worked, "/exports/pay.pdf?courier=lukasz&from=2026-11-02&to=2026-11-08")
    assert "2 Nov 2026 to 8 Nov 2026" in text
    assert "UTC" not in text


@pytest.mark.parametrize("name", ["**b** __u__ --s-- [a](https://x.example)", "<b>b</b> <img src=x> {nb} {coop}"])
def test_no_markup_is_obeyed_in_what_is_printed(desk: Desk, name: str) -> None:
    """Names of couriers, restaurants and votes with markup in them are printed letter by letter, and lead nowhere."""
    assert desk.post("/couriers", {"id": "x", "name": name}).status_code == 201
    assert desk.post("/couriers/x/shift", {"action": "start"}).status_code == 200
    order = desk.given("x", restaurant="kirja", tip_cents=10)
    for step in ("picked-up", "delivered"):
        assert desk.post(f"/orders/{order['id']}/{step}").status_code == 200
    since = (datetime.now(UTC).date() + timedelta(days=40)).isoformat()
    monday = last_week().date() - timedelta(days=2)
    vote = {"title": name, "pack": "nyc", "since": since, "from": f"{monday}", "to": f"{monday + timedelta(days=6)}"}
    made: Any = desk.post("/proposals", vote, token=desk.token("admin"))
    for path in ("/exports/pay.pdf", "/exports/pay.pdf?courier=x", f"/exports/minutes.pdf?proposal={made.json['id']}"):
        answer = fetch(desk, path, desk.token())
        pages = PdfReader(io.BytesIO(answer.data)).pages
        assert "".join(name.split()) in "".join("".join(page.extract_text() for page in pages).split()), path
        assert not any("/Annots" in page for page in pages)


def test_a_letter_in_french(worked: Desk) -> None:
    """The restaurant reads hours, pickups and the question in its language."""
    text = printed(worked, "/exports/letter.pdf?restaurant=kirja&language=fr")
    assert "kirja" in text
    assert "retrait" in text.lower()
    assert "Couriers of" not in text


def test_the_minutes_of_a_vote_are_printed(worked: Desk) -> None:
    """Title, change, count and what was said; members may, restaurants may not."""
    since = (today() + timedelta(days=40)).isoformat()
    admin, monday = worked.token("admin"), last_week().date() - timedelta(days=2)
    proposal = {
        "title": TITLE,
        "pack": "nyc",
        "since": since,
        "from": f"{monday}",
        "to": f"{monday + timedelta(days=6)}",
    }
    made: Any = worked.post("/proposals", proposal, token=admin)
    assert made.status_code == 201, made.text
    path = f"/exports/minutes.pdf?proposal={made.json['id']}"
    assert TITLE in printed(worked, path)
    assert "1 have voted" not in printed(worked, path, worked.token("member"))
    closed = worked.post(f"/proposals/{made.json['id']}/close", {"minutes": "Bûche de Noël"}, token=admin)
    assert closed.status_code == 200, closed.text
    text = printed(worked, path, worked.token("member"))
    assert "Not carried" in text
    assert "Bûche de Noël" in text
    assert fetch(worked, path, worked.token("restaurant", scope="kirja")).status_code == 403
