"""Couriers and their shifts: off, on shift, on break."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from dashboard.domain.refusals import WrongState
from dashboard.domain.times import from_wire, to_wire
from dashboard.domain.vehicles import BICYCLE


@dataclass(frozen=True, slots=True)
class Courier:
    """A member who rides. ``shift`` is off, on or break; the two instants are None when they do not apply.

    ``break_until`` is about when the break is to end, None where nobody said. ``vehicle`` is one of VEHICLES; ``stops``
    (order, end) are as the desk wants them ridden to, empty where nobody decided. ``desk_note`` is what
    dispatchers tell each other; the courier can read it.
    """

    id: str
    coop: str
    name: str
    shift: str = "off"
    shift_started_at: datetime | None = None
    break_started_at: datetime | None = None
    version: int = 1
    vehicle: str = BICYCLE
    stops: tuple[tuple[str, str], ...] = ()
    break_until: datetime | None = None
    desk_note: str = ""

    @property
    def can_be_located(self) -> bool:
        """Only while on shift and not on break: outside working time nobody is followed (2024/2831, art. 7(1)c)."""
        return self.shift == "on"


@dataclass(frozen=True, slots=True)
class Shift:
    """A courier's working time from start to end; each break is its start and end. What still runs ends with None."""

    courier: str
    started_at: datetime
    ended_at: datetime | None = None
    breaks: tuple[tuple[datetime, datetime | None], ...] = ()


@dataclass(frozen=True, slots=True)
class ShiftMove:
    """A step of a shift: the journal's word for it, where it starts and where it leads."""

    kind: str
    sources: frozenset[str]
    target: str


INSTANTS = ("shift_started_at", "break_started_at", "break_until")
SHIFT_MOVES: Mapping[str, ShiftMove] = {
    "start": ShiftMove("courier.shift_started", frozenset({"off"}), "on"),
    "end": ShiftMove("courier.shift_ended", frozenset({"on", "break"}), "off"),
    "break": ShiftMove("courier.break_started", frozenset({"on"}), "break"),
    "resume": ShiftMove("courier.break_ended", frozenset({"break"}), "on"),
}


def move_shift(courier: Courier, action: str, at: datetime, minutes: int | None = None) -> Courier:
    """The courier after ``action`` (a key of SHIFT_MOVES). Ending always works: nobody is kept on shift.

    ``minutes`` is how long a break is to last: said to the desk, and it ends by nothing but its own step.
    """
    rule = SHIFT_MOVES[action]
    if courier.shift not in rule.sources:
        raise WrongState(
            "{name} is {state}: the shift cannot become {target}",
            name=courier.name, state=courier.shift, target=rule.target,
        )  # fmt: skip
    return replace(
        courier,
        shift=rule.target,
        shift_started_at=None if rule.target == "off" else at if action == "start" else courier.shift_started_at,
        break_started_at=at if rule.target == "break" else None,
        break_until=at + timedelta(minutes=minutes) if rule.target == "break" and minutes else None,
        stops=() if rule.target == "off" else courier.stops,
        version=courier.version + 1,
    )


def order_stops(courier: Courier, stops: tuple[tuple[str, str], ...]) -> Courier:
    """The courier with another order of stops."""
    return replace(courier, stops=stops, version=courier.version + 1)


def courier_to_wire(courier: Courier) -> dict[str, Any]:
    """The courier as plain JSON values; ``stops``, ``break_until`` and ``desk_note`` only where there are some."""
    return {
        "id": courier.id, "coop": courier.coop, "name": courier.name, "shift": courier.shift,
        "shift_started_at": None if courier.shift_started_at is None else to_wire(courier.shift_started_at),
        "break_started_at": None if courier.break_started_at is None else to_wire(courier.break_started_at),
        "version": courier.version, "vehicle": courier.vehicle,
        **({"stops": [{"order": order, "end": end} for order, end in courier.stops]} if courier.stops else {}),
        **({"break_until": to_wire(courier.break_until)} if courier.break_until else {}),
        **({"desk_note": courier.desk_note} if courier.desk_note else {}),
    }  # fmt: skip


def courier_from_wire(wire: Mapping[str, Any]) -> Courier:
    """The courier of such a document."""
    instants = {name: from_wire(wire[name]) if wire.get(name) else None for name in INSTANTS}
    stops = tuple((stop["order"], stop["end"]) for stop in wire.get("stops") or ())
    return Courier(**{**wire, **instants, "stops": stops, "desk_note": wire.get("desk_note") or ""})
