"""Attach and detach: an order as a further drop-off of another's pickup, and by itself again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from dashboard.dispatch import Dispatch, Guard, Step, check_available
from dashboard.domain import orders, together
from dashboard.domain.orders import Order
from dashboard.domain.refusals import NotFound, WrongState
from dashboard.domain.working_time import permit
from dashboard.ports import Store, Transaction


@dataclass(frozen=True, slots=True)
class Attaching:
    """``guard`` is that of working time: who gets an order by attaching it is asked about like anybody else."""

    store: Store
    new_id: Callable[[], str]
    guard: Guard | None = None

    def attach(
        self, dispatch: Dispatch, coop: str, order: str, to: str, *, by: str, at: datetime,
        expected_version: int | None = None, reason: str = "", consent: bool = False,
    ) -> Order:  # fmt: skip
        """Make an order a drop-off of the pickup of ``to``; whoever has one of them is given the other.

        NotFound. WrongState, with what to do: see domain/together.py. Conflict: it changed since ``expected_version``.
        Unavailable, BeyondLimit: as when it is assigned.
        """
        waits, holder = self._handed(coop, order, to)
        said = self._limits(coop, waits, holder, at, reason, consent)

        def steps(change: Transaction, found: Order) -> Sequence[Step]:
            other = change.order(to)
            if other is None:
                raise NotFound("There is no order {id}", id=to)
            attached = together.attach(found, other, change.grouped(found.group), self.new_id())
            given = _given(change, found, other, holder, {"reason": reason, **said})
            now = {step.after.id: step.after for step in given}
            both = zip(attached, (found, other), (other, found), strict=False)
            return [*given, *(_joined(now.get(one.id, before), one, beside) for one, before, beside in both)]

        return dispatch.change_orders(coop, order, steps, expected_version=expected_version, by=by, at=at)

    def detach(
        self, dispatch: Dispatch, coop: str, order: str, *, by: str, at: datetime, expected_version: int | None = None
    ) -> Order:
        """Give an order its pickup for itself again, with the courier that it has; two that part are both alone.

        NotFound. WrongState: it shares none, or was picked up. Conflict: it changed since ``expected_version``.
        """

        def steps(change: Transaction, found: Order) -> Sequence[Step]:
            group = change.grouped(found.group)
            before = {one.id: one for one in group}
            return [
                Step(before[one.id], one, "order.detached", {"refs": _refs(together.company(before[one.id], group))})
                for one in together.detach(found, group)
            ]

        return dispatch.change_orders(coop, order, steps, expected_version=expected_version, by=by, at=at)

    def _handed(self, coop: str, *both: str) -> tuple[str, str | None]:
        """Which of them waits for somebody, and who has the other; '' and None where both wait, or neither does."""
        found = [one for each in both if (one := self.store.order(coop, each))]
        waits = next((one.id for one in found if one.courier is None), "")
        holder = next((one.courier for one in found if one.courier), None)
        return (waits, holder) if waits and holder else ("", None)

    def _limits(
        self, coop: str, order: str, holder: str | None, at: datetime, reason: str, consent: bool
    ) -> dict[str, Any]:
        if self.guard is None or holder is None:
            return {}
        return permit(self.guard(coop, order, holder, at), reason=reason, consent=consent)


def _given(
    change: Transaction, found: Order, other: Order, holder: str | None, why: dict[str, Any]
) -> list[Step]:  # fmt: skip
    """What waits of both pickups, given to whoever has the other."""
    taker = found.courier or other.courier
    if taker is None:
        return []
    waits = found if found.courier is None else other
    if waits.courier is not None:
        return []
    if taker != holder:
        raise WrongState("{ref} has just been given to somebody else: look at it again", ref=found.ref)
    check_available(change.courier(taker), taker)
    some = (waits, *together.companions(waits, change.grouped(waits.group)))
    return [Step(one, orders.assign(one, taker), "order.assigned", why) for one in some]


def _joined(before: Order, attached: Order, beside: Order) -> Step:
    """The step of attaching, after that of its assignment where there was one."""
    after = replace(before, group=attached.group, version=before.version + 1)
    return Step(before, after, "order.attached", {"refs": _refs((beside,))})


def _refs(others: Iterable[Order]) -> list[str]:
    return [one.ref for one in others]
