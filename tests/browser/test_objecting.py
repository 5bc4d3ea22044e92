"""A courier with a phone: finds why, objects, and reads the answer of a dispatcher."""

from __future__ import annotations

from playwright.sync_api import Browser, Page

from tests.browser.window import PATIENCE
from tests.running import Desk

PHONE = {"width": 390, "height": 844}
SECONDS = PATIENCE * 1000


def page_of(browser: Browser, desk: Desk, role: str, name: str, scope: str | None = None) -> Page:
    """A page of somebody who has signed in."""
    context = browser.new_context(viewport=PHONE, locale="en-GB")  # type: ignore[arg-type]
    context.set_default_timeout(SECONDS)
    token = desk.new_token(role, name=name, scope=scope)
    context.request.post(f"{desk.url()}/login", form={"token": token})
    return context.new_page()


def test_why_in_two_clicks_then_an_objection_and_its_answer(browser: Browser, desk: Desk) -> None:
    """From /me one click leads to the why; what is sent from there is answered by name, and the courier reads it."""
    order = desk.place()
    given = {"courier": "c5", "expected_version": 1, "reason": "nearest"}
    assert desk.call("POST", f"/orders/{order['id']}/assign", given)[0] == 200
    courier = page_of(browser, desk, "courier", "c5", "c5")
    courier.goto(f"{desk.url()}/")
    courier.locator(f'.why-link[href="/me?order={order["id"]}"]').click()
    courier.get_by_text("Reason: nearest").wait_for()
    courier.locator("#object-to-job").click()
    courier.locator("#objection-text").fill("That was not my turn")
    courier.locator("#objection-send").click()
    courier.get_by_text("14 days left for the answer").wait_for()
    assert courier.evaluate("document.documentElement.scrollWidth") == PHONE["width"]

    dispatcher = page_of(browser, desk, "dispatcher", "Eva")
    dispatcher.goto(f"{desk.url()}/objections")
    dispatcher.get_by_text("Read and answer").click()
    dispatcher.get_by_text("Yes, the courier is right").click()
    dispatcher.locator("#answer-text").fill("True, Tom was")
    dispatcher.locator("#answer-send").click()
    dispatcher.locator(".objection-answer").wait_for()

    courier.goto(f"{desk.url()}/me")
    courier.get_by_text("True, Tom was").wait_for()
    assert "Upheld, answered by Eva" in courier.locator(".objection-answer").inner_text()
    desk.call("POST", f"/orders/{order['id']}/cancel", {})
    for page in (courier, dispatcher):
        page.context.close()
