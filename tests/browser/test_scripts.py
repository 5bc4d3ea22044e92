"""Scripts in every text that somebody may write: none of them runs, on any page, whoever looks."""

from __future__ import annotations

from playwright.sync_api import Browser, Page

from tests.browser.window import PATIENCE
from tests.running import HERE, THERE, Desk, until

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
            harmless(page, path)
        assert dialogs == []
        context.close()
    desk.shift("wicked", "end")
    for order in orders:
        desk.call("POST", f"/orders/{order}/cancel")
