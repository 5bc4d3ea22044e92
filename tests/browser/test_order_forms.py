"""Orders are written, changed, copied and cancelled at the desk: by keyboard alone, or with a click on the map."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.browser.window import Window
from tests.running import PATIENCE, Desk, until

pytestmark = pytest.mark.parts("", "board")

FORM = "#desk-form:not([hidden])"
HOME = "Bulevardi 9"


@pytest.fixture(autouse=True)
def nothing_typed(ada: Window, bo: Window) -> None:
    """No draft of an earlier test."""
    for window in (ada, bo):
        window.page.evaluate("sessionStorage.clear()")


def newest(desk: Desk) -> dict[str, Any]:
    """The order that was placed last."""
    entries = [one for one in desk.store.entries("acme", limit=100_000) if one.kind == "order.placed"]
    return entries[-1].data["changes"] if entries else {"id": ""}


def sent(window: Window, desk: Desk, before: str) -> dict[str, Any]:
    """Wait until the form is gone and the order is there that it placed after the one ``before``."""
    until(lambda: window.page.locator(FORM).count() == 0, PATIENCE, "the form stays open")
    until(lambda: newest(desk)["id"] != before, PATIENCE, "no order was placed")
    window.says("is placed")
    return newest(desk)


def open_form(window: Window, key: str) -> None:
    window.page.keyboard.press(key)
    window.page.wait_for_selector(FORM)


def write(window: Window, field: str, text: str) -> None:
    """What is in the field is replaced by what is typed."""
    window.page.locator(field).press("Control+a")
    window.page.keyboard.type(text)


def take_place(window: Window, field: str, text: str) -> None:
    """An address is typed, and the first that was found for all of it is taken: its mark stands on the map."""
    write(window, field, text)
    option = window.page.locator(f"{field}-list [role=option]").first
    until(lambda: option.is_visible() and text.lower() in option.inner_text().lower(), PATIENCE, "it is not found")
    window.page.keyboard.press("Enter")
    until(lambda: option.is_hidden(), PATIENCE, "the list of places stays open")
    end = field.removeprefix("#order-")
    until(lambda: end in [one["end"] for one in window.state()["draft"]], PATIENCE, "the place is not taken")


def choose(window: Window, order: str) -> None:
    window.row(order).click()
    until(lambda: window.state()["selection"]["order"] == order, PATIENCE, "the order is not chosen")


def status(window: Window) -> str:
    return window.page.locator("#order-form-status").inner_text()


def said(window: Window, field: str) -> str:
    return window.page.locator(f"{field}-wrong").inner_text()


def test_a_new_order_by_keyboard_alone(ada: Window, bo: Window, desk: Desk) -> None:
    """Two addresses from the city pack, a time and a fee: the order is in both windows, and chosen."""
    before = newest(desk)["id"]
    open_form(ada, "+")
    assert ada.page.evaluate("document.activeElement.id") == "order-pickup"
    take_place(ada, "#order-pickup", "erottaja")
    take_place(ada, "#order-dropoff", HOME.lower())
    until(lambda: "bicycle" in ada.page.locator("#order-expected").inner_text(), PATIENCE, "nothing is expected of it")
    write(ada, "#order-ready-at", "+20")
    write(ada, "#order-fee", "3,90")
    ada.page.keyboard.press("Control+Enter")
    order = sent(ada, desk, before)
    assert order["delivery_fee_cents"] == 390
    assert order["dropoff"]["address"].startswith(HOME)
    assert order["ready_at"] is not None
    until(lambda: bo.row(order["id"]).count() == 1, PATIENCE, "Bo does not see it")
    assert ada.state()["selection"]["order"] == order["id"]
    assert ada.page.locator(FORM).count() == 0
    desk.call("POST", f"/orders/{order['id']}/cancel", {})


def test_several_drop_offs_of_one_pickup_by_keyboard(ada: Window, bo: Window, desk: Desk) -> None:
    """Two drop-offs in one form, whose first answer is lost: each is made once. One is given in the line, which says
    what goes with it, and both move in both windows; detached, each is by itself, until that is undone."""
    before = newest(desk)["id"]
    open_form(ada, "+")
    take_place(ada, "#order-pickup", "erottaja")
    take_place(ada, "#order-dropoff", HOME.lower())
    ada.page.locator("#order-another").press("Enter")
    assert ada.page.evaluate("document.activeElement.id") == "order-dropoff"
    take_place(ada, "#order-dropoff", "bulevardi 12")
    with ada.loses_answers("**/api/v1/orders/together"):
        ada.page.keyboard.press("Control+Enter")
        until(lambda: "did not answer" in status(ada), PATIENCE, "nothing is lost")
    ada.page.keyboard.press("Control+Enter")
    until(lambda: ada.page.locator(FORM).count() == 0, PATIENCE, "the form stays open")
    ada.says("with one pickup")
    orders = [one.data["changes"] for one in desk.store.entries("acme", limit=100_000) if one.kind == "order.placed"]
    places = [one["id"] for one in orders]
    first, second = orders[places.index(before) + 1 if before else 0 :]
    assert first["group"] == second["group"]
    until(lambda: "1/2" in bo.row(first["id"]).inner_text(), PATIENCE, "Bo does not see that it has company")

    def line(window: Window, text: str) -> None:
        window.page.keyboard.press("/")
        window.page.keyboard.type(text)
        until(lambda: window.page.locator("#desk-command-preview").inner_text().startswith("Enter:"), PATIENCE, text)

    line(ada, f"assign {second['ref']} courier 1")
    assert ada.page.locator("#desk-command-preview").inner_text().endswith(f"from the same pickup: {first['ref']}")
    ada.page.keyboard.press("Enter")
    for window in (ada, bo):
        for order in (first, second):
            window.has(order["id"], "c1")
    ada.says(f"and with it {first['ref']}")
    line(ada, f"detach {first['ref']}")
    ada.page.keyboard.press("Enter")
    until(lambda: bo.order(second["id"]).get("group") is None, PATIENCE, "they are not apart for Bo")
    until(lambda: bo.order(first["id"]).get("group") is None, PATIENCE, "they are not apart for Bo")
    assert bo.order(first["id"])["courier"] == "c1"
    ada.page.keyboard.press("Control+z")
    until(lambda: bo.order(second["id"]).get("group") == first["group"], PATIENCE, "undo does not bring them together")
    for order in (first, second):
        desk.call("POST", f"/orders/{order['id']}/cancel", {})


def test_a_click_on_the_map_fills_the_field_that_waits(ada: Window, desk: Desk) -> None:
    """Both ends are put on the map, one by a click and one at its centre; nothing there is chosen by that click."""
    before = newest(desk)["id"]
    open_form(ada, "+")
    box = ada.page.locator("#desk-map").bounding_box()
    assert box
    ada.page.mouse.click(box["x"] + 60, box["y"] + box["height"] / 2)
    until(lambda: len(ada.state()["draft"]) == 1, PATIENCE, "no mark on the map")
    assert ada.state()["selection"] == {"order": None, "courier": None}
    ada.page.locator("#order-dropoff-centre").focus()
    ada.page.keyboard.press("Enter")
    until(lambda: len(ada.state()["draft"]) == 2, PATIENCE, "no second mark on the map")
    write(ada, "#order-dropoff", "By the fountain")
    ada.page.keyboard.press("Control+Enter")
    order = sent(ada, desk, before)
    assert order["dropoff"]["address"] == "By the fountain"
    assert order["pickup"]["lon"] < order["dropoff"]["lon"]
    assert ada.state()["draft"] == []
    desk.call("POST", f"/orders/{order['id']}/cancel", {})


def test_what_cannot_be_read_is_said_beside_its_field(ada: Window, desk: Desk) -> None:
    """Each wrong field says why and is marked invalid, the first has the focus, and what was typed stays."""
    before = newest(desk)["id"]
    open_form(ada, "+")
    take_place(ada, "#order-pickup", "erottaja")
    write(ada, "#order-dropoff-before", "later")
    write(ada, "#order-tip", "two")
    ada.page.keyboard.press("Control+Enter")
    until(lambda: said(ada, "#order-dropoff") == "This is needed", PATIENCE, "the missing address is not named")
    assert "Write a time" in said(ada, "#order-dropoff-before")
    assert "Write an amount" in said(ada, "#order-tip")
    assert said(ada, "#order-pickup") == ""
    assert ada.page.locator("#order-tip").get_attribute("aria-invalid") == "true"
    assert ada.page.evaluate("document.activeElement.id") == "order-dropoff"
    assert ada.page.locator("#order-tip").input_value() == "two"
    assert newest(desk)["id"] == before
    ada.page.locator("#order-form-close").click()


def test_a_lost_answer_and_a_second_press_make_one_order(ada: Window, desk: Desk) -> None:
    """The order arrives, its answer does not; what was typed survives the page, and sent again it is the same order."""
    open_form(ada, "+")
    take_place(ada, "#order-pickup", "erottaja")
    take_place(ada, "#order-dropoff", HOME)
    with ada.loses_answers("**/api/v1/orders"):
        ada.page.keyboard.press("Control+Enter")
        until(lambda: "kept" in status(ada), PATIENCE, "nobody says that it is kept")
    first = newest(desk)["id"]
    ada.page.keyboard.press("Escape")
    open_form(ada, "+")
    assert ada.page.locator("#order-dropoff").input_value().startswith(HOME)
    ada.page.locator("#order-send").dblclick()
    until(lambda: ada.page.locator(FORM).count() == 0, PATIENCE, "the form stays open")
    assert newest(desk)["id"] == first
    desk.call("POST", f"/orders/{first}/cancel", {})


def test_two_change_one_order(ada: Window, bo: Window, order: str, desk: Desk) -> None:
    """Each sees that the other has it in hand. Bo is first: Ada reads who changed what, keeps what she typed, is
    offered both; nothing is overwritten unseen."""
    for window in (ada, bo):
        choose(window, order)
        open_form(window, "e")
    until(lambda: "is-held" in (ada.row(order).get_attribute("class") or ""), PATIENCE, "Bo changes it unseen")
    write(ada, "#order-note", "ring twice")
    write(ada, "#order-tip", "2.50")
    write(bo, "#order-note", "do not ring")
    write(bo, "#order-fee", "4.20")
    bo.page.keyboard.press("Control+Enter")
    bo.says("is changed")
    meanwhile = ada.page.locator("#order-meanwhile")
    until(lambda: "do not ring" in meanwhile.inner_text(), PATIENCE, "nobody tells Ada")
    assert "Bo" in meanwhile.inner_text()
    assert ada.page.locator("#order-note").input_value() == "ring twice"
    assert ada.page.locator("#order-fee").input_value() == "4.20"
    meanwhile.get_by_role("button", name="Take theirs").click()
    assert ada.page.locator("#order-note").input_value() == "do not ring"
    ada.page.keyboard.press("Control+Enter")
    until(lambda: ada.page.locator(FORM).count() == 0, PATIENCE, "the form stays open")
    changed = desk.call("GET", f"/orders/{order}")[1]
    assert (changed["note"], changed["tip_cents"], changed["delivery_fee_cents"]) == ("do not ring", 250, 420)
    assert [one.data["changes"] for one in desk.store.about("acme", order)][-1] == {"tip_cents": 250}


def test_a_copy_and_the_reason_of_a_cancellation(ada: Window, bo: Window, order: str, desk: Desk) -> None:
    """From the panel about an order: a copy goes to the same door; the cancelled one tells later why."""
    choose(ada, order)
    ada.page.keyboard.press("x")
    panel = ada.page.locator("#desk-order")
    panel.locator("#order-copy").click()
    ada.page.wait_for_selector(FORM)
    assert panel.is_hidden()
    ada.page.keyboard.press("Control+Enter")
    copy = sent(ada, desk, order)
    assert (copy["dropoff"]["address"], copy["id"] != order) == ("Home 2", True)
    choose(ada, copy["id"])
    ada.page.keyboard.press("x")
    panel.locator("#order-cancel-reason").select_option("Placed twice")
    panel.locator("#order-cancel").click()
    ada.says("cancelled")
    until(lambda: re.search(r"cancelled: Placed twice", panel.inner_text()), PATIENCE, "the reason is not told")
    until(lambda: bo.order(copy["id"]).get("state") == "cancelled", PATIENCE, "Bo does not see it")
    ada.page.keyboard.press("Escape")
