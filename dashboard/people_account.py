"""/account: what one is, the password, the second factor, and where one is signed in."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

import segno
from babel.dates import format_datetime
from flask import Flask, abort, redirect, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from callbacks import session as taste
from dashboard import access
from dashboard.domain.people import Session
from dashboard.domain.refusals import Refusal
from dashboard.limits import limited
from dashboard.people_factor import new_factor, phone_link
from dashboard.people_hall import Hall, check_form, given, status_of
from dashboard.people_sessions import Known
from layouts.states import state_name
from layouts.words import Words

BROWSERS = ("Firefox", "Edg", "OPR", "Chrome", "Safari")
"""In this order: each that comes later is named by those before it, too."""
SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")
NAMES = {"Edg": "Edge", "OPR": "Opera"}


def register_account(flask: Flask, hall: Hall) -> None:
    """/account and what can be done there."""
    account = Account(hall)
    flask.add_url_rule("/account", "account", account.show)
    flask.add_url_rule("/account/<what>", "account_change", limited(hall.limiter, account.change, _whose),
                       methods=["GET", "POST"])  # fmt: skip


def _whose() -> str:
    found = access.known()
    return f"account {found.person.id}" if found else "nobody"


def qr(text: str) -> Markup:
    """A QR code as SVG."""
    file = io.BytesIO()
    segno.make(text, micro=False).save(file, kind="svg", xmldecl=False, svgns=True, border=1, scale=4, omitsize=True)
    return Markup(file.getvalue().decode())  # noqa: S704  drawn here, no text of anybody in it


def browser_of(agent: str) -> str:
    """What people call the program that a browser says it is."""
    program = next((name for name in BROWSERS if name in agent), "")
    system = next((name for name in SYSTEMS if name in agent), "")
    return " · ".join(filter(None, (NAMES.get(program, program), system))) or agent[:60] or "–"


class Account:
    """The views."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.changes: Mapping[str, Callable[[Known], AnyResponse]] = {
            "as": self._look_as, "password": self._password, "factor": self._factor_on, "factor-off": self._factor_off,
            "end": self._end, "end-others": self._end_others,
        }  # fmt: skip

    def show(self) -> AnyResponse:
        """The page."""
        taste.remember(request.query_string.decode("utf-8", "replace"))
        return self._page(access.known())

    def change(self, what: str) -> AnyResponse:
        """One thing is changed; then the page again, which says what."""
        found = access.known()
        if found is None:
            return self._page(None)
        if request.method == "GET":
            return self._factor_page(found) if what == "factor" else redirect("/account", 303)
        if what not in self.changes:
            abort(404)
        check_form()
        try:
            return self.changes[what](found)
        except Refusal as refusal:
            return self._page(found, status=status_of(refusal), problem=refusal)

    def _look_as(self, found: Known) -> AnyResponse:
        coop, _, role = given("as").partition(" ")
        self.hall.sessions.choose(found, coop, role)
        return redirect("/", 303)

    def _password(self, found: Known) -> AnyResponse:
        self.hall.sessions.change_password(found, given("old"), given("new"))
        return self._page(found, said=self.hall.words()("The password is changed. Your other sessions are ended."))

    def _factor_on(self, found: Known) -> AnyResponse:
        secret = self.hall.sessions.sealer.open(given("sealed"))
        if secret is None:
            return redirect("/account/factor", 303)
        try:
            codes = self.hall.sessions.confirm_factor(found.person.id, secret, given("code"))
        except Refusal as refusal:
            return self._factor_page(found, secret, refusal)
        return self.hall.wide_page("factor", "/account", codes=codes, must=False)

    def _factor_off(self, found: Known) -> AnyResponse:
        self.hall.sessions.drop_factor(found.person.id, given("code"))
        return redirect("/account", 303)

    def _end(self, found: Known) -> AnyResponse:
        self.hall.sessions.end(given("session"), found.person.id)
        if given("session") == found.session.digest:
            access.sign_out()
            return redirect("/sign-in", 303)
        return self._page(found, said=self.hall.words()("The session is ended."))

    def _end_others(self, found: Known) -> AnyResponse:
        ended = self.hall.sessions.end_others(found.person.id, found.session.digest)
        return self._page(found, said=self.hall.words()("{n} sessions are ended.", n=ended))

    def _factor_page(self, found: Known, secret: str = "", problem: Refusal | None = None) -> AnyResponse:
        if found.person.totp:
            return redirect("/account", 303)
        secret = secret or new_factor()
        return self.hall.wide_page(
            "factor", "/account", status=status_of(problem) if problem else 200, problem=problem or "", codes=(),
            secret=secret, sealed=self.hall.sessions.sealer.seal(secret), must=access.lacks_factor(),
            qr=qr(phone_link(secret, found.person.email)),
        )  # fmt: skip

    def _page(self, found: Known | None, *, status: int = 200, **values: Any) -> AnyResponse:
        words = self.hall.words(found.membership.coop if found else None)
        if found is None:
            return self.hall.message(
                words("No account"), words("You came with a token or by the demo's door: there is no account to show."),
                ("/", words("Go to the desk")), ("/sign-in", words("Sign in")),
            )  # fmt: skip
        with self.hall.sessions.book.reading_people() as rows:
            person = rows.person(found.person.id) or found.person
        sessions = [self._session(one, found, words) for one in self.hall.sessions.of(person.id)]
        return self.hall.wide_page(
            "account", "/account", status=status, person=person, choices=self.hall.choices(found, words),
            sessions=sessions, must=access.lacks_factor() and not person.totp, **values,
        )  # fmt: skip

    def _session(self, one: Session, found: Known, words: Words) -> Mapping[str, Any]:
        return {
            "digest": one.digest, "agent": one.agent, "browser": browser_of(one.agent),
            "is_this": one.digest == found.session.digest, "role": state_name(one.role, words),
            "coop": self.hall.coop_name(one.coop), "began": moment(one.began_at, words),
            "seen": moment(one.seen_at, words),
        }  # fmt: skip


def moment(at: Any, words: Words) -> str:
    """24 Nov, 19:42."""
    return format_datetime(at, "d MMM, HH:mm", tzinfo=words.zone, locale=words.locale)
