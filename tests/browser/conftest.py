"""Real Chromium before a real installation: Redis, a worker, a web process, riders on the road."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.browser.riders import Riders
from tests.browser.window import Window, open_window
from tests.running import Desk, until

CHROMIUM_ARGUMENTS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
SCREEN = {"width": 1280, "height": 800}
COURIERS = 6
NAMES = {f"c{number}": f"Courier {number}" for number in range(COURIERS)}

Open = Callable[..., Window]


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory, cities: Path) -> Iterator[Desk]:
    """An installation with six couriers on shift, in the default city."""
    home = tmp_path_factory.mktemp("browser")
    shutil.copytree(cities, home / "cities")
    desk = Desk(home, couriers=COURIERS)
    try:
        yield desk.start()
    finally:
        desk.stop()


@pytest.fixture(scope="session")
def riders(desk: Desk) -> Iterator[Riders]:
    """All couriers of the desk, riding."""
    riders = Riders(desk.redis, list(NAMES))
    riders.start()
    yield riders
    riders.stop()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium, drawing in software. A missing one is a failure, never a skip."""
    program = shutil.which("chromium")
    assert program, "these tests need Chromium: run `make env`"
    browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def open_as(browser: Browser, desk: Desk, riders: Riders) -> Open:
    """Opens a window for a dispatcher of that name, in a browser session of their own."""

    def open_as(name: str, *, url: str = "", **context: Any) -> Window:
        options = {"viewport": SCREEN, "locale": "en-GB", **context}
        return open_window(browser.new_context(**options), url or desk.url(), desk.new_token("dispatcher", name=name))

    return open_as


@pytest.fixture(scope="module")
def windows(open_as: Open) -> Iterator[tuple[Window, Window]]:
    """Ada's and Bo's; no more than that at a time, because one processor draws them all."""
    windows = open_as("Ada"), open_as("Bo")
    yield windows
    for window in windows:
        window.close()


@pytest.fixture
def ada(windows: tuple[Window, Window]) -> Window:
    """Ada's window, with nothing chosen."""
    windows[0].page.bring_to_front()
    windows[0].choose_nothing()
    return windows[0]


@pytest.fixture
def bo(windows: tuple[Window, Window]) -> Window:
    """Bo's window, with nothing chosen."""
    windows[1].choose_nothing()
    return windows[1]


@pytest.fixture
def order(desk: Desk, ada: Window, bo: Window) -> Iterator[str]:
    """A fresh order that waits for a courier, in both windows; cancelled afterwards, so that it is in nobody's way."""
    placed = desk.place(
        pickup={"lat": 60.1725, "lon": 24.9405, "name": "Toscana", "address": "Toscana 1"},
        dropoff={"lat": 60.1745, "lon": 24.9475, "address": "Home 2"},
    )["id"]
    for window in (ada, bo):
        until(lambda window=window: window.row(placed).count() == 1, 10, "the order does not appear")  # type: ignore[misc]
    yield placed
    desk.call("POST", f"/orders/{placed}/cancel", {})
