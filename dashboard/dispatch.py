"""The use cases: the only way to change anything. Each is one transaction, then one announcement."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from dashboard.domain import orders, suggesting
from dashboard.domain.couriers import SHIFT_MOVES, Courier, courier_to_wire, move_shift, order_stops
from dashboard.domain.events import Entry, Fact
from dashboard.domain.orders import MOVES, OPEN_STATES, Order, Place, order_from_wire, order_to_wire
from dashboard.domain.refusals import Conflict, Invalid, NotFound, Unavailable
from dashboard.domain.restaurants import Restaurant, busy, restaurant_from_wire, subject_of, usual
from dashboard.domain.rules import Rule
from dashboard.domain.rules_changes import Change, facts, fits
from dashboard.domain.rules_packs import PACKS
from dashboard.domain.rules_wire import rule_to_wire
from dashboard.domain.stop_order import Mark, check_order, still_ahead
from dashboard.domain.times import to_milliseconds, to_wire
from dashboard.domain.undoing import undo
from dashboard.domain.vehicles import BICYCLE, VEHICLES
from dashboard.domain.working_time import Finding, permit, recorded
from dashboard.ports import Announcer, Placement, Store, Transaction


@dataclass(frozen=True, slots=True)
class Placed:
    """The order that a request led to; ``created`` is False when its key had been used before."""

    order: Order
    created: bool


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
type Unless = Callable[[Sequence[Entry]], None]
"""Sees the entries so far about a subject, and raises what stands against one more."""


class Dispatch:
    """What people at the desk, in restaurants, on bicycles and at the other end of an API can do.

    ``by`` is who asks (journal actor), ``at`` when (aware UTC). Refusals are raised and leave nothing behind.
    """

    def __init__(
        self, store: Store, announce: Announcer, new_id: Callable[[], str], guard: Guard | None = None
    ) -> None:
        self._store = store
        self._announce = announce
        self._new_id = new_id
        self._guard = guard

    def place(
        self, coop: str, draft: Order, *, by: str, at: datetime, key: str | None = None, request: str = ""
    ) -> Placed:
        """Take in an order: placed, with nobody yet. ``draft``'s id and ref are given here when empty.

        ``key`` makes a repetition harmless; ``request`` is a digest of what was asked. Invalid: the key was used
        for something else, or the id is taken.
        """
        with self._store.change(coop) as change:
            known = change.placement(key) if key else None
            if known:
                return _same_again(change, known, request)
            if draft.id and change.order(draft.id):
                raise Invalid("There is an order {id} already: choose another id", id=draft.id, field="id")
            draft = replace(draft, ready_at=_restaurant(change, draft).ready_at(draft.ready_at, at))
            order = _as_placed(draft, coop, draft.id or self._new_id(), draft.ref or change.next_ref())
            entry = change.record(order, _fact("order.placed", order, order_to_wire(order)), by=by, at=_at(at))
            if key:
                change.remember(key, Placement(order.id, request))
        self._announce(entry)
        return Placed(order, created=True)

    def assign(
        self, coop: str, order: str, courier: str, *, expected_version: int | None, by: str, at: datetime,
        reason: str = "", consent: bool | None = None, shown: Mapping[str, Any] | None = None,
        plan: Mapping[str, Any] | None = None,
    ) -> Order:  # fmt: skip
        """Give an order to a courier, or hand it over from the one who has it.

        ``consent`` says whether the courier was asked and agreed; the guard of working time (if there is one) wants to
        know. None goes past the guard's refusal but not past its record: for programs that cannot ask anybody.
        ``shown`` is what the dispatcher saw before choosing: it is kept (domain/suggesting.py) in the same transaction,
        so that "why" has an answer.
        ``plan`` (its id, and what it foresaw) is the plan of several orders that this was a line of.
        Raises NotFound, Unavailable (unknown, off shift, on break), WrongState, Conflict (it changed since
        ``expected_version``), Invalid (a limit of working time, and no reason or no consent).
        """
        limits = self._guard(coop, order, courier, at) if self._guard else ()
        said = permit(limits, reason=reason, consent=bool(consent)) if consent is not None else recorded(limits)

        def hand(change: Transaction, found: Order) -> tuple[Order, str, dict[str, Any]]:
            _available(change.courier(courier), courier)
            kind = "order.assigned" if found.courier is None else "order.reassigned"
            why = {"from": found.courier, "reason": reason, **(plan or {}), **said}
            return orders.assign(found, courier), kind, why

        def suggested(before: Order) -> Sequence[Fact]:
            return suggesting.notes(order, before.courier, courier, shown) if shown else ()

        return self._change_order(coop, order, hand, expected_version=expected_version, by=by, at=at, beside=suggested)

    def unassign(
        self, coop: str, order: str, *, expected_version: int | None, by: str, at: datetime, reason: str = ""
    ) -> Order:
        """Take an order back from its courier."""

        def take_back(_: Transaction, found: Order) -> tuple[Order, str, dict[str, Any]]:
            return orders.unassign(found), "order.unassigned", {"from": found.courier, "reason": reason}

        return self._change_order(coop, order, take_back, expected_version=expected_version, by=by, at=at)

    def move(
        self, coop: str, order: str, step: str, *, by: str, at: datetime, expected_version: int | None = None,
        reason: str = "", press: Press = NO_PRESS,
    ) -> Order:  # fmt: skip
        """One step of MOVES: accept, refuse, prepare, ready, pick_up, deliver, fail, cancel."""

        def step_on(_: Transaction, found: Order) -> tuple[Order, str, dict[str, Any]]:
            return orders.move(found, step), MOVES[step].kind, {"reason": reason}

        return self._change_order(coop, order, step_on, expected_version=expected_version, by=by, at=at, press=press)

    def delay(
        self, coop: str, order: str, minutes: int, *, by: str, at: datetime, expected_version: int | None = None,
        reason: str = "", press: Press = NO_PRESS,
    ) -> Order:  # fmt: skip
        """The kitchen needs ``minutes`` more."""

        def postpone(_: Transaction, found: Order) -> tuple[Order, str, dict[str, Any]]:
            later = orders.delay(found, timedelta(minutes=minutes), _at(at))
            return later, "order.delayed", {"minutes": minutes, "reason": reason}

        return self._change_order(coop, order, postpone, expected_version=expected_version, by=by, at=at, press=press)

    def report(
        self, coop: str, order: str, problem: str | None, *, by: str, at: datetime,
        expected_version: int | None = None, press: Press = NO_PRESS,
    ) -> Order:  # fmt: skip
        """Something is wrong with the order, or (None) is not any more."""

        def tell(_: Transaction, found: Order) -> tuple[Order, str, dict[str, Any]]:
            return orders.report(found, problem), "order.problem" if problem else "order.solved", {}

        return self._change_order(coop, order, tell, expected_version=expected_version, by=by, at=at, press=press)

    def undo(
        self, coop: str, order: str, *, by: str, at: datetime, expected_version: int | None = None,
        press: Press = NO_PRESS,
    ) -> Order:  # fmt: skip
        """Take back one's own last step, within the time that domain/undoing.py gives."""

        def take_back(change: Transaction, found: Order) -> tuple[Order, str, dict[str, Any]]:
            before, kind = undo(found, change.noted(order), by=by, at=_at(at))
            return before, "order.undone", {"undone": kind}

        return self._change_order(coop, order, take_back, expected_version=expected_version, by=by, at=at, press=press)

    def amend(self, coop: str, order: str, pickup: Place, dropoff: Place, *, by: str, at: datetime) -> Order:
        """Other ends, or other windows: whoever the order came from has changed them."""

        def change_ends(_: Transaction, found: Order) -> tuple[Order, str, dict[str, Any]]:
            return orders.amend(found, pickup, dropoff), "order.amended", {}

        return self._change_order(coop, order, change_ends, expected_version=None, by=by, at=at)

    def busy(self, coop: str, restaurant: str, minutes: int, until: datetime, *, by: str, at: datetime) -> Entry:
        """A kitchen has more to do than usual: new orders take so many minutes at least, until then."""
        return self.note(coop, busy(restaurant, minutes, _at(until), _at(at)), by=by, at=at)

    def usual(self, coop: str, restaurant: str, *, by: str, at: datetime) -> Entry:
        """A kitchen works as usual again."""
        return self.note(coop, usual(restaurant), by=by, at=at)

    def add_courier(self, coop: str, id: str, name: str, *, by: str, at: datetime, vehicle: str = BICYCLE) -> Courier:
        """A new member who rides, off shift."""
        courier = Courier(id=id, coop=coop, name=name, vehicle=_vehicle(vehicle))
        with self._store.change(coop) as change:
            if change.courier(id):
                raise Invalid("There is a courier {id} already: choose another id", id=id, field="id")
            entry = change.record(courier, _fact("courier.added", courier, courier_to_wire(courier)), by=by, at=_at(at))
        self._announce(entry)
        return courier

    def shift(self, coop: str, courier: str, action: str, *, by: str, at: datetime) -> Courier:
        """start, end, break or resume."""
        if action not in SHIFT_MOVES:
            raise Invalid(
                "There is no shift action {action}: use start, end, break or resume", action=action, field="action"
            )
        with self._store.change(coop) as change:
            before = change.courier(courier)
            if before is None:
                raise NotFound("There is no courier {id}", id=courier)
            after = move_shift(before, action, _at(at))
            changes = _difference(courier_to_wire(before), courier_to_wire(after))
            entry = change.record(after, _fact(SHIFT_MOVES[action].kind, after, changes), by=by, at=_at(at))
        self._announce(entry)
        return after

    def change_vehicle(self, coop: str, courier: str, vehicle: str, *, by: str, at: datetime) -> Courier:
        """The courier rides something else from now on; nothing is written when it is what they ride already."""
        with self._store.change(coop) as change:
            before = change.courier(courier)
            if before is None:
                raise NotFound("There is no courier {id}", id=courier)
            if before.vehicle == _vehicle(vehicle):
                return before
            after = replace(before, vehicle=vehicle, version=before.version + 1)
            changes = _difference(courier_to_wire(before), courier_to_wire(after))
            entry = change.record(after, _fact("courier.vehicle_changed", after, changes), by=by, at=_at(at))
        self._announce(entry)
        return after

    def arrive(self, coop: str, courier: str, order: str, place: str, *, by: str, at: datetime) -> Courier:
        """The courier stands at the ``pickup`` or ``dropoff`` of an order in hand: what waiting is counted from.

        NotFound: no such courier or order. Invalid: another place. Unavailable: the courier does not have the order.
        """
        if place not in ("pickup", "dropoff"):
            raise Invalid("There is no place {place}: use pickup or dropoff", place=place, field="place")
        with self._store.change(coop) as change:
            before, known = change.courier(courier), change.order(order)
            if before is None:
                raise NotFound("There is no courier {id}", id=courier)
            if known is None:
                raise NotFound("There is no order {id}", id=order)
            if known.courier != courier or not known.is_open:
                raise Unavailable("{courier} does not have {ref}: look at it again", courier=before.name, ref=known.ref)
            after = replace(before, version=before.version + 1)
            fact = _fact("courier.arrived", after, {}, {"order": order, "place": place})
            entry = change.record(after, fact, by=by, at=_at(at))
        self._announce(entry)
        return after

    def order_stops(
        self, coop: str, courier: str, stops: Sequence[Mark], *, expected_version: int | None, by: str, at: datetime,
        plan: str = "", seen: Sequence[Mark] | None = None,
    ) -> Courier:  # fmt: skip
        """In which order a courier shall ride to the stops in hand; empty: as it comes. Nothing new is not written.

        ``seen`` is what was decided when a plan looked: what does not lie ahead any more is left out then, and
        somebody who decided otherwise meanwhile was first (a Conflict), not whoever has arrived somewhere.
        NotFound: no such courier. Conflict: the courier has changed. Invalid: not what lies ahead, or a drop-off first.
        """
        hands = self._store.orders(coop, courier=courier, states=OPEN_STATES).orders
        stops = still_ahead(hands, stops) if seen is not None else tuple(stops)
        check_order(hands, stops)
        with self._store.change(coop) as change:
            before = change.courier(courier)
            if before is None:
                raise NotFound("There is no courier {id}", id=courier)
            is_other = seen is not None and tuple(seen) != before.stops
            if is_other or (expected_version is not None and expected_version != before.version):
                raise _conflict(change, before, before.name)
            if stops == before.stops or (seen is not None and len(stops) < 2):
                return before
            after = order_stops(before, stops)
            changes = _difference(courier_to_wire(before), courier_to_wire(after))
            fact = _fact("courier.stops_ordered", after, changes, {"plan": plan})
            entry = change.record(after, fact, by=by, at=_at(at))
        self._announce(entry)
        return after

    def note(
        self, coop: str, fact: Fact, *, by: str, at: datetime,
        unless: Unless = lambda _: None,
    ) -> Entry:  # fmt: skip
        """Write down what has no row of its own; its version is the number of entries about its subject.

        ``unless`` sees the entries so far and raises what stands against it.
        """
        return self.write(coop, (fact, unless), by=by, at=at)[0]

    def write(self, coop: str, *notes: tuple[Fact, Unless], by: str, at: datetime) -> tuple[Entry, ...]:
        """Several notes in one transaction: all of them, or none."""
        with self._store.change(coop) as change:
            entries = tuple(_noted(change, fact, unless, by, _at(at)) for fact, unless in notes)
        for entry in entries:
            self._announce(entry)
        return entries

    def follow(
        self, coop: str, subject: str, decide: Callable[[Entry | None], Fact | None], *, by: str, at: datetime
    ) -> Entry | None:  # fmt: skip
        """One more note about a subject, decided upon the newest one; None: ``decide`` found nothing to write."""
        with self._store.change(coop) as change:
            latest = change.latest(subject)
            fact = decide(latest)
            if fact is None:
                return None
            version = latest.version + 1 if latest else 1
            entry = change.note(replace(fact, version=version), by=by, at=_at(at))
        self._announce(entry)
        return entry

    def change_rule(self, coop: str, rule: Rule, *, by: str, at: datetime, minutes: str = "") -> Entry:
        """A version of a pay rule, in force from its ``since``; Invalid when that cannot follow what there is.

        ``minutes`` says where the decision is written down.
        """
        return self.change_rules(coop, {"rule": rule_to_wire(rule)}, by=by, at=at, minutes=minutes)[0]

    def choose_pack(self, coop: str, pack: str, *, since: date, by: str, at: datetime, minutes: str = "") -> Entry:
        """A pack of pay rules from ``since`` on, in place of what held until then; Invalid: no such pack."""
        if pack not in PACKS:
            raise Invalid(
                "There is no pack {pack}: use one of {known}", pack=pack, known=", ".join(PACKS), field="pack"
            )
        change = {"pack": pack, "since": since.isoformat()}
        return self.change_rules(coop, change, by=by, at=at, minutes=minutes)[0]

    def change_rules(
        self, coop: str, change: Change, *, by: str, at: datetime, minutes: str = "", proposal: str = "",
        closing: tuple[tuple[Fact, Unless], ...] = (),
    ) -> tuple[Entry, ...]:  # fmt: skip
        """All parts of a change of the rules of pay, after the notes that close its ``proposal``: all, or nothing."""
        more = {"proposal": proposal} if proposal else {}
        parts = [(fact, partial(fits, change=fact.data)) for fact in facts(change, minutes=minutes, **more)]
        return self.write(coop, *closing, *parts, by=by, at=at)

    def correct_pay(
        self, coop: str, courier: str, amount_cents: int, *, reason: str, by: str, at: datetime, corrects: str = "",
        counts: bool = True,
    ) -> Entry:  # fmt: skip
        """An amount added to (or below 0: taken from) a courier's pay, as a new entry; what was written stays.

        NotFound: no such courier. Invalid: nothing to correct, or no reason.
        """
        if self._store.courier(coop, courier) is None:
            raise NotFound("There is no courier {id}", id=courier)
        if not amount_cents or not reason.strip():
            raise Invalid("A correction needs an amount and a reason: give both", field="reason")
        data = {"amount_cents": amount_cents, "reason": reason.strip(), "corrects": corrects, "counts": counts}
        return self.note(coop, Fact("pay.corrected", courier, 0, data), by=by, at=at)

    def _change_order(
        self, coop: str, id: str, decide: Callable[[Transaction, Order], tuple[Order, str, dict[str, Any]]], *,
        expected_version: int | None, by: str, at: datetime, press: Press = NO_PRESS,
        beside: Callable[[Order], Sequence[Fact]] = lambda _: (),
    ) -> Order:  # fmt: skip
        """``beside`` are notes about it, written after it in the same transaction."""
        with self._store.change(coop) as change:
            before = change.order(id)
            if before is None:
                raise NotFound("There is no order {id}", id=id)
            if press.key and (known := change.placement(press.key)):
                return _pressed_again(known, before, press)
            if expected_version is not None and expected_version != before.version:
                raise _conflict(change, before, before.ref)
            after, kind, why = decide(change, before)
            changes = _changes(before, after)
            why = {**why, "pressed_at": press.at and to_wire(press.at)}
            entry = change.record(after, _fact(kind, after, changes, why), by=by, at=_at(at))
            if press.key:
                change.remember(press.key, Placement(id, press.what))
            notes = _numbered(change, beside(before), by, _at(at))
        for each in (entry, *notes):
            self._announce(each)
        return after


