"""What can be done to several orders at once, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.domain.couriers import Courier
from dashboard.domain.orders import MOVES, Order
from dashboard.domain.refusals import Refusal

BULK = ("assign", "unassign", "delay", "tag", "untag", "reschedule", "attach", "detach", *MOVES)


@dataclass(frozen=True, slots=True)
class Act:
    """What is to be done: one of BULK, and what it says besides."""

    verb: str
    courier: str = ""
    minutes: int | None = None
    day: date | None = None
    tags: tuple[str, ...] = ()
    reason: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one order (or courier) of a command: how it is now, or why nothing was done.

    ``ref`` is what people call it.
    """

    id: str
    ref: str
    now: Order | Courier | None = None
    refusal: Refusal | None = None
