"""What the call about a CoopCycle beside us answers."""

from __future__ import annotations

from typing import Literal

from dashboard.api.answers import Answer
from dashboard.api.fields import Instant


class Letter(Answer):
    """An assignment that still has to be written there; ``courier`` null is «to nobody»."""

    order: str
    courier: str | None
    by: str
    decided_at: Instant
    tries: int
    problem: str


class Overruled(Answer):
    """Two decisions that met: ``kept`` says which holds, ``theirs`` is a user name there, ``ours`` a courier here."""

    order: str
    ref: str
    kept: Literal["here", "coopcycle"]
    theirs: str | None
    ours: str | None
    by: str | None
    at: Instant


class Coopcycle(Answer):
    """How it goes. ``aside`` tells by address what could not be taken over, and why; ``said`` is all of it in words."""

    is_set_up: bool
    last_read: Instant | None
    is_live: bool
    problem: str
    waiting: list[Letter]
    aside: dict[str, str]
    overruled: list[Overruled]
    said: list[str]
