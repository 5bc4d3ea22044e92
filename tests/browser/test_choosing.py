"""Map and lists are one: what is chosen, shown and hidden in one is in the other."""

from __future__ import annotations

import pytest

from tests.browser.riders import Riders
from tests.browser.window import Window
from tests.running import PATIENCE, SLACK, Desk, until

pytestmark = pytest.mark.parts("", "board")


def chosen(window: Window, **selection: str | None) -> None:
    expected = {"order": None, "courier": None, **selection}
    until(lambda: window.state()["selection"] == expected, PATIENCE, f"not {selection}")


def is_marked(window: Window, row: str) -> bool:
    return "is-selected" in (window.page.locator(row).get_attribute("class") or "")


def is_on_the_map(window: Window, courier: str) -> bool:
    box = window.page.locator("#desk-map").bounding_box()
    x, y = window.where("courier", courier)
    assert box
    return 0 < x - box["x"] < box["width"] and 0 < y - box["y"] < box["height"]


def test_a_click_on_the_map_chooses_in_the_list(ada: Window, order: str) -> None:
    """A click on an order's mark chooses its row and brings it into sight; one on nothing chooses nothing."""
    ada.page.mouse.click(*ada.where("dropoff", order))
    chosen(ada, order=order)
    until(lambda: is_marked(ada, f'[data-order="{order}"]'), PATIENCE, "the row is not marked")
    assert ada.row(order).get_attribute("aria-selected") == "true"
    x, y = ada.where("pickup", order)
    ada.page.mouse.click(x - 60, y - 60)
    chosen(ada)


def test_a_click_in_the_list_chooses_on_the_map(ada: Window, order: str) -> None:
    """A row that is clicked is the chosen one on the map too, and the server is asked for its way."""
    with ada.page.expect_response(lambda answer: f"route?order={order}" in answer.url) as asked:
        ada.row(order).click()
    chosen(ada, order=order)
    way = asked.value.json()
    assert len(way["points"]) > 2
    assert way["metres"] > 100


def test_a_courier_above_an_order_hides_it_from_nobody(ada: Window, desk: Desk, riders: Riders) -> None:
    """Where a courier stands on an order, clicks choose one after the other."""
    riders.silent.add("c0")
    until(
        lambda: ada.reads("roulement.state().positions.c0.seen < roulement.now() - 1500"), PATIENCE, "c0 is still heard"
    )
    try:
        place = ada.state()["positions"]["c0"]
        spot = {"lat": place["lat"], "lon": place["lon"]}
        order = desk.place(pickup={"lat": 60.1725, "lon": 24.9405}, dropoff=spot)["id"]
        until(lambda: ada.reads(f"roulement.where('dropoff', {order!r})"), PATIENCE, "the order is not on the map")
        x, y = ada.where("courier", "c0")
        ada.page.mouse.click(x, y)
        ada.page.mouse.click(x, y)
        chosen(ada, order=order, courier="c0")
        ada.shows_all()  # two clicks may have been quick enough to zoom
        ada.drag(ada.where("courier", "c0"), ada.where("courier", "c1"))
        ada.has(order, "c1")
        desk.call("POST", f"/orders/{order}/cancel", {})
    finally:
        riders.silent.clear()


def test_a_double_click_still_zooms(ada: Window) -> None:
    """Two clicks on the open map make it larger, as everywhere."""
    before = ada.where("courier", "c5")[0] - ada.where("courier", "c0")[0]
    x, y = ada.where("courier", "c0")
    ada.page.mouse.dblclick(x + 60, y - 120)
    until(
        lambda: ada.where("courier", "c5")[0] - ada.where("courier", "c0")[0] > 1.5 * before,
        PATIENCE,
        "it stays as it is",
    )
    ada.shows_all()
    until(lambda: all(is_on_the_map(ada, f"c{number}") for number in range(6)), PATIENCE, "f shows not all")


