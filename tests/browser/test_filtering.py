"""Filters: a link opens them, back and forward go through them, and what they hide is said and still alarms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from dashboard.domain.times import to_wire
from tests.browser.window import Window
from tests.running import PATIENCE, Desk, until

pytestmark = pytest.mark.parts("", "board")

PLACES = {
    "pickup": {"lat": 60.1725, "lon": 24.9405, "name": "Goodwin", "address": "Goodwin 1"},
    "dropoff": {"lat": 60.1745, "lon": 24.9475, "address": "Home 2"},
}


@pytest.fixture
def meal(desk: Desk, ada: Window) -> Iterator[str]:
    """A meal beside the parcel that `order` is, promised so soon that it should have been given away."""
    soon = to_wire(datetime.now(UTC) + timedelta(minutes=1))
    dropoff = {**PLACES["dropoff"], "before": soon}
    placed = desk.place(kind="meal", pickup=PLACES["pickup"], dropoff=dropoff)["id"]
    until(lambda: ada.row(placed).count() == 1, PATIENCE, "the order does not appear")
    yield placed
    desk.call("POST", f"/orders/{placed}/cancel", {})


def search(window: Window) -> str:
    found: str = window.reads("location.search")
    return found


def test_a_link_opens_filtered_and_back_and_forward_go_through_filters(
    desk: Desk, ada: Window, order: str, meal: str
) -> None:
    """An address with filters shows what it says; a filter taken off, one put on, and the way back change the address
    and the list, and never lay out the page anew; a reload keeps them."""
    ada.page.goto(f"{desk.url()}/dispatch?kind=parcel&state=waiting&colour=blue")
    until(lambda: ada.row(order).count() == 1, PATIENCE, "the order is not shown")
    assert ada.row(meal).count() == 0
    assert "Filters hide" in ada.page.locator("#desk-filters-said").inner_text()
    assert " of " in ada.page.locator("#desk-orders-count").inner_text()
    ada.reads("document.querySelector('#desk').isTheSame = true")

    ada.page.locator(".filter-chip[data-facet=kind]").click()
    until(lambda: ada.row(meal).count() == 1, PATIENCE, "the filter is still on")
    assert "kind" not in search(ada)
    assert "colour=blue" in search(ada)
    ada.page.go_back()
    until(lambda: ada.row(meal).count() == 0, PATIENCE, "the way back leads nowhere")
    ada.page.go_forward()
    until(lambda: ada.row(meal).count() == 1, PATIENCE, "the way forward leads nowhere")

    ada.page.keyboard.press("g")
    ada.page.locator("#desk-filters-choices [data-facet=kind][data-value=meal]").press("Enter")
    until(lambda: ada.row(order).count() == 0, PATIENCE, "the filter is not on")
    ada.page.keyboard.press("Escape")
    assert ada.reads("document.activeElement.id") == "desk-orders"
    assert ada.reads("document.querySelector('#desk').isTheSame") is True, "the page was laid out anew"

    ada.page.reload()
    until(lambda: ada.row(meal).count() == 1, PATIENCE, "the order is not shown after a reload")
    assert ada.row(order).count() == 0
    ada.page.keyboard.press("Shift+G")
    until(lambda: ada.row(order).count() == 1, PATIENCE, "Shift+G clears nothing")
    assert search(ada) == "?colour=blue"


def test_an_alarm_on_a_hidden_order_shows_and_leads_to_it(ada: Window, order: str, meal: str) -> None:
    """What filters hide still alarms, and Enter on the alarm shows the order though the filter stays on; the map shows
    what the list shows."""
    ada.page.keyboard.press("g")
    for _ in range(2):  # once: meals only; twice: no meals
        ada.page.locator("#desk-filters-choices [data-facet=kind][data-value=meal]").click()
    ada.page.keyboard.press("Escape")
    until(lambda: ada.row(meal).count() == 0, PATIENCE, "the filter is not on")
    until(lambda: not ada.reads(f"roulement.where('pickup', {meal!r})"), PATIENCE, "the map still shows it")
    assert ada.row(order).count() == 1
    alarm = ada.page.locator(f'#desk-attention [data-alarm="A1.{meal}"]')
    until(lambda: alarm.count() == 1, PATIENCE, "the alarm is hidden")
    alarm.locator(".attention-go").press("Enter")
    until(lambda: ada.row(meal).count() == 1, PATIENCE, "the alarm does not lead to its order")
    assert ada.page.locator(".filter-chip").inner_text().startswith("not meal")
    ada.page.locator("#desk-filters-clear").click()
    assert "kind" not in search(ada)


def test_the_map_in_a_window_of_its_own_filters(desk: Desk, bo: Window, order: str, meal: str) -> None:
    """Its address says what it shows; marks that are hidden are counted; a filter put on there stands in it."""
    alone = Window(bo.page.context.new_page()).open(f"{desk.url()}/dispatch/map?kind=parcel")
    until(lambda: alone.reads(f"roulement.where('pickup', {order!r})"), PATIENCE, "the map does not show the parcel")
    assert not alone.reads(f"roulement.where('pickup', {meal!r})")
    said = alone.page.locator("#desk-filters-said")
    until(lambda: "Filters hide 1 " in said.inner_text(), PATIENCE, "nothing is said to be hidden")
    alone.page.keyboard.press("g")
    alone.page.locator("#desk-filters-choices [data-facet=kind][data-value=parcel]").press("Enter")
    until(lambda: alone.reads(f"roulement.where('pickup', {meal!r})"), PATIENCE, "the map does not show the meal")
    assert not alone.reads(f"roulement.where('dropoff', {order!r})"), "the map still shows the parcel"
    assert search(alone) == "?kind=not:parcel"
    assert alone.complaints == []
    alone.page.close()
