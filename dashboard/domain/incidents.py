"""What went wrong with an order, told by whoever was there: kind, note, a photo if there is one; and how it ended.

In the journal notes about ``incident:ORDER``, beside the order's own entries: an incident changes nothing of the order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from dashboard.domain.alarm_rules import HIGHEST, INCIDENT, RULES
from dashboard.domain.alarms import Alarm, id_of, kept
from dashboard.domain.events import Entry, Fact
from dashboard.domain.orders import Order
from dashboard.domain.refusals import Invalid, NotFound, WrongState

REPORTED, RESOLVED = "incident.reported", "incident.resolved"
SUBJECT = "incident:"
KINDS = ("damaged", "missing_items", "nobody_there", "wrong_address", "accident", "theft", "other")
LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Incident:
    """``photo`` is the SHA-256 of the picture as it is kept, '' where there is none; ``ending`` how it was resolved."""

    id: str
    order: str
    kind: str
    note: str
    by: str
    at: datetime
    photo: str = ""
    resolved_by: str = ""
    resolved_at: datetime | None = None
    ending: str = ""

    @property
    def alarm(self) -> str:
        """The id of the alarm that says so at the desk."""
        return id_of(INCIDENT, f"{self.kind}.{self.id}")


def incidents(entries: Iterable[Entry]) -> tuple[Incident, ...]:
    """Those that the entries tell of, oldest first."""
    known: dict[str, Incident] = {}
    for entry in entries:
        data = entry.data
        if entry.kind == REPORTED:
            known[data["incident"]] = Incident(
                data["incident"], data["order"], data["kind"], data["note"], entry.actor, entry.at,
                data.get("photo", ""),
            )  # fmt: skip
        elif entry.kind == RESOLVED:
            known[data["incident"]] = replace(
                known[data["incident"]], resolved_by=entry.actor, resolved_at=entry.at, ending=data["note"]
            )
    return tuple(known.values())


def reported(id: str, order: str, kind: str, note: str, photo: str = "", courier: str = "") -> Fact:
    """What is written of a new one; ``courier`` where that is who tells. Invalid: no such kind, or not said what."""
    note = _short(note)
    if kind not in KINDS:
        raise Invalid("There is no kind {kind}: use one of {known}", kind=kind, known=", ".join(KINDS), field="kind")
    if kind == "other" and not note:
        raise Invalid("What happened? Write it down", field="note")
    more = {name: value for name, value in (("photo", photo), ("courier", courier)) if value}
    return Fact(REPORTED, SUBJECT + order, 0, {"incident": id, "order": order, "kind": kind, "note": note, **more})


def resolved(id: str, order: str, note: str) -> Fact:
    """What is written when it is settled."""
    return Fact(RESOLVED, SUBJECT + order, 0, {"incident": id, "order": order, "note": _short(note)})


def alarm(one: Incident, order: Order, courier: str, *, is_known: bool) -> Alarm:
    """What rings at the desk; ``courier`` is whom to ask. Of what the desk itself tells (``is_known``) it stands in the
    list, acknowledged by who told it."""
    return kept(Alarm(
        one.alarm, INCIDENT, f"{one.kind}.{one.id}", HIGHEST if one.kind == "accident" else RULES[INCIDENT].priority,
        one.at, one.at, order.id, courier or None, order.ref, order.pickup.name or order.pickup.address,
        acknowledged_by=one.by if is_known else None, acknowledged_at=one.at if is_known else None,
    ))  # fmt: skip


def of_alarm(told: Alarm) -> tuple[str, str]:
    """Order and incident that such an alarm is about."""
    return told.order or "", told.about.partition(".")[2]


def may_resolve(entries: Sequence[Entry], id: str) -> Incident:
    """The incident. NotFound: there is none such. WrongState: somebody was first."""
    found = next((one for one in incidents(entries) if one.id == id), None)
    if found is None:
        raise NotFound("There is no such incident: look at the order again")
    if found.resolved_by:
        raise WrongState("{name} has resolved it already", name=found.resolved_by)
    return found


def _short(note: str) -> str:
    text = note.strip()
    if len(text) > LONGEST:
        raise Invalid("This is longer than {most} characters: shorten it", most=LONGEST, field="note")
    return text
