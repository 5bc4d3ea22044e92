"""Signing in: password, second factor, and the sessions that come of it, kept on the server."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from dashboard.digests import digest, new_secret
from dashboard.domain.people import Limits, Membership, Person, Session, check_password, chosen, is_over
from dashboard.domain.refusals import Invalid, NotFound, Refusal
from dashboard.people import Announce
from dashboard.people_book import PeopleBook, PeopleRows
from dashboard.people_factor import Sealer, new_recovery_codes, recovery_form, step_of
from dashboard.people_passwords import is_dated, is_right, kept

SEEN_EACH = timedelta(minutes=1)


class WrongPassword(Refusal):
    """Nobody has this address and password; which of the two is wrong is nobody's business."""

    def __init__(self) -> None:
        super().__init__("This address and this password do not belong together: try again, or set a new password")


class WrongCode(Refusal):
    """The code of the second factor is not the one."""

    def __init__(self) -> None:
        super().__init__("This code is wrong or was used already: wait for the next one, then type it")


class NoRole(Refusal):
    """The person is known and has nothing to do here."""

    def __init__(self) -> None:
        super().__init__("Your account has no role in any co-op: ask an administrator to give you one")


@dataclass(frozen=True, slots=True)
class Known:
    """Who a session is, and what they are at the moment."""

    session: Session
    person: Person
    membership: Membership
    memberships: tuple[Membership, ...]


@dataclass(frozen=True, slots=True)
class Sessions:
    """One per process. ``clock`` says when, ``gone`` is told of a session (its digest) that opens nothing any more."""

    book: PeopleBook
    announce: Announce
    gone: Callable[[str], None]
    clock: Callable[[], datetime]
    sealer: Sealer
    limits: Limits = field(default_factory=Limits)

    def check(self, email: str, password: str) -> Person:
        """Who has this address and password. WrongPassword otherwise."""
        with self.book.reading_people() as rows:
            person = rows.person_by_email(email.strip().casefold())
        right = is_right(password, person.password if person and person.is_active else None)
        if person is None or not right:
            raise WrongPassword()
        if person.password and is_dated(person.password):
            self._write(replace(person, password=kept(password)))
        return person

    def check_code(self, person: str, code: str) -> Person:
        """Who has the phone, or one of the recovery codes, which is used up by it. WrongCode otherwise."""
        with self.book.changing_people() as rows:
            known = rows.person(person)
            if known is None or not known.is_active:
                raise WrongCode()
            changed = self._with_code(known, code)
            rows.write_person(changed)
        return changed

    def open(self, person: Person, agent: str, *, wanted: tuple[str, str] | None = None) -> str:
        """A new session's secret, looking as what the person was last, or ``wanted`` (co-op, role). NoRole: nothing."""
        secret, now = new_secret(), self.clock()
        with self.book.changing_people() as rows:
            memberships = _active(rows, person.id)
            if not memberships:
                raise NoRole()
            last = next(iter(rows.sessions(person.id)), None)
            before = wanted or ((last.coop, last.role) if last else ("", ""))
            first = chosen(memberships, *before) or memberships[0]
            session = Session(digest(secret), person.id, first.coop, first.role, now, now, _printable(agent))
            rows.add_session(session)
        return secret

    def known(self, known_as: str) -> Known | None:
        """Who the session with this digest is; None when it is over or the person has no role left."""
        now = self.clock()
        with self.book.reading_people() as rows:
            session = rows.session(known_as)
            if session is None or is_over(session, now, self.limits):
                return None
            person, memberships = rows.person(session.person), _active(rows, session.person)
        if person is None or not person.is_active or not memberships:
            return None
        now_as = chosen(memberships, session.coop, session.role) or memberships[0]
        return Known(session, person, now_as, memberships)

    def seen(self, session: Session) -> None:
        """Note that it is in use, each minute at most."""
        now = self.clock()
        if now - session.seen_at >= SEEN_EACH:
            with self.book.changing_people() as rows:
                rows.touch_session(session.digest, now)

    def of(self, person: str) -> Sequence[Session]:
        """The person's sessions that are not over, the last seen first."""
        with self.book.reading_people() as rows:
            return [one for one in rows.sessions(person) if not is_over(one, self.clock(), self.limits)]

    def end(self, known_as: str, person: str) -> None:
        """End one of the person's sessions. NotFound when it is not theirs."""
        with self.book.changing_people() as rows:
            found = rows.session(known_as)
            if found is None or found.person != person:
                raise NotFound("There is no such session any more")
            rows.end_session(known_as, self.clock())
        self.gone(known_as)

    def end_others(self, person: str, this: str) -> int:
        """End all of the person's sessions but this one; how many there were."""
        with self.book.changing_people() as rows:
            ended = rows.end_sessions(person, self.clock(), but=this)
        self.announce(None)
        return ended

    def choose(self, known: Known, coop: str, role: str) -> None:
        """Look as another of the roles that one has. NotFound otherwise."""
        if chosen(known.memberships, coop, role) is None:
            raise NotFound("You do not have this role any more")
        with self.book.changing_people() as rows:
            rows.choose(known.session.digest, coop, role)
        self.gone(known.session.digest)

    def change_password(self, known: Known, old: str, new: str) -> None:
        """A new password; all other sessions end. WrongPassword when the old one is not right."""
        if known.person.password and not is_right(old, known.person.password):
            raise WrongPassword()
        self._write(replace(known.person, password=kept(check_password(new, known.person.email))))
        self.end_others(known.person.id, known.session.digest)

    def confirm_factor(self, person: str, secret: str, code: str) -> list[str]:
        """Switch the second factor on, once a code shows that the phone has it; the recovery codes, seen this once."""
        step = step_of(code, secret, self.clock(), 0)
        if step is None:
            raise WrongCode()
        codes = new_recovery_codes()
        with self.book.changing_people() as rows:
            if (known := rows.person(person)) is None:
                raise WrongCode()
            if known.totp:
                raise Invalid("The second factor is on already: switch it off first")
            kept_codes = tuple(digest(recovery_form(one)) for one in codes)
            rows.write_person(replace(known, totp=self.sealer.seal(secret), totp_step=step, recovery=kept_codes))
        return codes

    def drop_factor(self, person: str, code: str) -> None:
        """Switch it off, with a code that shows that it is the person who asks."""
        changed = self.check_code(person, code)
        self._write(replace(changed, totp=None, totp_step=0, recovery=()))

    def _with_code(self, known: Person, code: str) -> Person:
        secret = self.sealer.open(known.totp) if known.totp else None
        step = step_of(code, secret, self.clock(), known.totp_step) if secret else None
        if step is not None:
            return replace(known, totp_step=step)
        given = digest(recovery_form(code))
        left = tuple(one for one in known.recovery if not hmac.compare_digest(one, given))
        if len(left) == len(known.recovery):
            raise WrongCode()
        return replace(known, recovery=left)

    def _write(self, person: Person) -> None:
        with self.book.changing_people() as rows:
            rows.write_person(person)


def _active(rows: PeopleRows, person: str) -> tuple[Membership, ...]:
    return tuple(one for one in rows.memberships(person) if one.is_active)


def _printable(agent: str) -> str:
    return "".join(sign for sign in agent if sign.isprintable())[:200]
