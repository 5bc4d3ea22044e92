"""The way of what is chosen, in words; and a routing server that goes away while somebody looks."""

from __future__ import annotations

from pathlib import Path

from live.city.ask import AskTiles
from live.city.build import default_pack
from tests.browser.conftest import Open
from tests.running import PATIENCE, Desk, until
from tests.valhalla_server import FAILS, ValhallaServer


def test_the_desk_says_by_whom_routes_are_made(desk: Desk, open_as: Open, cities: Path) -> None:
    """The chosen order's way is told; while the routing server is away a line says since when."""
    tiles = default_pack(cities.parent).tiles
    assert tiles is not None
    server = ValhallaServer(AskTiles(tiles)).start()
    program = desk.another_web(ROULEMENT_VALHALLA_URL=server.url)
    order = desk.place()["id"]
    window = open_as("Ada", url=desk.url(desk.ports[-1]))
    way, line = window.page.locator("#desk-way"), window.page.locator("#desk-routing")
    try:
        until(lambda: window.row(order).count() == 1, PATIENCE, "the order does not appear")
        window.row(order).click()
        until(lambda: way.is_visible() and "Way ahead: " in way.inner_text(), PATIENCE, "no way is told")
        assert server.asked
        until(line.is_hidden, PATIENCE, "the server is there, and said to be away")
        server.mood = FAILS
        until(lambda: line.is_visible() and "routing server has been away since" in line.inner_text(), PATIENCE,
              "nobody says that the server is away")  # fmt: skip
        server.mood = "well"
        until(line.is_hidden, PATIENCE, "it is back, and the line stays")
    finally:
        window.close()
        desk.call("POST", f"/orders/{order}/cancel", {})
        desk.ports.pop()
        desk.webs.remove(program)
        program.kill()
        server.stop()
