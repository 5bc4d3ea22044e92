"""Signing in, invitations, accounts and people, over HTTP as a browser without scripts has them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import pyotp
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard.app import create_app, now
from dashboard.people import People
from tests.app.conftest import Desk, settings_for

PASSWORD = "three words nobody guesses"
HEADINGS = {
    "en": ("My account", "People", "As what do you come in?", "Sign in", "A new password", "Welcome to Acme"),
    "fr": ("Mon compte", "Personnes", "En tant que quoi entrez-vous\xa0?", "Entrer", "Un nouveau mot de passe",
           "Bienvenue chez Acme"),
}  # fmt: skip


@dataclass
class Browser:
    """Keeps cookies, and fills forms in: the form's own secret is taken from the page that was last seen."""

    client: FlaskClient
    page: TestResponse | None = None
    address: dict[str, str] = field(default_factory=lambda: {"REMOTE_ADDR": "203.0.113.9"})

    def get(self, path: str) -> TestResponse:
        self.page = self.client.get(path, environ_base=self.address)
        return self.page

    def post(self, path: str, *, csrf: str | None = None, **fields: str) -> TestResponse:
        if csrf is None and "_csrf" not in self.__dict__:
            self.get("/sign-in")
        found = re.search(r'name="csrf" value="([^"]+)"', self.page.text if self.page else "")
        if found:
            self.__dict__["_csrf"] = found[1]
        sent = {"csrf": self.__dict__.get("_csrf", "") if csrf is None else csrf, **fields}
        answer = self.client.post(path, data=sent, environ_base=self.address)
        if answer.status_code != 303:
            self.page = answer
        else:
            self.__dict__.pop("_csrf", None)
        return answer

    def sign_in(self, email: str, password: str = PASSWORD) -> TestResponse:
        self.get("/sign-in")
        return self.post("/sign-in", email=email, password=password)


@dataclass
class House:
    """A desk with people."""

    desk: Desk

    def __post_init__(self) -> None:
        self.people = People(self.desk.application.store, lambda coop: None)

    def browser(self) -> Browser:
        return Browser(self.desk.flask.test_client())

    def invite(self, role: str, email: str = "ada@example.org", coop: str = "acme", scope: str | None = None) -> str:
        return "/invitation/" + self.people.invite(coop, email, role, by="test", now=now(), scope=scope)

    def member(self, role: str, email: str = "ada@example.org", scope: str | None = None) -> str:
        secret = self.invite(role, email, scope=scope).rpartition("/")[2]
        return self.people.accept(secret, email.partition("@")[0].title(), PASSWORD, now()).id

    def signed_in(self, role: str, email: str = "ada@example.org", scope: str | None = None) -> Browser:
        self.member(role, email, scope)
        browser = self.browser()
        assert browser.sign_in(email).status_code == 303
        if role == "admin":
            set_up_factor(browser)
        return browser


def set_up_factor(browser: Browser) -> pyotp.TOTP:
    page = browser.get("/account/factor").text
    phone = pyotp.TOTP(re.search(r'id="factor-secret">(\w+)<', page)[1])  # type: ignore[index]
    sealed = re.search(r'name="sealed" value="([^"]+)"', page)[1]  # type: ignore[index]
    answer = browser.post("/account/factor", sealed=sealed, code=phone.now())
    assert answer.status_code == 200, answer.text
    assert answer.text.count("<li><code>") == 10
    return phone


@pytest.fixture
def house(desk: Desk) -> House:
    return House(desk)


def test_an_invitation_becomes_an_account_that_signs_in(house: House) -> None:
    """The page names the co-op and the role; the form makes the account and lets in; afterwards the link is used up."""
    link, browser = house.invite("dispatcher"), house.browser()
    page = browser.get(link)
    assert "Acme" in page.text
    assert "dispatcher" in page.text
    assert browser.post(link, name="Ada", password="short").status_code == 422
    answer = browser.post(link, name="Ada", password=PASSWORD)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert browser.client.get("/api/v1/orders").status_code == 200
    assert house.browser().get(link).status_code == 404
    other = house.browser()
    assert other.sign_in("ada@example.org").status_code == 303
    assert other.client.get("/api/v1/orders").status_code == 200


