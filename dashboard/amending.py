"""Changing what an order says: one use case for the form at the desk and for programs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dashboard.dispatch import Dispatch
from dashboard.domain.amending import ENDS, amended
from dashboard.domain.orders import Order
from dashboard.domain.refusals import WrongState
from dashboard.domain.together import company, is_same_pickup, refs
from dashboard.ports import Transaction

COOPCYCLE = "coopcycle"
"""Who takes in what comes from there."""


class Amending:
    """Other values in an order that is under way."""

    def __init__(self, dispatch: Dispatch) -> None:
        self._dispatch = dispatch

    def amend(
        self, coop: str, order: str, wanted: Mapping[str, Any], *, expected_version: int, by: str, at: datetime
    ) -> Order:
        """The order with the ``wanted`` values (see domain/amending.py); ``order.amended`` tells what is other now.

        NotFound. Conflict: it has changed since ``expected_version``. WrongState, Invalid: see domain/amending.py;
        WrongState, too, for an end of an order from CoopCycle, which would be set back at the next look there, and
        for another pickup of what shares it with others.
        """

        def change(change: Transaction, found: Order) -> tuple[Order, str, dict[str, Any]]:
            after = amended(found, wanted)
            if _has_other_ends(found, after):
                check_ours(change, found)
            _check_pickup(change, after)
            return after, "order.amended", {}

        return self._dispatch.change_order(coop, order, change, expected_version=expected_version, by=by, at=at)


def check_ours(change: Transaction, order: Order) -> None:
    """WrongState for places and times that are CoopCycle's to change."""
    if change.noted(order.id)[0].actor == COOPCYCLE:
        raise WrongState(
            "{ref} comes from CoopCycle: change its places and times there, and they follow here", ref=order.ref
        )


def _check_pickup(change: Transaction, after: Order) -> None:
    """WrongState where it would leave the pickup that it shares with others."""
    if elsewhere := [one for one in company(after, change.grouped(after.group)) if not is_same_pickup(after, one)]:
        raise WrongState(
            "{ref} has one pickup with {others}: detach it first, then change where it is fetched", ref=after.ref,
            others=refs(elsewhere),
        )  # fmt: skip


def _has_other_ends(before: Order, after: Order) -> bool:
    return any(getattr(before, end) != getattr(after, end) for end in ENDS)
