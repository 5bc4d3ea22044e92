"""Time by state, and jobs, from journal entries alone; the cost of one entry does not depend on the day's length.

What happens between the entries is derived so:

- a courier is on a job from ``order.assigned`` until the order is delivered, failed, cancelled, handed to somebody
  else or taken back;
- the way to the pickup lasts until ``order.picked_up``. Waiting at the door is known only where somebody reported the
  arrival: an optional ``courier.arrived`` entry, data ``{"order", "place": "pickup" | "dropoff", "changes": {}}``.
  Nothing is guessed: without it ``waited_ms`` is None, and ``workload_waiting`` says for how many pickups it is known;
- optional ``courier.reposition_started`` / ``_ended`` mark a ride that the desk asked for without an order;
- a closed order that is opened again is in the same hands from then on; a job of the outcome ``reopened`` says that the
  one before counts no more (``workload_reopened``);
- ending the shift ends the clock, except that a meal on the bicycle keeps it running, at most AFTER_SHIFT.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from dashboard.domain.board import OutOfOrder
from dashboard.domain.events import Entry
from dashboard.domain.orders import CLOSED_STATES
from dashboard.domain.workload_clock import Clock, Hand, cut, job
from dashboard.domain.workload_sheet import Sheet, renewed
from dashboard.domain.workload_states import DONE, REOPENED, Job, Stretch


@dataclass(frozen=True, slots=True)
class Workload:
    """A co-op's clocks and open orders as of entry ``seq``; ``stretches`` and ``jobs`` are what that entry closed."""

    coop: str
    seq: int = 0
    clocks: Mapping[str, Clock] = field(default_factory=dict)
    orders: Mapping[str, Sheet] = field(default_factory=dict)
    stretches: tuple[Stretch, ...] = ()
    jobs: tuple[Job, ...] = ()


def apply(work: Workload, entry: Entry) -> Workload:
    """The workload after ``entry``; OutOfOrder unless it is the next of the same co-op. The input stays as it was."""
    if entry.coop != work.coop or entry.seq != work.seq + 1:
        raise OutOfOrder(f"{entry.coop} {entry.seq} does not follow {work.coop} {work.seq}")
    moved = replace(work, seq=entry.seq, stretches=(), jobs=())
    if entry.kind.startswith("order."):
        return _order(moved, entry)
    step = COURIER_STEPS.get(entry.kind)
    return moved if step is None else _turn(moved, entry.subject, entry.at, lambda clock: step(clock, entry))


def history(work: Workload, entries: Iterable[Entry]) -> tuple[Workload, list[Stretch], list[Job]]:
    """The workload after all the entries, and everything that they closed, in order."""
    stretches: list[Stretch] = []
    jobs: list[Job] = []
    for entry in entries:
        work = apply(work, entry)
        stretches += work.stretches
        jobs += work.jobs
    return work, stretches, jobs


def new_period(work: Workload, at: datetime) -> Workload:
    """Cut every clock at ``at`` (a midnight, say) and count from zero; ``stretches`` holds what that closed."""
    cuts = {courier: cut(clock, at) for courier, clock in work.clocks.items()}
    clocks = {courier: replace(clock, totals={}) for courier, (clock, _) in cuts.items()}
    return replace(work, clocks=clocks, stretches=tuple(s for _, closed in cuts.values() for s in closed), jobs=())


def _turn(work: Workload, courier: str, at: datetime, step: Callable[[Clock], Clock], *, deed: bool = True) -> Workload:
    clock, closed = cut(work.clocks.get(courier) or Clock(courier, since=at), at, deed=deed)
    return replace(work, clocks={**work.clocks, courier: step(clock)}, stretches=work.stretches + closed)


def _order(work: Workload, entry: Entry) -> Workload:
    known = work.orders.get(entry.subject)
    sheet = renewed(known, entry.subject, entry.data, entry.at)
    if sheet is None:
        return work  # closed long ago, or never seen: nobody's time
    rest = {order: other for order, other in work.orders.items() if order != sheet.order}
    work = replace(work, orders=rest if sheet.state in CLOSED_STATES else {**rest, sheet.order: sheet})
    before = known.courier if known else None
    if before and before != sheet.courier:
        work = _leave(work, before, sheet, entry.at, "handed_over" if sheet.courier else "taken_back")
    if sheet.courier and before != sheet.courier:
        hand = Hand(sheet, entry.at, on_board=sheet.state == "picked_up")
        taken = partial(_taken, hand=hand)
        work = _turn(work, sheet.courier, entry.at, taken, deed=False)
        if known is None and entry.kind != "order.placed" and sheet.state not in CLOSED_STATES:
            again = Job(sheet.courier, sheet.order, entry.at, entry.at, REOPENED, sheet.restaurant)
            work = replace(work, jobs=(*work.jobs, again))
    if sheet.courier and sheet.state in CLOSED_STATES:
        return _leave(work, sheet.courier, sheet, entry.at, sheet.state if sheet.state in DONE else "cancelled")
    if sheet.courier and known and known.state != sheet.state == "picked_up":
        return _turn(work, sheet.courier, entry.at, lambda clock: _picked_up(clock, sheet, entry.at))
    return work


