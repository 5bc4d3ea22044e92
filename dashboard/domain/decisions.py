"""Objections of couriers, and why a job went where it went: all read from the journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from dashboard.domain.events import Entry
from dashboard.domain.refusals import Invalid, NotFound
from dashboard.domain.suggesting import ACCEPTED, OVERRIDDEN

RAISED, ANSWERED = "objection.raised", "objection.answered"
ANSWER_WITHIN = timedelta(days=14)
RED_FROM = timedelta(days=10)
"""From then on an objection that nobody has answered is shown in red."""


@dataclass(frozen=True, slots=True)
class Objection:
    """A courier's objection to ``about`` (an order, a day, a line of a slip), and its answer by a named person."""

    id: str
    courier: str
    about: str
    text: str
    at: datetime
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None
    upheld: bool | None = None

    @property
    def due(self) -> datetime:
        """Until when it has to be answered."""
        return self.at + ANSWER_WITHIN

    def days_left(self, now: datetime) -> int:
        """Whole days until it is due, the one that has begun included; negative once it is overdue."""
        return ceil((self.due - now) / timedelta(days=1))

    def is_red(self, now: datetime) -> bool:
        """Whether the clock is about to run out, or has."""
        return self.answered_at is None and now >= self.at + RED_FROM


@dataclass(frozen=True, slots=True)
class Given:
    """One time that an order was given, handed over or taken back: by whom, to and from whom, why, and what was seen.

    ``shown`` is what the screen showed then, None where nothing was recorded; ``working_time`` the limits that
    were near, ``consent`` whether the courier agreed to cross one; ``followed`` whether it was the first of the list,
    None where nothing was suggested; ``plan`` the plan of several orders that it was part of, ``foreseen`` what that
    said.
    """

    at: datetime
    by: str
    kind: str
    giver: str | None
    taker: str | None
    reason: str
    shown: Mapping[str, Any] | None
    working_time: tuple[Mapping[str, Any], ...] = ()
    consent: bool = False
    followed: bool | None = None
    plan: str = ""
    foreseen: Mapping[str, Any] | None = None


def objections(entries: Iterable[Entry]) -> Mapping[str, Objection]:
    """All objections by id, as they stand after the entries."""
    found: dict[str, Objection] = {}
    for entry in entries:
        known, data = found.get(entry.subject), entry.data
        if entry.kind == RAISED:
            found[entry.subject] = Objection(entry.subject, data["courier"], data["about"], data["text"], entry.at)
        elif entry.kind == ANSWERED and known:
            found[entry.subject] = replace(
                known, answer=data["text"], answered_by=entry.actor, answered_at=entry.at, upheld=data["upheld"]
            )
    return found


def why(entries: Iterable[Entry], notes: Iterable[Entry] = ()) -> tuple[Given, ...]:
    """Each time that an order changed hands, from the entries about it, and from the ``notes`` on what was shown."""
    kinds = ("order.assigned", "order.reassigned", "order.unassigned")
    beside = {note.seq: note for note in notes}
    return tuple(_given(entry, beside) for entry in entries if entry.kind in kinds)


def may_answer(known: Sequence[Entry], id: str) -> None:
    """Raise unless the objection is there and has no answer yet."""
    objection = objections(known).get(id)
    if objection is None:
        raise NotFound("There is no objection {id}", id=id)
    if objection.answered_at is not None:
        raise Invalid("{by} has answered this objection already", by=objection.answered_by, field="id")


def _given(entry: Entry, notes: Mapping[int, Entry]) -> Given:
    """What was shown follows the entry at once, in the same transaction, and then whether it was followed."""
    data, shown, outcome = entry.data, notes.get(entry.seq + 1), notes.get(entry.seq + 2)
    taken = outcome.kind if shown and outcome and outcome.version == shown.version + 1 else ""
    return Given(
        entry.at, entry.actor, entry.kind, data.get("from"), data.get("changes", {}).get("courier"),
        data.get("reason", ""), shown.data if shown else data.get("shown"), tuple(data.get("working_time", ())),
        data.get("consent", False), {ACCEPTED: True, OVERRIDDEN: False}.get(taken),
        data.get("plan", ""), data.get("foreseen"),
    )  # fmt: skip
