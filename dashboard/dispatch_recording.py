"""How anything is changed: one transaction that writes row and journal entry, then one announcement."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self

from dashboard.domain.couriers import Courier, courier_to_wire
from dashboard.domain.events import Entry, Fact
from dashboard.domain.orders import Order, order_to_wire
from dashboard.domain.refusals import Conflict, Invalid, NotFound
from dashboard.domain.times import to_milliseconds, to_wire
from dashboard.domain.together import companions
from dashboard.domain.working_time import Finding
from dashboard.ports import Announcer, Placement, Store, Transaction


@dataclass(frozen=True, slots=True)
class Step:
    """What one order becomes: as it was, as it is, what the journal calls it and why."""

    before: Order
    after: Order
    kind: str
    why: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed on a screen which may have been without a network.

    ``key`` makes a repetition harmless, ``what`` is a digest of what was pressed; ``at`` is when, if that was earlier.
    """

    key: str = ""
    what: str = ""
    at: datetime | None = None


NO_PRESS = Press()

type Guard = Callable[[str, str, str, datetime], Sequence[Finding]]
"""What working time says to giving (co-op, order, courier, at that moment)."""
type Along = Callable[[Order, Order], bool]
"""Whether what is done to the one order is done to the other, which shares its pickup."""
type Unless = Callable[[Sequence[Entry]], None]
"""Sees the entries so far about a subject, and raises what stands against one more."""


class Recording:
    """What every use case is made of: orders, couriers and notes, changed by whoever asks, or not at all.

    ``by`` is who asks (journal actor), ``at`` when (aware UTC). Refusals are raised and leave nothing behind.
    ``who`` says which person acts now, '' for programs: names are not unique, and undo goes by persons.
    """

    def __init__(
        self, store: Store, announce: Announcer, new_id: Callable[[], str], guard: Guard | None = None,
        who: Callable[[], str] = lambda: "",
    ) -> None:  # fmt: skip
        self._store = store
        self._announce = announce
        self._new_id = new_id
        self._guard = guard
        self._who = who
        self._command = ""
        self._moved: dict[str, Order] | None = None
        self._overlooked: frozenset[str] = frozenset()

    def under(self, command: str) -> Self:
        """The same, its changes of orders and couriers being part of that command: they can be undone as one."""
        bound = copy(self)
        bound._command, bound._moved = command, {}
        return bound

    def overlooking(self, kinds: frozenset[str]) -> Self:
        """The same, but an order that was changed since ``expected_version`` by these kinds alone is no conflict."""
        bound = copy(self)
        bound._overlooked = kinds
        return bound

    @property
    def moved(self) -> Mapping[str, Order]:
        """All orders that were changed ``under`` this command, by id, as they are after it."""
        return self._moved or {}

    def change_order(
        self, coop: str, id: str, decide: Callable[[Transaction, Order], tuple[Order, str, dict[str, Any]]], *,
        expected_version: int | None, by: str, at: datetime, press: Press = NO_PRESS,
        beside: Callable[[Order], Sequence[Fact]] = lambda _: (), along: Along | None = None,
    ) -> Order:  # fmt: skip
        """One order's change, and that of what goes ``along`` of all that shares its pickup, in one transaction.

        ``beside`` are notes about it, written after it in the same transaction.
        """

        def steps(change: Transaction, found: Order) -> Sequence[Step]:
            others = companions(found, change.grouped(found.group)) if along else ()
            both = (found, *(one for one in others if along and along(found, one)))
            return [Step(each, *decide(change, each)) for each in both]

        return self.change_orders(
            coop, id, steps, expected_version=expected_version, by=by, at=at, press=press, beside=beside
        )

    def change_orders(
        self, coop: str, id: str, decide: Callable[[Transaction, Order], Sequence[Step]], *,
        expected_version: int | None, by: str, at: datetime, press: Press = NO_PRESS,
        beside: Callable[[Order], Sequence[Fact]] = lambda _: (),
    ) -> Order:  # fmt: skip
        """An order's change with what it changes of others: one entry a step, all or nothing, one command.

        NotFound: no such order. Conflict: it changed since ``expected_version``.
        """
        with self._store.change(coop) as change:
            before = change.order(id)
            if before is None:
                raise NotFound("There is no order {id}", id=id)
            if press.key and (known := change.placement(press.key)):
                return _pressed_again(known, before, press)
            if expected_version is not None and not self._is_as_seen(change, before, expected_version):
                raise conflict(change, before, before.ref)
            steps = decide(change, before)
            command = self._command or (self._new_id() if len(steps) > 1 and not steps[0].why.get("plan") else "")
            told = {"command": command, "who": self._who()}
            pressed = {"pressed_at": press.at and to_wire(press.at)}
            facts = [
                fact_of(step.kind, step.after, _changes(step.before, step.after), {**told, **step.why, **pressed})
                for step in steps
            ]
            entries = [
                change.record(step.after, fact, by=by, at=to_milliseconds(at))
                for step, fact in zip(steps, facts, strict=True)
            ]
            if press.key:
                change.remember(press.key, Placement(id, press.what))
            notes = _numbered(change, beside(before), by, to_milliseconds(at))
        for entry in (*entries, *notes):
            self._announce(entry)
        after = {step.after.id: step.after for step in steps}
        if self._moved is not None:
            self._moved |= after
        return after[id]

    def change_courier(
        self, coop: str, id: str, decide: Callable[[Transaction, Courier], tuple[Courier, str, dict[str, Any]]], *,
        expected_version: int | None, by: str, at: datetime,
    ) -> Courier:  # fmt: skip
        """One courier's change in one transaction. NotFound: no such courier. Conflict: it changed since."""
        with self._store.change(coop) as change:
            before = change.courier(id)
            if before is None:
                raise NotFound("There is no courier {id}", id=id)
            if expected_version is not None and expected_version != before.version:
                raise conflict(change, before, before.name)
            after, kind, why = decide(change, before)
            changes = difference(courier_to_wire(before), courier_to_wire(after))
            fact = fact_of(kind, after, changes, {"command": self._command, "who": self._who(), **why})
            entry = change.record(after, fact, by=by, at=to_milliseconds(at))
        self._announce(entry)
        return after

    def _is_as_seen(self, change: Transaction, order: Order, version: int) -> bool:
        if version >= order.version or not self._overlooked:
            return version == order.version
        kinds = {one.version: one.kind for one in change.noted(order.id) if "changes" in one.data}
        return all(kinds.get(missed) in self._overlooked for missed in range(version + 1, order.version + 1))

    def note(self, coop: str, fact: Fact, *, by: str, at: datetime, unless: Unless = lambda _: None) -> Entry:
        """Write down what has no row of its own; its version is the number of entries about its subject.

        ``unless`` sees the entries so far and raises what stands against it.
        """
        return self.write(coop, (fact, unless), by=by, at=at)[0]

    def write(self, coop: str, *notes: tuple[Fact, Unless], by: str, at: datetime) -> tuple[Entry, ...]:
        """Several notes in one transaction: all of them, or none."""
        with self._store.change(coop) as change:
            entries = tuple(_noted(change, fact, unless, by, to_milliseconds(at)) for fact, unless in notes)
        for entry in entries:
            self._announce(entry)
        return entries

    def follow(
        self, coop: str, subject: str, decide: Callable[[Entry | None], Fact | None], *, by: str, at: datetime
    ) -> Entry | None:  # fmt: skip
        """One more note about a subject, decided upon the newest one; None: ``decide`` found nothing to write."""

        def decided(change: Transaction) -> Sequence[Fact]:
            fact = decide(change.latest(subject))
            return () if fact is None else (fact,)

        return next(iter(self.decide(coop, decided, by=by, at=at)), None)

    def decide(
        self, coop: str, decide: Callable[[Transaction], Sequence[Fact]], *, by: str, at: datetime
    ) -> tuple[Entry, ...]:  # fmt: skip
        """Notes that hang together, decided upon what the record says: all of them, or none."""
        with self._store.change(coop) as change:
            facts = decide(change)
            entries = tuple(entry for fact in facts for entry in _numbered(change, (fact,), by, to_milliseconds(at)))
        for entry in entries:
            self._announce(entry)
        return entries


