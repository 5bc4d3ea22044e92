"""An alarm: something that a person has to respond to, and what people have said to it. Its life is in the journal.

raised → (acknowledged, repeated, shelved, unshelved, grouped, parted) → cleared → over; ``returned`` when it comes back
soon. Each entry carries the alarm as it then is, so the newest one about it is enough to know it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from dashboard.domain.alarm_rules import FLOOD, HIGHEST, RULES, TOLD
from dashboard.domain.events import Entry, Fact
from dashboard.domain.refusals import Invalid, WrongState
from dashboard.domain.times import from_wire, to_wire

SUBJECT = "alarm:"
"""Before an alarm's id as the subject of its entries."""
ACTOR = "alarms"
KEEP = timedelta(days=7)
"""An alarm about which nothing was written for so long is in nobody's hand any more."""
LONGEST_ID = 64
SHELVES = (5, 15, 30)
"""Minutes for which an alarm may be put aside."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """``about`` is the order, courier, part of the system, or kind and id of an incident; ``order`` and ``courier`` are
    where to go.

    ``rang_at``: when it was last to be heard, ``rings`` how often again. ``cause`` is the alarm that explains it.
    ``value``: minutes, as of ``rang_at``. ``shelved_until`` None with ``shelved_by`` set: until it clears.
    ``closed_at``: nobody has to do anything about it any more.
    """

    id: str
    rule: str
    about: str
    priority: str
    raised_at: datetime
    rang_at: datetime
    order: str | None = None
    courier: str | None = None
    ref: str = ""
    place: str = ""
    value: float = 0.0
    rings: int = 0
    returns: int = 0
    cause: str = ""
    acknowledged_by: str | None = None
    acknowledged_at: datetime | None = None
    resolved_by: str | None = None
    resolved_at: datetime | None = None
    note: str = ""
    shelved_by: str | None = None
    shelved_until: datetime | None = None
    cleared_at: datetime | None = None
    closed_at: datetime | None = None
    version: int = 0

    @property
    def is_active(self) -> bool:
        """Whether what it warns of is still so."""
        return self.cleared_at is None

    @property
    def is_open(self) -> bool:
        """Whether it is in somebody's hand."""
        return self.closed_at is None

    @property
    def stays(self) -> bool:
        """Whether it goes only when a person has acknowledged it."""
        return self.rule in RULES and RULES[self.rule].stays

    @property
    def is_heard(self) -> bool:
        """Whether it stands for itself and nobody has answered."""
        return self.is_active and not (self.cause or self.acknowledged_by or self.resolved_by or self.shelved_by)


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be written: the word of the journal behind ``alarm.``, and the alarm as it then is."""

    word: str
    alarm: Alarm
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def fact(self) -> Fact:
        """The same for the journal; its version is given there."""
        return Fact(
            f"alarm.{self.word}", subject_of(self.alarm.id), 0, {"changes": alarm_to_wire(self.alarm), **self.more}
        )


def id_of(rule: str, about: str) -> str:
    """``A2.1042``: one alarm of a rule about one subject; what is too long for an address is cut to a digest."""
    whole = f"{rule}.{about}"
    return whole if len(whole) <= LONGEST_ID else f"{rule}.{sha256(about.encode()).hexdigest()[:40]}"


def subject_of(alarm: str) -> str:
    """The subject of its journal entries."""
    return SUBJECT + alarm


def acknowledge(alarm: Alarm, by: str, at: datetime) -> Step:
    """Seen, and mine. WrongState: somebody was first, or it is over."""
    _open(alarm)
    if alarm.acknowledged_by:
        raise WrongState("{by} has acknowledged this alarm already", by=alarm.acknowledged_by)
    seen = replace(alarm, acknowledged_by=by, acknowledged_at=at)
    return Step("acknowledged", _closed(seen, at))


def resolve(alarm: Alarm, note: str, by: str, at: datetime) -> Step:
    """Something was done about it: it leaves the list unless it gets worse. What somebody told is over with this."""
    _open(alarm)
    if alarm.resolved_by:
        raise WrongState("{by} has resolved this alarm already", by=alarm.resolved_by)
    done = replace(
        alarm, resolved_by=by, resolved_at=at, note=note, acknowledged_by=alarm.acknowledged_by or by,
        acknowledged_at=alarm.acknowledged_at or at, shelved_by=None, shelved_until=None,
        cleared_at=alarm.cleared_at or (at if alarm.rule in TOLD else None),
    )  # fmt: skip
    return Step("resolved", _closed(done, at))


def shelve(alarm: Alarm, minutes: int | None, reason: str, by: str, at: datetime) -> Step:
    """Put aside for some minutes, or (None) until it clears. A call for help cannot be."""
    _open(alarm)
    if alarm.priority == HIGHEST:
        raise WrongState("A call for help cannot be put aside: answer it")
    if minutes is not None and minutes not in SHELVES:
        raise Invalid("An alarm is put aside for 5, 15 or 30 minutes, or until it clears", field="minutes")
    until = at + timedelta(minutes=minutes) if minutes else None
    aside = replace(alarm, shelved_by=by, shelved_until=until)
    return Step("shelved", aside, {"reason": reason} if reason else {})


def unshelve(alarm: Alarm, at: datetime) -> Step:
    """Back in the list, to be heard again. WrongState: it was not aside."""
    _open(alarm)
    if not alarm.shelved_by:
        raise WrongState("This alarm is not put aside")
    return Step("unshelved", replace(alarm, shelved_by=None, shelved_until=None, rang_at=at))


def called(before: Alarm | None, call: Alarm) -> Step:
    """A call for help: a new one, or the one that is open, once more."""
    if before is None or not before.is_open:
        return Step("raised", call)
    again = replace(
        before, rang_at=call.rang_at, rings=before.rings + 1, acknowledged_by=None, acknowledged_at=None,
        resolved_by=None, resolved_at=None, cleared_at=None, closed_at=None,
    )  # fmt: skip
    return Step("repeated", again, {"why": "called again"})


def cleared(alarm: Alarm, at: datetime) -> Step:
    """What it warned of is over."""
    return Step("cleared", _closed(replace(alarm, cleared_at=at, shelved_by=None, shelved_until=None), at))


def flood(alarm: Alarm | None, count: int, at: datetime) -> Step:
    """A flood begins (None before), or ends."""
    if alarm is not None and alarm.is_active:
        return Step("flood_ended", replace(alarm, cleared_at=at, closed_at=at, value=float(count)))
    return Step("flood_began", Alarm(FLOOD, FLOOD, FLOOD, "high", at, at, value=float(count)))


def alarm_to_wire(alarm: Alarm) -> dict[str, Any]:
    """Plain JSON values; the version stands in the entry."""
    return {
        "id": alarm.id, "rule": alarm.rule, "about": alarm.about, "priority": alarm.priority,
        "order": alarm.order, "courier": alarm.courier, "ref": alarm.ref, "place": alarm.place,
        "value": round(alarm.value, 1), "rings": alarm.rings, "returns": alarm.returns, "cause": alarm.cause,
        "acknowledged_by": alarm.acknowledged_by, "resolved_by": alarm.resolved_by, "note": alarm.note,
        "shelved_by": alarm.shelved_by, **{name: _instant(getattr(alarm, name)) for name in INSTANTS},
    }  # fmt: skip


INSTANTS = (
    "raised_at", "rang_at", "acknowledged_at", "resolved_at", "shelved_until", "cleared_at", "closed_at",
)  # fmt: skip


def alarm_from_wire(wire: Mapping[str, Any]) -> Alarm:
    """The alarm of such a document."""
    return Alarm(**{**wire, **{name: wire[name] and from_wire(wire[name]) for name in INSTANTS}})


def alarm_of(entry: Entry) -> Alarm:
    """The alarm as an entry about it leaves it."""
    return alarm_from_wire({**entry.data["changes"], "version": entry.version})


def kept(alarm: Alarm) -> Alarm:
    """As the record has it: whole milliseconds, so that what was written reads back equal."""
    return alarm_from_wire({**alarm_to_wire(alarm), "version": alarm.version})


def _closed(alarm: Alarm, at: datetime) -> Alarm:
    """Closed, if it is over and nobody has to see it any more."""
    if alarm.is_active or (alarm.stays and not alarm.acknowledged_by):
        return alarm
    return replace(alarm, closed_at=alarm.closed_at or at)


def _open(alarm: Alarm) -> None:
    if alarm.closed_at is not None and (alarm.acknowledged_by or alarm.resolved_by):
        raise WrongState("This alarm is over")


def _instant(moment: datetime | None) -> str | None:
    return None if moment is None else to_wire(moment)
