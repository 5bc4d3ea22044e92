"""Two and more at the desk: windows of one person in step, who is at what, warned before, and one who wins."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, Route

from dashboard.domain.times import to_wire
from tests.browser.conftest import CHROMIUM_ARGUMENTS, SCREEN
from tests.browser.window import Window, stays
from tests.faults.line import TelephoneLine
from tests.running import COOP, PATIENCE, SLACK, Desk, descendants, until

GONE = 3.0
"""Seconds after which nobody is shown any more who has left, however they left."""
BOTH_ENDS = 2

CALLS = "**/_dash-update-component*"
OpenPart = Callable[..., Window]


@pytest.fixture(scope="module")
def open_part(browser: Browser, desk: Desk) -> Iterator[OpenPart]:
    """Opens one part of the desk for whoever has the token, in a browser session of its own; closed at the end."""
    opened: list[BrowserContext] = []

    def open_part(part: str, token: str, *, url: str = "", at: Browser = browser) -> Window:
        context = at.new_context(viewport=SCREEN, locale="en-GB")
        opened.append(context)
        assert context.request.post(f"{url or desk.url()}/login", form={"token": token}).ok
        window = Window(context.new_page())
        window.page.on("console", window._listen)
        window.page.goto(f"{url or desk.url()}/dispatch/{part}")
        until(lambda: window.reads("window.roulement && roulement.state().seq"), 2 * PATIENCE, "nothing is known there")
        return window

    yield open_part
    for context in opened:
        context.close()


@pytest.fixture(scope="module")
def ada_token(desk: Desk) -> str:
    """What Ada signs in with, on whichever machine."""
    return desk.new_token("dispatcher", name="Ada")


@pytest.fixture(scope="module")
def windows(open_part: OpenPart, desk: Desk, ada_token: str) -> tuple[Window, Window]:
    """Ada's and Bo's lists, without the map: it says nothing here that they do not, and takes long to draw."""
    return open_part("board", ada_token), open_part("board", desk.new_token("dispatcher", name="Bo"))


@pytest.fixture
def another(desk: Desk, ada: Window, bo: Window) -> Iterator[str]:
    """A second order that waits, in both windows."""
    placed = desk.place(pickup={"lat": 60.1715, "lon": 24.9425, "name": "Pizzeria", "address": "Pizzeria 1"})["id"]
    for window in (ada, bo):
        until(lambda window=window: window.row(placed).count() == 1, PATIENCE, "the order does not appear")  # type: ignore[misc]
    yield placed
    desk.call("POST", f"/orders/{placed}/cancel", {})


def given(desk: Desk, order: str) -> list[tuple[str, str | None]]:
    """Who gave it, to whom, by the journal; None: taken back."""
    told = desk.store.noted_since(COOP, order, datetime.now(UTC) - timedelta(hours=1))
    moved = [entry for entry in told if "courier" in entry.data.get("changes", {}) and entry.kind != "order.placed"]
    return [(entry.actor, entry.data["changes"]["courier"]) for entry in moved]


def give(window: Window, order: str, courier: str) -> None:
    """By the dialog."""
    window.row(order).locator(".order-menu").click()
    line = window.page.locator(f"[role=dialog] [data-courier={courier}]")
    line.wait_for()
    line.click()


def edge(window: Window, order: str) -> str:
    """Whose initials stand at the order's row; '' for nobody's."""
    return window.row(order).locator(".order-looking").text_content() or ""


def is_covered(window: Window, order: str) -> bool:
    """Whether the initials at an order's row would lie on its courier's name where rows stand close."""
    overlap = """row => {
      const { dataset } = document.querySelector("#desk");
      const before = dataset.density;
      dataset.density = "1";
      const boxOf = (cell) => row.querySelector(cell).getBoundingClientRect();
      const [name, sign] = [".order-courier", ".order-looking"].map(boxOf);
      dataset.density = before;
      return sign.left < name.right;
    }"""
    return bool(window.row(order).evaluate(overlap))


def select(window: Window, order: str) -> None:
    """By a click on its row."""
    window.row(order).click()
    until(lambda: window.state()["selection"]["order"] == order, PATIENCE, "it is not selected")


@pytest.fixture
def leaver(desk: Desk) -> str:
    """Cleo's token."""
    return desk.new_token("dispatcher", name="Cleo")