def _numbered(change: Transaction, facts: Sequence[Fact], by: str, at: datetime) -> tuple[Entry, ...]:
    """Notes about one subject, each the next version of it."""
    last = change.latest(facts[0].subject) if facts else None
    first = last.version + 1 if last else 1
    return tuple(
        change.note(replace(fact, version=version), by=by, at=at) for version, fact in enumerate(facts, first)
    )  # fmt: skip


def _changes(before: Order, after: Order) -> dict[str, Any]:
    """What the step changed; all of an order that is open again, because nobody may have it in hand any more."""
    wire = order_to_wire(after)
    if after.is_open and not before.is_open:
        return {name: value for name, value in wire.items() if name != "version"}
    return _difference(order_to_wire(before), wire)


def _pressed_again(known: Placement, order: Order, press: Press) -> Order:
    if known != Placement(order.id, press.what):
        raise Invalid("This idempotency key was used for something else: send a new key", field="Idempotency-Key")
    return order


def _restaurant(change: Transaction, order: Order) -> Restaurant:
    told = change.latest(subject_of(order.restaurant)) if order.restaurant else None
    return restaurant_from_wire(told.data["changes"]) if told else Restaurant(order.restaurant or "")


def _fact(
    kind: str, subject: Order | Courier, changes: Mapping[str, Any], why: Mapping[str, Any] | None = None
) -> Fact:
    reasons = {name: value for name, value in (why or {}).items() if value not in ("", None)}
    return Fact(kind, subject.id, subject.version, {"changes": dict(changes), **reasons})


