"""A courier's list of stops: read, put in another order by keys and in the hand, and by two dispatchers at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.window import Window
from tests.running import PATIENCE, Desk, until

COURIER = "c4"


@pytest.fixture
def hands(desk: Desk, ada: Window, bo: Window) -> Iterator[list[str]]:
    """Two orders in the hands of one courier, both to be fetched first, in both windows; cancelled afterwards."""
    placed = [
        desk.place(
            pickup={"lat": 60.1715, "lon": 24.9405 + n / 1000, "name": f"Counter {n}", "address": "Toscana 1"},
            dropoff={"lat": 60.1735, "lon": 24.9455 + n / 1000, "address": f"Door {n}"},
            weight_g=700,
        )["id"]
        for n in range(2)
    ]
    for order in placed:
        assert desk.call("POST", f"/orders/{order}/assign", {"courier": COURIER, "expected_version": 1})[0] == 200

    def have(window: Window) -> bool:
        return all(window.order(one).get("courier") == COURIER for one in placed)

    first = [{"order": order, "end": end} for end in ("pickup", "dropoff") for order in placed]
    assert desk.call("POST", f"/couriers/{COURIER}/stops", {"stops": first})[0] == 200
    until(lambda: have(ada) and have(bo), PATIENCE, "the orders are not given")
    yield placed
    for order in placed:
        desk.call("POST", f"/orders/{order}/cancel", {})
    desk.call("POST", f"/couriers/{COURIER}/stops", {"stops": []})


def decided(desk: Desk) -> list[str]:
    """The courier's stops as the desk decided them, as ``order:end``."""
    courier = desk.store.courier("acme", COURIER)
    assert courier is not None
    return [f"{order}:{end}" for order, end in courier.stops]


def stops(window: Window) -> list[str]:
    """The list as it stands on the page."""
    rows = "document.querySelectorAll('#desk-stops [data-stop]')"
    found: list[str] = window.reads(f"[...{rows}].map((one) => one.dataset.stop)")
    return found


def open_list(window: Window, count: int = 4) -> list[str]:
    """D, with the courier chosen; the stops in their order."""
    window.page.bring_to_front()
    window.reads(f"document.querySelector('#desk-couriers [data-courier=\"{COURIER}\"]').click()")
    until(lambda: window.state()["selection"]["courier"] == COURIER, PATIENCE, "the courier is not chosen")
    window.page.keyboard.press("d")
    until(lambda: len(stops(window)) == count, PATIENCE, "the list does not come")
    return stops(window)


def press(window: Window, *keys: str) -> None:
    """One after the other."""
    for key in keys:
        window.page.keyboard.press(key)


def text(window: Window, selector: str) -> str:
    """As far as it is there."""
    found: Any = window.page.locator(selector).text_content()
    return str(found or "")


def test_another_order_by_keys(ada: Window, bo: Window, desk: Desk, hands: list[str]) -> None:
    """Alt and an arrow show what another order would do; Esc leaves it, Enter decides, and the colleague sees it."""
    before = open_list(ada)
    assert "Stops of Courier 4" in text(ada, "#desk-stops h2")
    assert "of 8.0 kg" in text(ada, "#desk-stops .stops-facts") or "no limit" in text(ada, "#desk-stops .stops-facts")
    loads = ada.page.locator("#desk-stops .stop-load").all_text_contents()
    assert ("0.7 kg" in loads[0], loads[-1]) == (True, "empty")
    press(ada, "Home", "Alt+ArrowDown")
    until(lambda: stops(ada) == [before[1], before[0], *before[2:]], PATIENCE, "it did not move")
    until(lambda: "done" in text(ada, "#desk-stops-said"), PATIENCE, "it is not said what it does")
    press(ada, "Escape")
    until(lambda: stops(ada) == before, PATIENCE, "it was not left as it was")
    assert decided(desk) == before

    press(ada, "Alt+ArrowDown", "Enter")
    wanted = [before[1], before[0], *before[2:]]
    until(lambda: decided(desk) == wanted, PATIENCE, "it was not decided")
    ada.says("stops is decided")
    until(lambda: stops(ada) == wanted, PATIENCE, "the list does not show it")
    bo.page.bring_to_front()
    cell = bo.courier_row(COURIER).locator(".courier-load")
    until(lambda: "↓" in (cell.text_content() or ""), PATIENCE, "the colleague does not see it")
    ada.page.bring_to_front()
    ada.page.locator("#desk-stops-comes").click()
    until(lambda: decided(desk) == [], PATIENCE, "the order was not given up")


