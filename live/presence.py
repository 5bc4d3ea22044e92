"""Who sits at the desk, and which order each is looking at, over all web processes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

FORGET = 3.5
"""Seconds after which a process that says nothing any more is forgotten; each says it every second."""


class Person(msgspec.Struct, frozen=True, order=True):
    """Somebody at the desk; ``looking`` is the id of an order."""

    name: str
    looking: str | None = None


class Group(msgspec.Struct):
    """What a process says: who looks at a co-op through it."""

    process: str
    people: list[Person]


class Presence:
    """One co-op's people: those of this process, and those that others have told of."""

    def __init__(self, process: str) -> None:
        self._process = process
        self._here: list[Person] = []
        self._elsewhere: dict[str, tuple[float, list[Person]]] = {}

    def here(self, people: Iterable[Person]) -> bytes:
        """Note who looks through this process; gives the message for the others."""
        self._here = list(people)
        return msgspec.json.encode(Group(self._process, self._here))

    def hear(self, message: bytes, steady: float) -> None:
        """Note what another process says; nonsense is passed over."""
        try:
            group = msgspec.json.decode(message, type=Group)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return
        if group.process != self._process:
            self._elsewhere[group.process] = steady, group.people

    def people(self, steady: float) -> list[Person]:
        """Everybody, in the order of their names; who has several windows open counts once for each order."""
        self._elsewhere = {
            process: (heard, people)
            for process, (heard, people) in self._elsewhere.items()
            if steady - heard < FORGET and people
        }
        everybody = {*self._here, *(person for _, people in self._elsewhere.values() for person in people)}
        busy = {person.name for person in everybody if person.looking}
        kept = [person for person in everybody if person.looking or person.name not in busy]
        return sorted(kept, key=lambda person: (person.name, person.looking or ""))


def to_wire(people: Iterable[Person]) -> list[dict[str, Any]]:
    """The ``presence`` event's list."""
    return [{"name": person.name, "looking": person.looking} for person in people]
