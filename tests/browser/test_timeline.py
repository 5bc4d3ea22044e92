"""The timeline: a bar handed over by hand and by keys, seen by the colleague; work beyond the shift in red."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from dashboard.exports.calendars import Planned
from tests.browser.conftest import SCREEN, Open
from tests.browser.window import Window
from tests.running import PATIENCE, Desk, until


@pytest.fixture(scope="module")
def timeline(open_as: Open, desk: Desk) -> Iterator[Window]:
    """Cleo's, on a screen of its own."""
    window = open_as("Cleo", part="timeline", viewport=SCREEN)
    yield window
    window.close()


def bar(window: Window, courier: str, order: str) -> str:
    """Where the bar of an order stands."""
    return f'.timeline-row[data-lane="{courier}"] [data-order="{order}"]'


def is_there(window: Window, courier: str, order: str) -> bool:
    """Whether it stands in that courier's lane (or among those that wait), and nowhere else."""
    return window.page.locator(bar(window, courier, order)).count() == 1


def test_a_bar_is_handed_over(timeline: Window, bo: Window, desk: Desk, order: str) -> None:
    """From those that wait to a courier, from there to another, by hand; back by key. The colleague sees each."""
    timeline.page.bring_to_front()
    page = timeline.page
    until(lambda: is_there(timeline, "", order), PATIENCE, "the order does not wait in the first lane")

    def drop(giver: str, taker: str) -> None:
        name = page.locator(f'.timeline-row[data-lane="{taker}"] .timeline-name')
        timeline.drag(timeline.middle(page.locator(bar(timeline, giver, order))), timeline.middle(name))
        until(lambda: is_there(timeline, taker, order), PATIENCE, f"{taker} does not have it")
        until(lambda: bo.order(order)["courier"] == taker, PATIENCE, "the colleague does not see it")

    drop("", "c1")
    drop("c1", "c2")
    timeline.says("handed over from Courier 1 to Courier 2")
    page.locator(bar(timeline, "c2", order)).click()
    chosen = {"order": order, "courier": "c2"}
    until(lambda: timeline.state()["selection"] == chosen, PATIENCE, "a click on the bar does not choose both")
    page.keyboard.press("Enter")
    page.locator("[role=dialog]").wait_for()
    page.keyboard.press("Escape")
    until(lambda: not page.locator("[role=dialog]").count(), PATIENCE, "the dialog stays")
    page.keyboard.press("u")
    until(lambda: is_there(timeline, "", order), PATIENCE, "it was not taken back")
    until(lambda: bo.order(order)["courier"] is None, PATIENCE, "the colleague does not see that")
    assert timeline.complaints == []


def test_arrows_walk_bars_and_lanes(timeline: Window, desk: Desk, order: str) -> None:
    """The spot is named to a screen reader, and it is the selection of all parts of the desk."""
    page = timeline.page
    page.bring_to_front()
    until(lambda: is_there(timeline, "", order), PATIENCE, "the order does not wait in the first lane")
    page.locator(bar(timeline, "", order)).click()
    page.locator("#timeline-rows").focus()
    page.keyboard.press("ArrowDown")
    chosen = timeline.state()["selection"]
    assert (chosen["order"], chosen["courier"]) != (order, None)
    rows, head = page.locator("#timeline-rows"), f"timeline-head-{chosen['courier']}"
    until(lambda: rows.get_attribute("aria-activedescendant") == head, PATIENCE, "the spot is not named")
    assert page.locator(f"#{head}").get_attribute("aria-label")


def test_work_beyond_the_shift_is_red(timeline: Window, desk: Desk, order: str) -> None:
    """A shift that should have ended two minutes ago, with an order in hand."""
    now = datetime.now(UTC)
    plan = Planned("over", now - timedelta(hours=1), now - timedelta(minutes=2))
    desk.store.plans(Planned).add("acme", "c3", plan)
    assert desk.call("POST", f"/orders/{order}/assign", {"courier": "c3", "expected_version": 1})[0] == 200
    row = timeline.page.locator('.timeline-row[data-lane="c3"]')
    until(lambda: row.locator(".timeline-band.is-beyond").count() == 1, PATIENCE, "nothing goes beyond the shift")
    assert "is-beyond" in (row.get_attribute("class") or "")
    assert (row.locator(".timeline-count").text_content() or "").startswith("+")
    desk.store.plans(Planned).remove("acme", "c3", "over")


def test_the_zoom_keeps_now_in_sight(timeline: Window) -> None:
    """Whatever is chosen, the line of now stands in the window; a press says which it is."""
    page = timeline.page
    for zoom in ("1", "all", "3"):
        page.locator(f"#timeline-zoom-{zoom}").click()
        page.locator(f"#timeline-zoom-{zoom}[aria-pressed=true]").wait_for()
        box = page.locator(".timeline-now").bounding_box()
        scroll = page.locator(".timeline-scroll").bounding_box()
        assert box is not None
        assert scroll is not None
        assert scroll["x"] <= box["x"] <= scroll["x"] + scroll["width"]
