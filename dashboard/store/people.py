"""People, their memberships, links and sessions in SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, delete, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from dashboard.domain.people import Link, Membership, Person, Session
from dashboard.domain.refusals import Invalid
from dashboard.store.doors import read_coop
from dashboard.store.journal import no_coop
from dashboard.store.tables import links, memberships, people, sessions


class SqlPeopleRows:
    """See people_book.PeopleRows; lives as long as its connection.

    ``locks``: what is read stays as it is until the change is made (SQLite has one writer at a time anyhow).
    """

    def __init__(self, connection: Connection, *, locks: bool = False) -> None:
        self._connection = connection
        self._locks = locks

    def person(self, id: str) -> Person | None:
        """Whoever has this id."""
        return self._person(people.c.id == id)

    def person_by_email(self, email: str) -> Person | None:
        """Whoever has this address (in its kept form)."""
        return self._person(people.c.email == email)

    def person_by_subject(self, subject: str) -> Person | None:
        """Whoever the identity provider calls so."""
        return self._person(people.c.subject == subject)

    def people_of(self, coop: str) -> Sequence[Person]:
        """Whoever has a membership there, active or not, by name."""
        there = select(memberships.c.person).where(memberships.c.coop == coop)
        found = select(people).where(people.c.id.in_(there)).order_by(people.c.name, people.c.id)
        return [_person(row._mapping) for row in self._connection.execute(found)]

    def memberships(self, person: str) -> Sequence[Membership]:
        """In all co-ops, by co-op and role."""
        return self._memberships(memberships.c.person == person)

    def members(self, coop: str) -> Sequence[Membership]:
        """Everybody's in the co-op."""
        return self._memberships(memberships.c.coop == coop)

    def write_person(self, person: Person) -> None:
        """As they are now. Invalid when the address is somebody else's."""
        other = self.person_by_email(person.email)
        if other and other.id != person.id:
            raise Invalid("Somebody else has the address {email} already", email=person.email, field="email")
        self._put(people, _row(person) | {"recovery": list(person.recovery)}, ["id"])

    def write_membership(self, membership: Membership) -> None:
        """As it is now. NotFound: no such co-op."""
        if not read_coop(self._connection, membership.coop):
            raise no_coop(membership.coop)
        self._put(memberships, _row(membership), ["coop", "person", "role"])

    def remove_membership(self, coop: str, person: str, role: str) -> bool:
        """Whether there was one."""
        which = (memberships.c.coop == coop, memberships.c.person == person, memberships.c.role == role)
        return self._connection.execute(delete(memberships).where(*which)).rowcount > 0

    def link(self, digest: str) -> Link | None:
        """The link whose secret has this SHA-256, used or not."""
        row = self._connection.execute(select(links).where(links.c.digest == digest)).one_or_none()
        return None if row is None else Link(**row._mapping)

    def links(self, coop: str, kind: str, now: datetime) -> Sequence[Link]:
        """Those that open something still, newest first."""
        good = (links.c.coop == coop, links.c.kind == kind, links.c.used_at.is_(None), links.c.expires_at > now)
        rows = self._connection.execute(select(links).where(*good).order_by(links.c.made_at.desc(), links.c.digest))
        return [Link(**row._mapping) for row in rows]

    def add_link(self, link: Link) -> None:
        """A new one."""
        self._connection.execute(insert(links), _row(link))

    def use_link(self, digest: str, at: datetime) -> bool:
        """Whether it was this caller who used it."""
        good = (links.c.digest == digest, links.c.used_at.is_(None), links.c.expires_at > at)
        return self._connection.execute(update(links).where(*good).values(used_at=at)).rowcount == 1

    def session(self, digest: str) -> Session | None:
        """The session whose cookie has this SHA-256, over or not."""
        row = self._connection.execute(select(sessions).where(sessions.c.digest == digest)).one_or_none()
        return None if row is None else Session(**row._mapping)

    def sessions(self, person: str) -> Sequence[Session]:
        """Those not ended, the last seen first."""
        mine = (sessions.c.person == person, sessions.c.ended_at.is_(None))
        rows = self._connection.execute(
            select(sessions).where(*mine).order_by(sessions.c.seen_at.desc(), sessions.c.digest)
        )
        return [Session(**row._mapping) for row in rows]

    def add_session(self, session: Session) -> None:
        """A new one."""
        self._connection.execute(insert(sessions), _row(session))

    def touch_session(self, digest: str, at: datetime) -> None:
        """It was seen."""
        self._connection.execute(update(sessions).where(sessions.c.digest == digest).values(seen_at=at))

    def choose(self, digest: str, coop: str, role: str) -> None:
        """What the session looks as from now on."""
        self._connection.execute(update(sessions).where(sessions.c.digest == digest).values(coop=coop, role=role))

    def end_session(self, digest: str, at: datetime) -> bool:
        """Whether it was open."""
        return self._end(sessions.c.digest == digest, at) == 1

    def end_sessions(self, person: str, at: datetime, *, but: str = "") -> int:
        """All of a person's, except the one with the digest ``but``; how many there were."""
        return self._end((sessions.c.person == person) & (sessions.c.digest != but), at)

    def forget_sessions(self, before: datetime) -> int:
        """Those that ended, or were seen last, before."""
        over = or_(sessions.c.ended_at < before, sessions.c.seen_at < before)
        return self._connection.execute(delete(sessions).where(over)).rowcount

    def forget_links(self, before: datetime) -> int:
        """Those that ran out before, used or not."""
        return self._connection.execute(delete(links).where(links.c.expires_at < before)).rowcount

    def _end(self, which: ColumnElement[bool], at: datetime) -> int:
        ended = update(sessions).where(which, sessions.c.ended_at.is_(None)).values(ended_at=at)
        return self._connection.execute(ended).rowcount

    def _person(self, which: ColumnElement[bool]) -> Person | None:
        row = self._connection.execute(self._held(select(people).where(which))).one_or_none()
        return None if row is None else _person(row._mapping)

    def _held(self, query: Select[Any]) -> Select[Any]:
        return query.with_for_update() if self._locks else query

    def _memberships(self, which: ColumnElement[bool]) -> Sequence[Membership]:
        key = (memberships.c.coop, memberships.c.role, memberships.c.person)
        rows = self._connection.execute(self._held(select(memberships).where(which).order_by(*key)))
        return [Membership(**row._mapping) for row in rows]

    def _put(self, table: Table, row: Mapping[str, Any], key: list[str]) -> None:
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        rest = {name: value for name, value in row.items() if name not in key}
        put = dialect.insert(table).values(**row).on_conflict_do_update(index_elements=key, set_=rest)
        self._connection.execute(put)


def _row(value: Person | Membership | Link | Session) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


def _person(row: Mapping[Any, Any]) -> Person:
    return Person(**{**row, "recovery": tuple(row["recovery"])})
