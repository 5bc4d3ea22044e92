"""Who may do what: the one seam. Every page, callback, socket and call asks here, and nowhere else.

A visitor is whoever holds a token (bearer header, or a session opened with it at /login); under ``roulement demo``
whoever comes by is a dispatcher of the co-op ``demo``. Tokens are looked up again with each request, so that a
revoked one counts at once.

Inside a request: ``visitor()``, ``require(action, subject)``, ``sign_in(secret)``, ``sign_out()``; on a callback or
page: ``@guarded(action)``.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections.abc import Callable
from functools import wraps
from math import ceil
from typing import Any, Protocol
from urllib.parse import urlsplit

from flask import current_app, g, request, session

from dashboard.domain.couriers import Courier
from dashboard.domain.orders import Order
from dashboard.domain.refusals import Invalid, NotFound, Refusal
from dashboard.ports import Token
from dashboard.roles import ACTIONS, ROLES, SCOPED_ROLES, Visitor

__all__ = [
    "ACTIONS", "DEMO_COOP", "OPEN", "ROLES", "SCOPED_ROLES", "SIGNED_IN", "Denied", "Identify", "NotSignedIn",
    "TooManyTries", "Visitor", "WrongToken", "ask", "digest", "door_of", "guarded", "has_vote", "identify_by",
    "is_guest", "new_secret", "require", "roles_to_try", "sign_in", "sign_out", "visitor", "voter",
]  # fmt: skip

OPEN = "open to everybody"
SIGNED_IN = "open to whoever is signed in"
DEMO_COOP = "demo"
DEMO_SCOPES = {"courier": "lea", "restaurant": "salaattiasema"}
"""As whom a guest looks who chose to be a courier or a restaurant."""
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


def new_secret() -> str:
    """A token to hand out: 256 random bits as text."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """How a token is kept: SHA-256 (a random secret of 256 bits needs no slow hash)."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def identify_by(tokens: Tokens, *, demo_name: Callable[[], str] | None = None) -> Identify:
    """How this process finds out who asks; the function takes a token that came by another way than the header.

    ``demo_name`` opens the desk to everybody as a dispatcher of the demo, each browser under one such name.
    """

    def identify(secret: str | None = None) -> Visitor | None:
        known_as = digest(secret) if secret else _presented()
        if known_as:
            return _visitor(tokens.token(known_as))
        return _guest(demo_name) if demo_name and _is_here() else None

    return identify


def visitor() -> Visitor:
    """Who asks in this request; NotSignedIn when nobody knows."""
    if "visitor" not in g:
        g.visitor = current_app.extensions["identify"](None)
    if g.visitor is None:
        raise NotSignedIn()
    found: Visitor = g.visitor
    return found


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
    if door == SIGNED_IN:
        visitor()
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

    A guest of the demo is the name of its browser session in whichever role it looks. Invalid: a token without a name
    could be anybody's.
    """
    by = require("vote")
    if not has_vote():
        raise Invalid("Your token has no name, and votes are counted by name: ask for one that has", field="member")
    return by.name if is_guest() else by.scope or by.name


def has_vote() -> bool:
    """Whether it is known whose vote the visitor's would be."""
    by = visitor()
    return by.may("vote") and (is_guest() or by.scope is not None or by.name != by.role)


def is_guest() -> bool:
    """Whether whoever asks came by the demo's door, without a token."""
    return "token" not in session and not request.headers.get("Authorization")


def roles_to_try() -> tuple[str, ...]:
    """The roles among which a guest of the demo may choose with ``?role=``; none for whoever holds a token."""
    return ROLES if is_guest() and visitor().coop == DEMO_COOP else ()


def sign_in(secret: str) -> Visitor:
    """Open a session with a token. WrongToken when nobody has it, or this address tried too often in vain."""
    throttle = current_app.extensions["throttle"]
    address = request.access_route[-1] if request.access_route else ""  # as the nearest proxy saw it
    if wait := throttle.wait(address):
        raise TooManyTries(ceil(wait))
    found: Visitor | None = current_app.extensions["identify"](secret.strip() or "-")
    if found is None:
        throttle.failed(address)
        log.warning("a wrong token from %r", address)
        raise WrongToken()
    session["token"], session.permanent = digest(secret.strip()), True
    g.visitor = found
    return found


def sign_out() -> None:
    """Forget who this browser was; its language and theme stay."""
    for known_as in ("token", "name"):
        session.pop(known_as, None)
    g.pop("visitor", None)


def _presented() -> str | None:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return digest(secret.strip())
    known_as: str | None = session.get("token")
    return known_as


def _visitor(token: Token | None) -> Visitor | None:
    return None if token is None else Visitor(token.coop, token.role, token.name or token.role, token.scope)


def _is_here() -> bool:
    """Whether the browser was sent to this machine by its own name: another site's name may be made to lead here."""
    return urlsplit(f"//{request.host}").hostname in THIS_MACHINE


def _guest(new_name: Callable[[], str]) -> Visitor:
    if "name" not in session:
        session["name"] = new_name()
        session.permanent = True
    role = session.get("role", "dispatcher")
    return Visitor(DEMO_COOP, role, session["name"], DEMO_SCOPES.get(role))
