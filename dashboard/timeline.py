"""The shift as it was planned and as it went: who worked when, which jobs are done, which are in hand since when.

What lies ahead is not in it: that is in the board and in the arrivals, which every screen has.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from dashboard.domain.couriers import Shift
from dashboard.domain.orders import Order
from dashboard.domain.stop_list import shift_end
from dashboard.domain.times import to_wire
from dashboard.domain.workload_clock import Hand
from dashboard.domain.workload_states import Job
from dashboard.exports.calendars import Planned
from dashboard.ledger import Running
from dashboard.stop_lists import Everybodys

BACK = timedelta(hours=12)
"""A longer shift is forbidden nearly everywhere; what was before is in the reports."""
AHEAD = timedelta(hours=12)

KEPT = 20_000
"""Closed orders of which the number and the promise are remembered: some 4 MB."""

type Orders = Callable[[str, Collection[str]], Mapping[str, Order]]
type Shifts = Callable[[str, datetime], Sequence[Shift]]


class Timeline:
    """``running`` tells the day as of the newest entry, ``shifts`` who worked since when, ``planned`` who shall;
    ``orders`` are looked up by their ids."""

    def __init__(
        self, running: Callable[[str, datetime], Running], shifts: Shifts, planned: Everybodys, orders: Orders
    ) -> None:
        self._running, self._shifts, self._planned, self._orders = running, shifts, planned, orders
        self._closed: OrderedDict[tuple[str, str], tuple[str, datetime | None]] = OrderedDict()

    def to_wire(self, coop: str, at: datetime, since: datetime | None = None) -> dict[str, Any]:
        """By courier, as plain JSON values; nothing from before ``since``. NotFound: no such co-op."""
        begin = max(at - BACK, since or at - BACK)
        running = self._running(coop, at)
        worked: dict[str, list[Shift]] = {}
        for shift in self._shifts(coop, begin):
            worked.setdefault(shift.courier, []).append(shift)
        planned = self._planned(coop, begin, at + AHEAD)
        done = {
            courier: [job for job in jobs if job.closed_at >= begin] for courier, jobs in running.done.items()
        }  # fmt: skip
        self._look_up(coop, (job.order for jobs in done.values() for job in jobs))
        hands = {courier: clock.hands for courier, clock in running.work.clocks.items() if clock.hands}
        return {
            "seq": running.work.seq, "at": to_wire(at),
            "couriers": {
                courier: {
                    "planned": [[to_wire(one.starts_at), to_wire(one.ends_at)] for one in planned.get(courier, ())],
                    "worked": [_shift(shift) for shift in worked.get(courier, ())],
                    "ends_at": _ends_at(planned.get(courier, ()), worked.get(courier, ()), at),
                    "done": [self._job(coop, job) for job in done.get(courier, ())],
                    "hands": [_hand(hand) for hand in hands.get(courier, ())],
                }
                for courier in sorted({*planned, *worked, *hands})
            },
        }  # fmt: skip

    def _look_up(self, coop: str, orders: Iterable[str]) -> None:
        """What is closed says the same for ever: nobody asks for it twice."""
        missing = [order for order in orders if (coop, order) not in self._closed]
        if missing:
            found = self._orders(coop, missing)
            self._closed.update(((coop, order.id), (order.ref, order.dropoff.before)) for order in found.values())
        while len(self._closed) > KEPT:
            self._closed.popitem(last=False)

    def _job(self, coop: str, job: Job) -> dict[str, Any]:
        ref, promise = self._closed.get((coop, job.order), ("", None))
        return {
            "order": job.order, "ref": ref, "promise": promise and to_wire(promise), "outcome": job.outcome,
            "assigned_at": to_wire(job.assigned_at), "picked_up_at": job.picked_up_at and to_wire(job.picked_up_at),
            "closed_at": to_wire(job.closed_at),
        }  # fmt: skip


def _ends_at(planned: Sequence[Planned], worked: Sequence[Shift], at: datetime) -> str | None:
    """When the shift that runs should end, or should have ended."""
    running = next((shift for shift in worked if shift.ended_at is None), None)
    spans = [(one.starts_at, one.ends_at) for one in planned]
    ends_at = shift_end(spans, running.started_at, at) if running else None
    return None if ends_at is None else to_wire(ends_at)


def _shift(shift: Shift) -> dict[str, Any]:
    breaks = [[to_wire(begins), ends and to_wire(ends)] for begins, ends in shift.breaks]
    return {"from": to_wire(shift.started_at), "to": shift.ended_at and to_wire(shift.ended_at), "breaks": breaks}


def _hand(hand: Hand) -> dict[str, Any]:
    return {
        "order": hand.sheet.order, "assigned_at": to_wire(hand.assigned_at),
        "picked_up_at": hand.picked_up_at and to_wire(hand.picked_up_at),
    }  # fmt: skip
