"""Handing the desk over at the end of a shift: what lies open, who gave it, who took it, what has changed since.

In the journal: ``desk.noted`` about NOTES; ``desk.handed_over``, then ``desk.taken_over`` or
``desk.handover_withdrawn`` about one handover. A handover is given once, and taken by one person who is not the giver.
Giving again withdraws what the same person has given and nobody has taken: one list from each giver, the newest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from dashboard.domain.alarm_order import most_urgent_first
from dashboard.domain.alarm_rules import FLOOD
from dashboard.domain.alarms import alarm_to_wire
from dashboard.domain.board import Board
from dashboard.domain.events import Entry, Fact
from dashboard.domain.orders import Order
from dashboard.domain.recurring import Missed, order_id, starts
from dashboard.domain.refusals import Invalid, NotFound, WrongState
from dashboard.domain.times import to_wire

SUBJECT = "handover:"
NOTES = "desk-notes"
GIVEN, TAKEN, WITHDRAWN, NOTED = "desk.handed_over", "desk.taken_over", "desk.handover_withdrawn", "desk.noted"
SHIFT = timedelta(hours=12)
"""Notes are gathered so far back, or since the desk was last taken over, if that was later."""
ENDS_SOON = timedelta(hours=1)
LONGEST = 1000
LATEST = datetime.max.replace(tzinfo=UTC)
ALARMS, WAITING, PROBLEMS, MISSED, COURIERS, KITCHENS, RAIN, DESK_NOTES = (
    "alarms", "waiting", "problems", "missed", "couriers", "kitchens", "rain", "notes",
)  # fmt: skip
SECTIONS = (ALARMS, WAITING, PROBLEMS, MISSED, COURIERS, KITCHENS, RAIN, DESK_NOTES)


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the list: ``about`` names it within its section, ``facts`` are plain JSON values."""

    section: str
    about: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Handover:
    """``to`` is for whom it was meant, empty where nobody knew. Open until it was taken or withdrawn."""

    id: str
    by: str
    at: datetime
    to: str
    note: str
    items: tuple[Item, ...]
    taken_by: str = ""
    taken_at: datetime | None = None
    withdrawn_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to take it."""
        return self.taken_at is None and self.withdrawn_at is None


@dataclass(frozen=True, slots=True)
class Duty:
    """Somebody had the desk: from when it was taken over until when it was handed over; None where nobody wrote it."""

    name: str
    since: datetime | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Around:
    """What the board does not hold: since when it rains, until when couriers on shift are planned to ride, and which
    recurring orders were missed."""

    rain_since: datetime | None = None
    ends: Mapping[str, datetime] = field(default_factory=dict)
    missed: Sequence[Missed] = ()


def gather(board: Board, notes: Iterable[Entry], around: Around, now: datetime) -> tuple[Item, ...]:
    """All that whoever comes next has to know, as of ``now``."""
    opened = [order for order in board.orders.values() if order.is_open]
    missed = [Item(MISSED, order_id(one.rule.id, one.day), _missed(one)) for one in around.missed]
    told = {one.about for one in missed}  # better than by the alarm that nobody had placed it yet
    calls = (one for one in board.alarms.values() if one.is_open and one.rule != FLOOD and one.about not in told)
    waiting = sorted((one for one in opened if one.courier is None), key=lambda one: (one.placed_at, one.id))
    return (
        *(_alarm(board, alarm_to_wire(each)) for each in most_urgent_first(calls)),
        *(Item(WAITING, one.id, _order(board, one)) for one in waiting),
        *(Item(PROBLEMS, one.id, _order(board, one)) for one in opened if one.problem),
        *missed,
        *_couriers(board, around, now),
        *(_kitchen(board, each.id, to_wire(each.busy_until), each.busy_minutes)
          for each in board.restaurants.values() if each.is_busy(now) and each.busy_until),
        *([Item(RAIN, RAIN, {"since": to_wire(around.rain_since)})] if around.rain_since else []),
        *(Item(DESK_NOTES, str(entry.seq), _noted(entry)) for entry in notes),
    )  # fmt: skip


def _alarm(board: Board, wire: Mapping[str, Any]) -> Item:
    courier = board.couriers.get(wire["courier"] or "")
    names = ("rule", "about", "priority", "ref", "place", "value", "raised_at", "acknowledged_by", "shelved_by",
             "shelved_until", "order", "courier")  # fmt: skip
    facts = {name: wire[name] for name in names}
    return Item(ALARMS, wire["id"], {**facts, "name": courier.name if courier else wire["courier"] or ""})


def _order(board: Board, order: Order) -> dict[str, Any]:
    courier = board.couriers.get(order.courier or "")
    return {
        "ref": order.ref, "state": order.state, "problem": order.problem, "placed_at": to_wire(order.placed_at),
        "promised": order.dropoff.before and to_wire(order.dropoff.before),
        "from": order.pickup.name or order.pickup.address, "to": order.dropoff.address or order.dropoff.name,
        "courier": courier.name if courier else order.courier,
    }  # fmt: skip


def _missed(one: Missed) -> dict[str, Any]:
    order = one.rule.order
    ends = {name: order[end].get("name") or order[end].get("address") or ""
            for name, end in (("from", "pickup"), ("to", "dropoff"))}  # fmt: skip
    return {**ends, "day": one.day.isoformat(), "minute": starts(order)}


def _couriers(board: Board, around: Around, now: datetime) -> Iterable[Item]:
    for one in sorted(board.couriers.values(), key=lambda one: (one.name, one.id)):
        ends = around.ends.get(one.id)
        if one.shift == "break":
            until = one.break_until and to_wire(one.break_until)
            yield Item(COURIERS, one.id, {"name": one.name, "what": "break", "until": until})
        elif one.shift == "on" and ends and ends <= now + ENDS_SOON:
            yield Item(COURIERS, one.id, {"name": one.name, "what": "ends", "until": to_wire(ends)})


def _kitchen(board: Board, id: str, until: str, minutes: int | None) -> Item:
    name = next((one.pickup.name for one in board.orders.values() if one.restaurant == id and one.pickup.name), id)
    return Item(KITCHENS, id, {"name": name, "until": until, "minutes": minutes})


def _noted(entry: Entry) -> dict[str, Any]:
    return {"by": entry.actor, "at": to_wire(entry.at), "text": entry.data["text"]}


def noted(text: str) -> Fact:
    """A note for the desk. Invalid: it says nothing, or too much."""
    if not text.strip():
        raise Invalid("The note is empty: write what the next dispatcher has to know", field="text")
    return Fact(NOTED, NOTES, 0, {"text": _short(text)})


def given(id: str, items: Sequence[Item], note: str, to: str) -> Fact:
    """The desk is handed over with the list as it is."""
    lines = [{"section": one.section, "about": one.about, "facts": dict(one.facts)} for one in items]
    return Fact(GIVEN, SUBJECT + id, 0, {"items": lines, "note": _short(note), "to": to.strip()})


def taken(id: str) -> Fact:
    """Somebody has read it and has the desk from now on."""
    return Fact(TAKEN, SUBJECT + id, 0)


def withdrawn(id: str) -> Fact:
    """The giver has given another one, or stays."""
    return Fact(WITHDRAWN, SUBJECT + id, 0)


def may_take(entries: Sequence[Entry], by: str) -> None:
    """Raise what stands against it: NotFound; WrongState where it is one's own, taken, or withdrawn."""
    found = _open(entries)
    if found.by == by:
        raise WrongState("You have handed over yourself: somebody else has to take over, or take it back")


