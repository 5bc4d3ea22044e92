"""Real Chromium before a real installation: Redis, a worker, a web process, riders on the road."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Playwright, expect, sync_playwright

from dashboard.browser_code import BUNDLES, PAGES, ROOT
from tests.browser.riders import Riders
from tests.browser.window import Window, open_window
from tests.running import PATIENCE, Desk, until

CHROMIUM_ARGUMENTS = [
    "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-gpu-compositing",
    "--disable-gpu-rasterization",
]  # fmt: skip
"""WebGL in software for the map alone: to put the page together in it, too, costs three times as much processor."""
SCREEN = {"width": 1280, "height": 800}
COURIERS = 6
NAMES = {f"c{number}": f"Courier {number}" for number in range(COURIERS)}

Open = Callable[..., Window]
Seats = tuple[BrowserContext, BrowserContext]
Pair = tuple[Window, Window]
Parts = tuple[str, str]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files before which nobody sits come first, then those that want the same parts one after the other."""
    here = [at for at, item in enumerate(items) if item.path.is_relative_to(Path(__file__).parent)]
    modules = {items[at].path: (0, ("", "")) for at in here}
    for item in (items[at] for at in here):
        if "seated" in getattr(item, "fixturenames", ()):
            modules[item.path] = 1, parts_of(item)
    for at, item in zip(here, sorted((items[at] for at in here), key=lambda item: modules[item.path]), strict=True):
        items[at] = item


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What stood before Ada and Bo belongs to the report of a test that failed."""
    report = yield
    for name in ("ada", "bo"):
        window = getattr(item, "funcargs", {}).get(name)
        if report.when == "call" and report.failed and isinstance(window, Window):
            with suppress(Error):
                report.sections.append((f"before {name.title()}", window.tells()))
    return report


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
    """All couriers of the desk, on the road."""
    riders = Riders(desk.redis, list(NAMES))
    riders.start()
    yield riders
    riders.stop()


@pytest.fixture
def riding(riders: Riders) -> Iterator[None]:
    """They ride up and down."""
    with riders.riding():
        yield


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver."""
    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium, drawing in software. A missing one is a failure, never a skip; so are bundles of old."""
    program = shutil.which("chromium")
    assert program, "these tests need Chromium: run `make env`"
    newest = max((ROOT / "assets/desk").rglob("*.js"), key=lambda path: path.stat().st_mtime)
    built = (ROOT / BUNDLES / PAGES["desk"]).stat().st_mtime
    assert newest.stat().st_mtime <= built, f"{newest.name} is newer than what browsers load: run `make env`"
    browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGUMENTS)
    impatient = browser.new_context

    def new_context(**options: Any) -> BrowserContext:
        context = impatient(**options)
        context.set_default_timeout(PATIENCE * 1000)
        return context

    browser.new_context = new_context  # type: ignore[method-assign]  # a browser as such has no patience to set
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def open_as(browser: Browser, desk: Desk, riders: Riders) -> Open:
    """Opens a window for a dispatcher of that name, in a browser session of their own: all, or one ``part``."""

    def open_as(name: str, *, url: str = "", part: str = "", **context: Any) -> Window:
        options = {"viewport": SCREEN, "locale": "en-GB", **context}
        token = desk.new_token("dispatcher", name=name)
        return open_window(browser.new_context(**options), url or desk.url(), token, part)

    return open_as


@pytest.fixture(scope="session")
def seats(browser: Browser) -> Iterator[Seats]:
    """Ada's and Bo's browsers, which have loaded the desk's code once it was opened."""
    seats = tuple(browser.new_context(viewport=SCREEN, locale="en-GB") for _ in range(2))
    yield seats[0], seats[1]
    for seat in seats:
        seat.close()


@pytest.fixture(scope="session")
def seated(seats: Seats, desk: Desk, riders: Riders) -> Iterator[Callable[[Parts], Pair]]:
    """Seats Ada and Bo before those parts of the desk, signed in anew; who sits there already begins anew.

    To load a page again takes a third of what it takes to open one.
    """
    now: dict[Parts, Pair] = {}

    def leave() -> None:
        for page in [page for seat in seats for page in seat.pages]:
            page.close()
        now.clear()

    def seated(parts: Parts) -> Pair:
        if parts in now:
            for window in now[parts]:
                window.begin_anew()
        else:
            leave()
            for seat in seats:
                seat.clear_cookies()
            tokens = [desk.new_token("dispatcher", name=name) for name in ("Ada", "Bo")]
            ada, bo = (open_window(*each) for each in zip(seats, [desk.url()] * 2, tokens, parts, strict=True))
            now[parts] = ada, bo
        return now[parts]

    yield seated
    leave()


@pytest.fixture(scope="module")
def windows(request: pytest.FixtureRequest, seated: Callable[[Parts], Pair], desk: Desk) -> Iterator[Pair]:
    """Ada and Bo before their lists; a file that is about more marks the ``parts`` that it needs.

    To draw one map takes a quarter of a processor. When a file is done, no order is open any more.
    """
    windows = seated(parts_of(request.node))
    yield windows
    for window in windows:
        window.reads("localStorage.clear()")
    desk.close_orders()


def parts_of(node: pytest.Item | pytest.Collector) -> Parts:
    """The parts of the desk before which a file wants Ada and Bo."""
    marked = node.get_closest_marker("parts")
    ada, bo = marked.args if marked else ("board", "board")
    return ada, bo


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
        until(lambda window=window: window.row(placed).count() == 1, PATIENCE, "the order does not appear")  # type: ignore[misc]
    yield placed
    desk.call("POST", f"/orders/{placed}/cancel", {})
