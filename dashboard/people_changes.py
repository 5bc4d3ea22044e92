"""What an administrator changes about a person: name, address, a link for a new password. None of it in silence.

Each stands in the journal, before it is done: a line too many is better than one too few. Whoever is in another co-op
as well is not this one's administrators' to change: an address or a password opens everything that a person may do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from dashboard.dispatch import Dispatch
from dashboard.domain.events import Fact
from dashboard.domain.people import Person, address, check_name
from dashboard.domain.refusals import Invalid, NotFound
from dashboard.people import People
from dashboard.people_book import PeopleRows

RENAMED, MOVED, RESET = "person.renamed", "person.address_changed", "person.reset_link_made"
"""Kinds of entries; addresses themselves do not stand in the journal, which is kept for good."""


@dataclass(frozen=True, slots=True)
class Changes:
    """``votes``: whether somebody (co-op, address) has voted in what is open; votes are counted by address."""

    people: People
    dispatch: Dispatch
    votes: Callable[[str, str], bool]

    def rename(self, coop: str, person: str, name: str, *, by: str, now: datetime) -> Person:
        """Another name. Invalid: it is none."""
        known, name = self._own(coop, person), check_name(name)
        self._note(coop, RENAMED, known, {"name": name, "before": known.name}, by, now)
        return self._write(person, lambda _, one: replace(one, name=name))

    def move(self, coop: str, person: str, email: str, *, by: str, now: datetime) -> tuple[Person, Person]:
        """Another e-mail address; sessions end, links for a new password too. The person as they were and as they are.

        Invalid: it is none, or somebody's already; the person has cast a vote that is not counted yet.
        """
        known, email = self._own(coop, person), address(email)
        _signs_in_here(known)
        if self.votes(coop, known.email):
            raise Invalid("{name} has cast a vote that is not counted yet: close the vote first", name=known.name,
                          field="email")  # fmt: skip
        with self.people.book.reading_people() as rows:
            if rows.person_by_email(email):
                raise Invalid("Somebody has the address {email} already", email=email, field="email")
        self._note(coop, MOVED, known, {"name": known.name}, by, now)

        def moved(rows: PeopleRows, one: Person) -> Person:
            rows.end_sessions(one.id, now)
            return replace(one, email=email)

        return known, self._write(person, moved)

    def reset_link(self, coop: str, person: str, *, by: str, now: datetime) -> tuple[Person, str]:
        """The secret that sets a new password, for the person alone."""
        known = self._own(coop, person)
        _signs_in_here(known)
        self._note(coop, RESET, known, {"name": known.name}, by, now)
        found = self.people.forgot(known.email, by=by, now=now)
        if found is None:
            raise Invalid("{name} has been shut out: there is no password to set", name=known.name, field="person")
        return found

    def _own(self, coop: str, person: str) -> Person:
        with self.people.book.reading_people() as rows:
            known, coops = rows.person(person), {one.coop for one in rows.memberships(person)}
        if known is None or coop not in coops:
            raise NotFound("There is no such person in this co-op")
        if coops != {coop}:
            raise Invalid("{name} is in another co-op as well: whoever runs the program changes that", name=known.name,
                          field="person")  # fmt: skip
        return known

    def _note(self, coop: str, kind: str, person: Person, data: dict[str, str], by: str, now: datetime) -> None:
        self.dispatch.note(coop, Fact(kind, f"person:{person.id}", 0, data), by=by, at=now)

    def _write(self, person: str, change: Callable[[PeopleRows, Person], Person]) -> Person:
        with self.people.book.changing_people() as rows:
            known = rows.person(person)
            if known is None:
                raise NotFound("There is no such person in this co-op")
            changed = change(rows, known)
            rows.write_person(changed)
        self.people.announce(None)
        return changed


def _signs_in_here(person: Person) -> None:
    if person.subject and not person.password:
        raise Invalid("{name} comes by single sign-on: change it there", name=person.name, field="person")
