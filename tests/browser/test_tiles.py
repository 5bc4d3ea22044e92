"""Maps in tiles: an installation's own instead of the base map, and the base map of a large city."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image
from playwright.sync_api import Browser, Route

from dashboard.access import digest
from dashboard.ports import Coop, Token
from live.city import making
from live.city.build import build
from tests.app.city.conftest import extract_of_the_wheel
from tests.browser.conftest import NAMES, SCREEN
from tests.browser.riders import Riders
from tests.browser.window import Window
from tests.running import PATIENCE, Desk, until

TILES = "https://tiles.test/{z}/{x}/{y}.svg"
BLUE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256">'
    '<rect width="256" height="256" fill="#0000ff"/></svg>'
)


@pytest.fixture
def url(desk: Desk) -> Iterator[str]:
    """A web process of the desk that draws these tiles."""
    program = desk.another_web(ROULEMENT_MAP_STYLE=TILES)
    yield desk.url(desk.ports[-1])
    program.kill()
    desk.webs.remove(program)
    desk.ports.pop()


@pytest.mark.parametrize("served", [True, False])
def test_tiles_of_ones_own(browser: Browser, desk: Desk, riders: Riders, url: str, served: bool) -> None:
    """The tiles around the city are asked for and drawn under the couriers; when they do not come, the map says so."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        if served:
            route.fulfill(content_type="image/svg+xml", body=BLUE, headers={"Access-Control-Allow-Origin": "*"})
        else:
            route.fulfill(status=404, headers={"Access-Control-Allow-Origin": "*"})

    context = browser.new_context(viewport=SCREEN, locale="en-GB")
    context.route("https://tiles.test/**", answer)
    context.request.post(f"{url}/login", form={"token": desk.new_token("dispatcher", name="Ti")})
    window = Window(context.new_page())
    window.open(f"{url}/dispatch")
    until(lambda: window.state() and len(asked) >= 2, PATIENCE, "no tile is asked for")  # asking lets Playwright answer
    assert all(each.startswith("https://tiles.test/1") for each in asked), "of the scale of a city"
    if served:
        ground = window.page.locator(".map-ground")
        until(lambda: _is_blue(ground.screenshot()), PATIENCE, "the tiles are not drawn")
        assert window.page.locator(".map-note").count() == 0
    else:
        window.page.locator(".map-note").wait_for()
    assert set(NAMES) <= set(window.state()["positions"]), "couriers are drawn, whatever lies under them"
    window.close()


def test_vector_tiles_of_a_large_city(browser: Browser, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page itself decodes the tiles, under its own policy, and draws them with their names; nothing complains."""
    monkeypatch.setattr(making, "ONE_SHEET", 0)
    build(extract_of_the_wheel("test"), desk.home, "village")
    desk.store.add_coop(Coop("village", "Village", city="village"))
    desk.store.add_token(Token(str(uuid4()), "village", "dispatcher", digest("villager"), "Vi", None))
    context = browser.new_context(viewport=SCREEN, locale="en-GB")
    context.request.post(f"{desk.url()}/login", form={"token": "villager"})
    page, asked, complaints = context.new_page(), [], []
    page.on("request", lambda one: asked.append(one.url) if one.url.endswith(".mvt") else None)
    page.on("console", lambda one: complaints.append(one.text) if one.type == "error" else None)
    page.goto(f"{desk.url()}/dispatch")
    page.locator(".map-ground canvas").wait_for()
    until(lambda: _shades(page.locator(".map-ground").screenshot()) > 6, PATIENCE, "the tiles are not drawn")
    assert asked
    assert all(one.startswith(f"{desk.url()}/city/village/basemap-") for one in asked)
    assert complaints == []
    context.close()


def _shades(picture: bytes) -> int:
    """How many colours fill at least a thousandth of it each."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    least = image.width * image.height // 1000
    return len([count for count, _ in image.getcolors(1 << 24) or [] if count >= least])


def _is_blue(picture: bytes) -> bool:
    pixels = Image.open(BytesIO(picture)).convert("RGB").resize((8, 8)).tobytes()
    blue = sum(pixels[at + 2] > 150 and pixels[at] < 80 for at in range(0, len(pixels), 3))
    return blue > 20
