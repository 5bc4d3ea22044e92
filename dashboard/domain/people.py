"""People: who they are, what they may be in which co-op, the links that let them in, and for how long they stay in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dashboard.domain.refusals import Invalid

EMAIL = re.compile(r"[^\s@<>\"',;:\\]{1,64}@[^\s@<>\"',;:\\]{1,190}")
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 200
LONGEST_NAME = 100
INVITATION, RESET, DEVICE = "invitation", "reset", "device"
VALID_FOR = {INVITATION: timedelta(days=7), RESET: timedelta(hours=1), DEVICE: timedelta(minutes=30)}
"""How long a link opens anything; it does so once."""
NAMED_FOR = {"courier": "courier", "restaurant": "restaurant"}
"""Roles that are about somebody: a courier's id or a restaurant's name goes with them."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account. ``password`` is its hash, None for those who come by single sign-on alone.

    ``totp`` is the sealed secret of a second factor, ``totp_step`` the last 30 s step that a code was used of,
    ``recovery`` the digests of the codes left for a lost phone; ``subject`` who they are at the identity provider.
    """

    id: str
    email: str
    name: str
    made_at: datetime
    password: str | None = None
    is_active: bool = True
    totp: str | None = None
    totp_step: int = 0
    recovery: tuple[str, ...] = ()
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """What a person is in a co-op. ``scope`` is the courier or restaurant that they speak for.

    ``is_mapped``: an identity provider says so, and may say so no more.
    """

    coop: str
    person: str
    role: str
    scope: str | None = None
    is_active: bool = True
    is_mapped: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A secret that was sent to somebody, kept as its SHA-256: an invitation, a new password, or a tablet's way in.

    ``person`` is whose password it sets; the others say what will be had in ``coop``.
    """

    digest: str
    kind: str
    made_by: str
    made_at: datetime
    expires_at: datetime
    person: str | None = None
    coop: str | None = None
    email: str = ""
    name: str = ""
    role: str = ""
    scope: str | None = None
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that is signed in, looking as ``role`` in ``coop``; ``digest`` is its cookie's secret as SHA-256."""

    digest: str
    person: str
    coop: str
    role: str
    began_at: datetime
    seen_at: datetime
    agent: str = ""
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a session lasts: untouched, and at all."""

    idle: timedelta = timedelta(hours=12)
    absolute: timedelta = timedelta(days=7)


def is_over(session: Session, now: datetime, limits: Limits) -> bool:
    """Whether the session opens nothing any more."""
    ended = session.ended_at is not None
    return ended or now - session.seen_at > limits.idle or now - session.began_at > limits.absolute


def is_good(link: Link | None, kind: str, now: datetime) -> bool:
    """Whether the link is one of this kind and opens something still."""
    return link is not None and link.kind == kind and link.used_at is None and now < link.expires_at


def chosen(memberships: Iterable[Membership], coop: str, role: str) -> Membership | None:
    """The membership that a session looks as, if the person has it still."""
    fits = (one for one in memberships if one.is_active and (one.coop, one.role) == (coop, role))
    return next(fits, None)


def address(text: str) -> str:
    """An e-mail address as it is kept and compared; Invalid when it is none."""
    given = text.strip().casefold()
    if not EMAIL.fullmatch(given) or not given.isprintable():
        raise Invalid("{email} is no e-mail address: it looks like name@example.org", email=text[:100], field="email")
    return given


def check_name(text: str) -> str:
    """A person's name; Invalid when nobody could read it."""
    given = " ".join(text.split())
    if not 1 <= len(given) <= LONGEST_NAME or not given.isprintable():
        raise Invalid("Give the name that colleagues know you by", field="name")
    return given


def check_password(password: str, email: str) -> str:
    """A password that is worth the name; Invalid says what to do about one that is not."""
    if len(password) < SHORTEST_PASSWORD:
        raise Invalid("A password has {n} characters at least: three or four words are easy to remember",
                      n=SHORTEST_PASSWORD, field="password")  # fmt: skip
    if len(password) > LONGEST_PASSWORD:
        raise Invalid("A password has {n} characters at most", n=LONGEST_PASSWORD, field="password")
    own = email.partition("@")[0]
    if len(set(password)) < 5 or (len(own) > 3 and own in password.casefold()):
        raise Invalid("This password is easy to guess: take three or four words that have nothing to do with you",
                      field="password")  # fmt: skip
    return password


def check_scope(role: str, scope: str | None, roles: Sequence[str]) -> str | None:
    """The courier or restaurant that goes with the role; Invalid when it is missing, or the role is none."""
    if role not in roles:
        raise Invalid("There is no role {role}", role=role, field="role")
    if role not in NAMED_FOR:
        return None
    given = (scope or "").strip()
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,63}", given):
        raise Invalid("This role needs to know whose orders it is about: name the courier or the restaurant by its id",
                      field="scope")  # fmt: skip
    return given
