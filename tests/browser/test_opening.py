"""Opening the desk: how soon, how much, in which language, on which screen."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Response

from tests.browser.conftest import SCREEN, Open
from tests.browser.riders import Riders
from tests.browser.window import DRAWN, Window
from tests.running import PATIENCE, Desk, until

SIZES = [(1280, 800), (1440, 900), (1920, 1080), (2560, 1440)]
CUT_OFF = """() => {
  document.getElementById("desk-orders-count").textContent = "288 sur 300";
  const titles = [...document.querySelectorAll(".panel-title, .desk-header")];
  return titles.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.innerText);
}"""
MOST_SCRIPT = 1_600_000  # bytes, gzipped


@pytest.fixture(scope="module")
def scripts() -> dict[str, bytes]:
    """What the newcomer's browser was sent as scripts, by address."""
    return {}


@pytest.fixture(scope="module")
def newcomer(browser: Browser, desk: Desk, riders: Riders, scripts: dict[str, bytes]) -> Iterator[Window]:
    """A browser that has never been here."""
    context = browser.new_context(viewport=SCREEN, locale="en-GB")
    context.request.post(f"{desk.url()}/login", form={"token": desk.new_token("dispatcher", name="Di")})
    window = Window(context.new_page())
    answers: list[Response] = []
    window.page.on("response", lambda answer: answers.append(answer))
    window.open(f"{desk.url()}/dispatch")
    scripts |= {each.url: each.body() for each in answers if each.request.resource_type == "script"}
    yield window
    window.close()


@pytest.mark.usefixtures("riding")
def test_couriers_move(newcomer: Window) -> None:
    """Couriers are drawn, and go on moving between the fixes that come in."""
    before = newcomer.state()["positions"]
    assert set(before) == {f"c{number}" for number in range(6)}
    until(
        lambda: all(abs(at["lat"] - before[who]["lat"]) > 1e-6 for who, at in newcomer.state()["positions"].items()),
        PATIENCE, "somebody stands still",
    )  # fmt: skip
    frames, drawings = newcomer.reads("[roulement.frames, roulement.drawings]")
    until(lambda: newcomer.reads("roulement.frames") > frames + 2, PATIENCE, "no more frames come")
    until(lambda: newcomer.reads("roulement.drawings") > drawings + 2, PATIENCE, "they are not drawn")


def test_the_first_scripts_are_light(newcomer: Window, scripts: dict[str, bytes]) -> None:
    """All scripts of /dispatch together stay within the budget, compressed, and plotly.js is not among them."""
    size = sum(len(gzip.compress(body)) for body in scripts.values())
    assert size <= MOST_SCRIPT, {urlsplit(url).path: len(body) for url, body in scripts.items()}
    assert any("/vendor/deck-" in url for url in scripts)
    assert not [url for url in scripts if "plotly" in url]


def test_what_has_its_hash_in_its_name_is_kept_for_good(newcomer: Window, scripts: dict[str, bytes]) -> None:
    """Our modules and the libraries come compressed and immutable, with the right type."""
    vendored = [url for url in scripts if "/vendor/" in url]
    assert {url.rsplit("/", 1)[1].split("-")[0] for url in vendored} == {"main.js", "deck", "socketio"}
    for url in vendored:
        answer = newcomer.page.context.request.get(url, headers={"Accept-Encoding": "gzip"})
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-type"].startswith("text/javascript")


def test_a_second_visit_is_quick(newcomer: Window) -> None:
    """With everything in the browser's cache, the first courier is drawn soon after the page is asked for."""
    newcomer.page.reload()
    until(lambda: newcomer.reads(DRAWN), PATIENCE, "no courier was drawn")
    assert newcomer.reads("roulement.marks().firstCourier - performance.timeOrigin") < 5000  # 2,500 on an idle machine


def test_leaving_the_desk_ends_it(newcomer: Window) -> None:
    """Going to another page and back leaves a desk that works."""
    newcomer.page.goto(newcomer.page.url.replace("/dispatch", "/login"))
    newcomer.page.go_back()
    until(lambda: newcomer.reads(DRAWN), PATIENCE, "the desk is not back")


def test_no_scroll_bar_on_the_page(newcomer: Window) -> None:
    """From 1280×800 to 2560×1440 everything is in sight: lists scroll, the page does not."""
    for width, height in SIZES:
        newcomer.page.set_viewport_size({"width": width, "height": height})
        wide, high = newcomer.reads("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
        assert (wide, high) == (width, height)
        box = newcomer.page.locator("#desk-map").bounding_box()
        assert box
        assert box["width"] > width / 3
        assert box["height"] > height / 2
    newcomer.page.set_viewport_size(SCREEN)  # type: ignore[arg-type]


def test_the_newcomer_does_not_complain(newcomer: Window) -> None:
    """Nothing in the console but what is meant for developers."""
    assert newcomer.complaints == []


def test_french_from_head_to_foot(open_as: Open) -> None:
    """A browser that prefers French gets the desk in French: frame, lists, connection, numbers; no title is cut off."""
    window = open_as("Fleur", locale="fr-FR")
    live = re.compile(r"En direct, .*\d,\d")
    until(lambda: live.match(window.state()["connection"]), PATIENCE, "the connection is not said in French")
    text = window.page.locator("#desk").inner_text()
    assert "En service (6)" in text or "En course (6)" in text or "(6)" in text
    for english in ("Waiting for", "On shift", "Show all", "Couriers\n", "Live,"):
        assert english not in text, english
    assert window.reads(CUT_OFF) == []
    window.close()


def test_a_browser_without_webgl_has_the_lists(desk: Desk, riders: Riders, browser: Browser) -> None:
    """Where the map cannot be drawn a text says so, and orders are given from the lists as ever."""
    context = browser.new_context(viewport=SCREEN, locale="en-GB")
    context.add_init_script(
        "const get = HTMLCanvasElement.prototype.getContext;"
        "HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {"
        " return kind.startsWith('webgl') ? null : get.call(this, kind, ...rest); }"
    )
    context.request.post(f"{desk.url()}/login", form={"token": desk.new_token("dispatcher", name="Gil")})
    window = Window(context.new_page())
    window.page.goto(f"{desk.url()}/dispatch")
    note = window.page.locator("#desk-map [role=note]")
    note.wait_for()
    assert "WebGL 2" in note.inner_text()
    order = desk.place()["id"]
    until(lambda: window.row(order).count() == 1, PATIENCE, "the order does not appear")
    window.drag(window.middle(window.row(order)), window.middle(window.courier_row("c1")))
    window.has(order, "c1")
    desk.call("POST", f"/orders/{order}/cancel", {})
    window.close()
