"""The way from page to page in narrow windows, in each theme, by keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.running import Desk

OUTSIDE = """() => [...document.querySelectorAll("header *")]
  .filter((each) => each.getBoundingClientRect().right > innerWidth + 1).length"""


def opened_by_keyboard(page: Page, menu: Locator) -> None:
    """Nothing of the header lies outside the window, shut or open; Escape shuts the menu, Enter opens it again."""
    menu.locator("summary").focus()
    assert page.evaluate(OUTSIDE) == 0
    for key in ("Enter", "Escape", "Enter"):
        page.keyboard.press(key)
        expect(menu.locator(".choices")).to_be_visible(visible=key == "Enter")
    assert page.evaluate(OUTSIDE) == 0


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (1280, "contrast"), (390, "dark"), (390, "light")])
def test_the_links_hold_in_a_narrow_window(desk: Desk, browser: Browser, width: int, theme: str) -> None:
    """An administrator's links in French: a row with groups where there is room, else one menu; each by keyboard."""
    context = browser.new_context(viewport={"width": width, "height": 800}, locale="fr-FR")
    token = desk.new_token("admin", name="Ana")
    assert context.request.post(f"{desk.url()}/login", form={"token": token}).ok
    page = context.new_page()
    page.goto(f"{desk.url()}/pay?theme={theme}")
    menu = page.locator(".page-group", has_text="Coopérative") if width > 1000 else page.locator(".page-menu")
    opened_by_keyboard(page, menu)
    menu.locator("a", has_text="Jetons").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/tokens")
    context.close()
