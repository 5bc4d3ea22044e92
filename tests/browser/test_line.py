"""The one line of the desk: what a person finds and does with it, by keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from playwright.sync_api import Locator

from dashboard.dispatch import Dispatch
from dashboard.domain.board import KEEP_CLOSED
from dashboard.domain.orders import Order, Place
from tests.browser.conftest import Open
from tests.browser.window import Window
from tests.running import COOP, PATIENCE, Desk, until


def preview(window: Window) -> str:
    """What the line says that Enter would do."""
    return window.page.locator("#desk-command-preview").inner_text()


def choices(window: Window) -> list[str]:
    """What stands below the line: titles."""
    found: list[str] = window.page.locator("#desk-command-choices .command-title").all_inner_texts()
    return found


def pointed(window: Window) -> Locator:
    """The choice that the combobox names as its active one."""
    return window.page.locator("#desk-command-choices [aria-selected=true]")


def is_open(window: Window) -> bool:
    return window.page.locator("#desk-command").is_visible()


def typed(window: Window, text: str, key: str = "/") -> None:
    """Open the line and type."""
    window.page.keyboard.press(key)
    until(lambda: is_open(window), PATIENCE, "the line does not open")
    window.page.keyboard.type(text)


def focused(window: Window) -> str:
    found: str = window.reads("document.activeElement.id")
    return found


@pytest.fixture(autouse=True)
def shut(windows: tuple[Window, Window]) -> Iterator[None]:
    """The line is shut again for whoever comes next."""
    yield
    for window in windows:
        if is_open(window):
            window.page.keyboard.press("Escape")


def test_a_sentence_is_completed_previewed_and_done(ada: Window, bo: Window, order: str) -> None:
    """Verb, number and name are completed with Tab; before Enter one line says what will happen, and the effect card
    stands beside it; Enter does it in both windows, says so, and gives the focus back to where it was."""
    ref = ada.order(order)["ref"]
    ada.row(order).click()
    ada.page.keyboard.press("o")
    assert focused(ada) == "desk-orders"
    typed(ada, "assi", "Control+k")
    ada.page.keyboard.press("Tab")
    until(
        lambda: preview(ada) == f"Enter: Opens the couriers for {ref} (Toscana → Home 2)",
        PATIENCE,
        "it is not understood",
    )
    assert ada.page.locator("#desk-command").input_value() == "assign "
    assert choices(ada)[0] == ref, "the chosen order does not come first"
    ada.page.keyboard.press("Tab")
    ada.page.keyboard.type("courier 3")
    until(
        lambda: preview(ada) == f"Enter: Gives {ref} (Toscana → Home 2) to Courier 3, who has 0", PATIENCE, "no preview"
    )
    until(lambda: ada.page.locator("#desk-card").get_attribute("data-courier") == "c3", PATIENCE, "no effect card")
    ada.page.keyboard.press("Enter")
    for window in (ada, bo):
        window.has(order, "c3")
    ada.says(f"{ref} given to Courier 3")
    assert not is_open(ada)
    assert focused(ada) == "desk-orders"


def test_what_cannot_be_done_is_said_and_the_line_stays(ada: Window, order: str) -> None:
    """Before Enter it says what is wrong; Enter says it in the result line too, and the line can be mended."""
    ref = ada.order(order)["ref"]
    typed(ada, f"assign 99{ref} courier 3")
    until(lambda: preview(ada) == f"There is no order 99{ref}", PATIENCE, "the wrong number is not noticed")
    ada.page.keyboard.press("Enter")
    ada.says(f"There is no order 99{ref}")
    assert is_open(ada)
    ada.page.locator("#desk-command").fill(f"swap {ref} courier 1 courier 2")
    until(
        lambda: preview(ada) == f"{ref} is not with Courier 1: nobody has it", PATIENCE, "who has it is not looked at"
    )
    assert ada.order(order)["courier"] is None


def test_a_command_without_a_number_is_about_what_is_chosen(ada: Window, bo: Window, order: str) -> None:
    """delay +10 delays the chosen order; an arrow brings the command back; without anything chosen it asks which."""
    ada.row(order).click()
    typed(ada, "delay +10")
    until(lambda: "is ready in 10 min" in preview(ada), PATIENCE, "the chosen order is not meant")
    ada.page.keyboard.press("Enter")
    until(lambda: bool(bo.order(order)["ready_at"]), PATIENCE, "it is not delayed")
    ada.says("delayed by 10 min")
    ready_at = bo.order(order)["ready_at"]
    ada.page.keyboard.press("/")
    ada.page.keyboard.press("ArrowUp")
    assert ada.page.locator("#desk-command").input_value() == "delay +10"
    ada.page.keyboard.press("Enter")
    until(lambda: bo.order(order)["ready_at"] != ready_at, PATIENCE, "the last command is not done again")
    ada.choose_nothing()
    typed(ada, "delay +10")
    until(lambda: preview(ada).startswith("Which order?"), PATIENCE, "it means an order that nobody chose")


def test_several_orders_at_once(ada: Window, desk: Desk, order: str) -> None:
    """Numbers with commas are one act upon all of them, and the answer has the outcome of each."""
    other = desk.place(pickup={"lat": 60.1725, "lon": 24.9405}, dropoff={"lat": 60.1745, "lon": 24.9475})["id"]
    until(lambda: ada.row(other).count() == 1, PATIENCE, "the order does not appear")
    refs = f"{ada.order(order)['ref']},{ada.order(other)['ref']}"
    typed(ada, f"assign {refs} courier 2")
    until(lambda: preview(ada).startswith("Enter: Gives 2 orders to Courier 2"), PATIENCE, "they are not counted")
    ada.page.keyboard.press("Enter")
    for one in (order, other):
        ada.has(one, "c2")
    until(lambda: ada.page.locator("#desk-result .outcome-row").count() == 2, PATIENCE, "not each has an outcome")
    desk.call("POST", f"/orders/{other}/cancel", {})


def test_a_shift_and_the_weather_of_words(ada: Window) -> None:
    """break and resume are done by name; the result line says them."""
    typed(ada, "break courier 4 20")
    until(lambda: preview(ada).startswith("Enter: Courier 4 has a break until"), PATIENCE, "no preview")
    ada.page.keyboard.press("Enter")
    row = ada.courier_row("c4")
    until(lambda: "is-break" in (row.get_attribute("class") or ""), PATIENCE, "there is no break")
    typed(ada, "resume courier 4")
    ada.page.keyboard.press("Enter")
    until(lambda: "is-on" in (row.get_attribute("class") or ""), PATIENCE, "the break does not end")


def test_finding_goes_there_whatever_hides_it(ada: Window, order: str) -> None:
    """Words with a slip find an order and a courier; Enter chooses it on list and map although a filter hides it."""
    typed(ada, "find nothing of that name")
    ada.page.keyboard.press("Enter")
    until(lambda: ada.row(order).count() == 0, PATIENCE, "the filter hides nothing")
    ref = ada.order(order)["ref"]
    typed(ada, f"tosacna {ref}")
    until(lambda: choices(ada)[:1] == [ref], PATIENCE, "it is not found")
    row = pointed(ada)
    assert "Toscana → Home 2" in row.inner_text()
    assert "Enter goes there" in row.inner_text()
    assert ada.page.locator("#desk-command").get_attribute("aria-activedescendant") == row.get_attribute("id")
    ada.page.keyboard.press("Enter")
    until(lambda: ada.state()["selection"]["order"] == order, PATIENCE, "it is not chosen")
    until(lambda: "is-selected" in (ada.row(order).get_attribute("class") or ""), PATIENCE, "its row stays hidden")
    typed(ada, "courier 5")
    ada.page.keyboard.press("Enter")
    until(lambda: ada.state()["selection"]["courier"] == "c5", PATIENCE, "the courier is not chosen")


def test_an_address_is_found_and_shown(ada: Window) -> None:
    """What the city pack knows is found below what is on the board; Enter writes its name on the map."""
    typed(ada, "bulevardi 9")
    until(lambda: "Bulevardi 9" in choices(ada), PATIENCE, "the address is not found")
    ada.page.locator(".command-choice", has_text="address").filter(has_text="Bulevardi 9").first.click()
    until(lambda: ada.state()["spots"] != [], PATIENCE, "nothing is marked")
    spot = ada.state()["spots"][0]
    assert spot["text"] == "Bulevardi 9"
    assert not is_open(ada)
    ada.page.keyboard.press("Escape")
    until(lambda: ada.state()["spots"] == [], PATIENCE, "the mark stays")


def test_an_order_that_has_left_the_board_is_found_with_its_history(ada: Window, desk: Desk) -> None:
    """A closed order is found by its words although it is on the board no more; Enter shows what happened to it, Escape
    gives the focus back."""
    gone, longer_ago = uuid4().hex, datetime.now(UTC) - 2 * KEEP_CLOSED
    place = Place(60.1725, 24.9405, "Gone Bistro")
    dispatch = Dispatch(desk.store, lambda entry: None, lambda: gone)
    ref = dispatch.place(COOP, Order("", COOP, "", place, place, longer_ago), by="Bo", at=longer_ago).order.ref
    dispatch.move(COOP, gone, "cancel", by="Bo", at=longer_ago, reason="nobody wanted it")
    seq = desk.store.head(COOP).seq
    desk.call("POST", "/couriers/c0/shift", {"action": "break"})
    desk.call("POST", "/couriers/c0/shift", {"action": "resume"})
    until(lambda: ada.seq() > seq and not ada.order(gone), PATIENCE, "it is on the board")
    ada.page.keyboard.press("o")
    typed(ada, "gone bistr")
    until(lambda: pointed(ada).count() == 1 and "closed" in pointed(ada).inner_text(), PATIENCE, "it is not found")
    ada.page.keyboard.press("Enter")
    record = ada.page.locator("#desk-record")
    until(lambda: "nobody wanted it" in record.inner_text(), PATIENCE, "its history is not shown")
    assert f"What happened to {ref}" in record.inner_text()
    ada.page.keyboard.press("Escape")
    until(lambda: not record.is_visible(), PATIENCE, "the record stays")
    assert focused(ada) == "desk-orders"


def test_the_empty_line_teaches(ada: Window) -> None:
    """Nothing typed: a list of the commands; arrows and Enter fill one in; Escape and Ctrl+K shut it."""
    typed(ada, "")
    until(lambda: "assign 1042 lea" in choices(ada), PATIENCE, "no commands are shown")
    ada.page.keyboard.press("ArrowDown")
    ada.page.keyboard.press("Enter")
    assert ada.page.locator("#desk-command").input_value() == "assign "
    ada.page.keyboard.press("Control+k")
    assert not is_open(ada)


def test_french(open_as: Open, desk: Desk) -> None:
    """The same in French, whose verbs and previews are French; the English verbs work there too."""
    window = open_as("Cléo", locale="fr-FR")
    try:
        ends = {"pickup": {"lat": 60.1725, "lon": 24.9405, "name": "Chez Nous"},
                "dropoff": {"lat": 60.1745, "lon": 24.9475, "address": "Loin 3"}}  # fmt: skip
        ref = desk.place(**ends)["ref"]
        expected = f"Entrée\u00a0: Confie {ref} (Chez Nous → Loin 3) à Courier 1, qui en a 0"
        for verb in ("confier", "assign"):
            typed(window, f"{verb} {ref} courier 1")
            until(lambda: preview(window) == expected, PATIENCE, f"{verb} is not understood")
            window.page.keyboard.press("Escape")
        typed(window, "conf")
        until(lambda: choices(window)[:1] == ["confier 1042 lea"], PATIENCE, "the verb is not shown in French")
    finally:
        window.close()


def test_nobody_complains(ada: Window, bo: Window) -> None:
    """After all of this neither window's console has an error."""
    assert ada.complaints == []
    assert bo.complaints == []
