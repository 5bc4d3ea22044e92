"""A restaurant's tablet beside the dispatcher's desk, each in a browser of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.window import Window
from tests.running import PATIENCE, Desk, until

TABLET = {"width": 1280, "height": 800}
RESTAURANT = "toscana"
SCRIPT = "<img src=x onerror=window.hacked=1>"


@pytest.fixture(scope="module")
def tablet(browser: Browser, desk: Desk) -> Iterator[Page]:
    """The tablet in the Toscana's kitchen."""
    context = browser.new_context(viewport=TABLET, locale="en-GB")
    token = desk.new_token("restaurant", name="Toscana", scope=RESTAURANT)
    assert context.request.post(f"{desk.url()}/login", form={"token": token}).ok
    page = context.new_page()
    page.goto(f"{desk.url()}/restaurant")
    page.locator(".kitchen-column").first.wait_for()
    yield page
    context.close()


@pytest.fixture
def meal(desk: Desk, tablet: Page, ada: Window) -> Iterator[dict[str, Any]]:
    """An order for the Toscana, on both screens."""
    placed = desk.place(
        restaurant=RESTAURANT, kind="meal", note=f"nuts {SCRIPT}", items=[{"name": SCRIPT, "quantity": 2}],
        pickup={"lat": 60.1725, "lon": 24.9405, "name": "Toscana", "address": "Toscana 1"},
    )  # fmt: skip
    until(lambda: card(tablet, placed).count() == 1, PATIENCE, "the tablet does not show it")
    until(lambda: ada.row(placed["id"]).count() == 1, PATIENCE, "the desk does not show it")
    yield placed
    desk.call("POST", f"/orders/{placed['id']}/cancel", {})


def card(tablet: Page, order: dict[str, Any], column: str = "") -> Any:
    """The order's card, in a column."""
    where = f'[data-column="{column}"] ' if column else ""
    return tablet.locator(f'{where}[data-order="{order["id"]}"]')


def press(tablet: Page, order: dict[str, Any], button: str) -> None:
    """One of the card's buttons."""
    card(tablet, order).locator(f'[data-button="{button}"]').click()


def has_state(window: Window, order: dict[str, Any], state: str) -> None:
    """Wait until the dispatcher's desk says so."""
    until(lambda: window.order(order["id"]).get("state") == state, PATIENCE, f"the desk does not say {state}")


def kinds(desk: Desk, order: dict[str, Any]) -> list[str]:
    """What the journal says of the order."""
    return [entry.kind for entry in desk.store.about("acme", order["id"])]


def test_a_press_is_on_the_desk_and_an_undo_too(desk: Desk, tablet: Page, ada: Window, meal: dict[str, Any]) -> None:
    """Accept moves the card and the dispatcher's row; Undo takes both back; Accept and Ready lead on."""
    press(tablet, meal, "accept")
    has_state(ada, meal, "accepted")
    until(lambda: card(tablet, meal, "preparing").count() == 1, PATIENCE, "the card does not move")
    tablet.locator(".kitchen-notice.is-undo button").last.click()
    has_state(ada, meal, "placed")
    until(lambda: card(tablet, meal, "new").count() == 1, PATIENCE, "the card does not come back")
    press(tablet, meal, "accept")
    has_state(ada, meal, "accepted")
    until(lambda: card(tablet, meal, "preparing").count() == 1, PATIENCE, "the card does not move")
    press(tablet, meal, "ready")
    has_state(ada, meal, "ready")


def test_without_a_network_presses_wait_and_count_once(
    desk: Desk, tablet: Page, ada: Window, meal: dict[str, Any]
) -> None:
    """Cut off, the tablet says so, moving no card from under a finger, keeps what is pressed and shows it as waiting;
    back again, each counts once."""
    press(tablet, meal, "accept")
    until(lambda: card(tablet, meal, "preparing").count() == 1, PATIENCE, "the card does not move")
    begins = "document.getElementById('kitchen-board').getBoundingClientRect().y"
    before = tablet.evaluate(begins)
    tablet.context.set_offline(True)
    press(tablet, meal, "ready")
    card(tablet, meal).locator(".kitchen-pending").wait_for()
    tablet.locator('#kitchen[data-connection="off"]').wait_for()
    assert "1 press is kept" in tablet.locator("#kitchen-banner").inner_text()
    assert tablet.evaluate(begins) == before
    assert ada.order(meal["id"])["state"] == "accepted"
    tablet.context.set_offline(False)
    has_state(ada, meal, "ready")
    tablet.locator('#kitchen[data-connection="live"]').wait_for()
    until(lambda: card(tablet, meal, "ready").count() == 1, PATIENCE, "the card does not move")
    assert kinds(desk, meal) == ["order.placed", "order.accepted", "order.ready"]
    assert "pressed_at" in desk.store.about("acme", meal["id"])[-1].data


