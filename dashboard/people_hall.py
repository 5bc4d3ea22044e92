"""What the pages of people's accounts are made with, and how one of them is drawn and its form checked."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, abort, request, session
from flask_limiter import Limiter

from callbacks import session as taste
from callbacks.account_pages import pages_of
from dashboard import access
from dashboard.digests import new_secret
from dashboard.domain.refusals import NotFound, Refusal
from dashboard.people import People
from dashboard.people_changes import Changes
from dashboard.people_mail import Post
from dashboard.people_sessions import Known, Sessions, WrongCode, WrongPassword
from dashboard.ports import Store
from layouts.forms import render
from layouts.navigation import PAGES, groups
from layouts.states import refusal_text, state_name
from layouts.view import City
from layouts.words import Words


@dataclass(frozen=True, slots=True)
class Hall:
    """One per process: the use cases, and what surrounds the pages.

    ``address`` is where people reach the desk; ``post`` sends mail, None where there is none; ``single`` is the name of
    the identity provider, empty where there is none.
    """

    people: People
    changes: Changes
    sessions: Sessions
    store: Store
    post: Post | None
    address: str
    city: Callable[[str], City]
    clock: Callable[[], datetime]
    limiter: Limiter
    language: str = ""
    is_demo: bool = False
    single: str = ""

    def words(self, coop: str | None = None) -> Words:
        """The words for whoever asks, in the time zone of the co-op's city."""
        return Words(taste.language(self.language), self.city(coop).time_zone if coop else "UTC")

    def coop_name(self, coop: str | None) -> str:
        """What people call the co-op."""
        found = self.store.coop(coop or "")
        return found.name if found else coop or ""

    def page(self, template: str, *, status: int = 200, coop: str | None = None, **values: Any) -> Response:
        """A small page."""
        words = self.words(coop)
        document = render(template, words, taste.theme(), csrf(), **_said(values, words))
        return Response(document, status, mimetype="text/html")

    def wide_page(self, template: str, here: str, *, status: int = 200, **values: Any) -> Response:
        """A page for somebody who is signed in, with the way to the others."""
        found = access.known()
        coop = found.membership.coop if found else access.visitor().coop
        words = self.words(coop)
        paths = [] if access.lacks_factor() else pages_of(access.visitor())
        frame = {
            "groups": groups(paths, words), "here": here, "now": words(PAGES.get(here, "Pages")),
            "coop_name": self.coop_name(coop),
            "visitor_name": found.person.name if found else access.visitor().name,
        }  # fmt: skip
        return self.page(template, status=status, coop=coop, **frame, **values)

    def message(self, heading: str, text: str, *onward: tuple[str, str], status: int = 200) -> Response:
        """A page that says something, and how to go on."""
        return self.page("message", status=status, heading=heading, text=text, onward=onward)

    def refused(self, refusal: Refusal) -> Response:
        """A page that says what was refused."""
        words = self.words()
        return self.message(words("That did not work"), refusal_text(refusal, words, {}),
                            ("/sign-in", words("Sign in")), status=status_of(refusal))  # fmt: skip

    def choices(self, found: Known, words: Words) -> Sequence[Mapping[str, Any]]:
        """What the person may look as."""
        return [
            {"value": f"{one.coop} {one.role}", "role": state_name(one.role, words), "scope": one.scope or "",
             "coop": self.coop_name(one.coop), "is_current": one == found.membership}
            for one in found.memberships
        ]  # fmt: skip


def send_reset(hall: Hall, email: str, link: str) -> None:
    """The mail with which a new password is set."""
    words = hall.words()
    text = words("Open this link to set a new password. It works once, for one hour:\n\n{link}\n\n"
                 "If you did not ask for it, leave it: nothing changes.", link=link)  # fmt: skip
    if hall.post:
        hall.post(email, words("A new password for Roulement"), text)


def csrf() -> str:
    """What each form of this browser carries, and no other site can know."""
    if "csrf" not in session:
        session["csrf"] = new_secret()
    found: str = session["csrf"]
    return found


def check_form() -> None:
    """400 unless the form is one of ours, drawn for this browser."""
    if not hmac.compare_digest(request.form.get("csrf", "").encode(), csrf().encode()):
        abort(400, "This form is too old, or not of this browser: load the page again")


def given(name: str) -> str:
    """A field of the form, empty when it is not there."""
    return request.form.get(name, "")[:1000]


def status_of(refusal: Refusal) -> int:
    """401 for who is not let in, 404 for what is not there, 422 for what has to be mended."""
    if isinstance(refusal, WrongPassword | WrongCode):
        return 401
    return 404 if isinstance(refusal, NotFound) else 422


def _said(values: Mapping[str, Any], words: Words) -> dict[str, Any]:
    problem = values.get("problem", "")
    return {**values, "problem": refusal_text(problem, words, {}) if isinstance(problem, Refusal) else problem}
