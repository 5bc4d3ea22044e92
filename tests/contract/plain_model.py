"""The desk as a few dictionaries: what should come of each command, written down anew from the contract."""

from __future__ import annotations

from dataclasses import dataclass, field

from dashboard.domain.refusals import Conflict, Invalid, NotFound, Refusal, Unavailable, WrongState

ALLOWED = {
    ("placed", "accept"): "accepted",
    ("placed", "refuse"): "refused",
    ("placed", "cancel"): "cancelled",
    ("accepted", "prepare"): "preparing",
    ("accepted", "ready"): "ready",
    ("accepted", "pick_up"): "picked_up",
    ("accepted", "fail"): "failed",
    ("accepted", "cancel"): "cancelled",
    ("preparing", "ready"): "ready",
    ("preparing", "pick_up"): "picked_up",
    ("preparing", "fail"): "failed",
    ("preparing", "cancel"): "cancelled",
    ("ready", "pick_up"): "picked_up",
    ("ready", "fail"): "failed",
    ("ready", "cancel"): "cancelled",
    ("picked_up", "deliver"): "delivered",
    ("picked_up", "fail"): "failed",
}
SHIFTS = {
    ("off", "start"): "on",
    ("on", "end"): "off",
    ("break", "end"): "off",
    ("on", "break"): "break",
    ("break", "resume"): "on",
}
OVER = {"delivered", "refused", "cancelled", "failed"}
Outcome = type[Refusal] | None


@dataclass
class PlainOrder:
    """What matters of an order."""

    kind: str
    state: str = "placed"
    courier: str | None = None
    version: int = 1


@dataclass
class PlainCoop:
    """A co-op: each method returns the refusal that is due, or None after making the change."""

    orders: dict[str, PlainOrder] = field(default_factory=dict)
    shifts: dict[str, tuple[str, int]] = field(default_factory=dict)
    seq: int = 0

    def place(self, id: str, kind: str) -> Outcome:
        """A new order."""
        if id in self.orders:
            return Invalid
        self.orders[id] = PlainOrder(kind)
        self.seq += 1
        return None

    def add_courier(self, id: str) -> Outcome:
        """A new courier, off shift."""
        if id in self.shifts:
            return Invalid
        self.shifts[id] = ("off", 1)
        self.seq += 1
        return None

    def shift(self, id: str, action: str) -> Outcome:
        """A step of a shift."""
        if id not in self.shifts:
            return NotFound
        state, version = self.shifts[id]
        if (state, action) not in SHIFTS:
            return WrongState
        self.shifts[id] = (SHIFTS[state, action], version + 1)
        self.seq += 1
        return None

    def assign(self, id: str, courier: str, expected: int | None) -> Outcome:
        """Into the hands of a courier who is on shift."""
        if refused := self._unusable(id, expected):
            return refused
        order = self.orders[id]
        if self.shifts.get(courier, ("nobody", 0))[0] != "on":
            return Unavailable
        if order.state in OVER or order.courier == courier:
            return WrongState
        order.courier = courier
        return self._changed(order)

    def unassign(self, id: str, expected: int | None) -> Outcome:
        """Back among those that wait."""
        if refused := self._unusable(id, expected):
            return refused
        order = self.orders[id]
        if order.courier is None or order.state in OVER or order.state == "picked_up":
            return WrongState
        order.courier = None
        return self._changed(order)

    def delay(self, id: str, expected: int | None) -> Outcome:
        """Ready later."""
        if refused := self._unusable(id, expected):
            return refused
        order = self.orders[id]
        return WrongState if order.state in OVER or order.state == "picked_up" else self._changed(order)

    def move(self, id: str, step: str, expected: int | None) -> Outcome:
        """A step; a parcel needs no kitchen, and nothing is picked up by nobody."""
        if refused := self._unusable(id, expected):
            return refused
        order = self.orders[id]
        target = ALLOWED.get((order.state, step))
        if (order.kind, order.state, step) == ("parcel", "placed", "ready"):
            target = "ready"
        if target is None or (step in {"pick_up", "deliver"} and order.courier is None):
            return WrongState
        order.state = target
        return self._changed(order)

    def _unusable(self, id: str, expected: int | None) -> Outcome:
        if id not in self.orders:
            return NotFound
        return None if expected in (None, self.orders[id].version) else Conflict

    def _changed(self, order: PlainOrder) -> Outcome:
        order.version += 1
        self.seq += 1
        return None