def test_the_page_comes_without_a_network_and_sends_what_was_pressed(desk: Desk, browser: Browser, ada: Window) -> None:
    """Loaded anew while cut off, it is there with what was pressed and no order; back again, each press counts once.

    In its browser lies no answer of the API, and nothing after signing out.
    """
    context = browser.new_context(viewport=TABLET, locale="en-GB")
    token = desk.new_token("restaurant", name="Kirja", scope="kirja")
    assert context.request.post(f"{desk.url()}/login", form={"token": token}).ok
    order = desk.place(restaurant="kirja", kind="meal", items=[{"name": "Soup", "quantity": 1}])
    page = context.new_page()
    page.goto(f"{desk.url()}/restaurant")
    card(page, order).wait_for()
    kept = "caches.open('roulement.kitchen').then((one) => one.keys()).then((all) => all.map((each) => each.url))"
    until(lambda: page.evaluate("navigator.serviceWorker.controller !== null"), PATIENCE, "no worker looks after it")
    until(lambda: f"{desk.url()}/restaurant" in page.evaluate(kept), PATIENCE, "the page is not kept")
    assert {url.removeprefix(desk.url()).split("/")[1] for url in page.evaluate(kept)} == {
        "assets", "vendor", "restaurant"
    }  # fmt: skip
    context.set_offline(True)
    press(page, order, "accept")
    page.reload()
    page.locator('#kitchen[data-connection="off"]').wait_for()
    assert "what was pressed (1) is kept" in page.locator("#kitchen-banner").inner_text()
    assert not page.locator("[data-order]").count()
    assert "Soup" not in page.content()
    context.set_offline(False)
    has_state(ada, order, "accepted")
    card(page, order, "preparing").wait_for()
    assert kinds(desk, order) == ["order.placed", "order.accepted"]
    page.locator(".visitor-menu summary").click()
    page.locator("#sign-out").click()
    page.wait_for_url("**/sign-in**")
    assert not page.evaluate("caches.has('roulement.kitchen')")
    context.close()
    desk.call("POST", f"/orders/{order['id']}/cancel", {})


def test_a_problem_and_a_busy_kitchen_are_on_the_desk(
    desk: Desk, tablet: Page, ada: Window, meal: dict[str, Any]
) -> None:
    """What is wrong stands in the dispatcher's row, that the kitchen is busy above the list, until it is over."""
    press(tablet, meal, "accept")
    until(lambda: card(tablet, meal, "preparing").count() == 1, PATIENCE, "the card does not move")
    press(tablet, meal, "problem")
    tablet.locator(".kitchen-question input").fill(SCRIPT)
    tablet.locator(".kitchen-choices button").first.click()
    told = ada.row(meal["id"]).locator(".order-problem")
    until(lambda: told.inner_text() == f"An item is missing: {SCRIPT}", PATIENCE, "the desk does not say the problem")
    tablet.locator("#kitchen-busy").click()
    tablet.locator(".kitchen-choices button").first.click()
    line = ada.page.locator("#desk-kitchens")
    until(lambda: line.is_visible() and "Toscana busy until" in line.inner_text(), PATIENCE, "nobody says busy")
    tablet.locator("#kitchen-busy-banner").wait_for()
    tablet.locator("#kitchen-busy").click()
    until(lambda: not line.is_visible(), PATIENCE, "the desk goes on saying busy")


def test_nothing_that_was_typed_runs(tablet: Page, ada: Window, meal: dict[str, Any]) -> None:
    """Items and notes with a script in them are shown as text, on the tablet and on the desk."""
    assert SCRIPT in card(tablet, meal).inner_text()
    assert not tablet.locator("img").count()
    for page in (tablet, ada.page):
        assert page.evaluate("window.hacked") is None


def test_it_says_who_comes(desk: Desk, tablet: Page, meal: dict[str, Any]) -> None:
    """Without a courier it says so; given to one, it says the first name and when, from where the courier is now."""
    assert "No courier yet" in card(tablet, meal).inner_text()
    desk.call("POST", f"/orders/{meal['id']}/assign", {"courier": "c1", "expected_version": 1})
    until(lambda: "Courier" in card(tablet, meal).locator(".kitchen-courier").inner_text()
          and "No courier" not in card(tablet, meal).inner_text(), PATIENCE, "nobody comes")  # fmt: skip
