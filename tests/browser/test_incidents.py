"""What went wrong with an order, reported and settled at the desk."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.window import Window
from tests.running import PATIENCE, Desk, until
from tests.unit.test_incidents import picture

SHOWN_WIDTH = """(() => {
  const image = document.querySelector("#order-incidents .incident img");
  image?.scrollIntoView();  // it is fetched when it comes into sight; the panel may be drawn anew meanwhile
  return image?.complete ? image.naturalWidth : 0;
})()"""


def test_an_incident_is_reported_by_key_and_settled(desk: Desk, ada: Window, order: str) -> None:
    """I opens its fields; reported with a photo it stands in the panel and the history; then how it ended does."""
    page = ada.page
    ada.row(order).click()
    page.keyboard.press("i")
    expect(page.locator("#incident-kind")).to_be_focused()
    page.locator("#incident-kind").select_option("damaged")
    page.locator("#incident-note").fill("The box is wet")
    photo = {"name": "box.jpg", "mimeType": "image/jpeg", "buffer": picture("JPEG", (320, 240))}
    page.locator("#incident-photo").set_input_files([photo])  # type: ignore[list-item]  # Playwright's own shape
    page.locator("#incident-send").click()
    incident = page.locator("#order-incidents .incident")
    expect(incident).to_contain_text("damaged")
    expect(page.locator(".order-history")).to_contain_text("incident: damaged: The box is wet, with a photo")
    until(lambda: ada.reads(SHOWN_WIDTH) == 240, PATIENCE, "the photo is not shown, or lies on its side")
    incident.get_by_label("How it ended").fill("Cooked anew")
    incident.get_by_role("button", name="Resolved").click()
    expect(incident).to_contain_text("resolved by Ada: Cooked anew")
    page.keyboard.press("Escape")
    assert desk.call("GET", f"/orders/{order}/incidents")[1]["incidents"][0]["resolved_by"] == "Ada"
    assert ada.complaints == []
