"""Taking back what was done to an order, while nobody has built on it: one more change, nothing is deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dashboard.domain.events import Entry
from dashboard.domain.orders import KITCHEN_STEPS, Order, order_from_wire, order_to_wire
from dashboard.domain.refusals import Conflict, NotFound, WrongState
from dashboard.domain.times import to_wire

UNDO_FOR = timedelta(seconds=10)
ON_THE_WAY = timedelta(seconds=5)
"""What a press may take from a slow tablet to here, beyond UNDO_FOR."""
UNDOABLE = KITCHEN_STEPS | {"order.refused", "order.delayed", "order.problem"}
TAKES_BACK = "takes_back"
"""In an entry's data: the id of the entry that it takes back."""
BESIDE_THE_COURSE = frozenset({"tags", "desk_note"})
"""What can be taken back although the order has come to another state since."""
WHO_CARRIES = frozenset({"courier"})
"""What can be taken back although its kitchen has gone on since."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one entry really changed of its subject: the values before, by name; and the entry that it takes back."""

    entry: Entry
    before: Mapping[str, Any]
    takes_back: str | None


def undo(order: Order, entries: Sequence[Entry], *, by: str, at: datetime) -> tuple[Order, Entry]:
    """The order as it was before its last change, and that change: the restaurants' own way of taking back.

    ``entries`` are all about the order, oldest first. WrongState: the last change is somebody else's, not of a kind
    that can be taken back, or longer ago than UNDO_FOR.
    """
    last = changes(entries)[-1]
    if last.entry.actor != by or last.entry.kind not in UNDOABLE:
        raise WrongState("{ref} has moved on since: {by} was the last to change it", ref=order.ref, by=last.entry.actor)
    if at - last.entry.at > UNDO_FOR + ON_THE_WAY:
        raise WrongState("{ref} was changed too long ago to be taken back: call the dispatcher", ref=order.ref)
    return _as_before(order, last), last.entry


def take_back(order: Order, entries: Sequence[Entry], id: str) -> tuple[Order, Entry]:
    """The order without what entry ``id`` changed, and that entry. An entry that took another back is one, too.

    Other changes since then stay, if they are about something else. NotFound: the order has no such entry.
    WrongState: it was taken back. Conflict: the order has moved on; names who did what.
    """
    found = changes(entries)
    place = next((n for n, change in enumerate(found) if change.entry.id == id), None)
    if place is None:
        raise NotFound("{ref} has no such change: load the page again", ref=order.ref)
    if id in void(found):
        raise WrongState("{ref}: this was taken back already", ref=order.ref)
    if later := _in_the_way(found, place):
        raise Conflict(
            "{ref} has moved on since ({deed}, {by}): it stays as it is",
            present=order, ref=order.ref, deed=later.kind, by=later.actor, at=to_wire(later.at),
        )  # fmt: skip
    return _as_before(order, found[place]), found[place].entry


def changes(entries: Sequence[Entry]) -> tuple[Change, ...]:
    """What each entry changed, in order; notes about the subject are none."""
    now: dict[str, Any] = {}
    found: list[Change] = []
    for entry in entries:
        new: Mapping[str, Any] | None = entry.data.get("changes")
        if new is None:
            continue
        before = {name: now.get(name) for name, value in new.items() if now.get(name) != value}
        now |= new
        found.append(Change(entry, before, _taken_back_by(entry, found)))
    return tuple(found)


def void(found: Sequence[Change]) -> frozenset[str]:
    """The ids of those that were taken back; what takes back an undo brings back what it had undone."""
    gone: set[str] = set()
    for change in reversed(found):
        if change.takes_back and change.entry.id not in gone:
            gone.add(change.takes_back)
    return frozenset(gone)


def _taken_back_by(entry: Entry, before: Sequence[Change]) -> str | None:
    """An undo from before entries said what they take back was of the change right before it."""
    if entry.kind == "order.undone" and TAKES_BACK not in entry.data and before:
        return before[-1].entry.id
    known: str | None = entry.data.get(TAKES_BACK)
    return known


def _in_the_way(found: Sequence[Change], place: int) -> Entry | None:
    """The first change since that builds on it; a change and its undo, both later, are as if they had not been."""
    mine = frozenset(found[place].before)
    gone, later = void(found), {change.entry.id for change in found[place + 1 :]}
    for change in found[place + 1 :]:
        if change.entry.id not in gone and change.takes_back not in later and _builds_on(mine, change):
            return change.entry
    return None


def _builds_on(mine: frozenset[str], later: Change) -> bool:
    """Whether it changed the same, or led to a state from which that is not taken back."""
    untouched = BESIDE_THE_COURSE | WHO_CARRIES if later.entry.kind in KITCHEN_STEPS else BESIDE_THE_COURSE
    leads_away = "state" in later.before and not mine <= untouched
    return leads_away or not mine.isdisjoint(later.before)


def _as_before(order: Order, change: Change) -> Order:
    return order_from_wire({**order_to_wire(order), **change.before, "version": order.version + 1})