def may_withdraw(entries: Sequence[Entry], by: str) -> None:
    """Raise what stands against it: NotFound; WrongState where it is another's, taken, or withdrawn."""
    found = _open(entries)
    if found.by != by:
        raise WrongState("{by} has handed over: only they can take it back", by=found.by)


def _open(entries: Sequence[Entry]) -> Handover:
    found = next(iter(handovers(entries)), None)
    if found is None:
        raise NotFound("There is no such handover: look at the list")
    if found.taken_by:
        raise WrongState("{by} has taken over already", by=found.taken_by)
    if found.withdrawn_at:
        raise WrongState("{by} has taken it back, or handed over anew: read the newest", by=found.by)
    return found


def handovers(entries: Iterable[Entry]) -> list[Handover]:
    """What the entries about handovers say, newest first."""
    found: dict[str, Handover] = {}
    for entry in entries:
        if entry.kind == GIVEN:
            found[entry.subject] = _given(entry)
        elif entry.subject in found and entry.kind == TAKEN:
            found[entry.subject] = replace(found[entry.subject], taken_by=entry.actor, taken_at=entry.at)
        elif entry.subject in found and entry.kind == WITHDRAWN:
            found[entry.subject] = replace(found[entry.subject], withdrawn_at=entry.at)
    return list(found.values())[::-1]


def _given(entry: Entry) -> Handover:
    data = entry.data
    items = tuple(Item(one["section"], one["about"], one["facts"]) for one in data["items"])
    return Handover(entry.subject.removeprefix(SUBJECT), entry.actor, entry.at, data["to"], data["note"], items)


def duties(found: Iterable[Handover]) -> list[Duty]:
    """Who had the desk when, as far as handovers say it, newest first. Both of those who share a desk may be in it."""
    open_since: dict[str, datetime] = {}
    done: list[Duty] = []
    steps = [(one.at, 1, one.by) for one in found if one.withdrawn_at is None]
    steps += [(one.taken_at, 0, one.taken_by) for one in found if one.taken_at]
    for at, gives, name in sorted(steps):
        if gives:
            done.append(Duty(name, open_since.pop(name, None), at))
        else:
            open_since.setdefault(name, at)
    done += [Duty(name, since, None) for name, since in open_since.items()]
    return sorted(done, key=lambda one: one.since or one.until or LATEST, reverse=True)


def notes_since(found: Iterable[Handover], now: datetime) -> datetime:
    """From when on notes are gathered: the last time that somebody took the desk over, or a shift back."""
    return max([now - SHIFT, *(one.taken_at for one in found if one.taken_at)])


@dataclass(frozen=True, slots=True)
class Compared:
    """An item of a list, and what became of it: ``same``, ``changed``, ``gone`` or ``new``; ``now`` as it is now."""

    item: Item
    became: str
    now: Item | None = None


def compared(then: Sequence[Item], now: Sequence[Item]) -> tuple[Compared, ...]:
    """The list as it was beside what is now: each line that was handed over, then those that have come since."""
    present = {(one.section, one.about): one for one in now}
    known = {(one.section, one.about) for one in then}
    return (
        *(_became(one, present.get((one.section, one.about))) for one in then),
        *(Compared(one, "new", one) for one in now if (one.section, one.about) not in known),
    )


def _became(item: Item, now: Item | None) -> Compared:
    if item.section == DESK_NOTES:
        return Compared(item, "same", item)  # a note stays what it was, however old
    return Compared(item, "gone" if now is None else "same" if now.facts == item.facts else "changed", now)


def _short(text: str) -> str:
    if len(text.strip()) > LONGEST:
        raise Invalid("This is longer than {most} characters: shorten it", most=LONGEST, field="text")
    return text.strip()