def _noted(change: Transaction, fact: Fact, unless: Unless, by: str, at: datetime) -> Entry:
    known = change.noted(fact.subject)
    unless(known)
    return change.note(replace(fact, version=len(known) + 1), by=by, at=at)


def _as_placed(draft: Order, coop: str, id: str, ref: str) -> Order:
    order = replace(draft, id=id, ref=ref, coop=coop, state="placed", courier=None, version=1)
    return order_from_wire(order_to_wire(order))  # instants as the record keeps them


def _vehicle(given: str) -> str:
    if given not in VEHICLES:
        raise Invalid("There is no vehicle {vehicle}: use bicycle or cargo", vehicle=given, field="vehicle")
    return given


def _difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    names = [*after, *(name for name in before if name not in after)]
    return {name: after.get(name) for name in names if after.get(name) != before.get(name) and name != "version"}


def _same_again(change: Transaction, known: Placement, request: str) -> Placed:
    if known.request != request:
        raise Invalid("This idempotency key was used for another order: send a new key", field="Idempotency-Key")
    order = change.order(known.order)
    assert order is not None, "a remembered order is never deleted"
    return Placed(order, created=False)


def _available(courier: Courier | None, id: str) -> None:
    if courier is None:
        raise Unavailable("There is no courier {courier}: choose one from the list", courier=id)
    if courier.shift == "off":
        raise Unavailable("{courier} is off shift: choose a courier who is on shift", courier=courier.name)
    if courier.shift == "break":
        raise Unavailable("{courier} is on break: wait for the break to end or choose another", courier=courier.name)


def _conflict(change: Transaction, present: Order | Courier, name: str) -> Conflict:
    last = change.last_change(present.id)
    assert last is not None, "whatever exists was recorded by someone"
    return Conflict(
        "{by} changed {ref} first: look at it again, then decide",
        present=present, by=last.actor, at=to_wire(last.at), ref=name,
    )  # fmt: skip


def _at(moment: datetime) -> datetime:
    return to_milliseconds(moment)
