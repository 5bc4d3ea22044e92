"""The ways in for people: signing in, invitations, new passwords, a restaurant's tablet."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import uuid4

from flask import Flask, redirect, request, session
from werkzeug.wrappers import Response as AnyResponse

from callbacks import session as taste
from dashboard import access
from dashboard.digests import digest, new_secret
from dashboard.domain.people import DEVICE, INVITATION, RESET, Link, Person
from dashboard.domain.refusals import Refusal
from dashboard.limits import limited
from dashboard.people import UsedUp
from dashboard.people_hall import Hall, check_form, given, send_reset, status_of
from dashboard.people_sessions import Known, WrongCode
from dashboard.ports import Token
from dashboard.roles import ROLES
from layouts.states import state_name

HALF_SECONDS = 300.0
"""How long the code may take after the password."""


def register_people_doors(flask: Flask, hall: Hall) -> None:
    """/sign-in, /invitation/…, /reset, /device/… and /choose."""
    ways = Ways(hall)
    account = lambda: f"account {given('email').strip().casefold()}"  # noqa: E731  what is guessed at
    half = lambda: f"code {session.get('half', ['nobody'])[0]}"  # noqa: E731
    for rule, view, about in (
        ("/sign-in", ways.sign_in, account), ("/sign-in/code", ways.code, half), ("/reset", ways.ask_reset, account),
        ("/reset/<secret>", ways.reset, None), ("/invitation/<secret>", ways.invitation, None),
        ("/device/<secret>", ways.device, None), ("/choose", ways.choose, None),
    ):  # fmt: skip
        flask.add_url_rule(rule, f"people {rule}", limited(hall.limiter, view, about), methods=["GET", "POST"])


def onward() -> str:
    """The page of our own that was asked for."""
    return taste.next_page(request.query_string.decode("utf-8", "replace"))


class Ways:
    """The views. A GET changes nothing; a POST carries the form's own secret."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall

    def sign_in(self) -> AnyResponse:
        """Address and password; for whoever has a second factor the code comes next."""
        taste.remember(request.query_string.decode("utf-8", "replace"))
        if request.method == "GET":
            return self._sign_in_page()
        check_form()
        try:
            person = self.hall.sessions.check(given("email"), given("password"))
            if person.totp:
                session["half"] = [person.id, self.hall.clock().timestamp()]
                return redirect(f"/sign-in/code?{urlencode({'next': onward()})}", 303)
            return self.let_in(person)
        except Refusal as refusal:
            return self._sign_in_page(refusal)

    def code(self) -> AnyResponse:
        """The second factor."""
        person, since = session.get("half", ["", 0.0])
        if not person or self.hall.clock().timestamp() - since > HALF_SECONDS:
            session.pop("half", None)
            return redirect("/sign-in", 303)
        if request.method == "GET":
            return self.hall.page("code", next=onward())
        check_form()
        try:
            return self.let_in(self.hall.sessions.check_code(person, given("code")))
        except WrongCode as refusal:
            return self.hall.page("code", status=401, problem=refusal, next=onward())

    def let_in(self, person: Person) -> AnyResponse:
        """Open a session; whoever has several roles is asked as what."""
        wanted = onward()
        access.enter(self.hall.sessions.open(person, request.user_agent.string))
        found = access.known()
        several = found is not None and len(found.memberships) > 1
        return redirect(f"/choose?{urlencode({'next': wanted})}" if several else wanted, 303)

    def choose(self) -> AnyResponse:
        """As what somebody with several roles looks on."""
        found = access.known()
        if found is None:
            return redirect("/", 303)
        if request.method == "POST":
            check_form()
            coop, _, role = given("as").partition(" ")
            try:
                self.hall.sessions.choose(found, coop, role)
                return redirect(onward(), 303)
            except Refusal as refusal:
                return self.hall.refused(refusal)
        words = self.hall.words()
        return self.hall.page("choose", choices=self.hall.choices(found, words), next=onward())

    def invitation(self, secret: str) -> AnyResponse:
        """Becoming somebody in a co-op."""
        taste.remember(request.query_string.decode("utf-8", "replace"))
        try:
            link = self.hall.people.link(INVITATION, secret, self.hall.clock())
            if request.method == "GET":
                return self._invitation_page(link)
            check_form()
            found = access.known()
            if found:
                one = self.hall.people.accept_as(secret, found.person.id, self.hall.clock())
                self.hall.sessions.choose(found_again(self.hall, found.session.digest), one.coop, one.role)
                return redirect("/", 303)
            return self.let_in(self.hall.people.accept(secret, given("name"), given("password"), self.hall.clock()))
        except UsedUp as refusal:
            return self.hall.refused(refusal)
        except Refusal as refusal:
            return self._invitation_page(link, refusal)

    def ask_reset(self) -> AnyResponse:
        """A link by mail; the answer is the same whether or not there is such an account."""
        if request.method == "GET":
            return self.hall.page("reset_ask", can_send=self.hall.post is not None, sent=False)
        check_form()
        found = self.hall.people.forgot(given("email"), by="reset", now=self.hall.clock()) if self.hall.post else None
        if found and self.hall.post:
            send_reset(self.hall, found[0].email, f"{self.hall.address}/{RESET}/{found[1]}")
        return self.hall.page("reset_ask", can_send=True, sent=self.hall.post is not None)

    def reset(self, secret: str) -> AnyResponse:
        """A new password."""
        try:
            link = self.hall.people.link(RESET, secret, self.hall.clock())
            if request.method == "GET":
                return self.hall.page("reset_set", link=link)
            check_form()
            self.hall.people.reset(secret, given("password"), self.hall.clock())
            return redirect("/sign-in", 303)
        except UsedUp as refusal:
            return self.hall.refused(refusal)
        except Refusal as refusal:
            return self.hall.page("reset_set", status=status_of(refusal), link=link, problem=refusal)

    def device(self, secret: str) -> AnyResponse:
        """A tablet becomes the restaurant's: it holds a token, which an administrator can take back."""
        try:
            if request.method == "GET":
                link = self.hall.people.link(DEVICE, secret, self.hall.clock())
                return self.hall.page("device", link=link, coop_name=self.hall.coop_name(link.coop))
            check_form()
            link = self.hall.people.paired(secret, self.hall.clock())
            known_as = digest(new_secret())
            token = Token(str(uuid4()), link.coop or "", link.role, known_as, link.name, link.scope)
            self.hall.store.add_token(token)
            access.hold(known_as)
            return redirect("/", 303)
        except Refusal as refusal:
            return self.hall.refused(refusal)

    def _sign_in_page(self, problem: Refusal | None = None) -> AnyResponse:
        words = self.hall.words()
        roles = [(role, state_name(role, words)) for role in ROLES] if self.hall.is_demo else []
        return self.hall.page(
            "sign_in", status=status_of(problem) if problem else 200, problem=problem or "", next=onward(),
            roles=roles, single=self.hall.single, email=given("email") if problem else "",
        )  # fmt: skip

    def _invitation_page(self, link: Link, problem: Refusal | None = None) -> AnyResponse:
        words, found = self.hall.words(), access.known()
        with self.hall.sessions.book.reading_people() as rows:
            is_known = rows.person_by_email(link.email) is not None
        return self.hall.page(
            "invitation", status=status_of(problem) if problem else 200, problem=problem or "", link=link,
            coop_name=self.hall.coop_name(link.coop), role=state_name(link.role, words), is_known=is_known,
            mine=found.person.name if found and found.person.email == link.email else "", here=request.path,
            name=given("name") or link.name,
        )  # fmt: skip


def found_again(hall: Hall, session_digest: str) -> Known:
    """The session with what it may look as by now."""
    found = hall.sessions.known(session_digest)
    if found is None:
        raise access.NotSignedIn()
    return found
