"""One order from the restaurant's Accept to the customer's door, under five accounts, each of which sees its own."""

from __future__ import annotations

import base64
import json
import shutil
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from dashboard.people import People
from tests.browser.window import Window
from tests.running import COOP, PATIENCE, Desk, until

PASSWORD = "four words that nobody guesses"
START = {"lat": 60.1718, "lon": 24.9405}  # near: a phone that leaps is doubted
RESTAURANT = {"lat": 60.1725, "lon": 24.9405, "name": "Kirja", "address": "Kirja 1"}
CUSTOMER = {"lat": 60.1745, "lon": 24.9475, "address": "Home 2"}
ACCOUNTS = {
    "dispatcher": ("Ana", None), "restaurant": ("Kirja", "kirja"), "courier": ("Zoé", "zoe"), "member": ("Mio", None),
    "admin": ("Ida", None),
}  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, cities: Path) -> Iterator[Desk]:
    """An installation of its own, with one courier, whom nothing but her phone moves."""
    home = tmp_path_factory.mktemp("evening")
    shutil.copytree(cities, home / "cities")
    desk = Desk(home).start()
    try:
        desk.add_courier("zoe")
        yield desk
    finally:
        desk.stop()


@pytest.fixture(scope="module")
def contexts(browser: Browser, desk: Desk) -> Iterator[dict[str, BrowserContext]]:
    """Five browsers, each signed in with an address and a password of its own."""
    people = People(desk.store, lambda coop: None)
    opened = {}
    for role, (name, scope) in ACCOUNTS.items():
        email, now = f"{role}@example.org", datetime.now(UTC)
        people.accept(people.invite(COOP, email, role, by="test", now=now, scope=scope), name, PASSWORD, now)
        opened[role] = context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
        page = context.new_page()
        page.goto(f"{desk.url()}/sign-in")
        page.fill("#sign-in-email", email)
        page.fill("#sign-in-password", PASSWORD)
        page.click("#sign-in-enter")
        page.wait_for_url(lambda url: "/sign-in" not in url)
        if role not in ("dispatcher", "restaurant"):
            page.goto("about:blank")  # one processor draws them all
    yield opened
    for context in opened.values():
        context.close()


def asks(context: BrowserContext, desk: Desk, method: str, path: str, document: Any = None) -> tuple[int, Any]:
    """Status and answer of a call in that person's session, as a page of ours would send it."""
    headers = {"Origin": desk.url(), "Content-Type": "application/json"}
    body = None if document is None else json.dumps(document)
    answer = context.request.fetch(f"{desk.url()}{path}", method=method, headers=headers, data=body)
    kind = answer.headers.get("content-type", "")
    return answer.status, answer.json() if "json" in kind else answer.text()


def phone(desk: Desk, token: str, lat: float, lon: float) -> int:
    """What OwnTracks sends."""
    said = {"_type": "location", "lat": lat, "lon": lon, "tst": int(time.time()), "acc": 5, "batt": 67, "tid": "zo"}
    who = base64.b64encode(f"zoe:{token}".encode()).decode()
    headers = {"Authorization": f"Basic {who}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{desk.url()}/ingest/owntracks", json.dumps(said).encode(), headers)
    with urllib.request.urlopen(request, timeout=10) as answer:
        return int(answer.status)


def courier_line(tablet: Page, order: str) -> str:
    """What the tablet says of who comes."""
    return tablet.locator(f'[data-order="{order}"] .kitchen-courier').inner_text()


