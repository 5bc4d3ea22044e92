"""What the desk does besides dispatch.py: tags, other days, notes, overrides; to one order, or to many at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from dashboard.amending import check_ours
from dashboard.attaching import Attaching
from dashboard.dispatch import Dispatch, Guard
from dashboard.domain import desk_changes
from dashboard.domain.acts import BULK, Act, Outcome
from dashboard.domain.couriers import Courier
from dashboard.domain.orders import MOVES, Order
from dashboard.domain.overrides import OVERRIDES, override
from dashboard.domain.refusals import Invalid, Refusal
from dashboard.domain.working_time import BeyondLimit
from dashboard.ports import Store, Transaction

MOST_AT_ONCE = 200
AT_THE_PICKUP = frozenset({"assign", "unassign", "ready", "pick_up", "detach"})
"""What is done to all drop-offs of a pickup at once."""
WHO_CARRIES = frozenset({"assign", "unassign"})

type Decided = tuple[Order, str, dict[str, Any]]


class DeskActs:
    """``zone`` is asked by co-op. ``command`` names what several entries were one command of."""

    def __init__(
        self, store: Store, dispatch: Dispatch, zone: Callable[[str], ZoneInfo], new_id: Callable[[], str],
        guard: Guard | None = None,
    ) -> None:  # fmt: skip
        self._store, self._dispatch, self._zone, self.new_command = store, dispatch, zone, new_id
        self.attaching = Attaching(store, new_id, guard)

    def tag(
        self, coop: str, order: str, tags: Sequence[str], *, by: str, at: datetime, expected_version: int | None = None,
        command: str = "",
    ) -> Order:  # fmt: skip
        """Put tags on an order. Raises WrongState where it bears them all."""

        def put(_: Transaction, found: Order) -> Decided:
            return desk_changes.tag(found, tags), "order.tagged", {}

        return self._change(coop, order, put, expected_version, by, at, command)

    def untag(
        self, coop: str, order: str, tags: Sequence[str], *, by: str, at: datetime, expected_version: int | None = None,
        command: str = "",
    ) -> Order:  # fmt: skip
        """Take tags off an order. Raises WrongState where it bears none of them."""

        def take(_: Transaction, found: Order) -> Decided:
            return desk_changes.untag(found, tags), "order.tagged", {}

        return self._change(coop, order, take, expected_version, by, at, command)

    def reschedule(
        self, coop: str, order: str, *, by: str, at: datetime, day: date | None = None, minutes: int | None = None,
        expected_version: int | None = None, reason: str = "", command: str = "",
    ) -> Order:  # fmt: skip
        """To another day (which takes it back from its courier), or so many minutes later."""

        def shift(change: Transaction, found: Order) -> Decided:
            check_ours(change, found)
            if day is not None:
                after = desk_changes.on_day(found, day, self._zone(coop), at)
            else:
                after = desk_changes.by_minutes(found, minutes or 0, at)
            lost = found.courier if found.courier != after.courier else None
            why = {"day": day and day.isoformat(), "minutes": minutes, "from": lost, "reason": reason}
            return after, "order.rescheduled", why

        return self._change(coop, order, shift, expected_version, by, at, command)

    def note(
        self, coop: str, order: str, text: str, *, by: str, at: datetime, expected_version: int | None = None,
        command: str = "",
    ) -> Order:  # fmt: skip
        """What dispatchers tell each other about an order."""

        def write(_: Transaction, found: Order) -> Decided:
            return desk_changes.note(found, text.strip()), "order.noted", {}

        return self._change(coop, order, write, expected_version, by, at, command)

    def note_courier(
        self, coop: str, courier: str, text: str, *, by: str, at: datetime, expected_version: int | None = None,
        command: str = "",
    ) -> Courier:  # fmt: skip
        """What dispatchers tell each other about a courier, who can read it."""
        return self._dispatch.under(command).change_courier(
            coop, courier, lambda _, found: (desk_changes.note_courier(found, text.strip()), "courier.noted", {}),
            expected_version=expected_version, by=by, at=at,
        )  # fmt: skip

    def override(
        self, coop: str, order: str, step: str, *, reason: str, by: str, at: datetime,
        expected_version: int | None = None, command: str = "",
    ) -> Order:  # fmt: skip
        """A step of OVERRIDES, which the rules do not have from where the order is; the journal says so, and why."""

        def go(change: Transaction, found: Order) -> Decided:
            after = override(found, step, reason, change.noted(order))
            return after, OVERRIDES[step].kind, {"override": True, "reason": reason.strip()}

        return self._change(coop, order, go, expected_version, by, at, command)

    def attach(self, dispatch: Dispatch, coop: str, order: str, to: str, **seen: Any) -> Order:
        """Make an order a drop-off of the pickup of ``to``; who would have to be asked first is refused."""
        try:
            return self.attaching.attach(dispatch, coop, order, to, **seen)
        except BeyondLimit as limit:
            raise _ask_first(limit) from limit

    def do(
        self, coop: str, order: str, act: Act, *, by: str, at: datetime, expected_version: int | None = None,
        command: str = "",
    ) -> Order:  # fmt: skip
        """One of BULK upon one order. Working time is guarded; who has to be asked first is refused."""
        return self._do(coop, order, act, self._dispatch.under(command), expected_version, by, at, command)

    def _do(
        self, coop: str, order: str, act: Act, dispatch: Dispatch, expected_version: int | None, by: str, at: datetime,
        command: str,
    ) -> Order:  # fmt: skip
        seen: Any = {"expected_version": expected_version, "by": by, "at": at}
        match act.verb:
            case "assign":
                return dispatch.assign(coop, order, act.courier, **seen, reason=act.reason, consent=False)
            case "unassign":
                return dispatch.unassign(coop, order, **seen, reason=act.reason)
            case "delay":
                return dispatch.delay(coop, order, act.minutes or 0, **seen, reason=act.reason)
            case "attach":
                return self.attach(dispatch, coop, order, act.to, **seen, reason=act.reason)
            case "detach":
                return self.attaching.detach(dispatch, coop, order, **seen)
            case step if step in MOVES:
                return dispatch.move(coop, order, step, **seen, reason=act.reason)
            case "tag":
                return self.tag(coop, order, act.tags, **seen, command=command)
            case "untag":
                return self.untag(coop, order, act.tags, **seen, command=command)
            case "reschedule":
                return self.reschedule(coop, order, day=act.day, minutes=act.minutes, **seen, reason=act.reason,
                                       command=command)  # fmt: skip
            case verb:
                raise Invalid("{verb} is nothing that is done to several orders: use one of {known}", verb=verb,
                              known=", ".join(BULK), field="verb")  # fmt: skip

    def bulk(
        self, coop: str, orders: Sequence[tuple[str, int | None]], act: Act, *, by: str, at: datetime, command: str,
        overlooked: frozenset[str] = frozenset(),
    ) -> tuple[Outcome, ...]:  # fmt: skip
        """The same to each of these (id, expected version), in turn; one that is refused stops none of the others.

        What was moved with another of its pickup counts as done, and is named though nobody named it. Where it is
        about who carries an order, what was done to it since (journal kinds) is no conflict if it is ``overlooked``.
        Invalid: too many, or no such act.
        """
        if len(orders) > MOST_AT_ONCE:
            raise Invalid("These are {n} orders, and at once go at most {most}: do it in parts", n=len(orders),
                          most=MOST_AT_ONCE, field="orders")  # fmt: skip
        if act.verb not in BULK:
            raise Invalid("{verb} is nothing that is done to several orders: use one of {known}", verb=act.verb,
                          known=", ".join(BULK), field="verb")  # fmt: skip
        each, dispatch = dict(orders), self._dispatch.under(command)  # given twice, done once
        if act.verb in WHO_CARRIES:
            dispatch = dispatch.overlooking(overlooked)
        found = [self._outcome(coop, order, version, act, dispatch, by, at, command) for order, version in each.items()]
        with_them = (Outcome(one.id, one.ref, one) for one in dispatch.moved.values() if one.id not in each)
        return (*found, *with_them)

    def _outcome(
        self, coop: str, order: str, version: int | None, act: Act, dispatch: Dispatch, by: str, at: datetime,
        command: str,
    ) -> Outcome:  # fmt: skip
        if (moved := dispatch.moved.get(order)) and act.verb in AT_THE_PICKUP:
            return Outcome(order, moved.ref, moved)
        try:
            now = self._do(coop, order, act, dispatch, version, by, at, command)
        except BeyondLimit as limit:
            return Outcome(order, name_of(self._store, coop, order), refusal=_ask_first(limit))
        except Refusal as refused:
            return Outcome(order, name_of(self._store, coop, order), refusal=refused)
        return Outcome(order, now.ref, now)

    def _change(
        self, coop: str, order: str, decide: Callable[[Transaction, Order], Decided], expected_version: int | None,
        by: str, at: datetime, command: str,
    ) -> Order:  # fmt: skip
        return self._dispatch.under(command).change_order(
            coop, order, decide, expected_version=expected_version, by=by, at=at
        )


def _ask_first(limit: BeyondLimit) -> Invalid:
    return Invalid("This crosses a limit of working time ({rules}): ask first, and give it alone",
                   rules=limit.facts["rules"], field="courier")  # fmt: skip


def name_of(store: Store, coop: str, id: str) -> str:
    """What people call an order or a courier."""
    order = store.order(coop, id)
    if order is not None:
        return order.ref
    courier = store.courier(coop, id)
    return courier.name if courier else id
