"""Who sits at the desk, which order each is looking at, and which kitchens have a screen, over all web processes."""

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
    """What a process says: who looks at a co-op through it, and at which restaurants the screen is open."""

    process: str
    people: list[Person]
    kitchens: list[str] = []


class Presence:
    """One co-op's people: those of this process, and those that others have told of."""

    def __init__(self, process: str) -> None:
        self._process = process
        self._here = Group(process, [])
        self._elsewhere: dict[str, tuple[float, Group]] = {}

    def here(self, people: Iterable[Person], kitchens: Iterable[str] = ()) -> bytes:
        """Note who looks through this process; gives the message for the others."""
        self._here = Group(self._process, list(people), list(kitchens))
        return msgspec.json.encode(self._here)

    def hear(self, message: bytes, steady: float) -> None:
        """Note what another process says; nonsense is passed over."""
        try:
            group = msgspec.json.decode(message, type=Group)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return
        if group.process != self._process:
            self._elsewhere[group.process] = steady, group

    def people(self, steady: float) -> list[Person]:
        """Everybody, in the order of their names; who has several windows open counts once for each order."""
        everybody = {person for group in self._groups(steady) for person in group.people}
        busy = {person.name for person in everybody if person.looking}
        kept = [person for person in everybody if person.looking or person.name not in busy]
        return sorted(kept, key=lambda person: (person.name, person.looking or ""))

    def kitchens(self, steady: float) -> frozenset[str]:
        """The restaurants whose screen is open somewhere."""
        return frozenset(kitchen for group in self._groups(steady) for kitchen in group.kitchens)

    def _groups(self, steady: float) -> list[Group]:
        self._elsewhere = {
            process: (heard, group)
            for process, (heard, group) in self._elsewhere.items()
            if steady - heard < FORGET and (group.people or group.kitchens)
        }
        return [self._here, *(group for _, group in self._elsewhere.values())]


def to_wire(people: Iterable[Person]) -> list[dict[str, Any]]:
    """The ``presence`` event's list."""
    return [{"name": person.name, "looking": person.looking} for person in people]
