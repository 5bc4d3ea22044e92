"""Steps that the rules do not have, for when life went otherwise: each needs a reason, which the journal keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dashboard.domain.events import Entry
from dashboard.domain.orders import CLOSED_STATES, NEEDS_COURIER, WAITING_STATES, Move, Order
from dashboard.domain.refusals import Invalid, WrongState

REOPEN = "reopen"
OVERRIDES: Mapping[str, Move] = {
    "ready": Move("order.ready", frozenset({"placed"}), "ready"),
    "pick_up": Move("order.picked_up", frozenset({"placed"}), "picked_up"),
    "deliver": Move("order.delivered", WAITING_STATES, "delivered"),
    "fail": Move("order.failed", frozenset({"placed"}), "failed"),
    "cancel": Move("order.cancelled", frozenset({"picked_up"}), "cancelled"),
    REOPEN: Move("order.reopened", CLOSED_STATES, ""),
}
"""The steps of MOVES from states that they do not start from otherwise; and REOPEN, back to before it was closed.

From one closed state to another there is none: reopen it first, so that the accounts see both.
"""


def possible_overrides(order: Order) -> tuple[str, ...]:
    """Which of OVERRIDES there are from here."""
    return tuple(
        step for step, rule in OVERRIDES.items()
        if order.state in rule.sources and not (step in NEEDS_COURIER and order.courier is None)
        and not (step == "ready" and order.kind == "parcel")
    )  # fmt: skip


def override(order: Order, step: str, reason: str, entries: Sequence[Entry]) -> Order:
    """The order after a step of OVERRIDES; ``entries`` are all about it, oldest first.

    Invalid: no such step, or no reason. WrongState: not from here.
    """
    rule = OVERRIDES.get(step)
    if rule is None:
        raise Invalid("There is no override {step}: use one of {known}", step=step, known=", ".join(OVERRIDES),
                      field="step")  # fmt: skip
    if not reason.strip():
        raise Invalid("An override needs a reason: say why", field="reason")
    if order.state not in rule.sources:
        raise WrongState("{ref} is {state}: this override does not start from there", ref=order.ref,
                         state=order.state)  # fmt: skip
    if step in NEEDS_COURIER and order.courier is None:
        raise WrongState(
            "{ref} is {state} and has no courier: assign it before it becomes {target}",
            ref=order.ref, state=order.state, target=rule.target,
        )  # fmt: skip
    target = rule.target or _before(entries)
    return replace(order, state=target, version=order.version + 1)


def _before(entries: Sequence[Entry]) -> str:
    """The last open state of an order that is closed; ``placed`` where nobody knows."""
    states: list[Any] = [entry.data.get("changes", {}).get("state") for entry in reversed(entries)]
    return next((state for state in states if state and state not in CLOSED_STATES), "placed")
