"""From an invitation to the desk, in a real browser: password, second factor, a second browser, and its end."""

from __future__ import annotations

from datetime import UTC, datetime

import pyotp
from playwright.sync_api import Browser, Page

from dashboard.people import People
from tests.running import COOP, Desk

PASSWORD = "three words nobody guesses"
ADA = "ada@example.org"


def test_invited_signed_in_and_ended(desk: Desk, browser: Browser) -> None:
    """Invite, set a password, set the second factor up, sign in elsewhere with it, and end that session from here."""
    people = People(desk.store, lambda coop: None)
    secret = people.invite(COOP, ADA, "admin", by="command line", now=datetime.now(UTC), name="Ada")
    here, complaints = browser.new_context(locale="en-GB").new_page(), []
    here.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    here.goto(f"{desk.url()}/invitation/{secret}")
    here.fill("#invitation-password", PASSWORD)
    here.click("#invitation-accept")
    here.wait_for_url("**/account/factor")
    here.click("details summary")
    phone = pyotp.TOTP(here.inner_text("#factor-secret"))
    here.fill("#factor-code", phone.now())
    here.click("#factor-on")
    codes = here.locator("#recovery code").all_inner_texts()
    assert len(codes) == 10
    here.click("#factor-done")
    there = sign_in(desk, browser, codes[0])
    live = there.locator('.desk[data-connection="live"]')
    live.wait_for()
    here.goto(f"{desk.url()}/account")
    assert here.locator("#sessions tbody tr").count() == 2
    here.click("#end-others")
    here.wait_for_selector("#said")
    assert here.locator("#sessions tbody tr").count() == 1
    there.wait_for_url("**/sign-in", timeout=20_000)
    assert complaints == []


def sign_in(desk: Desk, browser: Browser, code: str) -> Page:
    """In another browser, to the desk."""
    page = browser.new_context(locale="en-GB").new_page()
    page.goto(f"{desk.url()}/dispatch")
    page.wait_for_url("**/sign-in?**")
    page.fill("#sign-in-email", ADA)
    page.fill("#sign-in-password", PASSWORD)
    page.click("#sign-in-enter")
    page.fill("#sign-in-code", code)
    page.click("#sign-in-code-enter")
    page.wait_for_url("**/dispatch")
    return page
