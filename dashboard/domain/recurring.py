"""Orders that come again: what a rule holds, and its order as it is on one day.

A rule's order is a document as ``POST /orders`` takes it, with times of the co-op's day in place of instants:
``12:00``, or ``00:30+1`` on the day after.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dashboard.domain.events import Entry, Fact
from dashboard.domain.orders import Order, Place
from dashboard.domain.refusals import Invalid, NotFound, WrongState
from dashboard.domain.spans import local_date, wall_instant
from dashboard.domain.times import to_wire

SET, ENDED, SKIPPED = "recurring.set", "recurring.ended", "recurring.skipped"
SUBJECT = "recurring:"
ACTOR = "recurring"
"""Who placed the orders, in the journal."""
CLOCK = r"^([01]\d|2[0-3]):[0-5]\d(\+1)?$"
DAY = 24 * 60
EARLY = time(4)
"""When the orders of a day are made, by the co-op's clock."""
AHEAD = timedelta(hours=6)
"""Those of the small hours are made so long before."""
TIMES = (("ready_at",), ("pickup", "after"), ("pickup", "before"), ("dropoff", "after"), ("dropoff", "before"))
OPENINGS = (("ready_at",), ("pickup", "after"), ("dropoff", "after"))
SHOWN = timedelta(days=7)
"""So long a day that was missed is shown."""
CALLED = timedelta(days=6)
"""So long it raises an alarm: for less time than a board keeps an alarm about which nothing is written."""
REPEATED = ("kind", "restaurant", "weight_g", "price_cents", "delivery_fee_cents", "note")

type Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Recurring:
    """``order`` comes on the days of ``rrule`` from ``first`` to ``until``, without those of ``skipped``."""

    id: str
    order: Document
    rrule: str
    first: date
    until: date | None
    by: str
    at: datetime
    skipped: frozenset[date] = frozenset()
    ended_by: str = ""
    ended_at: datetime | None = None

    @property
    def is_live(self) -> bool:
        """Whether nobody has ended it."""
        return self.ended_at is None


@dataclass(frozen=True, slots=True)
class Missed:
    """A day whose order nobody placed while it was time: the installation was off, or the order was refused."""

    rule: Recurring
    day: date


@dataclass(frozen=True, slots=True)
class Absent:
    """An order that should be there since ``due`` and is not: the id it would have, its day and time, from where."""

    order: str
    due: datetime
    when: str
    place: str


def minutes_of(clock: str) -> int:
    """Minutes since the midnight that the day begins with. Invalid: it is no time of day."""
    if not re.match(CLOCK, clock):
        raise Invalid("{text} is no time of day: write it as 12:00", text=clock or "–", field="time")
    hours, minutes = int(clock[:2]), int(clock[3:5])
    return hours * 60 + minutes + (DAY if clock.endswith("+1") else 0)


def clock_of(minutes: int) -> str:
    """12:00, or 00:30+1."""
    day, rest = divmod(minutes, DAY)
    if not 0 <= day <= 1:
        raise Invalid("The order would last beyond the day after: choose another time", field="time")
    return f"{rest // 60:02d}:{rest % 60:02d}{'+1' if day else ''}"


def times_of(order: Document) -> dict[tuple[str, ...], int]:
    """The times that the order has, by where they stand."""
    found = {path: order.get(path[0]) if len(path) == 1 else order[path[0]].get(path[1]) for path in TIMES}
    return {path: minutes_of(clock) for path, clock in found.items() if clock}


def starts(order: Document) -> int:
    """The minute of the day that the order is for. Invalid: it has no time at all."""
    times = times_of(order)
    if not times:
        raise Invalid("A recurring order needs a time of day: give ready_at, or a window", field="order.ready_at")
    return min((times[path] for path in OPENINGS if path in times), default=min(times.values()))


def ends(order: Document) -> int:
    """The minute of the day after which it is too late: when the pickup closes, else the last of its times."""
    times = times_of(order)
    return times.get(("pickup", "before"), max(times.values()))


def moved_to(order: Document, clock: str) -> dict[str, Any]:
    """The order for another time of day, its windows moved along; one without a time is ready then."""
    wanted, times = minutes_of(clock), times_of(order)
    if not times:
        return _with_times(order, {("ready_at",): clock_of(wanted)})
    by = wanted - starts(order)
    return _with_times(order, {path: clock_of(max(0, minutes + by)) for path, minutes in times.items()})


def repeated(order: Order, zone: ZoneInfo) -> dict[str, Any]:
    """An order as a rule keeps it: without its number, day, tip, and what became of it.

    Invalid: its windows are further apart than the day after.
    """
    instants: dict[tuple[str, ...], datetime | None] = {("ready_at",): order.ready_at} | {
        (end, edge): getattr(getattr(order, end), edge) for end in ("pickup", "dropoff") for edge in ("after", "before")
    }
    known = {path: at.astimezone(zone) for path, at in instants.items() if at}
    first = min((at.date() for at in known.values()), default=date.min)
    kept = {name: value for name in REPEATED if (value := getattr(order, name)) not in (None, "")}
    if order.items:
        kept["items"] = [{"name": item.name, "quantity": item.quantity} for item in order.items]
    if order.tags:
        kept["tags"] = list(order.tags)
    whole = kept | {"pickup": _place(order.pickup), "dropoff": _place(order.dropoff)}
    clocks = {path: clock_of((at.date() - first).days * DAY + at.hour * 60 + at.minute) for path, at in known.items()}
    return _with_times(whole, clocks)


