"""What stands against one order more for a courier who is at work: no room, or the end of the planned shift."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from dashboard.domain.orders import Order

ROOM, SHIFT_END, REST = "room", "shift_end", "rest_after"


@dataclass(frozen=True, slots=True)
class Planned:
    """When the shift that runs is planned to end, and the next one to begin; None where nobody planned it."""

    ends_at: datetime | None = None
    next_at: datetime | None = None


UNPLANNED = Planned()


def planned_at(shifts: Iterable[tuple[datetime, datetime]], now: datetime) -> Planned:
    """Of planned shifts (start, end), what counts now."""
    known = sorted(shifts)
    ends = next((end for start, end in known if start <= now < end), None)
    return Planned(ends, next((start for start, _ in known if start > (ends or now)), None))


def in_the_way(
    order: Order, hands: Iterable[Order], most_g: int, done_at: datetime | None, plan: Planned, rest: timedelta
) -> str | None:
    """ROOM, SHIFT_END, REST, or None. ``most_g`` 0: no limit; ``done_at`` is when the courier would leave the door,
    None where nobody knows; ``rest`` has to lie before the next shift. An order that says no weight weighs nothing."""
    if most_g and sum(one.weight_g or 0 for one in (*hands, order)) > most_g:
        return ROOM
    if done_at is None:
        return None
    if plan.ends_at and done_at > plan.ends_at:
        return SHIFT_END
    return REST if plan.next_at and done_at > plan.next_at - rest else None
