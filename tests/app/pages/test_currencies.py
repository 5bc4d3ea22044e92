"""Amounts on the pages are in the currency of the rules that the co-op pays by."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from tests.app.conftest import Desk
from tests.app.pages.page import texts
from tests.app.pages.test_account_pages import last_week, page_of, worked
from tests.app.pages.test_rule_pages import asked
from tests.app.test_papers import pay_by

PACKS = pytest.mark.parametrize(
    ("pack", "language", "sign"),
    [("nyc", "en", "US$"), ("nyc", "fr", "$US"), ("ontario", "en", "CA$"), ("ontario", "fr", "$CA")],
)


@PACKS
def test_pages_say_dollars(desk: Desk, pack: str, language: str, sign: str) -> None:
    """On pay, fairness with its plots, what-if and the day's panel stands the dollar of the pack, and no euro."""
    worked(desk, 6)
    desk.courier("lea")  # is on shift now: the panel has somebody
    pay_by(desk, pack)
    member, at_desk = page_of(desk, "member", language=language), page_of(desk, "dispatcher", language=language)
    month = f"?month={last_week():%Y-%m}"
    monday = last_week().date() - timedelta(days=2)
    week = f"?from={monday}&to={monday + timedelta(days=6)}"
    panel = at_desk.fire([("desk-pay", "hidden", False), ("desk-pay-seq", "data", None)])
    shown = {
        "pay": at_desk.show("/pay", month),
        "fairness": member.show("/fairness", "?days=28"),
        "panel": panel["response"]["desk-pay-content"]["children"],
        "what-if": asked(at_desk, f"{week}&pack=mdrp" if pack == "nyc" else f"{week}&ontario.per_hour=20"),
    }
    for page, content in shown.items():
        text = json.dumps(content, ensure_ascii=False)
        assert sign in text, page
        assert "€" not in text, page


def test_a_rate_of_some_seconds_is_not_shown(desk: Desk) -> None:
    """Rounded cents would make 12.00 €/h of it: /pay says that it is too short to say."""
    desk.courier("lea")
    assert desk.post("/couriers/lea/shift", {"action": "end"}).status_code == 200
    said = texts(page_of(desk, "admin").show("/pay"))
    assert "too short to say" in said or "Nobody worked in this month." in said
    assert not any(text.endswith("/h") for text in said)


def test_paid_alike_is_said_in_the_same_words(desk: Desk) -> None:
    """A courier's own record says what /fairness says: as everybody's, and no place among equals."""
    worked(desk, 6)
    month = f"?month={last_week():%Y-%m}"
    own = "You alone see this: your pay per hour on shift is €12.31/h, as everybody's."
    courier = page_of(desk, "courier", "ada")
    assert own in texts(courier.show("/me", month))
    assert own in texts(courier.show("/fairness", "?days=28"))