def test_an_order_goes_through_five_pairs_of_hands(desk: Desk, contexts: dict[str, BrowserContext]) -> None:
    """Tablet accepts, desk hands out, phone arrives, tablet is ready, courier takes and brings: each sees its own."""
    tablet, token = contexts["restaurant"].pages[0], desk.new_token("courier", name="Zoé", scope="zoe")
    tablet.locator(".kitchen-column").first.wait_for()
    assert phone(desk, token, START["lat"], START["lon"]) == 200
    ana = Window(contexts["dispatcher"].pages[0]).open(f"{desk.url()}/dispatch")
    order = desk.place(restaurant="kirja", kind="meal", pickup=RESTAURANT, dropoff=CUSTOMER, tip_cents=250)["id"]
    other = desk.place(restaurant="toscana", kind="meal")["id"]

    tablet.locator(f'[data-column="new"] [data-order="{order}"] [data-button="accept"]').click()
    until(lambda: ana.order(order).get("state") == "accepted", PATIENCE, "the desk does not hear of it")
    assert "No courier yet" in courier_line(tablet, order)

    ana.row(order).locator(".order-menu").click()
    ana.page.locator(".candidate:not([disabled])", has_text="Zoe").click()
    until(lambda: ana.order(order).get("courier") == "zoe", PATIENCE, "Zoé does not get it")
    until(lambda: "Zoe" in courier_line(tablet, order), PATIENCE, "the tablet does not say who comes")

    assert phone(desk, token, RESTAURANT["lat"], RESTAURANT["lon"]) == 200  # type: ignore[arg-type]
    until(lambda: courier_line(tablet, order).endswith("is here"), PATIENCE, "the tablet does not see her come")

    tablet.locator(f'[data-order="{order}"] [data-button="ready"]').click()
    until(lambda: ana.order(order).get("state") == "ready", PATIENCE, "the desk does not hear that it is ready")
    assert asks(contexts["courier"], desk, "POST", f"/api/v1/orders/{order}/picked-up", {})[0] == 200
    until(lambda: "On its way" in courier_line(tablet, order), PATIENCE, "the tablet does not see it go")
    assert phone(desk, token, CUSTOMER["lat"], CUSTOMER["lon"]) == 200  # type: ignore[arg-type]
    until(lambda: ana.state()["positions"].get("zoe"), PATIENCE, "the desk does not see where she is")

    # each its own, and nothing more
    status, screen = asks(contexts["restaurant"], desk, "GET", "/api/v1/kitchen")
    assert (status, [one["id"] for one in screen["orders"]]) == (200, [order])
    assert screen["orders"][0]["arrival"] is None
    assert not {"tip_cents", "dropoff"} & screen["orders"][0].keys()
    assert asks(contexts["restaurant"], desk, "GET", f"/api/v1/orders/{other}")[0] == 404
    assert asks(contexts["restaurant"], desk, "GET", "/api/v1/couriers")[0] == 403
    assert [one["id"] for one in asks(contexts["courier"], desk, "GET", "/api/v1/orders")[1]["orders"]] == [order]
    assert asks(contexts["courier"], desk, "POST", f"/api/v1/orders/{order}/assign", {})[0] == 403
    assert asks(contexts["member"], desk, "GET", "/api/v1/orders")[0] == 403
    assert asks(contexts["member"], desk, "GET", "/api/v1/journal")[0] == 403
    assert asks(contexts["dispatcher"], desk, "GET", "/people")[0] == 403
    assert asks(contexts["admin"], desk, "GET", "/people")[0] == 200

    assert asks(contexts["courier"], desk, "POST", f"/api/v1/orders/{order}/delivered", {})[0] == 200
    until(lambda: ana.order(order).get("state") == "delivered", PATIENCE, "the desk does not hear that it is there")
    until(lambda: courier_line(tablet, order).endswith("Delivered"), PATIENCE, "the tablet does not hear of it")
    assert [(entry.kind.partition(".")[2], entry.actor) for entry in desk.store.about(COOP, order)] == [
        ("placed", "Ada"), ("accepted", "Kirja"), ("assigned", "Ana"), ("ready", "Kirja"), ("picked_up", "Zoé"),
        ("delivered", "Zoé"),
    ]  # fmt: skip
    desk.call("POST", f"/orders/{other}/cancel", {})
