"""What a hand-over would mean is on the screen before it is done: under the pointer, in the hand, by keyboard alone."""

from __future__ import annotations

from playwright.sync_api import Locator

from tests.browser.window import Window
from tests.running import PATIENCE, Desk, until


def card(window: Window, courier: str) -> Locator:
    """The card, once it is about the courier."""
    found = window.page.locator(f"#desk-card[data-courier={courier}]")
    found.wait_for()
    return found


def test_the_card_comes_before_the_hand_over(ada: Window, desk: Desk, order: str) -> None:
    """The card is there on hover, in the drag and on the keyboard's line; Escape leaves it, Enter gives; the choice and
    what was shown are in the journal."""
    ada.row(order).click()
    first = ada.page.locator("#desk-next [data-courier]").first
    first.wait_for()
    ada.courier_row("c1").hover()
    said = card(ada, "c1").inner_text()
    assert "to Courier 1" in said
    assert "Pay at shift end" in said
    ada.page.keyboard.press("Escape")
    until(lambda: ada.page.locator("#desk-card").is_hidden(), PATIENCE, "the card stays")

    ada.page.mouse.move(*ada.middle(ada.row(order)))
    ada.page.mouse.down()
    for share in (0.2, 0.9, 1):  # a drag begins with a move
        x, y = ada.middle(ada.courier_row("c2"))
        ada.page.mouse.move(x, y - 40 * (1 - share))
    card(ada, "c2")
    ada.page.mouse.up()
    ada.has(order, "c2")

    ada.row(order).click()
    line = ada.page.locator("#desk-next [data-courier]:not([data-courier=c2])").first
    line.focus()
    taker = line.get_attribute("data-courier")
    assert taker
    both = card(ada, taker)
    until(lambda: "gives it up" in both.inner_text(), PATIENCE, "the card does not speak of who has it")
    line.press("Enter")
    ada.has(order, taker)
    kinds = [entry.kind for entry in desk.store.about("acme", f"suggestion:{order}")]
    assert kinds[::2] == ["suggestion.shown"] * 2
    assert {*kinds[1::2]} <= {"suggestion.accepted", "suggestion.overridden"}
