"""Who sits at the desk, which order each is looking at or has in hand, and which kitchens have a screen, over all web
processes."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

import msgspec

FORGET = 2.5
"""Seconds after which a process that says nothing any more is forgotten; each says it every second."""
ID_LENGTH = 12


def person_id(who: str) -> str:
    """What others are told instead of ``who`` somebody is: the same for all windows of one person."""
    return sha256(who.encode()).hexdigest()[:ID_LENGTH]


class Person(msgspec.Struct, frozen=True, order=True):
    """Somebody at the desk through one window: ``looking`` at one order, ``holding`` others to act upon them now."""

    name: str
    looking: str | None = None
    holding: tuple[str, ...] = ()
    id: str = ""

    @property
    def key(self) -> str:
        """Which windows are one person's; processes of before told no ``id``."""
        return self.id or self.name


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
        """Everybody, in the order of their names; who has several windows open counts once for each order that they
        look at, and holds what any of the windows holds."""
        windows = [person for group in self._groups(steady) for person in group.people]
        held: dict[str, set[str]] = {}
        for window in windows:
            held.setdefault(window.key, set()).update(window.holding)
        busy = {window.key for window in windows if window.looking}
        kept = {
            msgspec.structs.replace(window, holding=tuple(sorted(held[window.key])))
            for window in windows if window.looking or window.key not in busy
        }  # fmt: skip
        return sorted(kept, key=lambda person: (person.name, person.key, person.looking or ""))

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
    return [
        {"id": person.key, "name": person.name, "looking": person.looking, "holding": list(person.holding)}
        for person in people
    ]