def test_a_dropoff_never_comes_before_its_pickup(ada: Window, desk: Desk, hands: list[str]) -> None:
    """By keys it stays behind, and says why; dropped there by hand it is refused; elsewhere it is decided at once."""
    before = open_list(ada)
    press(ada, "End", "Alt+Home")
    until(lambda: stops(ada) == [*before[:2], before[3], before[2]], PATIENCE, "it is not behind its pickup")
    press(ada, "Alt+ArrowUp")
    until(lambda: "before its pickup" in text(ada, "#desk-stops-said"), PATIENCE, "it is not said why")
    press(ada, "Escape")
    until(lambda: stops(ada) == before, PATIENCE, "it was not left as it was")

    def row(stop: str) -> tuple[float, float]:
        return ada.middle(ada.page.locator(f'#desk-stops [data-stop="{stop}"]'))

    ada.drag(row(before[2]), row(before[0]))
    ada.says("before its pickup")
    until(lambda: stops(ada) == before, PATIENCE, "it was not left as it was")
    assert decided(desk) == before
    ada.drag(row(before[0]), row(before[1]))
    until(lambda: decided(desk)[:2] == [before[1], before[0]], PATIENCE, "it was not decided")


def test_two_dispatchers_and_one_list(ada: Window, bo: Window, desk: Desk, hands: list[str]) -> None:
    """Both think of another order; the second one to let go is told who was first, and that order stands."""
    before = open_list(ada)
    assert open_list(bo) == before
    press(bo, "Home", "Alt+ArrowDown")
    ada.page.bring_to_front()
    press(ada, "End", "Alt+ArrowUp")
    until(lambda: stops(ada) != before and stops(bo) != before, PATIENCE, "they did not move")
    firsts = stops(ada)
    press(ada, "Enter")
    until(lambda: decided(desk) == firsts, PATIENCE, "the first was not decided")
    seq = desk.store.head("acme").seq
    bo.page.bring_to_front()
    until(lambda: bo.seq() >= seq, PATIENCE, "the news did not come")
    press(bo, "Enter")
    bo.says("Ada")
    assert "Refused" in bo.result()
    assert decided(desk) == firsts
    until(lambda: stops(bo) == firsts, PATIENCE, "the second does not see what the first decided")
    changes = [one for one in desk.store.entries("acme", after=seq - 1) if one.kind == "courier.stops_ordered"]
    assert [one.actor for one in changes] == ["Ada"]


def test_a_note_on_the_courier_stands_above_the_stops(ada: Window, bo: Window, hands: list[str], desk: Desk) -> None:
    """Enter keeps it, in both windows; what is being typed is not written over; Esc gives it up."""

    def told(window: Window) -> str:
        return window.courier_row(COURIER).locator(".courier-name").get_attribute("title") or ""

    open_list(ada)
    note = ada.page.locator("#desk-courier-note")
    note.fill("flat tyre")
    press(ada, "Enter")
    until(lambda: "flat tyre" in told(bo), PATIENCE, "Bo does not see it")
    note.fill("half")
    desk.call("POST", f"/couriers/{COURIER}/note", {"text": "back at eight"})
    until(lambda: "back at eight" in told(ada), PATIENCE, "Ada does not hear of it")
    assert note.input_value() == "half"
    press(ada, "Escape")
    assert note.input_value() == "back at eight"
    desk.call("POST", f"/couriers/{COURIER}/note", {"text": ""})
