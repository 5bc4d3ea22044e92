"""The page of the recurring orders, as a dispatcher uses it."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.running import Desk


def test_an_order_is_made_to_come_again(desk: Desk, browser: Browser) -> None:
    """Boxes and a time are said in words before anything is set; then it stands in the list, and ends at a press."""
    order = desk.place(
        pickup={"lat": 60.1725, "lon": 24.9405, "name": "Toscana"},
        dropoff={"lat": 60.1745, "lon": 24.9475, "address": "Home 2"},
    )["id"]
    context = browser.new_context(locale="en-GB")
    token = desk.new_token("dispatcher", name="Ada")
    assert context.request.post(f"{desk.url()}/login", form={"token": token}).ok
    page = context.new_page()
    page.goto(f"{desk.url()}/recurring?order={order}")
    preview = page.locator("#recur-preview")
    page.get_by_label("Every how many weeks").fill("2")
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"):
        page.get_by_label(day, exact=True).check()
    page.get_by_label("At", exact=True).fill("23:59")
    expect(preview).to_contain_text("every 2 weeks, Monday, Tuesday")
    expect(preview.locator("li")).to_have_count(5)
    page.get_by_label("Or a rule by hand").fill("FREQ=DAILY;BYHOUR=3")
    expect(preview).to_contain_text("BYHOUR=3 is no part of a rule here")
    page.get_by_label("Or a rule by hand").fill("FREQ=DAILY")
    expect(preview).to_contain_text("every day at 23:59")
    page.get_by_role("button", name="Have it come again").click()
    rules = page.locator(".recurring-rules")
    expect(rules).to_contain_text("every day at 23:59")
    rules.get_by_role("button", name="Leave out").last.click()
    expect(rules).to_contain_text("left out:")
    rules.get_by_role("button", name="End it").click()
    expect(rules).to_have_count(0)
    context.close()
    (rule,) = desk.call("GET", "/recurring")[1]["recurring"]
    made = [one["id"] for one in desk.call("GET", "/orders?limit=500")[1]["orders"] if one["id"].startswith(rule["id"])]
    for one in (order, *made):
        desk.call("POST", f"/orders/{one}/cancel", {})
