"""From what-if to a rule in force, in a real browser: asked, proposed, voted, closed."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import Browser, Page

from tests.browser.conftest import SCREEN
from tests.running import Desk
from tests.today import today


def signed_in(browser: Browser, desk: Desk, role: str, name: str) -> Page:
    """A page of somebody's own browser."""
    context = browser.new_context(viewport=SCREEN, locale="fr-FR")
    token = desk.new_token(role, name=name)
    answer = context.request.post(f"{desk.url()}/login", form={"token": token})
    assert answer.ok, answer.text()
    return context.new_page()


def test_from_what_if_to_the_rule_in_force(browser: Browser, desk: Desk) -> None:
    """A member asks, proposes and votes; the administrator closes; the rules name the day from which it holds."""
    member = signed_in(browser, desk, "member", "Mia")
    member.goto(f"{desk.url()}/what-if?days=7")
    member.get_by_text("Ajouter une règle qui n’existe pas encore").click()
    member.get_by_label("Par commande").fill("1,50")
    member.locator("#what-if-ask").click()
    member.locator("#what-if-answer").wait_for()
    member.locator("#what-if-propose").click()
    member.locator("#propose-title").fill("Un prix par commande")
    member.locator("#propose-put").click()
    proposal = member.locator(".proposal")
    proposal.wait_for()
    proposal.get_by_role("button", name="Pour").click()
    member.get_by_text("Votre voix : Pour").wait_for()
    admin = signed_in(browser, desk, "admin", "Eva")
    admin.goto(f"{desk.url()}/assembly")
    admin.get_by_text("Clore le vote").click()
    admin.locator(".closing textarea").first.fill("Quorum atteint.")
    admin.get_by_role("button", name="Compter les voix et clore").click()
    admin.get_by_text("Quorum atteint.").wait_for()
    admin.emulate_media(media="print")
    assert not admin.locator(".accounts-header").is_visible(), "the header is not part of the minutes"
    member.goto(f"{desk.url()}/rules")
    coming = member.locator("section", has=member.get_by_role("heading", name="Décidées, pas encore en vigueur"))
    coming.wait_for()
    day = (today() + timedelta(days=14)).day
    assert "1,50 € par commande" in coming.inner_text()
    assert f"{day} " in coming.inner_text()
    for page in (member, admin):
        page.context.close()