def test_who_closes_the_window_is_gone(ada: Window, order: str, open_part: OpenPart, leaver: str) -> None:
    """A coloured edge and initials as long as Cleo looks at it; neither when the tab is closed."""
    cleo = open_part("board", leaver)
    select(cleo, order)
    until(lambda: edge(ada, order) == "CL", PATIENCE, "nobody is said to look")
    stripe = "e => [getComputedStyle(e, '::after').width, getComputedStyle(e, '::after').backgroundImage]"
    width, image = ada.row(order).evaluate(stripe)
    assert width == "4px"
    assert "gradient" in image
    assert "Cleo" in ada.page.locator("#desk-presence").inner_text()
    cleo.page.close()
    assert until(lambda: edge(ada, order) == "", PATIENCE, "Cleo is still there") < GONE + SLACK
    assert "Cleo" not in ada.page.locator("#desk-presence").inner_text()


def test_whose_browser_is_killed_is_gone(
    ada: Window, order: str, open_part: OpenPart, leaver: str, playwright: Playwright
) -> None:
    """kill -9, from one moment to the next."""
    before = set(descendants(os.getpid()))
    own = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM_ARGUMENTS)
    mine = set(descendants(os.getpid())) - before
    cleo = open_part("board", leaver, at=own)
    select(cleo, order)
    until(lambda: edge(ada, order) == "CL", PATIENCE, "nobody is said to look")
    for process in mine:
        if b"--type=" not in Path(f"/proc/{process}/cmdline").read_bytes():
            os.kill(process, signal.SIGKILL)
    assert until(lambda: edge(ada, order) == "", PATIENCE, "Cleo is still there") < GONE + SLACK


def test_whose_line_is_cut_is_gone_and_comes_back(
    ada: Window, order: str, open_part: OpenPart, leaver: str, desk: Desk
) -> None:
    """Nothing comes through and nothing is closed; with the line Cleo and the selection are back."""
    line = TelephoneLine(desk.ports[0])
    cleo = open_part("board", leaver, url=f"http://127.0.0.1:{line.port}")
    select(cleo, order)
    until(lambda: edge(ada, order) == "CL", PATIENCE, "nobody is said to look")
    assert stays(lambda: edge(ada, order) == "CL", 2.5), "who only sits there is taken for gone"
    line.block()
    assert until(lambda: edge(ada, order) == "", PATIENCE, "Cleo is still there") < GONE + SLACK
    line.mend()
    until(lambda: edge(ada, order) == "CL", PATIENCE, "Cleo does not come back")
    line.close()


def test_windows_of_one_person_are_in_step(
    ada: Window, bo: Window, order: str, open_part: OpenPart, desk: Desk
) -> None:
    """What is selected on one screen is selected on the other, on another machine too; the focus stays, and the map
    moves only to what it does not show; they are one colleague, and nobody else's window moves. Where others
    look is seen on the map, no longer than in the lists."""
    token = desk.new_token("dispatcher", name="Dara")
    lists, shown = open_part("board", token), open_part("map", token)
    until(lambda: shown.reads(f"roulement.where('pickup', {order!r})"), PATIENCE, "the map does not show it")
    shown.page.locator("#desk-fit").focus()
    place = shown.where("pickup", order)
    select(lists, order)
    until(lambda: shown.state()["selection"]["order"] == order, PATIENCE, "the map is not in step")
    assert shown.page.evaluate("() => document.activeElement.id") == "desk-fit"
    assert shown.where("pickup", order) == place, "the map moved though the order was in sight"
    until(lambda: edge(bo, order) == "DA", PATIENCE, "two windows of one person are not one colleague")
    assert bo.state()["selection"]["order"] is None
    assert [one["name"] for one in ada.state()["colleagues"]].count("Dara") == 1

    shown.page.keyboard.press("Escape")
    until(lambda: lists.state()["selection"]["order"] is None, PATIENCE, "the lists are not in step")
    select(ada, order)
    until(
        lambda: shown.reads("roulement.edges().length") == BOTH_ENDS, PATIENCE, "the map does not show that Ada looks"
    )
    ada.choose_nothing()
    assert until(lambda: not shown.reads("roulement.edges().length"), PATIENCE, "Ada still looks there") < GONE + SLACK
    shown.drag((640, 400), (2400, 400))
    until(lambda: shown.where("pickup", order)[0] > SCREEN["width"], PATIENCE, "it is still in sight")
    lists.page.keyboard.press("o")
    until(
        lambda: lists.state()["selection"]["order"] == order or lists.page.keyboard.press("ArrowDown"),
        PATIENCE,
        "no such",
    )
    until(lambda: 0 < shown.where("pickup", order)[0] < SCREEN["width"], PATIENCE, "the map does not show it")
    later = open_part("attention", token)
    until(lambda: later.state()["selection"]["order"] == order, PATIENCE, "a window that opens later is not in step")
    assert not later.complaints + lists.complaints + shown.complaints


