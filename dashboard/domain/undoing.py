"""Taking back what one has just done to an order, as long as nobody has built on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from dashboard.domain.events import Entry
from dashboard.domain.orders import Order, order_from_wire, order_to_wire
from dashboard.domain.refusals import WrongState

UNDO_FOR = timedelta(seconds=10)
ON_THE_WAY = timedelta(seconds=5)
"""What a press may take from a slow tablet to here, beyond UNDO_FOR."""
UNDOABLE = frozenset({
    "order.accepted", "order.refused", "order.preparing", "order.ready", "order.delayed", "order.problem",
})  # fmt: skip


def undo(order: Order, entries: Sequence[Entry], *, by: str, at: datetime) -> tuple[Order, str]:
    """The order as it was before its last change, and the kind of that change.

    ``entries`` are all about the order, oldest first. WrongState: the last change is somebody else's, not of a kind
    that can be taken back, or longer ago than UNDO_FOR.
    """
    changes = [entry for entry in entries if "changes" in entry.data]
    last = changes[-1]
    if last.actor != by or last.kind not in UNDOABLE:
        raise WrongState("{ref} has moved on since: {by} was the last to change it", ref=order.ref, by=last.actor)
    if at - last.at > UNDO_FOR + ON_THE_WAY:
        raise WrongState("{ref} was changed too long ago to be taken back: call the dispatcher", ref=order.ref)
    before: dict[str, Any] = {}
    for entry in changes[:-1]:
        before |= entry.data["changes"]
    was = {name: before.get(name) for name in last.data["changes"]}
    return order_from_wire({**order_to_wire(order), **was, "version": order.version + 1}), last.kind
