"""The assign dialog: opened for an order, searched, and its choice carried out."""

from __future__ import annotations

from typing import Any

import pytest

from tests.app.conftest import Desk
from tests.app.pages.page import Page, said, texts


@pytest.fixture
def page(desk: Desk) -> Page:
    return Page(desk.flask.test_client()).sign_in(desk.token(name="Ana"))


def opened(page: Page, order: dict[str, Any]) -> Any:
    intent = {"verb": "menu", "order": order["id"], "version": order["version"], "nonce": "1"}
    return page.fire([("desk-intent", "data", intent)])["sideUpdate"]


def listed(page: Page, about: Any, find: str = "") -> list[Any]:
    answer = page.fire([("desk-menu-order", "data", about), ("desk-menu-find", "value", find)])
    _heads, *rows = answer["response"]["desk-menu-couriers"]["children"][0]["props"]["children"]
    return rows


def press(
    page: Page, about: Any, kind: str, name: str, value: str, clicks: int | None = 1, shown: str | None = None
) -> Any:
    button = ({"type": kind, name: value}, "n_clicks", clicks)
    state = [("desk-menu-order", "data", about)]
    if kind == "menu-courier":
        state.append(("desk-menu-shown", "data", shown))
    return page.post([[button]], state, changed=button)


def test_opens_for_the_order(desk: Desk, page: Page) -> None:
    """The dialog opens with the order that it is about, as the dispatcher saw it."""
    order = desk.placed(dropoff={"lat": 60.17, "lon": 24.94, "address": "Bulevardi 5"})
    answer = opened(page, order)
    assert answer["desk-menu"]["opened"] is True
    assert "Bulevardi 5" in answer["desk-menu"]["title"]
    assert answer["desk-menu-order"]["data"]["version"] == order["version"]


def test_ranked(desk: Desk, page: Page) -> None:
    """Who has fewer orders comes first; who is on break comes last, with the reason; who is off shift is not shown."""
    for courier in ("lea", "noe", "ida", "oto"):
        desk.courier(courier, on_shift=courier != "oto")
    desk.post("/couriers/ida/shift", {"action": "break"})
    desk.given("lea")
    order = desk.placed()
    rows = listed(page, opened(page, order)["desk-menu-order"]["data"])
    assert [texts(row)[0] for row in rows] == ["Noe", "Lea", "Ida"]
    assert [row["props"]["disabled"] for row in rows] == [False, False, True]
    assert texts(rows[2])[-1].startswith("on break")


def test_search(desk: Desk, page: Page) -> None:
    """Typing finds by name, those off shift included, and says why they cannot have it."""
    desk.courier("lea")
    desk.courier("oto", on_shift=False)
    rows = listed(page, opened(page, desk.placed())["desk-menu-order"]["data"], "OT")
    assert [texts(row)[0] for row in rows] == ["Oto"]
    assert texts(rows[0])[-1].startswith("off shift")
    assert rows[0]["props"]["disabled"] is True


def test_choose(desk: Desk, page: Page) -> None:
    """Pressing a courier's button gives them the order."""
    desk.courier("lea")
    order = desk.placed()
    answer = press(page, opened(page, order)["desk-menu-order"]["data"], "menu-courier", "courier", "lea").json
    assert said(answer) == f"{order['ref']} given to Lea"


def test_drawn_is_not_pressed(desk: Desk, page: Page) -> None:
    """A button that has only just been drawn does nothing."""
    desk.courier("lea")
    order = desk.placed()
    about = opened(page, order)["desk-menu-order"]["data"]
    assert press(page, about, "menu-courier", "courier", "lea", None).status_code == 204
    assert desk.get(f"/orders/{order['id']}").json["courier"] is None


def test_enter_means_the_first(desk: Desk, page: Page) -> None:
    """Typing part of a name and Enter gives the order to the first who can take it; without one, it says so."""
    desk.courier("lea")
    desk.courier("noe")
    order = desk.placed()
    about = opened(page, order)["desk-menu-order"]["data"]
    state = [("desk-menu-find", "value", "zz"), ("desk-menu-order", "data", about), ("desk-menu-shown", "data", None)]
    enter = [("desk-menu-find", "n_submit", 1)]
    assert "Nobody called zz" in said(page.fire(enter, state))
    state[0] = ("desk-menu-find", "value", "no")
    assert said(page.fire(enter, state)) == f"{order['ref']} given to Noe"


def test_steps(desk: Desk, page: Page) -> None:
    """The dialog offers the steps that exist from this state, and takes them."""
    order = desk.placed()
    about = opened(page, order)["desk-menu-order"]["data"]
    answer = press(page, about, "menu-step", "step", "accept").json
    assert said(answer) == f"{order['ref']} is now accepted"


def test_stale_choice(desk: Desk, page: Page) -> None:
    """A choice made on what is no longer so is refused with the other's name, and the dialog is shut."""
    desk.courier("lea")
    order = desk.placed()
    about = opened(page, order)["desk-menu-order"]["data"]
    desk.post(f"/orders/{order['id']}/delay", {"minutes": 10})
    answer = press(page, about, "menu-courier", "courier", "lea").json
    assert "Ana changed" in said(answer)
    assert answer["sideUpdate"]["desk-menu"]["opened"] is False