@pytest.mark.usefixtures("riding")
def test_the_map_follows_a_courier_until_a_hand_moves_it(ada: Window) -> None:
    """v keeps the chosen courier in the middle of the map; the button says so; moving the map ends it."""
    ada.courier_row("c2").click()
    ada.page.keyboard.press("v")
    box = ada.page.locator("#desk-map").bounding_box()
    assert box
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def is_in_the_middle() -> bool:
        x, y = ada.where("courier", "c2")
        return abs(x - middle[0]) < 3 and abs(y - middle[1]) < 3

    until(is_in_the_middle, PATIENCE, "the courier is not in the middle")
    assert ada.page.locator("#desk-follow").get_attribute("aria-pressed") == "true"
    ada.drag((middle[0] - 100, middle[1] + 100), (middle[0] - 40, middle[1] + 60))
    until(lambda: ada.state()["followed"] is None, PATIENCE, "it is followed still")
    ada.shows_all()


def test_a_name_appears_under_the_pointer(ada: Window) -> None:
    """The pointer over a courier's marker turns into a hand; beside it, it does not."""
    ada.page.mouse.move(*ada.where("courier", "c1"))
    cursor = "getComputedStyle(document.querySelector('.map-moving canvas')).cursor"
    until(lambda: ada.reads(cursor) == "pointer", PATIENCE, "the courier is not noticed")
    x, y = ada.where("courier", "c1")
    ada.page.mouse.move(x + 50, y)
    until(lambda: ada.reads(cursor) == "grab", PATIENCE, "the courier is noticed from afar")


def test_who_goes_off_shift_vanishes_from_every_map_within_two_seconds(
    ada: Window, bo: Window, desk: Desk, riders: Riders
) -> None:
    """Off shift nobody is followed: markers go in all windows, and fixes that still come do not bring them back."""
    try:
        desk.shift("c5", "end")
        for window in (ada, bo):
            gone = until(lambda w=window: "c5" not in w.state()["positions"], PATIENCE, "c5 is still on the map")  # type: ignore[misc]
            assert gone < 2 + SLACK
            until(lambda w=window: "is-off" in (w.courier_row("c5").get_attribute("class") or ""), PATIENCE, "not off")  # type: ignore[misc]
        riders_seen = ada.state()["positions"]["c4"]["seen"]
        until(lambda: ada.state()["positions"]["c4"]["seen"] > riders_seen + 1000, PATIENCE, "the others stand still")
        assert "c5" not in ada.state()["positions"]
    finally:
        desk.shift("c5", "start")
    until(lambda: "c5" in ada.state()["positions"], PATIENCE, "c5 does not come back")


def test_colleagues_see_what_the_other_looks_at(ada: Window, bo: Window, order: str) -> None:
    """The other dispatcher's name stands at the top, and at the order that they have chosen."""
    bo.row(order).click()
    eye = ada.row(order).locator(".order-looking")
    until(lambda: eye.get_attribute("title") == "Bo is looking at it", PATIENCE, "nobody is said to look")
    assert "Bo" in ada.page.locator("#desk-presence").inner_text()


def test_names_are_text_whatever_they_contain(ada: Window, desk: Desk) -> None:
    """A restaurant's name that looks like HTML is shown as it is written, and does nothing."""
    trick = '<img src=x onerror="window.tricked = true"><b>Bob\'s'
    order = desk.place(pickup={"lat": 60.1725, "lon": 24.9405, "name": trick, "address": trick})["id"]
    cell = ada.row(order).locator(".order-restaurant")
    until(lambda: cell.text_content() == trick, PATIENCE, "the name is not shown as it is")
    assert ada.row(order).locator("img, b").count() == 0
    assert not ada.reads("window.tricked")
    desk.call("POST", f"/orders/{order}/cancel", {})


def test_nobody_complains(ada: Window, bo: Window) -> None:
    """After all of this neither window's console has an error."""
    assert ada.complaints == []
    assert bo.complaints == []
