"""The map at work: groups open, what is chosen never hides, areas mark orders, and all of it goes by keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.window import Window
from tests.running import PATIENCE, Desk, until

pytestmark = pytest.mark.parts("", "board")

CROWD = 5
EDGE = (24.9472, 60.1672)
"""South-east of where everybody rides."""


@pytest.fixture
def crowd(desk: Desk, ada: Window) -> Iterator[list[str]]:
    """Orders whose pickups stand a few metres from each other, alone in their part of the city."""
    placed = [
        desk.place(
            pickup={"lat": EDGE[1] + n * 4e-5, "lon": EDGE[0], "name": f"Stall {n}"},
            dropoff={"lat": EDGE[1] - n * 4e-5, "lon": EDGE[0] + 6e-5, "address": f"Quay {n}"},
        )["id"]
        for n in range(CROWD)
    ]
    until(lambda: all(ada.row(one).count() for one in placed), PATIENCE, "the orders do not appear")
    yield placed
    ada.page.keyboard.press("Escape")
    for one in placed:
        desk.call("POST", f"/orders/{one}/cancel", {})
    ada.shows_all()


def group_of(window: Window, order: str) -> dict[str, Any] | None:
    found: list[dict[str, Any]] = window.reads("roulement.clusters()")
    return next((one for one in found if one["kind"] == "orders" and order in one["members"]), None)


def chosen(window: Window) -> set[str]:
    return set(window.state()["chosen"])


def zoom_out(window: Window) -> None:
    window.page.keyboard.press("m")
    for _ in range(3):
        window.page.keyboard.press("-")


def test_a_group_comes_apart_under_a_click_and_z_shows_each_by_itself(ada: Window, crowd: list[str]) -> None:
    """What is crowded is one sign with its number; a click goes nearer until it is none; so does the switch."""
    zoom_out(ada)
    until(lambda: group_of(ada, crowd[0]), PATIENCE, "there is no group")
    group = group_of(ada, crowd[0])
    assert group
    assert set(crowd) <= set(group["members"])
    assert group["text"].lstrip("!◔") == str(len(group["members"]))
    ada.page.keyboard.press("z")
    until(lambda: group_of(ada, crowd[0]) is None, PATIENCE, "it is a group still")
    assert "off" in ada.page.locator("#desk-groups").inner_text()
    ada.page.keyboard.press("z")
    until(lambda: group_of(ada, crowd[0]), PATIENCE, "there is no group any more")
    group = group_of(ada, crowd[0])
    assert group
    ada.page.mouse.click(group["x"], group["y"])
    until(lambda: group_of(ada, crowd[0]) is None, PATIENCE, "it did not come apart")
    assert ada.state()["selection"] == {"order": None, "courier": None}


def test_what_is_chosen_never_hides_in_a_group(ada: Window, crowd: list[str]) -> None:
    """An order that is chosen in the list stands by itself with both ends, at any zoom, until another one is."""
    zoom_out(ada)
    until(lambda: group_of(ada, crowd[0]), PATIENCE, "there is no group")
    ada.row(crowd[0]).click()
    until(lambda: group_of(ada, crowd[0]) is None, PATIENCE, "the chosen one hides")
    assert group_of(ada, crowd[1])
    ada.row(crowd[1]).click()
    until(lambda: group_of(ada, crowd[0]) and not group_of(ada, crowd[1]), PATIENCE, "they did not change places")


def test_a_line_drawn_round_orders_marks_them_and_escape_marks_nothing(ada: Window, crowd: list[str]) -> None:
    """L and a drag mark what lies inside, Shift draws a box, Ctrl adds; Escape lets go; the map stays where it is."""
    mouse, keyboard = ada.page.mouse, ada.page.keyboard
    ada.settles()
    x, y = ada.where("pickup", crowd[0])
    courier = ada.where("courier", "c0")

    def draw(*corners: tuple[float, float]) -> None:
        mouse.move(*corners[0])
        mouse.down()
        for corner in corners[1:]:
            mouse.move(*corner, steps=3)

    keyboard.press("l")
    assert ada.page.locator("#desk-lasso").get_attribute("aria-pressed") == "true"
    draw((x - 60, y + 60), (x - 60, y - 60), (x + 60, y - 60), (x + 60, y + 60), (x - 50, y + 62))
    until(lambda: ada.page.locator(".area-count").inner_text() == f"Orders: {CROWD}", PATIENCE, "not counted")
    mouse.up()
    until(lambda: chosen(ada) == set(crowd), PATIENCE, "not what lies inside is marked")
    ada.says(f"Orders marked: {CROWD}")
    assert ada.page.locator("#desk-lasso").get_attribute("aria-pressed") == "false"
    keyboard.down("Shift")
    draw((x + 70, y - 90), (x + 60, y - 80), (x - 60, y + 60))
    keyboard.press("Escape")
    mouse.up()
    keyboard.up("Shift")
    assert ada.page.locator(".area-sheet").count() == 0
    assert chosen(ada) == set(crowd)
    keyboard.down("Shift")
    draw((courier[0] - 30, courier[1] - 90), (courier[0] + 20, courier[1] - 60))
    mouse.up()
    keyboard.up("Shift")
    until(lambda: not chosen(ada), PATIENCE, "a box round nothing leaves them marked")
    assert abs(ada.where("pickup", crowd[0])[0] - x) < 1, "the map has moved"
    assert not ada.reads("getSelection().toString()")


def test_from_the_map_to_an_assignment_by_keys_alone(ada: Window, order: str, crowd: list[str]) -> None:
    """M, arrows and J lead to an order, said aloud; Space marks it, Enter chooses it, A and Enter assign it."""
    keyboard, page = ada.page.keyboard, ada.page
    keyboard.press("m")
    assert page.evaluate("document.activeElement.id") == "desk-map"
    keyboard.press("Home")
    seen: list[str] = []
    for _ in range(40):
        keyboard.press("j")
        standing = until_stands(ada, seen)
        if standing.endswith(order):
            break
        seen.append(standing)
    assert standing.endswith(order)
    assert len(seen) == len(set(seen)), "something was met twice"
    said = page.locator("#desk-map-said")
    until(lambda: "waits for a courier" in said.inner_text(), PATIENCE, "it is not said what is stood on")
    assert said.get_attribute("role") == "status"
    keyboard.press(" ")
    until(lambda: chosen(ada) == {order}, PATIENCE, "it is not marked")
    keyboard.press("x")
    until(lambda: {order, *crowd} <= chosen(ada), PATIENCE, "not all in view are marked")
    keyboard.press("Enter")
    until(lambda: ada.state()["selection"]["order"] == order, PATIENCE, "it is not chosen")
    keyboard.press("a")
    until(lambda: page.locator("[role=dialog] .candidate[data-courier]").count() > 0, PATIENCE, "no menu")
    keyboard.press("Enter")
    until(lambda: ada.order(order).get("courier"), PATIENCE, "it is with nobody")
    until(lambda: page.evaluate("document.activeElement.id") == "desk-map", PATIENCE, "the focus is lost")
    keyboard.press("Escape")


def until_stands(window: Window, seen: list[str]) -> str:
    """What the keys stand on, once they have moved on."""

    def standing() -> str:
        at = window.state()["standing"]
        return f"{at['kind']} {at['id']}" if at else ""

    until(lambda: standing() and standing() not in seen[-1:], PATIENCE, "the keys lead nowhere")
    return standing()


@pytest.mark.usefixtures("riding")
def test_the_way_behind_the_chosen_courier_is_asked_for_and_grows(ada: Window) -> None:
    """To choose a courier asks for the way before; what is heard adds to it, rides due north too; H asks for all."""
    with ada.page.expect_response(lambda answer: "/live/trails?courier=c3" in answer.url) as asked:
        ada.courier_row("c3").click()
    assert asked.value.json() == {"trails": {}}
    known = len(ada.reads("roulement.trail('c3')"))
    until(lambda: len(ada.reads("roulement.trail('c3')")) > known, PATIENCE, "it does not grow")
    steps = ada.reads("roulement.trail('c3')")
    assert len({lon for lon, _, _ in steps}) == 1, "c3 rides up and down a meridian"
    with ada.page.expect_response(lambda answer: answer.url.endswith("/live/trails")):
        ada.page.keyboard.press("h")
    assert "all" in ada.page.locator("#desk-trails").inner_text()
    ada.page.keyboard.press("h")
    ada.page.keyboard.press("h")