def test_who_takes_up_what_another_holds_is_warned_before(ada: Window, bo: Window, order: str, desk: Desk) -> None:
    """The row, the dialog and the card say who has it in hand; whoever goes on all the same gives it, and the other is
    told by name and loses nothing."""
    ref = ada.order(order)["ref"]
    says = f"Bo has {ref} in hand just now: ask first"
    bo.row(order).locator(".order-menu").click()
    bo.page.locator("[role=dialog] [data-courier=c1]").wait_for()
    until(lambda: "is-held" in (ada.row(order).get_attribute("class") or ""), PATIENCE, "nothing says that it is held")
    assert ada.row(order).locator(".order-looking").get_attribute("title") == "Bo has it in hand"

    mouse, courier = ada.page.mouse, ada.middle(ada.courier_row("c2"))
    mouse.move(*ada.middle(ada.row(order)))
    mouse.down()
    mouse.move(*courier, steps=5)
    card = ada.page.locator("#desk-card .card-held")
    until(lambda: mouse.move(*courier) or card.all_inner_texts() == [says], PATIENCE, "the card does not say")
    ada.says(says)
    ada.page.keyboard.press("Escape")
    mouse.up()

    ada.row(order).locator(".order-menu").click()
    ada.page.locator("[role=dialog] [data-courier=c3]").wait_for()
    until(
        lambda: ada.page.locator("[role=dialog] .held-line").inner_text() == says, PATIENCE, "the dialog does not say"
    )
    until(lambda: "Ada has" in bo.page.locator("[role=dialog] .held-line").inner_text(), PATIENCE, "nor the other one")
    ada.page.locator("[role=dialog] [data-courier=c3]").click()
    bo.has(order, "c3")
    bo.page.locator("[role=dialog] [data-courier=c1]").click()
    bo.says("Ada")
    ada.has(order, "c3")
    until(lambda: edge(ada, order) in ("", "BO"), PATIENCE, "Ada herself is at it")
    until(lambda: "is-held" not in (ada.row(order).get_attribute("class") or ""), PATIENCE, "it is still held")


def test_eight_take_one_order_at_once(ada: Window, bo: Window, order: str, desk: Desk) -> None:
    """Two browsers and six programs, at one moment: one wins, seven are told by whom, and the journal has it once."""
    for window, courier in ((ada, "c0"), (bo, "c1")):
        window.row(order).locator(".order-menu").click()
        window.page.locator(f"[role=dialog] [data-courier={courier}]").wait_for()
    version = ada.order(order)["version"]
    names = ["Cleo", "Dara", "Emil", "Fay", "Gus", "Hana"]
    tokens = [desk.new_token("dispatcher", name=name) for name in names]
    at = time.time() + 1.0
    press = (
        "([courier, at]) => setTimeout(() => "
        "document.querySelector(`[role=dialog] [data-courier=${courier}]`).click(), at - Date.now())"
    )
    for window, courier in ((ada, "c0"), (bo, "c1")):
        window.page.evaluate(press, [courier, at * 1000])

    def take(token: str) -> tuple[int, Any]:
        time.sleep(max(0.0, at - time.time()))
        wanted = {"courier": f"c{2 + tokens.index(token) % 4}", "expected_version": version}
        return desk.call("POST", f"/orders/{order}/assign", wanted, token=token)

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(take, tokens))
    told = given(desk, order)
    assert len(told) == 1
    winner, courier = told[0]
    for name, (status, answer) in zip(names, answers, strict=True):
        assert (status == 200) == (name == winner)
        if name != winner:
            assert status == 409
            assert winner in answer["detail"]
    for name, window in (("Ada", ada), ("Bo", bo)):
        window.has(order, courier)
        window.says("given to" if name == winner else winner)


