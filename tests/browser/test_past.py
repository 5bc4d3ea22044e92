"""The past in a real browser: an order before and after it was given, by keyboard alone; a handover from Ada to Bo."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.window import Window
from tests.running import PATIENCE, Desk, until

PAST = timedelta(seconds=3)
"""The past ends a second ago, and it is played ten times as fast as life."""
SHARP = """() => {
  const canvases = [...document.querySelectorAll(".map-ground canvas, .map-moving canvas")];
  const isSharp = (one) => one.width === one.clientWidth && one.height === one.clientHeight;
  return canvases.length === 2 && canvases.every(isSharp);
}"""


def _moments(desk: Desk, order: str) -> dict[str, datetime]:
    found = desk.call("GET", "/journal?limit=1000")[1]["entries"]
    return {one["kind"]: datetime.fromisoformat(one["at"]) for one in found if one["subject"] == order}


def _courier(page: Page, order: str) -> str:
    return page.locator(f"#desk-orders [data-order='{order}'] .order-courier").inner_text()


def _step_until(page: Page, order: str, key: str, courier: str) -> None:
    """From change to change, until the order is with that courier; something else may have happened between."""
    for _ in range(12):
        page.keyboard.press(key)
        try:
            expect(page.locator(f"#desk-orders [data-order='{order}'] .order-courier")).to_have_text(
                courier, timeout=2_000
            )
            return
        except AssertionError:
            continue
    raise AssertionError(f"{key} never led to {courier or 'nobody'}")


def test_an_order_before_and_after_its_hand_over(desk: Desk, ada: Window, order: str) -> None:
    """The page shows it with nobody at the moment before it was given; played on, with its courier; the frame says
    that this is the past, the keys move the time, the address follows it, and nothing on it can be acted with."""
    assert desk.call("POST", f"/orders/{order}/assign", {"courier": "c0", "expected_version": 1})[0] == 200
    given = _moments(desk, order)["order.assigned"]
    until(lambda: datetime.now(UTC) > given + PAST, PATIENCE, "it does not come to lie in the past")
    page = ada.page.context.new_page()
    page.goto(f"{desk.url()}/replay?at={(given - timedelta(milliseconds=1)).isoformat().replace('+00:00', 'Z')}")
    row = page.locator(f"#desk-orders [data-order='{order}']")
    expect(row).to_have_count(1)
    until(lambda: page.evaluate(SHARP), PATIENCE, "the ground of the map is stretched")
    assert _courier(page, order) == ""
    expect(page.locator(".replay-frame h1")).to_contain_text("The past")
    assert page.locator("#desk-intent, .order-menu:visible, .attention-acts:visible").count() == 0
    page.keyboard.press(" ")
    until(lambda: _courier(page, order) == "Courier 0", PATIENCE, "playing did not reach the hand-over")
    page.keyboard.press(" ")
    expect(page.locator("#replay-play")).to_have_attribute("aria-pressed", "false")
    _step_until(page, order, ",", "")
    _step_until(page, order, ".", "Courier 0")
    before = page.locator("#replay-time").get_attribute("datetime")
    page.locator("#replay-slider").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#replay-time")).not_to_have_attribute("datetime", str(before))
    expect(row).to_have_count(0)  # a minute before, it was not there
    page.keyboard.press("]")
    expect(page.locator("[data-speed='30']")).to_have_attribute("aria-pressed", "true")
    page.goto(f"{desk.url()}/replay?order={order}")
    expect(page.locator("#replay-moments .moment").last).to_contain_text("Courier 0")
    assert _courier(page, order) == ""  # the moment at which it was placed
    page.locator("#replay-moments .moment").last.click()
    until(lambda: _courier(page, order) == "Courier 0", PATIENCE, "the course of the order led nowhere")
    assert f"order={order}" in page.url
    page.close()


def test_ada_hands_over_and_bo_confirms(desk: Desk, ada: Window, bo: Window, order: str) -> None:
    """Ada's page lists what waits; when she has handed over, Bo's desk says so, and Bo reads the list and confirms;
    then nothing asks any more, and the page of the handovers names both."""
    mine = ada.page.context.new_page()
    mine.goto(f"{desk.url()}/handover")
    expect(mine.locator(f".is-waiting [data-about='{order}']")).to_be_visible()
    mine.locator("#handover-note").fill("The gate at Home 2 is shut")
    mine.locator("#handover-note-write").click()
    expect(mine.locator(".is-notes")).to_contain_text("The gate at Home 2 is shut")
    mine.locator("#handover-word").fill("All quiet")
    mine.locator("#handover-give").click()
    expect(mine.locator(".handover-fate")).to_contain_text("Nobody has taken over yet")
    banner = bo.page.locator(".handover-banner")
    expect(banner).to_contain_text("Ada has handed over")
    assert ada.page.locator(".handover-banner").count() == 0
    theirs = bo.page.context.new_page()
    theirs.goto(desk.url() + str(banner.locator("a").get_attribute("href")))
    expect(theirs.locator(".handover-note")).to_contain_text("All quiet")
    expect(theirs.locator(".is-notes")).to_contain_text("The gate at Home 2 is shut")
    theirs.get_by_role("button", name="I have read it and take over").click()
    expect(theirs.locator(".handover-fate")).to_contain_text("Bo took over")
    expect(banner).to_have_count(0)
    mine.goto(f"{desk.url()}/handover")
    expect(mine.locator(".text-table").first).to_contain_text("Bo took over")
    mine.close()
    theirs.close()


def test_the_pages_are_found(open_as: Open) -> None:
    """Both stand in the navigation of the desk."""
    window = open_as("Cy")
    hrefs = window.page.locator("nav.page-links a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert {"/replay", "/handover"} <= set(hrefs)
    window.close()
