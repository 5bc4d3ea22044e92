"""What a dispatcher sees when something breaks: the page says so within two seconds, and heals without a reload."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from functools import reduce
from typing import Any

import pytest

from dashboard.domain.board import Board, apply
from dashboard.domain.orders import OPEN_STATES, order_to_wire
from tests.browser.conftest import Open
from tests.browser.riders import Riders
from tests.browser.window import Window, stays
from tests.faults.line import TelephoneLine
from tests.running import COOP, PATIENCE, SLACK, Desk, until

SAYS_WITHIN = 2.0
HEALS_WITHIN = 5.0
STEADY = 1.0  # seconds without a relapse
PLACES = "[...document.querySelectorAll('.desk > *')].map((one) => JSON.stringify(one.getBoundingClientRect()))"


@pytest.fixture(scope="module")
def line(desk: Desk) -> Iterator[TelephoneLine]:
    """The line between Ada's window and the desk."""
    line = TelephoneLine(desk.ports[0])
    yield line
    line.close()


@pytest.fixture(scope="module")
def window(open_as: Open, line: TelephoneLine) -> Iterator[Window]:
    """A window of Ada's at the end of that line."""
    window = open_as("Ada", url=f"http://127.0.0.1:{line.port}", part="board")
    yield window
    window.close()


@pytest.fixture
def live(window: Window, desk: Desk) -> Window:
    """The window when all is well, as each test finds it and leaves it."""
    desk.wait_ready()
    until(window.is_live, PATIENCE, "it is not live")
    window.reads("window.loaded ??= Date.now()")
    return window


@pytest.fixture
def busy(desk: Desk) -> Iterator[list[str]]:
    """Orders that are placed and given all the time, as long as somebody answers; those that were acknowledged."""
    given: list[str] = []
    over = threading.Event()

    def work() -> None:
        while not over.wait(0.5):  # each is cancelled in the end
            try:
                order = desk.place()["id"]
                asked = {"courier": f"c{len(given) % 6}", "expected_version": 1}
                if desk.call("POST", f"/orders/{order}/assign", asked)[0] == 200:
                    given.append(order)
            except OSError:
                continue

    thread = threading.Thread(target=work)
    thread.start()
    yield given
    over.set()
    thread.join()
    for order in given:
        desk.call("POST", f"/orders/{order}/cancel", {})


def says_so(window: Window) -> None:
    """The banner comes in time."""
    assert until(window.is_stale, PATIENCE, "it does not say that it is stale") < SAYS_WITHIN + SLACK


def heals(window: Window, patience: float = HEALS_WITHIN) -> None:
    """The banner goes, the page was not loaded again, and the board is the one that the journal leads to."""
    before = window.reads("window.loaded")
    took = until(lambda: stays(window.is_live, STEADY), PATIENCE, f"it does not heal: {window.state()['why']}")
    assert took - STEADY < patience + SLACK
    assert window.reads("window.loaded") == before


def is_whole(window: Window, desk: Desk) -> None:
    """Nothing missed, nothing twice: the spans of the ledger are seamless, and each order is as the journal says."""
    reached = desk.store.head(COOP).seq
    until(lambda: window.seq() >= reached, PATIENCE, "the window is behind")
    state, ledger = window.reads("[roulement.state(), roulement.ledger()]")
    assert [span["first"] for span in ledger] == [1, *(span["last"] + 1 for span in ledger[:-1])]
    assert ledger[-1]["last"] == state["seq"]
    entries = desk.store.entries(COOP, after=0, limit=state["seq"])
    board = reduce(apply, entries, Board(COOP))
    assert open_versions(state["orders"].values()) == open_versions(map(order_to_wire, board.orders.values()))


def open_versions(orders: Iterable[dict[str, Any]]) -> dict[str, int]:
    return {order["id"]: order["version"] for order in orders if order["state"] in OPEN_STATES}


def test_redis_is_killed(live: Window, desk: Desk, busy: list[str]) -> None:
    """kill -9 of Redis: a banner within 2 s, right again within 5 s of its return, each acknowledged order there."""
    until(lambda: len(busy) > 2, PATIENCE, "nobody works")
    desk.redis.kill()
    try:
        says_so(live)
        assert "No news from the street since" in live.page.locator("#desk-stale-banner").inner_text()
        before = len(busy)
        until(lambda: len(busy) > before + 1, PATIENCE, "assignments stop with Redis")
        meanwhile = busy[-1]
    finally:
        desk.redis.start()
    heals(live)
    until(lambda: live.order(meanwhile).get("courier") is not None, PATIENCE, "what happened meanwhile is missing")
    is_whole(live, desk)


def test_the_line_is_cut_for_half_a_minute(live: Window, desk: Desk, busy: list[str], line: TelephoneLine) -> None:
    """A line that swallows everything and tells nobody: a banner within 2 s; soon after its mending all is there."""
    until(lambda: len(busy) > 2, PATIENCE, "nobody works")
    line.block()
    try:
        begun = time.monotonic()
        says_so(live)
        assert "No connection since" in live.state()["connection"]
        assert stays(live.is_stale, 30 - (time.monotonic() - begun))
    finally:
        line.mend()
    heals(live)
    is_whole(live, desk)


def test_the_line_breaks(live: Window, desk: Desk, busy: list[str], line: TelephoneLine) -> None:
    """A broken connection is said at once, moving nothing under the pointer; the page comes back as soon as it can."""
    before = live.reads(PLACES)
    line.cut()
    try:
        says_so(live)
        assert live.reads(PLACES) == before
    finally:
        line.mend()
    heals(live)
    is_whole(live, desk)


def test_the_web_process_stands_still_for_a_quarter_of_a_minute(live: Window, desk: Desk) -> None:
    """SIGSTOP for 15 s: a banner within 2 s; continued, the page is right again, and so is what happened meanwhile."""
    desk.webs[0].pause()
    try:
        begun = time.monotonic()
        says_so(live)
        assert stays(live.is_stale, 15 - (time.monotonic() - begun))
    finally:
        desk.webs[0].resume()
    heals(live)
    is_whole(live, desk)


def test_the_web_process_is_killed(live: Window, desk: Desk, busy: list[str]) -> None:
    """kill -9 of the web process: a banner within 2 s; another one in its place, and the page goes on with it."""
    until(lambda: busy, PATIENCE, "nobody works")
    desk.webs[0].kill()
    try:
        says_so(live)
    finally:
        desk.webs[0].start()
    desk.wait_ready()
    heals(live)
    is_whole(live, desk)


def test_a_courier_who_falls_silent_fades_in_the_list(live: Window, desk: Desk, riders: Riders) -> None:
    """The age of each courier's position is said; who falls silent is older than the others."""
    riders.silent.add("c3")
    try:
        cell = live.courier_row("c3").locator(".courier-seen")
        until(lambda: (cell.text_content() or "") in {"4 s", "5 s", "6 s"}, PATIENCE, "its age is not said")
        assert live.courier_row("c1").locator(".courier-seen").text_content() in {"0 s", "1 s", "2 s"}
    finally:
        riders.silent.clear()