def test_reading_a_link_uses_nothing_up(house: House) -> None:
    """Programs that look links in mails up beforehand take nothing away."""
    link = house.invite("dispatcher")
    for _ in range(3):
        assert house.browser().get(link).status_code == 200


def test_signing_in_and_out(house: House) -> None:
    """A wrong password opens nothing and says nothing of the address; signing out ends the session on the server."""
    house.member("dispatcher")
    browser = house.browser()
    said = {browser.sign_in(email, "wrong wrong wrong").text.replace(email, "") for email in
            ("ada@example.org", "nobody@example.org")}  # fmt: skip
    assert len({re.sub(r'value="[^"]*"', "", one) for one in said}) == 1
    assert browser.client.get("/api/v1/orders").status_code == 401
    assert browser.sign_in("ada@example.org").status_code == 303
    cookie = browser.client.get_cookie("roulement")
    assert cookie is not None
    assert browser.client.post("/logout").status_code == 303
    stolen = house.desk.flask.test_client()
    stolen.set_cookie("roulement", cookie.value)
    assert stolen.get("/api/v1/orders").status_code == 401


def test_where_to_after_signing_in(house: House) -> None:
    """To the page that was asked for, never to another site's."""
    house.member("dispatcher")
    for wanted, where in (("/fairness", "/fairness"), ("//evil.example", "/"), ("https://evil.example", "/")):
        browser = house.browser()
        browser.get("/sign-in")
        answer = browser.post(f"/sign-in?next={wanted}", email="ada@example.org", password=PASSWORD)
        assert answer.headers["Location"] == where


def test_forms_without_their_secret_change_nothing(house: House) -> None:
    """400 for each form that is not of this browser; nobody is signed in, nothing made."""
    browser = house.signed_in("admin")
    link = house.invite("member", "new@example.org")
    for path in ("/sign-in", link, "/account/end-others", "/account/password", "/people/invite", "/people/pair",
                 "/reset"):  # fmt: skip
        for csrf in ("", "made-up"):
            assert browser.post(path, csrf=csrf, email="x@example.org", role="admin").status_code == 400, path
    assert len(house.people.members("acme")) == 1
    assert len(house.people.invitations("acme", now())) == 1


def test_an_administrator_needs_the_second_factor(house: House) -> None:
    """Until it is set up nothing is open but the own account: no page, no call, no callback, no list of people."""
    house.member("admin")
    browser = house.browser()
    browser.sign_in("ada@example.org")
    for path in ("/", "/people", "/rules"):
        assert browser.get(path).headers["Location"] == "/account/factor", path
    assert browser.client.get("/api/v1/orders").status_code == 401
    assert browser.client.post("/people/invite", data={}).status_code in (302, 400, 401)
    phone = set_up_factor(browser)
    assert browser.get("/people").status_code == 200
    again = house.browser()
    assert again.sign_in("ada@example.org").headers["Location"].startswith("/sign-in/code")
    assert again.client.get("/account").status_code == 302, "the password alone opens nothing"
    again.get("/sign-in/code")
    assert again.post("/sign-in/code", code=phone.now()).status_code == 401, "used already"
    with house.desk.application.store.changing_people() as rows:
        from dataclasses import replace

        person = rows.person_by_email("ada@example.org")
        assert person is not None
        rows.write_person(replace(person, totp_step=0))
    assert again.post("/sign-in/code", code=phone.now()).status_code == 303
    assert again.get("/people").status_code == 200


