"""The use cases: the only way to change anything. Each is one transaction, then one announcement.

How a change is written is in dispatch_recording.py; how orders come in (dispatch_placing.py), what couriers do
(dispatch_couriers.py) and what they are paid by (dispatch_rules.py) lie beside; here is what is done with an order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from dashboard.dispatch_couriers import CourierActs
from dashboard.dispatch_placing import Placed, Placing
from dashboard.dispatch_recording import NO_PRESS, Guard, Press, Step, Unless
from dashboard.dispatch_rules import RuleActs
from dashboard.domain import orders, suggesting
from dashboard.domain.couriers import Courier
from dashboard.domain.events import Entry, Fact
from dashboard.domain.orders import MOVES, Order, Place
from dashboard.domain.refusals import Unavailable
from dashboard.domain.restaurants import busy, usual
from dashboard.domain.times import to_milliseconds
from dashboard.domain.together import company, goes_along, is_same_pickup
from dashboard.domain.undoing import TAKES_BACK, undo
from dashboard.domain.working_time import permit, recorded
from dashboard.ports import Transaction

__all__ = ["NO_PRESS", "Dispatch", "Guard", "Placed", "Press", "Step", "Unless", "check_available"]


class Dispatch(Placing, CourierActs, RuleActs):
    """What people at the desk, in restaurants, on bicycles and at the other end of an API can do."""

    def assign(
        self, coop: str, order: str, courier: str, *, expected_version: int | None, by: str, at: datetime,
        reason: str = "", consent: bool | None = None, shown: Mapping[str, Any] | None = None,
        plan: Mapping[str, Any] | None = None, is_alone: bool = False,
    ) -> Order:  # fmt: skip
        """Give an order to a courier, or hand it over from the one who has it; with it what shares its pickup.

        ``is_alone``: without that, for whoever decides elsewhere about each of them.

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
            check_available(change.courier(courier), courier)
            kind = "order.assigned" if found.courier is None else "order.reassigned"
            foreseen = (plan or {}) if found.id == order else {"plan": (plan or {}).get("plan")}
            why = {"from": found.courier, "reason": reason, **foreseen, **said}
            return orders.assign(found, courier), kind, why

        def suggested(before: Order) -> Sequence[Fact]:
            return suggesting.notes(order, before.courier, courier, shown) if shown else ()

        return self.change_order(
            coop,
            order,
            hand,
            expected_version=expected_version,
            by=by,
            at=at,
            beside=suggested,
            along=None if is_alone else _everybody,
        )

    def unassign(
        self, coop: str, order: str, *, expected_version: int | None, by: str, at: datetime, reason: str = "",
        is_alone: bool = False,
    ) -> Order:  # fmt: skip
        """Take an order back from its courier; with it what shares its pickup, unless ``is_alone``."""

        def take_back(_: Transaction, found: Order) -> tuple[Order, str, dict[str, Any]]:
            return orders.unassign(found), "order.unassigned", {"from": found.courier, "reason": reason}

        return self.change_order(
            coop,
            order,
            take_back,
            expected_version=expected_version,
            by=by,
            at=at,
            along=None if is_alone else _everybody,
        )

    def move(
        self, coop: str, order: str, step: str, *, by: str, at: datetime, expected_version: int | None = None,
        reason: str = "", press: Press = NO_PRESS, is_alone: bool = False,
    ) -> Order:  # fmt: skip
        """One step of MOVES: accept, refuse, prepare, ready, pick_up, deliver, fail, cancel.

        What shares its pickup is packed and picked up with it (``goes_along``), unless ``is_alone``.
        """

        def step_on(_: Transaction, found: Order) -> tuple[Order, str, dict[str, Any]]:
            return orders.move(found, step), MOVES[step].kind, {"reason": reason}

        return self.change_order(
            coop, order, step_on, expected_version=expected_version, by=by, at=at, press=press,
            along=None if is_alone else partial(goes_along, step),
        )  # fmt: skip

    def delay(
        self, coop: str, order: str, minutes: int, *, by: str, at: datetime, expected_version: int | None = None,
        reason: str = "", press: Press = NO_PRESS,
    ) -> Order:  # fmt: skip
        """The kitchen needs ``minutes`` more."""

        def postpone(_: Transaction, found: Order) -> tuple[Order, str, dict[str, Any]]:
            later = orders.delay(found, timedelta(minutes=minutes), to_milliseconds(at))
            return later, "order.delayed", {"minutes": minutes, "reason": reason}

        return self.change_order(coop, order, postpone, expected_version=expected_version, by=by, at=at, press=press)

    def report(
        self, coop: str, order: str, problem: str | None, *, by: str, at: datetime,
        expected_version: int | None = None, press: Press = NO_PRESS,
    ) -> Order:  # fmt: skip
        """Something is wrong with the order, or (None) is not any more."""

        def tell(_: Transaction, found: Order) -> tuple[Order, str, dict[str, Any]]:
            return orders.report(found, problem), "order.problem" if problem else "order.solved", {}

        return self.change_order(coop, order, tell, expected_version=expected_version, by=by, at=at, press=press)

    def undo(
        self, coop: str, order: str, *, by: str, at: datetime, expected_version: int | None = None,
        press: Press = NO_PRESS,
    ) -> Order:  # fmt: skip
        """Take back one's own last step, within the time that domain/undoing.py gives."""

        def take_back(change: Transaction, found: Order) -> tuple[Order, str, dict[str, Any]]:
            before, last = undo(found, change.noted(order), by=by, at=to_milliseconds(at))
            return before, "order.undone", {"undone": last.kind, TAKES_BACK: last.id}

        return self.change_order(coop, order, take_back, expected_version=expected_version, by=by, at=at, press=press)

    def amend(self, coop: str, order: str, pickup: Place, dropoff: Place, *, by: str, at: datetime) -> Order:
        """Other ends, or other windows: whoever the order came from has changed them.

        What is fetched elsewhere from now on shares its pickup no more.
        """

        def change_ends(change: Transaction, found: Order) -> tuple[Order, str, dict[str, Any]]:
            after = orders.amend(found, pickup, dropoff)
            others = company(found, change.grouped(found.group))
            stays = all(is_same_pickup(after, other) for other in others)
            return after if stays else replace(after, group=None), "order.amended", {}

        return self.change_order(coop, order, change_ends, expected_version=None, by=by, at=at)

    def busy(self, coop: str, restaurant: str, minutes: int, until: datetime, *, by: str, at: datetime) -> Entry:
        """A kitchen has more to do than usual: new orders take so many minutes at least, until then."""
        return self.note(coop, busy(restaurant, minutes, to_milliseconds(until), to_milliseconds(at)), by=by, at=at)

    def usual(self, coop: str, restaurant: str, *, by: str, at: datetime) -> Entry:
        """A kitchen works as usual again."""
        return self.note(coop, usual(restaurant), by=by, at=at)


def check_available(courier: Courier | None, id: str) -> None:
    """Unavailable unless the courier can be given something now."""
    if courier is None:
        raise Unavailable("There is no courier {courier}: choose one from the list", courier=id)
    if courier.shift == "off":
        raise Unavailable("{courier} is off shift: choose a courier who is on shift", courier=courier.name)
    if courier.shift == "break":
        raise Unavailable("{courier} is on break: wait for the break to end or choose another", courier=courier.name)


def _everybody(_order: Order, _other: Order) -> bool:
    return True
