"""The way from page to page in narrow windows, in each theme, by keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.running import Desk

OUTSIDE = """() => [...document.querySelectorAll("header *")]
  .filter((each) => each.getBoundingClientRect().right > innerWidth + 1).length"""


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (1280, "contrast"), (390, "dark"), (390, "light")])
def test_the_links_hold_in_a_narrow_window(desk: Desk, browser: Browser, width: int, theme: str) -> None:
    """Nothing of the header lies outside the window, open or shut; Enter, Tab and Enter lead to another page."""
    context = browser.new_context(viewport={"width": width, "height": 800}, locale="fr-FR")
    token = desk.new_token("admin", name="Ana")
    assert context.request.post(f"{desk.url()}/login", form={"token": token}).ok
    page = context.new_page()
    page.goto(f"{desk.url()}/pay?theme={theme}")
    menu = page.locator(".page-menu")
    menu.locator("summary").focus()
    assert page.evaluate(OUTSIDE) == 0
    page.keyboard.press("Enter")
    expect(menu.locator(".choices")).to_be_visible()
    assert page.evaluate(OUTSIDE) == 0
    menu.locator("a", has_text="Équité").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/fairness")
    context.close()