def test_a_new_password_by_mail(house: House) -> None:
    """The mail has a link for the person alone; the page answers the same for strangers; old sessions end."""
    mails: list[tuple[str, str, str]] = []
    browser = house.signed_in("dispatcher")
    hall = _hall(house.desk)
    object.__setattr__(hall, "post", lambda *mail: mails.append(mail))
    other = house.browser()
    pages = []
    for email in ("ada@example.org", "nobody@example.org"):
        other.get("/reset")
        pages.append(re.sub(r'value="[^"]*"', "", other.post("/reset", email=email).text))
    assert pages[0] == pages[1]
    [(to, _, text)] = mails
    assert to == "ada@example.org"
    link = re.search(r"http://localhost:8050(/reset/\S+)", text)
    assert link is not None
    other.get(link[1])
    assert other.post(link[1], password="another good password").status_code == 303
    assert browser.client.get("/api/v1/orders").status_code == 401
    assert other.sign_in("ada@example.org", "another good password").status_code == 303
    assert other.get(link[1]).status_code == 404


def test_one_lists_and_ends_ones_sessions(house: House) -> None:
    """All browsers of the person are listed; one that is ended there is out at once."""
    here = house.signed_in("dispatcher")
    there = house.browser()
    there.sign_in("ada@example.org")
    page = here.get("/account").text
    digests = re.findall(r'name="session" value="([0-9a-f]{64})"', page)
    assert len(digests) == 2
    assert there.client.get("/api/v1/orders").status_code == 200
    here.post("/account/end-others")
    assert there.client.get("/api/v1/orders").status_code == 401
    [mine] = re.findall(r'name="session" value="([0-9a-f]{64})"', here.get("/account").text)
    assert here.post("/account/end", session=mine).headers["Location"] == "/sign-in"
    assert here.client.get("/api/v1/orders").status_code == 401


def test_another_persons_session_is_not_there(house: House) -> None:
    """Whoever knows its digest can do nothing with it."""
    hers = house.signed_in("dispatcher")
    [digest] = re.findall(r'name="session" value="([0-9a-f]{64})"', hers.get("/account").text)
    mine = house.signed_in("member", "bo@example.org")
    mine.get("/account")
    assert mine.post("/account/end", session=digest).status_code == 404
    assert hers.client.get("/api/v1/orders").status_code == 200


def test_several_roles_are_chosen_among(house: House) -> None:
    """After signing in one is asked as what; rights are those of what was chosen, and can be changed."""
    house.member("dispatcher")
    browser = house.browser()
    browser.sign_in("ada@example.org")
    link = house.invite("restaurant", coop="other", scope="kirja")
    browser.get(link)
    assert browser.post(link).headers["Location"] == "/"
    assert browser.client.get("/api/v1/couriers").status_code == 403
    again = house.browser()
    assert again.sign_in("ada@example.org").headers["Location"].startswith("/choose")
    page = again.get("/choose").text
    assert "Other" in page
    assert "Acme" in page
    assert again.post("/choose", **{"as": "acme dispatcher"}).status_code == 303
    assert again.client.get("/api/v1/couriers").status_code == 200
    again.get("/choose")
    assert again.post("/choose", **{"as": "acme admin"}).status_code == 404
    assert again.client.get("/api/v1/couriers").status_code == 200


