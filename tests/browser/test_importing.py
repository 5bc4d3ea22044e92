"""A file of orders is chosen, confirmed, and comes in part after part."""

from __future__ import annotations

from uuid import uuid4

from playwright.sync_api import Browser, expect

from dashboard.access import digest
from dashboard.ports import Coop, Token
from tests.browser.conftest import SCREEN
from tests.running import Desk

ROWS = [f"60.17,24.94;Home {number};60.168,24.95" for number in range(25)]
FILE = "\r\n".join(["pickup.latlong;dropoff.address;dropoff.latlong", *ROWS, "60.17,24.94;Home;nowhere"])


def test_a_confirmed_file_comes_in_to_its_end(browser: Browser, desk: Desk) -> None:
    """Three parts follow one another by themselves; the wrong cell stays named, nothing is left to confirm."""
    desk.store.add_coop(Coop("files", "Files"))
    desk.store.add_token(Token(str(uuid4()), "files", "dispatcher", digest("files-secret"), "Ada", None))
    context = browser.new_context(viewport=SCREEN, locale="fr-FR")
    assert context.request.post(f"{desk.url()}/login", form={"token": "files-secret"}).ok
    page = context.new_page()
    page.goto(f"{desk.url()}/import")
    file = {"name": "jour.csv", "mimeType": "text/csv", "buffer": FILE.encode()}
    page.locator("#import-file input[type=file]").set_input_files([file])  # type: ignore[list-item]
    page.locator("#import-confirm").click()
    expect(page.locator("#import-progress")).to_contain_text("Reprises\xa0: 25 commandes")
    expect(page.locator("#import-found")).to_contain_text("C27")
    expect(page.locator("#import-confirm")).to_have_count(0)
    assert len(desk.store.orders("files").orders) == 25
    context.close()