def fact_of(
    kind: str, subject: Order | Courier, changes: Mapping[str, Any], why: Mapping[str, Any] | None = None
) -> Fact:
    reasons = {name: value for name, value in (why or {}).items() if value not in ("", None)}
    return Fact(kind, subject.id, subject.version, {"changes": dict(changes), **reasons})


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    names = [*after, *(name for name in before if name not in after)]
    return {name: after.get(name) for name in names if after.get(name) != before.get(name) and name != "version"}


def conflict(change: Transaction, present: Order | Courier, name: str) -> Conflict:
    last = change.last_change(present.id)
    assert last is not None, "whatever exists was recorded by someone"
    return Conflict(
        "{by} changed {ref} first: look at it again, then decide",
        present=present, by=last.actor, at=to_wire(last.at), ref=name,
    )  # fmt: skip


def _changes(before: Order, after: Order) -> dict[str, Any]:
    """What the step changed; all of an order that is open again, because nobody may have it in hand any more."""
    wire = order_to_wire(after)
    if after.is_open and not before.is_open:
        return {name: value for name, value in wire.items() if name != "version"}
    return difference(order_to_wire(before), wire)


def _pressed_again(known: Placement, order: Order, press: Press) -> Order:
    if known != Placement(order.id, press.what):
        raise Invalid("This idempotency key was used for something else: send a new key", field="Idempotency-Key")
    return order


def _numbered(change: Transaction, facts: Sequence[Fact], by: str, at: datetime) -> tuple[Entry, ...]:
    """Notes about one subject, each the next version of it."""
    last = change.latest(facts[0].subject) if facts else None
    first = last.version + 1 if last else 1
    return tuple(
        change.note(replace(fact, version=version), by=by, at=at) for version, fact in enumerate(facts, first)
    )  # fmt: skip


def _noted(change: Transaction, fact: Fact, unless: Unless, by: str, at: datetime) -> Entry:
    known = change.noted(fact.subject)
    unless(known)
    return change.note(replace(fact, version=len(known) + 1), by=by, at=at)
