"""Taking back what was just done: the button in the result line, in one window and against another."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.window import Window
from tests.running import PATIENCE, Desk, until


def wants(window: Window, **intent: Any) -> None:
    """Have the page want something, as its keys, its line and its drags do."""
    window.page.evaluate(
        "(intent) => window.dash_clientside.set_props('desk-intent', {data: {...intent, nonce: Math.random()}})", intent
    )


def line(window: Window) -> str:
    """What the result line says."""
    return str(window.page.locator("#desk-result").inner_text())


def says(window: Window, text: str) -> None:
    until(lambda: text in line(window), PATIENCE, f"{text!r} is not said: {line(window)}")


def holder(window: Window, order: str) -> Any:
    return window.order(order).get("courier")


def both_see(ada: Window, bo: Window, order: str, courier: str | None) -> None:
    for window in (ada, bo):
        until(lambda window=window: holder(window, order) == courier, PATIENCE, "not seen")  # type: ignore[misc]


def test_the_button_takes_back_what_the_line_says(ada: Window, bo: Window, order: str) -> None:
    """Given by mistake, and taken back with one press, in both windows; the focus is where it was left."""
    wants(ada, verb="assign", order=order, version=1, courier="c1")
    both_see(ada, bo, order, "c1")
    says(ada, "given to Courier 1")
    ada.page.locator("#desk-undo").click()
    says(ada, "Undone")
    both_see(ada, bo, order, None)
    wants(ada, verb="redo", order="")
    both_see(ada, bo, order, "c1")


def test_an_undo_after_a_newer_change_is_refused_by_name(ada: Window, bo: Window, order: str) -> None:
    """Ada gives, Bo hands over: Ada's button takes nothing away from Bo, and says who was there."""
    wants(ada, verb="assign", order=order, version=1, courier="c1")
    both_see(ada, bo, order, "c1")
    says(ada, "given to Courier 1")
    wants(bo, verb="swap", order=order, version=2, courier="c2", **{"from": "c1"})
    both_see(ada, bo, order, "c2")
    ada.page.locator("#desk-undo").click()
    says(ada, "has moved on since (handed over")
    assert holder(ada, order) == "c2"


def test_several_at_once_are_listed_one_by_one(ada: Window, bo: Window, order: str, desk: Desk) -> None:
    """Of two orders one has changed since: the list says of each what became of it, and Undo takes back the other."""
    ends = {"pickup": {"lat": 60.1725, "lon": 24.9405}, "dropoff": {"lat": 60.1745, "lon": 24.9475}}
    other = desk.place(**ends)["id"]
    until(lambda: ada.row(other).count() == 1, PATIENCE, "the order does not appear")
    assert desk.call("POST", f"/orders/{other}/delay", {"minutes": 10})[0] == 200
    both = [{"order": order, "version": 1}, {"order": other, "version": 1}]
    wants(ada, verb="assign", order="", courier="c3", orders=both)
    says(ada, "1 of 2 given to Courier 3")
    rows = ada.page.locator(".outcome-row")
    assert rows.count() == 2
    assert "first" in ada.page.locator(f'.outcome-row[data-order="{other}"]').inner_text()
    both_see(ada, bo, order, "c3")
    ada.page.locator("#desk-undo").click()
    both_see(ada, bo, order, None)
    desk.call("POST", f"/orders/{other}/cancel", {})


@pytest.mark.usefixtures("bo")
def test_against_the_rules_with_a_reason(ada: Window, order: str) -> None:
    """The dialog offers what the rules do not have; without a reason nothing happens, with one it is done, and can
    be undone."""
    wants(ada, verb="assign", order=order, version=1, courier="c1")
    says(ada, "given to Courier 1")
    until(lambda: holder(ada, order) == "c1", PATIENCE, "not seen")
    wants(ada, verb="menu", order=order, version=2)
    ada.page.locator(".overrides summary").click()
    deliver = ada.page.locator("#desk-menu-overrides button", has_text="Delivered")
    deliver.click()
    ada.page.get_by_text("Say why: give a reason.").wait_for()
    ada.page.locator("#desk-menu-reason").fill("told by telephone")
    deliver.click()
    says(ada, "an override")
    until(lambda: ada.order(order).get("state") == "delivered", PATIENCE, "not delivered")
    ada.page.locator("#desk-undo").click()
    until(lambda: ada.order(order).get("state") == "placed", PATIENCE, "not taken back")