def test_an_administrator_invites_gives_and_takes(house: House) -> None:
    """The link is shown where there is no mail; a role that is taken, and a member set aside, count at once."""
    admin = house.signed_in("admin")
    admin.get("/people")
    page = admin.post("/people/invite", email="bo@example.org", name="Bo", role="dispatcher").text
    link = re.search(r'id="handed-link">http://localhost:8050(/invitation/[\w-]+)<', page)
    assert link is not None
    bo = house.browser()
    bo.get(link[1])
    bo.post(link[1], name="Bo", password=PASSWORD)
    assert bo.client.get("/api/v1/orders").status_code == 200
    person = next(one.person.id for one in house.people.members("acme") if one.person.name == "Bo")
    admin.get("/people")
    assert admin.post("/people/give", person=person, role="member").status_code == 303
    admin.get("/people")
    assert admin.post("/people/take", person=person, role="dispatcher").status_code == 303
    assert bo.client.get("/api/v1/orders").status_code == 403
    assert bo.client.get("/api/v1/metrics/fairness").status_code in (200, 503)
    admin.get("/people")
    assert admin.post("/people/aside", person=person).status_code == 303
    assert bo.client.get("/api/v1/metrics/fairness").status_code == 401
    ada = next(one.person.id for one in house.people.members("acme") if one.person.name == "Ada")
    admin.get("/people")
    assert admin.post("/people/take", person=ada, role="admin").status_code == 422
    admin.get("/people")
    assert admin.post("/people/invite", email="c@example.org", role="courier", scope="nobody").status_code == 422


def test_an_address_is_not_changed_in_silence(house: House) -> None:
    """Sessions and reset links end, both addresses are written to, the journal has a line that names no address."""
    mails: list[tuple[str, str, str]] = []
    admin, eve = house.signed_in("admin"), house.signed_in("dispatcher", "eve@example.org")
    object.__setattr__(_hall(house.desk), "post", lambda *mail: mails.append(mail))
    person = next(one.person for one in house.people.members("acme") if one.person.name == "Eve")
    asked = house.people.forgot("eve@example.org", by="eve", now=now())
    assert asked is not None
    assert admin.post("/people/move", person=person.id, email="ada@example.org").status_code == 422
    assert eve.client.get("/api/v1/orders").status_code == 200
    answer = admin.post("/people/move", person=person.id, email="Eve@Elsewhere.example")
    assert "eve@elsewhere.example" in answer.text
    assert eve.client.get("/api/v1/orders").status_code == 401
    assert [to for to, _, _ in mails] == ["eve@example.org", "eve@elsewhere.example"]
    assert "Ada has changed the address" in mails[0][2]
    assert house.browser().get(f"/reset/{asked[1]}").status_code == 404
    assert house.browser().sign_in("eve@example.org").status_code == 401
    assert house.browser().sign_in("eve@elsewhere.example").status_code == 303
    told = house.desk.application.store.about("acme", f"person:{person.id}")
    assert [(each.kind, each.actor) for each in told] == [("person.address_changed", "Ada")]
    assert "@" not in str(told[0].data)


def test_an_administrator_renames_and_helps_to_a_new_password(house: House) -> None:
    """Without mail the link is shown; with it, it is sent alone. Who is in another co-op too is left alone."""
    admin, person = house.signed_in("admin"), house.member("dispatcher", "eve@example.org")
    assert admin.post("/people/rename", person=person, name="Eve Marie").status_code == 303
    assert "Eve Marie" in admin.get("/people").text
    link = re.search(r'id="handed-link">[^<]+(/reset/[^<]+)<', admin.post("/people/reset", person=person).text)
    assert link is not None
    assert house.browser().get(link[1]).status_code == 200
    mails: list[tuple[str, str, str]] = []
    object.__setattr__(_hall(house.desk), "post", lambda *mail: mails.append(mail))
    assert "/reset/" not in admin.post("/people/reset", person=person).text
    assert mails[0][0] == "eve@example.org"
    invitation = house.invite("admin", "eve@example.org", "other").rpartition("/")[2]
    house.people.accept_as(invitation, person, now())
    for what, name in (("rename", "name"), ("move", "email"), ("reset", "x")):
        answer = admin.post(f"/people/{what}", person=person, **{name: "eve@x.example"})
        assert answer.status_code == 422
        assert "is in another co-op as well" in answer.text
    kinds = [each.kind for each in house.desk.application.store.about("acme", f"person:{person}")]
    assert kinds == ["person.renamed", "person.reset_link_made", "person.reset_link_made"]


