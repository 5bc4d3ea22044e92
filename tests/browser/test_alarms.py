"""Alarms on the desk: raised by the worker, seen in every window, answered by keyboard alone, seen by the others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator

from dashboard.domain.times import to_wire
from tests.browser.window import Window
from tests.running import PATIENCE, Desk, until

pytestmark = pytest.mark.parts("", "attention")


@pytest.fixture
def late(desk: Desk, ada: Window, bo: Window) -> Iterator[str]:
    """An order that should have been given to somebody before it came in: high, and at once."""
    promised = to_wire(datetime.now(UTC) + timedelta(minutes=1))
    placed = desk.place(
        pickup={"lat": 60.1725, "lon": 24.9405, "name": "Toscana", "address": "Toscana 1"},
        dropoff={"lat": 60.1745, "lon": 24.9475, "address": "Home 2", "before": promised},
    )
    for window in (ada, bo):
        until(lambda window=window: row(window, placed["id"]).count() == 1, PATIENCE, "no alarm is shown")  # type: ignore[misc]
    yield placed["id"]
    desk.call("POST", f"/orders/{placed['id']}/cancel", {})


def row(window: Window, order: str) -> Locator:
    """The alarm that the order has to be given now."""
    return window.page.locator(f'#desk-attention [data-alarm="A1.{order}"]')


def test_one_answers_by_keyboard_alone_and_the_other_sees_who(desk: Desk, ada: Window, bo: Window, late: str) -> None:
    """N leads to the list, Enter to the order, Q acknowledges; S puts it aside in both windows and back; a filter that
    hides the order does not hide the alarm; giving the order ends it."""
    keys = ada.page.keyboard
    keys.press("/")
    keys.type("find nothing of that name")
    keys.press("Enter")
    until(lambda: ada.row(late).count() == 0, PATIENCE, "the filter hides nothing")
    assert row(ada, late).is_visible()
    assert "Give it to a courier" in row(ada, late).inner_text()

    keys.press("n")
    until(lambda: _is_there(ada, late), PATIENCE, "N does not lead to the alarm")
    keys.press("Enter")
    until(lambda: ada.state()["selection"]["order"] == late, PATIENCE, "Enter does not choose the order")
    until(lambda: ada.row(late).count() == 1, PATIENCE, "the order stays hidden")

    keys.press("q")
    age = row(bo, late).locator(".attention-age")
    until(lambda: "✓ Ada" in age.inner_text(), PATIENCE, "the other does not see who acknowledged it")
    ada.says("acknowledged")
    assert _is_there(ada, late), "the focus was lost"

    keys.press("s")
    keys.press("Enter")
    for window in (ada, bo):
        until(lambda window=window: row(window, late).count() == 0, PATIENCE, "it is not aside")  # type: ignore[misc]
    assert "5 min" in bo.page.locator(".attention-shelf").text_content()  # type: ignore[operator]
    bo.page.locator(".attention-shelf summary").click()
    bo.page.locator(".attention-shelf button").click()
    until(lambda: row(ada, late).count() == 1, PATIENCE, "it does not come back")

    assert desk.call("POST", f"/orders/{late}/assign", {"courier": "c4", "expected_version": 1})[0] == 200
    for window in (ada, bo):
        until(lambda window=window: row(window, late).count() == 0, PATIENCE, "it is not over")  # type: ignore[misc]
    since = datetime.now(UTC) - timedelta(hours=1)
    words = [entry.kind for entry in desk.store.noted_since("acme", f"alarm:A1.{late}", since)]
    assert words[:4] == ["alarm.raised", "alarm.acknowledged", "alarm.shelved", "alarm.unshelved"]
    assert words[-1] == "alarm.cleared"


def test_q_leads_to_what_waits_wherever_one_is(ada: Window, bo: Window, late: str) -> None:
    """From an alarm, which the first press acknowledges and the second, right after it, does not again; from a search
    that hides the order; from a window without a list."""
    keys = ada.page.keyboard
    keys.press("n")
    until(lambda: _is_there(ada, late), PATIENCE, "N does not lead to the alarm")
    keys.press("q")
    keys.press("q")
    until(lambda: ada.reads("document.activeElement.id") == "desk-orders", PATIENCE, "the second Q leads nowhere")
    ada.says("acknowledged")
    ada.choose_nothing()
    keys.press("/")
    keys.type("find nothing of that name")
    keys.press("Enter")
    until(lambda: ada.row(late).count() == 0, PATIENCE, "the search hides nothing")
    for window in (ada, bo):
        window.page.keyboard.press("q")
        until(lambda window=window: window.state()["selection"]["order"] == late, PATIENCE, "Q leads nowhere")  # type: ignore[misc]
    until(lambda: ada.row(late).count() == 1, PATIENCE, "the order stays hidden")


def test_what_is_over_is_acknowledged_by_one_press(desk: Desk, ada: Window, bo: Window) -> None:
    """Alarms that nobody answered stay when they are over, with a button from two on; Shift+Q acknowledges each."""
    keys, button = ada.page.keyboard, ada.page.locator(".attention-settle")
    promised = to_wire(datetime.now(UTC) + timedelta(minutes=1))
    ends = {"pickup": {"lat": 60.1725, "lon": 24.9405}, "dropoff": {"lat": 60.17, "lon": 24.95, "before": promised}}
    orders = [desk.place(**ends)["id"] for _ in range(2)]
    until(lambda: all(row(ada, one).count() for one in orders), PATIENCE, "no alarm is shown")
    for one in orders:
        desk.call("POST", f"/orders/{one}/cancel", {})
    over = [ada.page.locator(f'#desk-attention .is-over[data-alarm="A1.{one}"]') for one in orders]
    until(lambda: all(one.count() for one in over), PATIENCE, "nothing is over")
    assert button.is_visible()
    keys.press("n")
    keys.press("Shift+Q")
    ada.says("Alarms acknowledged: ")
    for window in (ada, bo):
        until(lambda window=window: not any(row(window, one).count() for one in orders), PATIENCE, "they stay")  # type: ignore[misc]


def _is_there(window: Window, order: str) -> bool:
    return bool(
        window.page.evaluate("order => document.activeElement.closest(`[data-alarm='A1.${order}']`) !== null", order)
    )
