"""When it rained, read from the journal: who says so stands there, and a spell that was wrong is corrected by another.

An entry of KIND about SUBJECT has ``weather`` ("rain"), ``since`` and ``until`` (null: it rains still), and
``corrects``, the id of the entry whose place it takes (null: none). ``until`` = ``since`` takes a spell back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from dashboard.domain.events import Entry, Fact
from dashboard.domain.refusals import Invalid, NotFound
from dashboard.domain.spans import Span
from dashboard.domain.times import from_wire, to_wire

KIND, SUBJECT = "coop.weather", "weather"
RAIN = "rain"
EVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Spell:
    """A spell of rain, as the entry ``id`` says it; ``until`` None while it rains; ``by`` and ``at``: written down."""

    id: str
    since: datetime
    until: datetime | None
    by: str
    at: datetime


def spells(entries: Iterable[Entry]) -> tuple[Spell, ...]:
    """Those that stand after all corrections, oldest first."""
    found: dict[str, Spell] = {}
    for entry in entries:
        if entry.kind == KIND and entry.data["weather"] == RAIN:
            found.pop(entry.data.get("corrects") or "", None)
            until = entry.data["until"]
            found[entry.id] = Spell(
                entry.id, from_wire(entry.data["since"]), until and from_wire(until), entry.actor, entry.at
            )
    return tuple(sorted((one for one in found.values() if one.until != one.since), key=lambda one: one.since))


def rain(entries: Iterable[Entry]) -> tuple[Span, ...]:
    """When it rained; a spell without an end lasts for as long as anybody asks about."""
    return tuple(Span(one.since, one.until or EVER) for one in spells(entries))


def raining(entries: Iterable[Entry]) -> Spell | None:
    """The spell that has no end yet."""
    return next((one for one in spells(entries) if one.until is None), None)


def spell(since: datetime, until: datetime | None, now: datetime, corrects: str | None = None) -> Fact:
    """What is written; Invalid: it ends before it begins, or lies in the future."""
    if since > now or (until is not None and until > now):
        raise Invalid("Weather is written down when it is there: give a time that is past", field="since")
    if until is not None and until < since:
        raise Invalid("The end comes before the beginning: choose another", field="until")
    data: dict[str, Any] = {"weather": RAIN, "since": to_wire(since), "until": until and to_wire(until)}
    return Fact(KIND, SUBJECT, 0, {**data, "corrects": corrects})


def may_begin(known: Sequence[Entry]) -> None:
    """Invalid: it rains already."""
    if raining(known):
        raise Invalid("Rain is written down already: end it first", field="rain")


def stands(known: Sequence[Entry], id: str) -> None:
    """NotFound: there is no such spell, or it has been corrected."""
    if id not in {one.id for one in spells(known)}:
        raise NotFound("There is no spell of rain {id}, or it was corrected", id=id)
