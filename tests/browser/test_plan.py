"""A plan on the desk: proposed by key, a line struck out, carried out by Enter; discarded, it leaves nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.window import Window
from tests.running import PATIENCE, Desk, until

pytestmark = pytest.mark.parts("", "board")

ENDS = (((60.1725, 24.9405), (60.1745, 24.9475)), ((60.1675, 24.9405), (60.1655, 24.9475)))


@pytest.fixture
def two(desk: Desk, ada: Window) -> Iterator[list[str]]:
    """Two orders that wait, far from each other; cancelled afterwards."""
    placed = [
        desk.place(
            pickup={"lat": a, "lon": b, "name": "Toscana", "address": "Toscana 1"},
            dropoff={"lat": c, "lon": d, "address": "Home 2"},
        )["id"]
        for (a, b), (c, d) in ENDS
    ]
    until(lambda: all(ada.row(order).count() for order in placed), PATIENCE, "the orders do not appear")
    yield placed
    for order in placed:
        desk.call("POST", f"/orders/{order}/cancel", {})


def test_a_plan_is_discarded_then_carried_out(ada: Window, desk: Desk, two: list[str]) -> None:
    """P shows the lines and their ways; Esc leaves nothing; the second time one line is struck out, and Enter carries
    out the other: its row changes, the struck one waits on."""
    panel, keys = ada.page.locator("#desk-plan"), ada.page.keyboard
    before = desk.store.head("acme").seq
    keys.press("p")
    panel.wait_for()
    assert panel.locator(".plan-line").count() == len(two)
    until(lambda: panel.get_attribute("data-ways") not in (None, "0"), PATIENCE, "no way is drawn")
    keys.press("Escape")
    panel.wait_for(state="hidden")
    ada.says("nothing has changed")
    assert desk.store.head("acme").seq == before

    keys.press("p")
    panel.wait_for()
    ref = ada.order(two[0])["ref"]
    panel.locator(".plan-line", has_text=ref).locator("input").uncheck()
    keys.press("Enter")
    panel.wait_for(state="hidden")
    until(lambda: ada.order(two[1])["courier"] is not None, PATIENCE, "the line was not carried out")
    ada.has(two[1], ada.order(two[1])["courier"])
    ada.says("1 given, 1 struck out")
    assert ada.order(two[0])["courier"] is None
    (entry,) = (each for each in desk.store.entries("acme", after=before) if each.kind == "order.assigned")
    assert (entry.subject, entry.actor, bool(entry.data["plan"])) == (two[1], "Ada", True)


def test_a_line_that_was_too_late_is_told(ada: Window, bo: Window, desk: Desk, two: list[str]) -> None:
    """Of two lines one is overtaken by a colleague: the panel stays, with the focus, names him; the other is given."""
    panel = ada.page.locator("#desk-plan")
    ada.page.keyboard.press("p")
    panel.wait_for()
    assert desk.call("POST", f"/orders/{two[0]}/assign", {"courier": "c5", "expected_version": 1})[0] == 200
    panel.locator("#desk-plan-commit").click()
    until(lambda: "Refused: 1" in panel.inner_text(), PATIENCE, "what was refused is not told")
    assert "first" in panel.locator(".plan-refused").inner_text()
    until(lambda: ada.reads("document.activeElement.id") == "desk-plan-discard", PATIENCE, "the focus is lost")
    until(lambda: ada.order(two[1])["courier"] is not None, PATIENCE, "the other line was not carried out")
    assert ada.order(two[0])["courier"] == "c5"
    panel.locator("#desk-plan-discard").click()
    panel.wait_for(state="hidden")