def _taken(clock: Clock, hand: Hand) -> Clock:
    return replace(clock, hands=(*clock.hands, hand))


def _leave(work: Workload, courier: str, sheet: Sheet, at: datetime, outcome: str) -> Workload:
    work = _turn(work, courier, at, lambda clock: clock, deed=outcome in ("delivered", "failed"))
    clock = work.clocks[courier]
    hand = next((hand for hand in clock.hands if hand.sheet.order == sheet.order), None)
    if hand is None:
        return work
    done = job(clock, replace(hand, sheet=sheet), at, outcome)
    after = _handed_over(clock, hand, at if outcome == "delivered" else None)
    return replace(work, clocks={**work.clocks, courier: after}, jobs=(*work.jobs, done))


def _handed_over(clock: Clock, hand: Hand, delivered_at: datetime | None) -> Clock:
    hands = tuple(other for other in clock.hands if other is not hand)
    here = clock.place in (("dropoff", hand.sheet.dropoff), ("pickup", hand.sheet.at_restaurant))
    stays = any(_is_for(clock, other) for other in hands)
    on_board = any(other.on_board for other in hands)
    return replace(
        clock,
        hands=hands,
        place=None if here and not stays else clock.place,
        last_stop=(delivered_at, hand.sheet.dropoff) if delivered_at else clock.last_stop,
        shift=None if clock.ended_at and not on_board else clock.shift,
        ended_at=clock.ended_at if on_board else None,
    )


def _picked_up(clock: Clock, sheet: Sheet, at: datetime) -> Clock:
    hands = tuple(
        replace(hand, sheet=sheet, on_board=True, picked_up_at=at) if hand.sheet.order == sheet.order else hand
        for hand in clock.hands
    )
    here = clock.place == ("pickup", sheet.at_restaurant)
    moved = replace(clock, hands=hands)
    return moved if here and any(_is_for(moved, hand) for hand in hands) else replace(moved, place=None)


def _is_for(clock: Clock, hand: Hand) -> bool:
    """Whether the door at which the courier stands is one that this order still needs."""
    door = ("dropoff", hand.sheet.dropoff) if hand.on_board else ("pickup", hand.sheet.at_restaurant)
    return clock.place == door


def _arrived(clock: Clock, entry: Entry) -> Clock:
    hand = next((hand for hand in clock.hands if hand.sheet.order == entry.data["order"]), None)
    if hand is None:
        return clock
    if entry.data["place"] == "dropoff":
        hands = tuple(
            replace(other, at_door=other.at_door or entry.at)
            if other.on_board and other.sheet.dropoff == hand.sheet.dropoff
            else other
            for other in clock.hands
        )
        return replace(clock, place=("dropoff", hand.sheet.dropoff), hands=hands)
    there = hand.sheet.at_restaurant
    hands = tuple(
        replace(other, arrived_at=other.arrived_at or entry.at, at_pickup_ms=other.at_pickup_ms or 0)
        if not other.on_board and other.sheet.at_restaurant == there
        else other
        for other in clock.hands
    )
    return replace(clock, place=("pickup", there), hands=hands)


def _ended(clock: Clock, entry: Entry) -> Clock:
    off = replace(clock, on_break=False, repositioning=False, place=None, ended_at=entry.at)
    return off if any(hand.on_board for hand in clock.hands) else replace(off, shift=None, ended_at=None)


def _started(clock: Clock, entry: Entry) -> Clock:
    return replace(clock, shift=entry.at, ended_at=None, on_break=False, repositioning=False, place=None)


COURIER_STEPS: Mapping[str, Callable[[Clock, Entry], Clock]] = {
    "courier.added": lambda clock, _: clock,
    "courier.shift_started": _started,
    "courier.shift_ended": _ended,
    "courier.break_started": lambda clock, _: replace(clock, on_break=True),
    "courier.break_ended": lambda clock, _: replace(clock, on_break=False),
    "courier.arrived": _arrived,
    "courier.vehicle_changed": lambda clock, _: clock,
    "courier.reposition_started": lambda clock, _: replace(clock, repositioning=True),
    "courier.reposition_ended": lambda clock, _: replace(clock, repositioning=False),
}