@pytest.mark.parametrize("role", ["dispatcher", "courier", "restaurant", "member"])
def test_people_are_the_administrators_business(house: House, role: str) -> None:
    """Every other role gets 403 for the page and for each change, and nothing changes."""
    browser = house.signed_in(role, scope={"courier": "lea", "restaurant": "kirja"}.get(role))
    assert browser.get("/people").status_code == 403
    person = house.people.members("acme")[0].person.id
    for what in ("invite", "withdraw", "give", "take", "aside", "again", "pair", "revoke"):
        answer = browser.post(f"/people/{what}", person=person, role="admin", email="x@example.org", name="x")
        assert answer.status_code == 403, what
    assert [one.role for one in house.people.members("acme")[0].memberships] == [role]
    assert list(house.people.invitations("acme", now())) == []


def test_a_restaurants_tablet(house: House) -> None:
    """The link makes a tablet the restaurant's once; taken back on the people's page it opens nothing."""
    admin = house.signed_in("admin")
    admin.get("/people")
    page = admin.post("/people/pair", restaurant="kirja", name="Kitchen").text
    link = re.search(r'id="handed-link">http://localhost:8050(/device/[\w-]+)<', page)
    assert link is not None
    tablet, late = house.browser(), house.browser()
    assert "kirja" in tablet.get(link[1]).text
    assert tablet.post(link[1]).status_code == 303
    order = house.desk.placed(restaurant="kirja")
    house.desk.placed(restaurant="other")
    assert [one["id"] for one in tablet.client.get("/api/v1/orders").json["orders"]] == [order["id"]]  # type: ignore[index]
    assert late.get(link[1]).status_code == 404
    token = re.search(r'name="token" value="([^"]+)" aria-label="Take back Kitchen"', admin.get("/people").text)
    assert token is not None
    assert admin.post("/people/revoke", token=token[1]).status_code == 303
    assert tablet.client.get("/api/v1/orders").status_code == 401


def test_names_are_text(house: House) -> None:
    """What somebody typed as a name is shown as typed, and runs nowhere."""
    script = '<script>alert("x")</script>'
    link, browser = house.invite("dispatcher"), house.browser()
    browser.get(link)
    assert browser.post(link, name=script, password=PASSWORD).status_code == 303
    page = browser.get("/account").text
    assert script not in page
    assert script in unescape(page)


def test_the_demos_door(desk: Desk) -> None:
    """In the demo the sign-in page has one click per role; elsewhere it has none."""
    assert "demo-courier" not in desk.flask.test_client().get("/sign-in").text
    demo = create_app(settings_for(desk.home), is_demo=True).flask.test_client()
    page = demo.get("/sign-in").text
    for role in ("dispatcher", "courier", "restaurant", "member", "admin"):
        assert f'id="demo-{role}" href="/?role={role}"' in page
    assert demo.get("/account").status_code == 200


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("theme", ["light", "grey", "dark"])
def test_pages_speak_the_language_and_wear_the_theme(house: House, language: str, theme: str) -> None:
    """Every page of the forms is drawn in both languages and three themes, without a script of its own."""
    browser = house.signed_in("admin")
    browser.get(f"/account?language={language}&theme={theme}")
    for path in ("/account", "/people", "/choose", "/sign-in", "/reset", house.invite("member", "n@example.org")):
        answer = browser.get(path)
        assert answer.status_code == 200, path
        assert f'<html lang="{language}">' in answer.text
        assert f"theme-{theme}" in answer.text
        assert "<script" not in answer.text
        heading = re.search(r"<h1>(.*?)</h1>", answer.text)
        assert heading is not None
        assert heading[1] in HEADINGS[language], path


def _hall(desk: Desk) -> Any:
    view: Any = desk.flask.view_functions["people /reset"]
    while not hasattr(view, "__self__"):
        view = view.__wrapped__
    return view.__self__.hall
