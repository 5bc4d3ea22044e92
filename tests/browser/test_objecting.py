"""A courier with a phone: finds why, objects, and reads the answer of a dispatcher; reports an incident."""

from __future__ import annotations

import io

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from dashboard.pictures import LARGEST
from tests.running import Desk

PHONE = {"width": 390, "height": 844}


def page_of(browser: Browser, desk: Desk, role: str, name: str, scope: str | None = None) -> Page:
    """A page of somebody who has signed in."""
    context = browser.new_context(viewport=PHONE, locale="en-GB")  # type: ignore[arg-type]
    token = desk.new_token(role, name=name, scope=scope)
    context.request.post(f"{desk.url()}/login", form={"token": token})
    return context.new_page()


def photo_of_a_phone() -> bytes:
    """Larger than the server takes it."""
    out = io.BytesIO()
    Image.effect_noise((2400, 1800), 200).save(out, "JPEG", quality=95)
    assert len(out.getvalue()) > LARGEST
    return out.getvalue()


def test_why_in_two_clicks_then_an_objection_and_its_answer(browser: Browser, desk: Desk) -> None:
    """From /me one click leads to the why; what is sent from there is answered by name, and the courier reads it."""
    order = desk.place()
    given = {"courier": "c5", "expected_version": 1, "reason": "nearest"}
    assert desk.call("POST", f"/orders/{order['id']}/assign", given)[0] == 200
    courier = page_of(browser, desk, "courier", "c5", "c5")
    courier.goto(f"{desk.url()}/")
    courier.locator(f'.why-link[href="/me?order={order["id"]}"]').click()
    courier.get_by_text("Reason: nearest").wait_for()
    courier.locator("#object-to-job").click()
    courier.locator("#objection-text").fill("That was not my turn")
    courier.locator("#objection-send").click()
    courier.get_by_text("14 days left for the answer").wait_for()
    assert courier.evaluate("document.documentElement.scrollWidth") == PHONE["width"]

    dispatcher = page_of(browser, desk, "dispatcher", "Eva")
    dispatcher.goto(f"{desk.url()}/objections")
    dispatcher.get_by_text("Read and answer").click()
    dispatcher.get_by_text("Yes, the courier is right").click()
    dispatcher.locator("#answer-text").fill("True, Tom was")
    dispatcher.locator("#answer-send").click()
    dispatcher.locator(".objection-answer").wait_for()

    courier.goto(f"{desk.url()}/me")
    courier.get_by_text("True, Tom was").wait_for()
    assert "Upheld, answered by Eva" in courier.locator(".objection-answer").inner_text()
    desk.call("POST", f"/orders/{order['id']}/cancel", {})
    for page in (courier, dispatcher):
        page.context.close()


def test_an_incident_is_reported_with_a_large_photo_and_nothing_is_lost_on_the_way(
    browser: Browser, desk: Desk
) -> None:
    """From /me to the form and through it by keys; what is missing is marked, silence and a reload leave what was
    written, and a phone's photo is made small enough to go; the desk has it, and the courier reads that it has."""
    order = desk.place()
    given = {"courier": "c4", "expected_version": 1, "reason": "nearest"}
    assert desk.call("POST", f"/orders/{order['id']}/assign", given)[0] == 200
    courier = page_of(browser, desk, "courier", "c4", "c4")
    courier.goto(f"{desk.url()}/me")
    courier.locator(f'a[href="/me?incident={order["id"]}"]').press("Enter")
    courier.locator("#report-note").fill("The box is wet")
    courier.locator("#report-send").press("Enter")
    expect(courier.locator("#report-kind-wrong")).to_have_text("Choose what fits best")
    courier.keyboard.press("Space")  # the keyboard is at the first choice
    courier.context.set_offline(True)
    courier.locator("#report-send").press("Enter")
    expect(courier.locator("#report-said")).to_contain_text("nothing is lost")
    courier.context.set_offline(False)
    courier.reload()
    expect(courier.locator("#report-note")).to_have_value("The box is wet")
    expect(courier.locator("input[value=damaged]")).to_be_checked()
    photo = {"name": "box.jpg", "mimeType": "image/jpeg", "buffer": photo_of_a_phone()}
    courier.locator("#report-photo").set_input_files([photo])  # type: ignore[list-item]  # Playwright's own shape
    assert courier.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    courier.locator("#report-send").press("Enter")
    courier.get_by_text("Not settled yet").wait_for()
    (told,) = desk.call("GET", f"/orders/{order['id']}/incidents")[1]["incidents"]
    assert (told["kind"], told["note"], told["by"], bool(told["photo"])) == ("damaged", "The box is wet", "c4", True)
    desk.call("POST", f"/orders/{order['id']}/incidents/resolve", {"incident": told["id"]})
    desk.call("POST", f"/orders/{order['id']}/cancel", {})
    courier.context.close()
