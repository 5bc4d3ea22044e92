"""Who may do what: the one seam. Every page, callback, socket and call asks here, and nowhere else.

A visitor is a person with an account (a session opened at /sign-in), or whoever holds a token (bearer header, or a
session opened with it at /login); under ``roulement demo`` whoever comes by is a dispatcher of the co-op ``demo``.
Sessions, roles and tokens are looked up again with each request, so that what was taken away counts at once.

Inside a request: ``visitor()``, ``known()``, ``require(action, subject)``, ``sign_in(secret)``, ``enter(secret)``,
``sign_out()``; on a callback or page: ``@guarded(action)``.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from math import ceil
from typing import Any, Protocol
from urllib.parse import urlsplit

from flask import current_app, g, has_request_context, request, session

from dashboard.digests import digest, new_secret
from dashboard.domain.couriers import Courier
from dashboard.domain.orders import Order
from dashboard.domain.refusals import Invalid, NotFound, Refusal
from dashboard.limits import address
from dashboard.people_sessions import Known, Sessions
from dashboard.ports import Token
from dashboard.roles import ACTIONS, DESK_LOOKS_BACK, ROLES, SCOPED_ROLES, Visitor

__all__ = [
    "ACTIONS", "DEMO_COOP", "HAS_ACCOUNT", "OPEN", "ROLES", "SCOPED_ROLES", "SIGNED_IN", "Denied", "Identify",
    "NotSignedIn", "TooLongAgo", "TooManyTries", "Visitor", "WrongToken", "ask", "digest", "door_of", "enter",
    "guarded", "has_vote", "identify_by", "is_guest", "known", "lacks_factor", "new_secret", "person", "require",
    "roles_to_try", "sign_in", "sign_out", "visitor", "voter",
]  # fmt: skip

OPEN = "open to everybody"
SIGNED_IN = "open to whoever is signed in"
HAS_ACCOUNT = "open to whoever has an account, whatever they may do"
DEMO_COOP = "demo"
DEMO_SCOPES = {"courier": "lea", "restaurant": "salaattiasema"}
"""As whom a guest looks who chose to be a courier or a restaurant."""
KEPT_IN_COOKIE = frozenset({"language", "theme", "suggestions"})
THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})

log = logging.getLogger(__name__)


class NotSignedIn(Refusal):
    """Nobody knows who asks."""

    def __init__(self) -> None:
        super().__init__("Nobody is signed in: sign in at /login, or send a bearer token")


class Denied(Refusal):
    """The visitor is known, and its role may not do this."""

    def __init__(self, role: str, action: str) -> None:
        allowed = ", ".join(sorted(ACTIONS[action]))
        super().__init__("This is not open to the role {role}: it takes {allowed}", role=role, allowed=allowed)


class TooLongAgo(Refusal):
    """The visitor may do this, but not with what is older than their role sees."""

    def __init__(self) -> None:
        super().__init__(
            "A dispatcher sees what is live and the last {hours} hours: an administrator can look further back",
            hours=DESK_LOOKS_BACK // timedelta(hours=1),
        )


class WrongToken(Refusal):
    """Nobody has this token (any more)."""

    def __init__(self) -> None:
        super().__init__("Nobody here has this token: check that all of it was copied, or ask for a new one")


class TooManyTries(Refusal):
    """Too many wrong tokens from one address."""

    def __init__(self, seconds: int) -> None:
        super().__init__("Too many wrong tokens: wait {seconds} seconds, then try again", seconds=seconds)


class Tokens(Protocol):
    """Where tokens are looked up."""

    def token(self, digest: str) -> Token | None: ...


Identify = Callable[[str | None], Visitor | None]


def identify_by(
    tokens: Tokens, sessions: Sessions | None = None, *, demo_name: Callable[[], str] | None = None,
    admin_factor: bool = False,
) -> Identify:  # fmt: skip
    """How this process finds out who asks; the function takes a token that came by another way than the header.

    ``demo_name`` opens the desk to everybody as a dispatcher of the demo, each browser under one such name.
    ``admin_factor``: an administrator who signs in by password is nobody before a second factor is set up.
    """

    def identify(secret: str | None = None) -> Visitor | None:
        if presented := secret or _bearer():
            return _holder(tokens.token(digest(presented)), None)
        if sessions and "sid" in session:
            g.known = sessions.known(digest(session["sid"]))
            g.lacks_factor = admin_factor and g.known is not None and _lacks_factor(g.known)
            return None if g.known is None or g.lacks_factor else _person(g.known)
        if "token" in session:
            return _holder(tokens.token(session["token"]), session.get("ticket"))
        return _guest(demo_name) if demo_name and _is_here() else None

    return identify


def visitor() -> Visitor:
    """Who asks in this request; NotSignedIn when nobody knows."""
    _look()
    if g.visitor is None:
        raise NotSignedIn()
    found: Visitor = g.visitor
    return found


def person() -> str:
    """Which person asks, whatever window they sit at, as the journal may keep it; '' outside of a request."""
    if not has_request_context():
        return ""
    _look()
    return digest(g.visitor.who)[:12] if g.visitor and g.visitor.who else ""


def known() -> Known | None:
    """Whose account the session is, even when it opens nothing but the account itself; None for tokens and guests."""
    _look()
    found: Known | None = g.get("known")
    return found


def lacks_factor() -> bool:
    """Whether whoever asks is an administrator who has to set up a second factor first."""
    _look()
    return bool(g.get("lacks_factor"))


def require(action: str, subject: Order | Courier | None = None) -> Visitor:
    """The visitor, if it may do ``action`` (to ``subject``).

    Denied when its role may not; NotFound when the subject is another's: whose it is, is nobody's business.
    """
    asking = visitor()
    if not asking.may(action):
        raise Denied(asking.role, action)
    if subject is not None and not asking.owns(subject):
        raise NotFound("There is no {kind} {id}", kind=type(subject).__name__.lower(), id=subject.id)
    return asking


def ask(door: str) -> None:
    """Raise unless whoever asks may go through: ``door`` is an action, SIGNED_IN or OPEN."""
    if door == SIGNED_IN or (door == HAS_ACCOUNT and known() is None):
        visitor()
    elif door == HAS_ACCOUNT:
        return
    elif door != OPEN:
        require(door)


def guarded[**P, R](door: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Marks a callback: it runs only for those who may go through ``door`` (an action, SIGNED_IN or OPEN).

    An unmarked callback stops the program when it starts.
    """

    def guard(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def ask_first(*args: P.args, **kwargs: P.kwargs) -> R:
            ask(door)
            return function(*args, **kwargs)

        ask_first.door = door  # type: ignore[attr-defined]
        return ask_first

    return guard


def door_of(function: Any) -> str | None:
    """What a guarded function asks for; None when it is not guarded."""
    door: str | None = getattr(function, "door", None)
    return door


def voter() -> str:
    """Whose one vote this is: a courier's by the id that the token is limited to, a member's by the token's name.

    A person has one vote, as the courier that they are or else by their account. A guest of the demo is the name of its
    browser session in whichever role it looks. Invalid: a token without a name could be anybody's.
    """
    by = require("vote")
    if not has_vote():
        raise Invalid("Your token has no name, and votes are counted by name: ask for one that has", field="member")
    if found := known():
        rides = (one.scope for one in found.memberships if (one.coop, one.role) == (by.coop, "courier"))
        return next(rides, None) or found.person.email
    return by.name if is_guest() else by.scope or by.name


def has_vote() -> bool:
    """Whether it is known whose vote the visitor's would be."""
    by = visitor()
    return by.may("vote") and (is_guest() or by.scope is not None or by.name != by.role)


def is_guest() -> bool:
    """Whether whoever asks came by the demo's door, without a token or an account."""
    return "token" not in session and "sid" not in session and not request.headers.get("Authorization")


def roles_to_try() -> tuple[str, ...]:
    """The roles among which a guest of the demo may choose with ``?role=``; none for whoever holds a token."""
    return ROLES if is_guest() and visitor().coop == DEMO_COOP else ()


def sign_in(secret: str) -> Visitor:
    """Open a session with a token. WrongToken when nobody has it, or this address tried too often in vain."""
    throttle = current_app.extensions["throttle"]
    here = address()
    if wait := throttle.wait(here):
        raise TooManyTries(ceil(wait))
    found: Visitor | None = current_app.extensions["identify"](secret.strip() or "-")
    if found is None:
        throttle.failed(here)
        log.warning("a wrong token from %r", here)
        raise WrongToken()
    hold(digest(secret.strip()))
    g.visitor = found
    return found


def hold(known_as: str) -> None:
    """This browser holds the token with this digest from now on."""
    _begin_anew()
    session["token"], session["ticket"] = known_as, new_secret()[:16]


def enter(secret: str) -> None:
    """This browser has the session with this secret from now on."""
    _begin_anew()
    session["sid"] = secret


def sign_out() -> None:
    """Forget who this browser was, close what it has open; its language, theme and wish for suggestions stay."""
    if found := known():
        current_app.extensions["sessions"].end(found.session.digest, found.person.id)
    elif ticket := session.get("ticket"):
        current_app.extensions["sessions"].gone(ticket)
    _begin_anew()


def _begin_anew() -> None:
    """Nothing of whoever was here before is left but the taste, and no cookie that somebody else prepared."""
    for name in set(session) - KEPT_IN_COOKIE:
        session.pop(name)
    for name in ("visitor", "known", "lacks_factor"):
        g.pop(name, None)
    session.permanent = True


def _look() -> None:
    """Find out who asks, once in a request."""
    if "visitor" not in g:
        g.visitor = current_app.extensions["identify"](None)
        if found := g.get("known"):
            current_app.extensions["sessions"].seen(found.session)


def _bearer() -> str | None:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() or "-" if scheme.lower() == "bearer" else None


def _lacks_factor(found: Known) -> bool:
    """Those who come by single sign-on have it there."""
    return found.membership.role == "admin" and not found.person.totp and not found.person.subject


def _person(found: Known) -> Visitor:
    now_as = found.membership
    return Visitor(now_as.coop, now_as.role, found.person.name, now_as.scope, found.session.digest,
                   f"person:{found.person.id}")  # fmt: skip


def _holder(token: Token | None, ticket: str | None) -> Visitor | None:
    if token is None:
        return None
    return Visitor(token.coop, token.role, token.name or token.role, token.scope, ticket, f"token:{token.id}")


def _is_here() -> bool:
    """Whether the browser was sent to this machine by its own name: another site's name may be made to lead here."""
    return urlsplit(f"//{request.host}").hostname in THIS_MACHINE


def _guest(new_name: Callable[[], str]) -> Visitor:
    if "name" not in session:
        session["name"], session["guest"] = new_name(), new_secret()[:16]
        session.permanent = True
    role = session.get("role", "dispatcher")
    who = f"guest:{session.get('guest') or session['name']}"
    return Visitor(DEMO_COOP, role, session["name"], DEMO_SCOPES.get(role), who=who)
