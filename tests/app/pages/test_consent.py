"""Working time at the desk: red is not given until a person says why and the courier agrees; what was shown is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dashboard.accounts import BookedAccounts
from dashboard.domain.working_time import Finding
from tests.app.conftest import Desk
from tests.app.pages.page import Page, said, texts
from tests.app.pages.test_menu import listed, opened, press


@pytest.fixture
def page(desk: Desk) -> Page:
    return Page(desk.flask.test_client()).sign_in(desk.token(name="Ana"))


@pytest.fixture
def level(monkeypatch: pytest.MonkeyPatch, home: Path) -> list[str]:
    """What the guard says to everything, from now on: change its only item."""
    says = ["red"]

    def limits(self: BookedAccounts, coop: str, order: str, courier: str, at: datetime) -> Sequence[Finding]:
        return (Finding("day", says[0], at - timedelta(hours=1), timedelta(hours=-1)),)

    monkeypatch.setattr(BookedAccounts, "limits", limits)
    return says


def drop(page: Page, order: dict[str, Any], courier: str) -> Any:
    intent = {"verb": "assign", "order": order["id"], "courier": courier, "version": order["version"], "nonce": "1"}
    return page.fire([("desk-intent", "data", intent)])


def confirm(page: Page, about: Any, reason: str, agrees: bool) -> Any:
    clicked = [("desk-consent-give", "n_clicks", 1), ("desk-consent-reason", "n_submit", None)]
    state = [("desk-consent-about", "data", about), ("desk-consent-reason", "value", reason),
             ("desk-consent-agrees", "checked", agrees)]  # fmt: skip
    return page.fire(clicked, state)  # type: ignore[arg-type]


def newest(desk: Desk) -> dict[str, Any]:
    """Data of the newest entry about an order."""
    entries = desk.get("/journal").json["entries"]
    data: dict[str, Any] = next(one["data"] for one in reversed(entries) if one["kind"].startswith("order."))
    return data


def test_red_asks_first(level: list[str], desk: Desk, page: Page) -> None:
    """An order let go over a courier beyond a limit stays where it is; the dialog names the limit and the courier."""
    desk.courier("lea")
    order = desk.placed()
    answer = drop(page, order, "lea")
    assert said(answer) == f"{order['ref']} is not given yet: ask Lea first"
    assert answer["sideUpdate"]["desk-consent"]["opened"] is True
    assert "longest working day" in " ".join(texts(answer["sideUpdate"]["desk-consent-limits"]["children"]))
    assert desk.get(f"/orders/{order['id']}").json["courier"] is None


@pytest.mark.parametrize(("reason", "agrees"), [("", True), ("storm", False), ("  ", False)])
def test_not_without_both(level: list[str], desk: Desk, page: Page, reason: str, agrees: bool) -> None:
    """Without a reason or without consent the dialog stays, and says what is missing."""
    desk.courier("lea")
    order = desk.placed()
    about = drop(page, order, "lea")["sideUpdate"]["desk-consent-about"]["data"]
    answer = confirm(page, about, reason, agrees)["response"]
    assert "desk-consent" not in answer
    assert bool(answer["desk-consent-reason"]["error"]) is not bool(reason.strip())
    assert bool(answer["desk-consent-agrees"]["error"]) is not agrees
    assert desk.get(f"/orders/{order['id']}").json["courier"] is None


def test_both_are_in_the_journal(level: list[str], desk: Desk, page: Page) -> None:
    """With both, the same assignment is made; reason, consent, the limit and what the menu showed are in its entry."""
    desk.courier("lea")
    order = desk.placed()
    about = opened(page, order)["desk-menu-order"]["data"]
    find = [("desk-menu-order", "data", about), ("desk-menu-find", "value", "")]
    shown = page.fire(find)["response"]["desk-menu-shown"]["data"]  # type: ignore[arg-type]
    asked = press(page, about, "menu-courier", "courier", "lea", shown=shown).json
    answer = confirm(page, asked["sideUpdate"]["desk-consent-about"]["data"], "storm, nobody else", True)
    assert f"{order['ref']} given to Lea" in texts(answer["response"]["desk-result"]["children"])
    assert answer["response"]["desk-consent"]["opened"] is False
    data = newest(desk)
    assert (data["reason"], data["consent"]) == ("storm, nobody else", True)
    assert data["working_time"][0]["rule"] == "day"
    shown, outcome = desk.application.store.about("acme", f"suggestion:{order['id']}")
    assert shown.data["candidates"][0] == {
        "place": 1, "courier": "lea", "load": 0, "standing": "open", "pay_cents": 0, "coop_cents": 0, "level": "ok",
    }  # fmt: skip
    assert (shown.kind, outcome.kind) == ("suggestion.shown", "suggestion.accepted")


def test_amber_warns(level: list[str], desk: Desk, page: Page) -> None:
    """Close to a limit the order is given, and the line says which limit is near."""
    level[0] = "amber"
    desk.courier("lea")
    answer = drop(page, desk.placed(), "lea")
    assert "Close to a limit of working time: longest working day" in said(answer)


def test_what_was_shown_cannot_be_made_up(desk: Desk, page: Page) -> None:
    """A list that the page invents, or that was shown for another order, is not written down."""
    desk.courier("lea")
    order, other = desk.placed(), desk.placed()
    about = opened(page, order)["desk-menu-order"]["data"]
    find = [
        ("desk-menu-order", "data", opened(page, other)["desk-menu-order"]["data"]),
        ("desk-menu-find", "value", ""),
    ]
    anothers = page.fire(find)["response"]["desk-menu-shown"]["data"]  # type: ignore[arg-type]
    for forged in (anothers, '{"order": "x"}', anothers[:-2] + "aa"):
        press(page, about, "menu-courier", "courier", "lea", shown=forged)
    assert desk.get(f"/orders/{order['id']}").json["courier"] == "lea"
    assert not desk.application.store.about("acme", f"suggestion:{order['id']}")


def test_row_says_pay(desk: Desk, page: Page) -> None:
    """A row of the dialog has pay so far, and where nobody's pay changes the dialog says so once."""
    desk.courier("lea")
    order = desk.placed()
    (row,) = listed(page, opened(page, order)["desk-menu-order"]["data"])
    assert texts(row)[-1].startswith("€0.0"), "a slow machine earns a cent"
