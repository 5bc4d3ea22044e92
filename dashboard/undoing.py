"""Undo and redo on the server: a person's own last commands, whichever window they were given in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from dashboard.desk_acts import name_of
from dashboard.dispatch import Dispatch, Guard, check_available
from dashboard.domain.acts import Outcome
from dashboard.domain.commands import LOOKS_BACK, Command, Commands, commands, passed_over
from dashboard.domain.couriers import SHIFT_MOVES, Courier, courier_from_wire, courier_to_wire, move_shift
from dashboard.domain.events import Entry
from dashboard.domain.orders import OPEN_STATES, Order
from dashboard.domain.refusals import Conflict, Invalid, Refusal, WrongState
from dashboard.domain.stop_order import still_ahead
from dashboard.domain.times import from_wire, to_wire
from dashboard.domain.together import check_return, companions, refs
from dashboard.domain.undoing import TAKES_BACK, changes, take_back, void
from dashboard.domain.working_time import BeyondLimit, permit
from dashboard.ports import Store, Transaction

BACK = {"start": "end", "end": "start", "break": "resume", "resume": "break"}
"""Which step of a shift takes another back. The clock is not turned back: what was worked meanwhile was worked."""
STOPS = "courier.stops_ordered"
ACTIONS = {move.kind: action for action, move in SHIFT_MOVES.items()}


@dataclass(frozen=True, slots=True)
class Undone:
    """What became of an undo or redo: the command, and each order (or courier) of it."""

    command: Command
    outcomes: tuple[Outcome, ...]


class Undoing:
    """``guard`` is that of working time: what an undo gives to somebody is given like anything else."""

    def __init__(self, store: Store, dispatch: Dispatch, new_id: Callable[[], str], guard: Guard | None = None) -> None:
        self._store, self._dispatch, self._new_id, self._guard = store, dispatch, new_id, guard

    def stack(self, coop: str, by: str, at: datetime, who: str = "") -> Commands:
        """The last MOST commands of that person; ``who`` tells people of one name apart."""
        return commands(self._store.steps_of(coop, by, at - LOOKS_BACK, who))

    def undo(self, coop: str, *, by: str, at: datetime, command: str = "", who: str = "") -> Undone:
        """Take back the last command, or that one of the person's. WrongState: nothing to undo.

        A command upon one order is refused as that order is (Conflict: it has moved on); of several, each has its own
        outcome. What was refused altogether is passed over: the next undo reaches the one before.
        """
        found = self.stack(coop, by, at, who).to_undo(command)
        return self._carry_out(coop, found, "order.undone", "undoes", by, at)

    def redo(self, coop: str, *, by: str, at: datetime, who: str = "") -> Undone:
        """Do again what was undone last; refused likewise."""
        return self._carry_out(coop, self.stack(coop, by, at, who).to_redo(), "order.redone", "redoes", by, at)

    def _carry_out(self, coop: str, known: Command, kind: str, link: str, by: str, at: datetime) -> Undone:
        why = {"command": self._new_id(), link: known.id}
        with_it = frozenset(entry.subject for entry in known.entries)
        steps = [_Step(coop, entry, kind, why, by, at, with_it) for entry in reversed(known.entries)]
        outcomes = tuple(self._tried(step) for step in steps)
        refusals = [one.refusal for one in outcomes if one.refusal]
        if len(refusals) == len(outcomes):
            self._dispatch.note(coop, passed_over(known, str(refusals[0])), by=by, at=at)
        if len(steps) == 1 and refusals:
            raise refusals[0]
        return Undone(known, outcomes)

    def _tried(self, step: _Step) -> Outcome:
        about = step.entry.subject
        try:
            return self._one(step)
        except Refusal as refused:
            return Outcome(about, name_of(self._store, step.coop, about), refusal=refused)

    def _one(self, step: _Step) -> Outcome:
        if step.entry.kind.startswith("courier."):
            courier = self._courier(step)
            return Outcome(courier.id, courier.name, courier)
        order = self._order(step)
        return Outcome(order.id, order.ref, order)

    def _order(self, step: _Step) -> Order:
        said = self._limits(step)

        def back(change: Transaction, found: Order) -> tuple[Order, str, dict[str, Any]]:
            after, undone = take_back(found, change.noted(found.id), step.entry.id)
            _check_pickup(change, found, after, step)
            taker = after.courier if after.courier != found.courier else None
            if taker and after.is_open:
                check_available(change.courier(taker), taker)
            lost = found.courier if after.courier != found.courier else None
            why = {"undone": undone.kind, TAKES_BACK: undone.id, "from": lost, **step.why, **(said if taker else {})}
            return after, step.kind, why

        return self._dispatch.change_order(
            step.coop, step.entry.subject, back, expected_version=None, by=step.by, at=step.at
        )

    def _limits(self, step: _Step) -> dict[str, Any]:
        """What working time says to whom the undo would give the order; BeyondLimit when they have to be asked."""
        order = self._store.order(step.coop, step.entry.subject)
        if self._guard is None or order is None or not order.is_open:
            return {}
        before = take_back(order, self._store.about(step.coop, order.id), step.entry.id)[0]
        if before.courier is None or before.courier == order.courier:
            return {}
        try:
            return permit(self._guard(step.coop, order.id, before.courier, step.at))
        except BeyondLimit as limit:
            raise Invalid(
                "{ref} would go to {courier}, across a limit of working time ({rules}): give it anew, and ask first",
                ref=order.ref, courier=before.courier, rules=limit.facts["rules"], field="courier",
            ) from limit  # fmt: skip

    def _courier(self, step: _Step) -> Courier:
        is_order = step.entry.kind == STOPS
        hands = self._store.orders(step.coop, courier=step.entry.subject, states=OPEN_STATES).orders if is_order else ()

        def back(change: Transaction, found: Courier) -> tuple[Courier, str, dict[str, Any]]:
            after, kind = _courier_back(found, change.noted(found.id), step, hands)
            return after, kind, {"undone": step.entry.kind, TAKES_BACK: step.entry.id, **step.why}

        return self._dispatch.change_courier(
            step.coop, step.entry.subject, back, expected_version=None, by=step.by, at=step.at
        )


@dataclass(frozen=True, slots=True)
class _Step:
    """One entry that is taken back."""

    coop: str
    entry: Entry
    kind: str
    why: dict[str, Any]
    by: str
    at: datetime
    with_it: frozenset[str]
    """What else the command changed, itself included."""


def _check_pickup(change: Transaction, found: Order, after: Order, step: _Step) -> None:
    """Raise Conflict where it would leave others of its pickup behind, WrongState where it cannot come back to them."""
    if after.group and after.group != found.group:
        check_return(after, change.grouped(after.group))
    left = [one for one in companions(found, change.grouped(found.group)) if one.id not in step.with_it]
    dissolves = found.group and not after.group and len(step.with_it) > 1
    if left and (after.courier != found.courier or dissolves):
        raise Conflict(
            "{ref} has one pickup with {others} since: it stays as it is", present=found, ref=found.ref,
            others=refs(left), by=step.by, at=to_wire(step.at),
        )  # fmt: skip


def _courier_back(
    courier: Courier, entries: Sequence[Entry], step: _Step, hands: Sequence[Order]
) -> tuple[Courier, str]:
    """A note becomes what it was, and an order of stops, as far as they lie ahead (``hands``: what the courier has);
    a step of the shift is followed by the one that takes it back."""
    found = changes(entries)
    place = next(n for n, one in enumerate(found) if one.entry.id == step.entry.id)
    mine, gone = found[place], void(found)
    if mine.entry.id in gone:
        raise WrongState("{ref}: this was taken back already", ref=courier.name)
    touched, later = set(mine.before), {one.entry.id for one in found[place + 1 :]}
    for one in found[place + 1 :]:
        if one.entry.id not in gone and one.takes_back not in later and touched & set(one.before):
            raise Conflict(
                "{ref} has moved on since ({deed}, {by}): it stays as it is", present=courier, ref=courier.name,
                deed=one.entry.kind, by=one.entry.actor, at=to_wire(one.entry.at),
            )  # fmt: skip
    if mine.entry.kind in ("courier.noted", STOPS):
        was = courier_from_wire({**courier_to_wire(courier), **mine.before, "version": courier.version + 1})
        return replace(was, stops=still_ahead(hands, was.stops)) if mine.entry.kind == STOPS else was, mine.entry.kind
    action = BACK[ACTIONS[mine.entry.kind]]
    if action == "end" and courier.shift == "break":
        raise Invalid("{name} is on break: end the shift instead", name=courier.name)
    after = move_shift(courier, action, step.at)
    until = mine.before.get("break_until")
    if action == "break" and until and from_wire(until) > step.at:
        after = replace(after, break_until=from_wire(until))
    return after, SHIFT_MOVES[action].kind
