"""One courier's clock: which state, since when, with which orders in hand. It is cut at each event about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from dashboard.domain.ground import Point
from dashboard.domain.spans import Span
from dashboard.domain.workload_sheet import Sheet
from dashboard.domain.workload_states import (
    AT_DROPOFF,
    AT_PICKUP,
    BREAK,
    IDLE,
    OFF,
    ON_JOB,
    REPOSITION,
    TO_DROPOFF,
    TO_PICKUP,
    Job,
    Stretch,
)

AFTER_SHIFT = timedelta(hours=1)
"""How long a meal that is on the bicycle keeps the clock running after the shift: a forgotten one must not for ever."""
SAME_STOP = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Hand:
    """An order in hand. ``on_board`` once it is on the bicycle; ``at_pickup_ms`` None until an arrival is
    reported, ``at_door`` until that at the customer's is."""

    sheet: Sheet
    assigned_at: datetime
    on_board: bool = False
    picked_up_at: datetime | None = None
    arrived_at: datetime | None = None
    on_job_ms: int = 0
    at_pickup_ms: int | None = None
    at_door: datetime | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """``place`` is the door that the courier reported to be at; ``ended_at`` is set while work outlasts the shift.

    ``totals`` are milliseconds by state since the period began, the running stretch not included.
    """

    courier: str
    since: datetime
    shift: datetime | None = None
    ended_at: datetime | None = None
    on_break: bool = False
    repositioning: bool = False
    place: tuple[str, object] | None = None
    hands: tuple[Hand, ...] = ()
    last_stop: tuple[datetime, Point] | None = None
    totals: Mapping[str, int] = field(default_factory=dict)

    @property
    def state(self) -> str:
        """One of STATES; with food on board and another pickup to come it is called the way to the drop-off."""
        if self.shift is None or (self.ended_at and not any(hand.on_board for hand in self.hands)):
            return OFF
        if self.on_break:
            return BREAK
        if not self.hands:
            return REPOSITION if self.repositioning else IDLE
        if self.place:
            return AT_PICKUP if self.place[0] == "pickup" else AT_DROPOFF
        return TO_DROPOFF if any(hand.on_board for hand in self.hands) else TO_PICKUP


def pieces(clock: Clock, at: datetime, *, deed: bool = False) -> Iterator[Stretch]:
    """The running stretch up to ``at``: one piece, or two when the shift has ended and the limit after it passed."""
    end, orders = max(at, clock.since), tuple(hand.sheet.order for hand in clock.hands)
    last = end if clock.ended_at is None else min(end, max(clock.since, clock.ended_at + AFTER_SHIFT))
    if clock.since < last:
        late = clock.ended_at is not None
        yield Stretch(clock.courier, clock.state, Span(clock.since, last), clock.shift, orders, deed, late)
    if last < end:
        yield Stretch(clock.courier, OFF, Span(last, end), None)


def cut(clock: Clock, at: datetime, *, deed: bool = False) -> tuple[Clock, tuple[Stretch, ...]]:
    """The clock with everything up to ``at`` counted, and the stretches that this closes. Never runs backwards."""
    closed = tuple(pieces(clock, at, deed=deed))
    totals, hands = dict(clock.totals), clock.hands
    for stretch in closed:
        totals[stretch.state] = totals.get(stretch.state, 0) + stretch.span.ms
        hands = _shared(clock, hands, stretch)
    return replace(clock, since=max(at, clock.since), totals=totals, hands=hands), closed


def totals_at(clock: Clock, at: datetime) -> dict[str, int]:
    """Milliseconds by state up to ``at``, the running stretch included."""
    return dict(cut(clock, at)[0].totals)


def waiting_here(clock: Clock, hand: Hand) -> bool:
    """Whether the courier stands at this order's pickup for it."""
    return clock.place == ("pickup", hand.sheet.at_restaurant) and not hand.on_board


def job(clock: Clock, hand: Hand, at: datetime, outcome: str) -> Job:
    """The record of an order that leaves the courier's hands."""
    sheet, stop = hand.sheet, clock.last_stop
    waited = Span(hand.arrived_at, hand.picked_up_at).ms if hand.arrived_at and hand.picked_up_at else None
    return Job(
        courier=clock.courier, order=sheet.order, assigned_at=hand.assigned_at, closed_at=at, outcome=outcome,
        restaurant=sheet.restaurant, picked_up_at=hand.picked_up_at, arrived_at=hand.arrived_at,
        on_job_ms=hand.on_job_ms, at_pickup_ms=hand.at_pickup_ms, waited_ms=waited,
        metres=sheet.metres, routed=sheet.route_m is not None, ascent_m=sheet.ascent_m, weight_g=sheet.weight_g,
        tip_cents=sheet.tip_cents or 0, after_shift=clock.ended_at is not None, shift=clock.shift,
        placed=sheet.placed, due=sheet.due, ready=sheet.ready, at_door=hand.at_door,
        new_stop=not (stop and stop[1] == sheet.dropoff and at - stop[0] <= SAME_STOP),
    )  # fmt: skip


def _shared(clock: Clock, hands: tuple[Hand, ...], stretch: Stretch) -> tuple[Hand, ...]:
    if stretch.state not in ON_JOB:
        return hands
    waiting = [hand.sheet.order for hand in hands if stretch.state == AT_PICKUP and waiting_here(clock, hand)]
    for_all = dict(zip((hand.sheet.order for hand in hands), _split(stretch.span.ms, len(hands)), strict=True))
    for_waiting = dict(zip(waiting, _split(stretch.span.ms, len(waiting)), strict=True))
    return tuple(
        replace(
            hand,
            on_job_ms=hand.on_job_ms + for_all[hand.sheet.order],
            at_pickup_ms=(hand.at_pickup_ms or 0) + for_waiting[hand.sheet.order]
            if hand.sheet.order in for_waiting
            else hand.at_pickup_ms,
        )
        for hand in hands
    )


def _split(ms: int, among: int) -> list[int]:
    """Whole milliseconds in shares as even as can be: together they are ``ms``."""
    return [ms * (place + 1) // among - ms * place // among for place in range(among)]