def test_several_at_once_against_one(ada: Window, bo: Window, order: str, another: str, desk: Desk) -> None:
    """While Ada's wish for two orders is on its way, Bo gives one of them: hers is refused for that one, with his name,
    and carried out for the other; what Bo did stands."""
    for one in (order, another):
        ada.row(one).click(modifiers=["Control"])
    ada.page.locator("#bulk-assign").click()
    ada.page.keyboard.type("Courier 2")
    held: list[Route] = []
    ada.page.route(CALLS, lambda route: held.append(route))
    ada.page.keyboard.press("Enter")
    until(lambda: ada.reads("1") and held, PATIENCE, "nothing is on its way")
    give(bo, order, "c1")
    bo.has(order, "c1")
    for route in held:
        route.continue_()
    ada.page.unroute(CALLS)
    refused = ada.page.locator(f'.outcome-row[data-order="{order}"]')
    until(lambda: refused.count() == 1, PATIENCE, "nothing is said of each order")
    assert "is-refused" in (refused.get_attribute("class") or "")
    assert "Bo" in refused.inner_text()
    for window in (ada, bo):
        window.has(another, "c2")
        window.has(order, "c1")
    assert given(desk, order) == [("Bo", "c1")]
    assert given(desk, another) == [("Ada", "c2")]


def test_undo_against_a_newer_change(ada: Window, bo: Window, order: str, desk: Desk) -> None:
    """What Bo has done since to Ada's order is not undone with it: her undo is refused with his name. While he has the
    order in hand his initials and its courier's name can both be read, however many orders there are."""
    give(ada, order, "c1")
    ada.has(order, "c1")
    ada.page.locator("#desk-undo").wait_for()
    bo.has(order, "c1")
    select(bo, order)
    until(lambda: edge(ada, order) == "BO", PATIENCE, "nobody is said to look")
    assert not is_covered(ada, order)
    give(bo, order, "c3")
    ada.has(order, "c3")
    ada.page.locator("#desk-undo").click()
    ada.says("Bo")
    assert stays(lambda: bo.order(order)["courier"] == "c3", 0.5)
    assert given(desk, order) == [("Ada", "c1"), ("Bo", "c3")]


def test_what_needs_attention_on_a_screen_of_its_own(
    ada: Window, bo: Window, open_part: OpenPart, ada_token: str, desk: Desk
) -> None:
    """All its keys work there: Enter shows the order in the other window, Q, S and R answer, the arrows go on."""
    soon = to_wire(datetime.now(UTC) + timedelta(minutes=1))
    late = [desk.place(dropoff={"lat": 60.1745, "lon": 24.9475, "before": soon})["id"] for _ in range(2)]
    alarms = open_part("attention", ada_token)
    keys = alarms.page.keyboard
    rows = {one: alarms.page.locator(f'[data-alarm="A1.{one}"]') for one in late}
    until(lambda: all(row.count() == 1 for row in rows.values()), PATIENCE, "no alarm is shown")
    on = "() => document.activeElement.closest('[data-alarm]')?.dataset.alarm.slice(3)"
    keys.press("n")
    until(lambda: alarms.page.evaluate(on), PATIENCE, "N does not lead to the list")
    until(lambda: alarms.page.evaluate(on) in late or keys.press("ArrowDown"), PATIENCE, "the arrows do not go on")
    first = alarms.page.evaluate(on)
    keys.press("Enter")
    until(lambda: ada.state()["selection"]["order"] == first, PATIENCE, "Enter does not show it in the other window")
    until(lambda: edge(bo, first) == "AD", PATIENCE, "Bo does not see where Ada looks")
    keys.press("q")
    until(lambda: "✓ Ada" in rows[first].inner_text(), PATIENCE, "Q does not acknowledge")
    alarms.says("acknowledged")
    keys.press("s")
    keys.press("Enter")
    until(lambda: rows[first].count() == 0, PATIENCE, "S does not put aside")
    alarms.page.locator(".attention-shelf summary").click()
    alarms.page.locator(".attention-shelf button").click()
    until(lambda: rows[first].count() == 1, PATIENCE, "it does not come back")
    rows[first].locator(".attention-go").focus()
    keys.press("r")
    keys.type("called them")
    keys.press("Enter")
    alarms.says("resolved")
    for one in late:
        desk.call("POST", f"/orders/{one}/cancel", {})


def test_nobody_complains(ada: Window, bo: Window) -> None:
    """After all of this neither window's console has an error."""
    assert ada.complaints + bo.complaints == []
