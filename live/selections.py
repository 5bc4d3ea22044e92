"""What somebody has selected, on its way to all of their windows, in whichever process and on whichever machine."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

LONGEST = 64
"""Characters of an id."""
MOST = 500
"""Orders that are marked, or held, together."""


class Selection(msgspec.Struct, frozen=True):
    """``person`` as in live/presence.py; ``window`` is where it was made and ``number`` counts there.

    ``chosen`` are the marked orders; None: too many to be told.
    """

    person: str
    window: str
    number: int
    order: str | None = None
    courier: str | None = None
    chosen: tuple[str, ...] | None = None


def read_selection(wish: object, person: str, window: str) -> Selection | None:
    """What a client says it has selected; None when it makes no sense."""
    if not isinstance(wish, dict):
        return None
    number, order, courier = wish.get("number", 0), wish.get("order"), wish.get("courier")
    if type(number) is not int or not 0 <= number < 2**53 or not _is_id(order) or not _is_id(courier):
        return None
    return Selection(person, window, number, order, courier, read_orders(wish.get("chosen")))


def read_orders(wish: object) -> tuple[str, ...] | None:
    """A list of orders' ids; None when it is none, or too long."""
    if not isinstance(wish, list) or len(wish) > MOST or not all(one is not None and _is_id(one) for one in wish):
        return None
    return tuple(wish)


def decode(message: bytes) -> Selection | None:
    """What another process says; None when it is nonsense."""
    try:
        return msgspec.json.decode(message, type=Selection)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def to_wire(selection: Selection, *, is_own: bool) -> dict[str, Any]:
    """The ``select`` event; ``own`` in the window where it was made, which has done it already."""
    return {
        "order": selection.order, "courier": selection.courier, "chosen": selection.chosen,
        "number": selection.number, "own": is_own,
    }  # fmt: skip


class Selections:
    """The newest of each person who is here: a window that is opened later begins with it."""

    def __init__(self) -> None:
        self._newest: dict[str, Selection] = {}

    def hear(self, selection: Selection) -> None:
        """Keep it."""
        self._newest[selection.person] = selection

    def of(self, person: str) -> Selection | None:
        """What they have selected, as far as this process was told."""
        return self._newest.get(person)

    def keep(self, people: Iterable[str]) -> None:
        """Forget whoever has no window open any more."""
        here = set(people)
        self._newest = {person: one for person, one in self._newest.items() if person in here}


def _is_id(value: object) -> bool:
    return value is None or (isinstance(value, str) and len(value) <= LONGEST)
