"""Several orders at once: marked by pointer and by keyboard alone, given, tagged, dragged and taken back together."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.window import Window
from tests.running import PATIENCE, Desk, until

pytestmark = pytest.mark.parts("", "board")

PLACES = {"dropoff": {"lat": 60.1745, "lon": 24.9475, "address": "Home 2"}}


@pytest.fixture
def three(desk: Desk, ada: Window, bo: Window) -> Iterator[list[str]]:
    """Three orders that wait, in the order of the list, and nothing else in it."""
    pickup = {"lat": 60.1725, "lon": 24.9405, "name": "Toscana", "address": "Toscana 1"}
    placed = [desk.place(pickup=pickup, **PLACES)["id"] for _ in range(3)]
    for window in (ada, bo):
        until(lambda window=window: window.row(placed[-1]).count() == 1, PATIENCE, "the orders do not appear")  # type: ignore[misc]
    yield placed
    for _ in range(2):  # one for what is open in the result line, one for the marks
        ada.page.keyboard.press("Escape")
    ada.choose_nothing()
    for order in placed:
        desk.call("POST", f"/orders/{order}/cancel", {})


def marked(window: Window) -> list[str]:
    found: list[str] = window.page.eval_on_selector_all(
        "#desk-orders .is-marked[aria-selected=true]", "rows => rows.map(row => row.dataset.order)"
    )
    return found


def all_with(window: Window, orders: list[str], courier: str | None) -> None:
    for order in orders:
        window.has(order, courier)


def test_by_keyboard_alone(ada: Window, bo: Window, three: list[str]) -> None:
    """Shift and the arrows mark, B and Enter and a name give all of them in one act, whose outcomes stand in the result
    line; Ctrl+Z takes it back, Ctrl+Y does it again, and U takes all that are marked back."""
    keys = ada.page.keyboard
    keys.press("o")
    until(
        lambda: ada.state()["selection"]["order"] == three[0] or keys.press("ArrowDown"), PATIENCE, "it is not reached"
    )
    keys.press("Shift+ArrowDown")
    keys.press("Shift+ArrowDown")
    until(lambda: marked(ada) == three, PATIENCE, "they are not marked")
    assert ada.page.locator("#bulk-count").inner_text() == "3 marked"
    assert ada.page.locator("#desk-orders").get_attribute("aria-multiselectable") == "true"
    keys.press("b")
    keys.press("Enter")
    keys.type("Courier 2")
    keys.press("Enter")
    for window in (ada, bo):
        all_with(window, three, "c2")
    until(lambda: ada.page.locator("#desk-result .outcome-row.is-done").count() == 3, PATIENCE, "no outcomes are said")
    until(lambda: marked(ada) == [], PATIENCE, "what is done stays marked")
    assert ada.reads("document.activeElement.id") == "desk-orders", "the keyboard is lost"

    for key, courier in (("Control+z", None), ("Control+y", "c2")):
        keys.press(key)
        for window in (bo, ada):
            all_with(window, three, courier)
    keys.press("Control+a")
    until(lambda: set(three) <= set(marked(ada)), PATIENCE, "Ctrl+A marks nothing")
    keys.press("u")
    all_with(bo, three, None)


def test_by_pointer(ada: Window, three: list[str]) -> None:
    """Ctrl marks one, Shift all up to a row, Escape none; a marked row carries all marked ones to a courier, on the map
    too."""
    first, second, third = three
    ada.row(first).click(modifiers=["Control"])
    ada.row(third).click(modifiers=["Shift"])
    until(lambda: marked(ada) == three, PATIENCE, "the range is not marked")
    ada.row(second).click(modifiers=["Control"])
    until(lambda: marked(ada) == [first, third], PATIENCE, "Ctrl does not unmark")
    ada.page.keyboard.press("Escape")
    until(lambda: marked(ada) == [], PATIENCE, "Escape does not clear")
    assert ada.page.locator("#desk-bulk").is_hidden()

    ada.row(first).click(modifiers=["Control"])
    ada.row(third).click(modifiers=["Control"])
    ada.drag(ada.middle(ada.row(first)), ada.middle(ada.courier_row("c3")))
    all_with(ada, [first, third], "c3")
    ada.has(second, None)

    for order in (first, second, third):
        ada.row(order).click(modifiers=["Control"])
    ada.drag(ada.where("pickup", second), ada.middle(ada.courier_row("c4")))
    all_with(ada, three, "c4")


def test_what_was_refused_stays_marked_and_leads_to_its_order(desk: Desk, ada: Window, three: list[str]) -> None:
    """Of orders that one can no longer take back, the list says which and why, first; it stays marked, a press leads to
    it; what could be done was done."""
    for order in three:
        assert desk.call("POST", f"/orders/{order}/assign", {"courier": "c1", "expected_version": 1})[0] == 200
    for step in ("ready", "picked-up"):
        assert desk.call("POST", f"/orders/{three[1]}/{step}", {})[0] == 200
    until(lambda: "is-picked_up" in (ada.row(three[1]).get_attribute("class") or ""), PATIENCE, "it is not picked up")
    for order in three:
        ada.row(order).click(modifiers=["Control"])
    ada.page.locator("#bulk-unassign").click()
    rows = ada.page.locator("#desk-result .outcome-row")
    until(lambda: rows.count() == 3 and rows.nth(0).get_attribute("data-order") in three, PATIENCE, "nothing is said")
    assert rows.nth(0).get_attribute("data-order") == three[1]
    assert "is-refused" in (rows.nth(0).get_attribute("class") or "")
    until(lambda: marked(ada) == [three[1]], PATIENCE, "what failed is not what stays marked")
    all_with(ada, [three[0], three[2]], None)
    rows.nth(0).locator("button").click()
    until(lambda: ada.state()["selection"]["order"] == three[1], PATIENCE, "it does not lead there")


def test_tagging_asks_which_and_shows_it(ada: Window, three: list[str]) -> None:
    """Tag… asks back in the bar; the tag stands in the rows of all that were marked, and can be filtered by."""
    ada.row(three[0]).click(modifiers=["Control"])
    ada.row(three[1]).click(modifiers=["Shift"])
    ada.page.locator("#bulk-tag").click()
    ada.page.keyboard.type("vip")
    ada.page.keyboard.press("Enter")
    for order in three[:2]:
        until(lambda order=order: ada.row(order).locator(".order-tags").text_content() == "vip", PATIENCE, "no tag")  # type: ignore[misc]
    assert ada.row(three[2]).locator(".order-tags").text_content() == ""
    ada.page.keyboard.press("g")
    ada.page.locator("#desk-filter-tag").fill("vip")
    until(lambda: ada.row(three[2]).count() == 0, PATIENCE, "the filter by tag is not on")
    assert ada.row(three[0]).count() == 1
    ada.page.keyboard.press("Escape")
    ada.page.keyboard.press("Shift+G")


WATCH = """() => {
  window.touched = new Set();
  const list = document.querySelector("#desk-orders");
  new MutationObserver((records) => {
    for (const { target, type } of records) {
      const element = target instanceof Element ? target : target.parentElement;
      const row = element.closest("[data-order]");
      const name = row ? row.dataset.order : `${type} of ${element.className}`;
      if (!element.closest(".order-age")) window.touched.add(name);
    }
  }).observe(list, { childList: true, subtree: true, characterData: true, attributes: true });
}"""


def test_one_event_touches_its_own_row_alone(desk: Desk, ada: Window, three: list[str]) -> None:
    """When one order is accepted, the nodes of its row change, and of the others only ages that count on."""
    ada.page.evaluate(WATCH)
    assert desk.call("POST", f"/orders/{three[1]}/accept", {})[0] == 200
    state = ada.row(three[1]).locator(".order-state")
    until(lambda: state.text_content() == "A", PATIENCE, "the row does not change")
    assert ada.reads("[...window.touched]") == [three[1]]
