"""Who is in which co-op as what: invited, given roles, set aside; and the links that lead in.

Whatever takes a right away is announced, so that every web process closes what was open by it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from dashboard.digests import digest, new_secret
from dashboard.domain.people import (
    DEVICE,
    INVITATION,
    RESET,
    VALID_FOR,
    Link,
    Membership,
    Person,
    address,
    check_name,
    check_password,
    check_scope,
    is_good,
)
from dashboard.domain.refusals import Invalid, NotFound
from dashboard.people_book import PeopleBook, PeopleRows
from dashboard.people_passwords import kept
from dashboard.roles import ROLES

Announce = Callable[[str | None], None]
"""Tells that rights have changed in a co-op (None: anywhere)."""


class UsedUp(NotFound):
    """The link opens nothing (any more)."""

    def __init__(self) -> None:
        super().__init__("This link has been used, or is too old: ask for a new one")


class SignInFirst(Invalid):
    """The invitation is for somebody who has an account."""

    def __init__(self, email: str) -> None:
        super().__init__("There is an account for {email} already: sign in with it, then open this link again",
                         email=email)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """A person as a co-op sees them: with what they are there."""

    person: Person
    memberships: tuple[Membership, ...]

    @property
    def is_active(self) -> bool:
        """Whether they may do anything there."""
        return self.person.is_active and any(one.is_active for one in self.memberships)


@dataclass(frozen=True, slots=True)
class People:
    """The use cases; ``announce`` is told of every right that has changed."""

    book: PeopleBook
    announce: Announce

    def members(self, coop: str) -> Sequence[Member]:
        """Everybody in the co-op, by name."""
        with self.book.reading_people() as rows:
            memberships = rows.members(coop)
            return [
                Member(one, tuple(each for each in memberships if each.person == one.id))
                for one in rows.people_of(coop)
            ]

    def invite(
        self, coop: str, email: str, role: str, *, by: str, now: datetime, name: str = "", scope: str | None = None
    ) -> str:
        """The secret of a new invitation: whoever opens it will have the role."""
        what = {"coop": coop, "email": address(email), "name": check_name(name) if name.strip() else ""}
        return self._hand_out(INVITATION, by, now, **what, role=role, scope=check_scope(role, scope, ROLES))

    def invitations(self, coop: str, now: datetime) -> Sequence[Link]:
        """Those that nobody has opened yet."""
        with self.book.reading_people() as rows:
            return rows.links(coop, INVITATION, now)

    def withdraw(self, coop: str, link: str, now: datetime) -> None:
        """The invitation with this digest opens nothing from now on."""
        with self.book.changing_people() as rows:
            found = rows.link(link)
            if found is None or found.coop != coop or not rows.use_link(link, now):
                raise UsedUp()

    def link(self, kind: str, secret: str, now: datetime) -> Link:
        """What a link is about, without using it. UsedUp when it opens nothing."""
        with self.book.reading_people() as rows:
            return _good(rows, kind, secret, now)

    def accept(self, secret: str, name: str, password: str, now: datetime) -> Person:
        """A new account with the role of the invitation. SignInFirst when the address has an account."""
        with self.book.changing_people() as rows:
            link = _good(rows, INVITATION, secret, now)
            if rows.person_by_email(link.email):
                raise SignInFirst(link.email)
            person = Person(str(uuid4()), link.email, check_name(name), now,
                            kept(check_password(password, link.email)))  # fmt: skip
            rows.write_person(person)
            _enter(rows, person, link, now)
        return person

    def accept_as(self, secret: str, person: str, now: datetime) -> Membership:
        """One more role for somebody who is signed in. Invalid when the invitation is somebody else's."""
        with self.book.changing_people() as rows:
            link, known = _good(rows, INVITATION, secret, now), rows.person(person)
            if known is None or known.email != link.email:
                raise Invalid("This invitation is for {email}: sign in as that person", email=link.email)
            membership = _enter(rows, known, link, now)
        self.announce(membership.coop)
        return membership

    def forgot(self, email: str, *, by: str, now: datetime) -> tuple[Person, str] | None:
        """The secret that sets a new password, for the person alone; None when there is nobody of that address."""
        with self.book.reading_people() as rows:
            person = rows.person_by_email(email.strip().casefold())
        if person is None or not person.is_active or (person.subject and not person.password):
            return None
        return person, self._hand_out(RESET, by, now, person=person.id, email=person.email)

    def reset(self, secret: str, password: str, now: datetime) -> Person:
        """The new password; all sessions of before end."""
        with self.book.changing_people() as rows:
            link = _good(rows, RESET, secret, now)
            person = rows.person(link.person or "")
            if person is None or not person.is_active:
                raise UsedUp()
            changed = replace(person, password=kept(check_password(password, person.email)))
            rows.write_person(changed)
            if not rows.use_link(link.digest, now):
                raise UsedUp()
            rows.end_sessions(person.id, now)
        self.announce(None)
        return changed

    def give(self, coop: str, person: str, role: str, scope: str | None = None) -> None:
        """One more role for a member of the co-op, or another courier or restaurant for it."""
        scope = check_scope(role, scope, ROLES)
        with self.book.changing_people() as rows:
            _member(rows, coop, person)
            rows.write_membership(Membership(coop, person, role, scope))
        self.announce(coop)

    def take(self, coop: str, person: str, role: str) -> None:
        """A role less. Invalid when nobody would administer the co-op then."""
        with self.book.changing_people() as rows:
            if not rows.remove_membership(coop, person, role):
                raise NotFound("There is no such role any more: look again")
            _somebody_administers(rows, coop, role)
        self.announce(coop)

    def set_active(self, coop: str, person: str, is_active: bool) -> None:
        """Set a member aside, with all roles in this co-op; or let them in again."""
        with self.book.changing_people() as rows:
            before = _member(rows, coop, person)
            for one in before:
                rows.write_membership(replace(one, is_active=is_active))
            if any(one.role == "admin" and one.is_active for one in before):
                _somebody_administers(rows, coop, "admin")
        self.announce(coop)

    def shut_out(self, email: str, now: datetime) -> None:
        """End an account, in all co-ops."""
        with self.book.changing_people() as rows:
            person = rows.person_by_email(address(email))
            if person is None:
                raise NotFound("There is nobody with the address {email}", email=email)
            rows.write_person(replace(person, is_active=False))
            rows.end_sessions(person.id, now)
        self.announce(None)

    def pair(self, coop: str, restaurant: str, *, by: str, now: datetime, name: str) -> str:
        """The secret that makes a tablet the restaurant's."""
        scope = check_scope("restaurant", restaurant, ROLES)
        return self._hand_out(DEVICE, by, now, coop=coop, name=check_name(name), role="restaurant", scope=scope)

    def paired(self, secret: str, now: datetime) -> Link:
        """Use the tablet's link; what it is for."""
        with self.book.changing_people() as rows:
            link = _good(rows, DEVICE, secret, now)
            if not rows.use_link(link.digest, now):
                raise UsedUp()
        return link

    def _hand_out(self, kind: str, by: str, now: datetime, **about: str | None) -> str:
        secret = new_secret()
        link = Link(digest(secret), kind, by, now, now + VALID_FOR[kind], **about)  # type: ignore[arg-type]
        with self.book.changing_people() as rows:
            rows.add_link(link)
        return secret


def _good(rows: PeopleRows, kind: str, secret: str, now: datetime) -> Link:
    link = rows.link(digest(secret))
    if link is None or not is_good(link, kind, now):
        raise UsedUp()
    person = rows.person(link.person) if link.person else None
    if person is not None and person.email != link.email:
        raise UsedUp()  # it went to a former address
    return link


def _enter(rows: PeopleRows, person: Person, link: Link, now: datetime) -> Membership:
    if not rows.use_link(link.digest, now):
        raise UsedUp()
    membership = Membership(link.coop or "", person.id, link.role, link.scope)
    rows.write_membership(membership)
    return membership


def _member(rows: PeopleRows, coop: str, person: str) -> Sequence[Membership]:
    found = [one for one in rows.memberships(person) if one.coop == coop]
    if not found:
        raise NotFound("There is no such person in this co-op")
    return found


def _somebody_administers(rows: PeopleRows, coop: str, role: str) -> None:
    if role == "admin" and not any(one.role == "admin" and one.is_active for one in rows.members(coop)):
        raise Invalid("Somebody has to administer the co-op: make somebody else an administrator first", field="role")