def on_day(order: Document, day: date, zone: ZoneInfo) -> dict[str, Any]:
    """The document for ``POST /orders`` on that day: the wall shows these times, whatever the clocks do meanwhile."""
    return _with_times(order, {path: to_wire(instant(day, minutes, zone)) for path, minutes in times_of(order).items()})


def instant(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """When the wall shows so many minutes since that day's midnight."""
    later, rest = divmod(minutes, DAY)
    return wall_instant(day + timedelta(days=later), time(rest // 60, rest % 60), zone)


def is_due(order: Document, day: date, at: datetime, zone: ZoneInfo) -> bool:
    """Whether the order of that day is to be made by now, and still lies ahead."""
    return due_from(order, day, zone) <= at and not is_past(order, day, at, zone)


def due_from(order: Document, day: date, zone: ZoneInfo) -> datetime:
    """From when on the order of that day is to be made."""
    return min(wall_instant(day, EARLY, zone), instant(day, starts(order), zone) - AHEAD)


def is_past(order: Document, day: date, at: datetime, zone: ZoneInfo) -> bool:
    """Whether it is too late for the order of that day."""
    return instant(day, ends(order), zone) <= at


def absent(rule: Recurring, day: date, zone: ZoneInfo) -> Absent:
    """The order of that day, which nobody placed."""
    start, pickup = instant(day, starts(rule.order), zone).astimezone(zone), rule.order["pickup"]
    due = max(due_from(rule.order, day, zone), rule.at)
    return Absent(
        order_id(rule.id, day), due, f"{start:%Y-%m-%d %H:%M}", pickup.get("name") or pickup.get("address", "")
    )


def order_id(rule: str, day: date) -> str:
    """The id of the order of one day: there is one at most."""
    return f"{rule}.{day.isoformat()}"


def key_of(rule: str, day: date) -> str:
    """Under which Idempotency-Key it is placed."""
    return f"{SUBJECT}{rule}:{day.isoformat()}"


def recurrings(entries: Iterable[Entry]) -> tuple[Recurring, ...]:
    """The rules that the entries tell of, newest first."""
    known: dict[str, Recurring] = {}
    for entry in entries:
        one, data = entry.subject.removeprefix(SUBJECT), entry.data
        if entry.kind == SET:
            until = date.fromisoformat(data["until"]) if data.get("until") else None
            first = date.fromisoformat(data["first"])
            known[one] = Recurring(one, data["order"], data["rrule"], first, until, entry.actor, entry.at)
        elif entry.kind == SKIPPED:
            known[one] = replace(known[one], skipped=known[one].skipped | {date.fromisoformat(data["day"])})
        elif entry.kind == ENDED:
            known[one] = replace(known[one], ended_by=entry.actor, ended_at=entry.at)
    return tuple(reversed(known.values()))


def was_set(id: str, order: Document, rrule: str, first: date, until: date | None) -> Fact:
    """What is written of a new rule."""
    last = {"until": until.isoformat()} if until else {}
    return Fact(SET, SUBJECT + id, 0, {"order": dict(order), "rrule": rrule, "first": first.isoformat(), **last})


def was_ended(id: str) -> Fact:
    """What is written when it comes no more."""
    return Fact(ENDED, SUBJECT + id, 0, {})


def was_skipped(id: str, day: date) -> Fact:
    """What is written when one day is left out."""
    return Fact(SKIPPED, SUBJECT + id, 0, {"day": day.isoformat()})


def still_live(entries: Sequence[Entry]) -> Recurring:
    """The rule that these entries are about. NotFound: there is none. WrongState: somebody has ended it."""
    found = recurrings(entries)
    if not found:
        raise NotFound("There is no such recurring order: look at the list")
    if not found[0].is_live:
        raise WrongState("{name} has ended this recurring order: set a new one", name=found[0].ended_by)
    return found[0]


def still_comes(entries: Sequence[Entry], day: date) -> None:
    """WrongState: that day is left out, or the rule has ended."""
    if day in still_live(entries).skipped:
        raise WrongState("{day} is left out already", day=day.isoformat())


def _place(place: Place) -> dict[str, Any]:
    named = {name: value for name in ("name", "address") if (value := getattr(place, name))}
    return {"lat": place.lat, "lon": place.lon, **named}


def _with_times(order: Document, times: Mapping[tuple[str, ...], str]) -> dict[str, Any]:
    made: dict[str, Any] = {**order, "pickup": dict(order["pickup"]), "dropoff": dict(order["dropoff"])}
    for path, text in times.items():
        holder = made if len(path) == 1 else made[path[0]]
        holder[path[-1]] = text
    return made


def today_of(at: datetime, zone: ZoneInfo) -> Sequence[date]:
    """The days whose orders may be due at that moment: those of small hours belong to two."""
    today = local_date(at, zone)
    return tuple(today + timedelta(days=n) for n in (-1, 0, 1))
