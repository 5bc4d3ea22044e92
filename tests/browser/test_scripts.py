"""Scripts in every text that somebody may write: none of them runs, on any page, whoever looks."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.running import HERE, THERE, Desk, until

PATIENCE = 120.0
"""Seconds for whatever is waited for: fourteen pages are loaded from nothing, on a machine that does much else."""
pytestmark = pytest.mark.timeout(600)

PAYLOADS = (
    "<img src=x onerror=\"document.title='run'\">",
    "<script>document.title='run'</script>",
    '"><svg onload="document.title=\'run\'">',
    "javascript:document.title='run'",
    "{{constructor.constructor('document.title=1')()}}<iframe srcdoc=\"<script>top.document.title='run'</script>\">",
)
PAGES = {
    "dispatcher": ("/dispatch", "/objections", "/phones", "/pay", "/fairness", "/how", "/register"),
    "admin": ("/tokens", "/people", "/rules", "/assembly"), "restaurant": ("/restaurant",),
    "courier": ("/me", "/phones"),
}  # fmt: skip


def wicked(desk: Desk, payload: str) -> str:
    """An order with the payload in every text field, in the hands of a courier who is called so, with an objection."""
    text = payload[:200]
    order = desk.place(
        ref=payload[:32], restaurant="wicked", kind="meal", note=text, items=[{"name": text}],
        pickup={**HERE, "name": text, "address": text}, dropoff={**THERE, "name": text, "address": text},
    )  # fmt: skip
    given = {"courier": "wicked", "expected_version": 1, "reason": text}
    assert desk.call("POST", f"/orders/{order['id']}/assign", given)[0] == 200
    assert desk.call("POST", f"/orders/{order['id']}/problem", {"kind": "other", "text": text})[0] == 200
    own = desk.new_token("courier", name=text, scope="wicked")
    status, _ = desk.call("POST", "/objections", {"about": f"order:{order['id']}", "text": text}, token=own)
    assert status == 201
    found: str = order["id"]
    return found


def harmless(page: Page, path: str) -> None:
    """Nothing of it ran, and nothing of it became an element."""
    assert page.title() != "run", path
    made = page.evaluate("document.querySelectorAll('img[src=x], svg[onload], iframe[srcdoc]').length")
    assert made == 0, path


def look_at_the_desk(page: Page, _: Desk, orders: list[str]) -> None:
    """The rows, the map under the pointer at both ends of an order, the dialog with the couriers' names."""
    rows = page.locator("#desk-orders [data-order]")
    until(lambda: rows.count() >= len(orders), PATIENCE, "the orders do not appear")
    for end in ("pickup", "dropoff"):
        until(lambda: page.evaluate(f"roulement.where('{end}', '{orders[0]}')"), PATIENCE, f"no {end} is drawn")  # noqa: B023
        spot = page.evaluate(f"roulement.where('{end}', '{orders[0]}')")
        page.mouse.move(spot["x"], spot["y"])
        page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
        harmless(page, f"the {end} under the pointer")
    page.locator(f'#desk-orders [data-order="{orders[0]}"]').click()
    page.keyboard.press("a")
    page.locator("#desk-menu-couriers button").first.wait_for()
    harmless(page, "the dialog")
    page.keyboard.press("Escape")


def look_at_the_tablet(page: Page, desk: Desk, orders: list[str]) -> None:
    """The cards, and the notice that the courier is here."""
    until(lambda: page.locator(".kitchen-card").count() == len(orders), PATIENCE, "the cards do not appear")
    arrived = desk.call("POST", "/couriers/wicked/arrived", {"order": orders[0], "place": "pickup"})
    assert arrived[0] == 200, arrived
    page.locator(".kitchen-notice").first.wait_for()


LOOKS = {"/dispatch": look_at_the_desk, "/restaurant": look_at_the_tablet}


def test_no_text_becomes_a_script(browser: Browser, desk: Desk) -> None:
    """Cells, tooltips, results, dialogs, slips, objections: texts stay texts under every role, and the policy holds."""
    assert desk.call("POST", "/couriers", {"id": "wicked", "name": PAYLOADS[0][:100]})[0] == 201
    desk.shift("wicked", "start")
    orders = [wicked(desk, payload) for payload in PAYLOADS]
    for role, paths in PAGES.items():
        scope = {"courier": "wicked", "restaurant": "wicked"}.get(role)
        context = browser.new_context(locale="en-GB")
        context.set_default_timeout(PATIENCE * 1000)
        token = desk.new_token(role, name=PAYLOADS[2], scope=scope)
        assert context.request.post(f"{desk.url()}/login", form={"token": token}).ok
        page = context.new_page()
        dialogs: list[str] = []
        page.on("dialog", lambda shown: (dialogs.append(shown.message), shown.dismiss()))  # noqa: B023
        for path in paths:
            page.goto(f"{desk.url()}{path}")
            page.wait_for_selector("main, #desk-map, h1")
            until(lambda: page.evaluate("document.readyState") == "complete", PATIENCE, path)  # noqa: B023
            if look := LOOKS.get(path):
                look(page, desk, orders)
            harmless(page, path)
        assert dialogs == []
        context.close()
    desk.shift("wicked", "end")
    for order in orders:
        desk.call("POST", f"/orders/{order}/cancel")
