"""What is wrong right now: the conditions of A1 to A7, A9 and A11 as pure functions of board, positions and time.

A finding is *on* beyond the limit that raises an alarm; within the hysteresis it only keeps one that was raised.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain

from dashboard.domain.alarm_rules import ABSENT, LOW, MEDIUM, RULES, SYSTEM, SYSTEM_PRIORITY
from dashboard.domain.alarm_settings import USUAL, Limits
from dashboard.domain.alarms import id_of
from dashboard.domain.board import Board, load
from dashboard.domain.ground import Point, metres_between
from dashboard.domain.itinerary import DROPOFF, PICKUP, Legs, in_hand
from dashboard.domain.orders import WAITING_STATES, Order
from dashboard.domain.recurring import Absent
from dashboard.domain.service_times import COUNTER

MINUTE = timedelta(minutes=1)
NEARER = timedelta(minutes=2)
"""A5 is over when a courier is nearer than the limit by so much."""
AT_A_STOP = 80.0
"""Metres from a stop of one's own within which nobody wonders that a courier stands still."""
FRESH = 2
"""Fixes after which a phone counts as heard again."""
AT_THE_PICKUP = frozenset({"A1", "A3", "A5"})
"""Rules of which one alarm does for all drop-offs of a pickup."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A courier's newest fix; ``run`` is how many have come one after the other without a gap."""

    place: Point
    at: datetime
    run: int = FRESH


@dataclass(frozen=True, slots=True)
class Ahead:
    """When a courier is expected at both ends of an order; ``pickup`` None once it was picked up."""

    pickup: datetime | None
    dropoff: datetime | None


@dataclass(frozen=True, slots=True)
class Situation:
    """All that is looked at, by order or courier id. ``planned``: the pickup as it was expected when the order was
    given; ``arrived``: since when its courier has been at the pickup; ``still``: since when a courier has been where he
    or she is; ``down``: parts of the system that are away; ``absent``: recurring orders that should be there.
    """

    board: Board
    now: datetime
    limits: Limits = USUAL
    seen: Mapping[str, Seen] = field(default_factory=dict)
    ahead: Mapping[str, Ahead] = field(default_factory=dict)
    planned: Mapping[str, datetime] = field(default_factory=dict)
    arrived: Mapping[str, datetime] = field(default_factory=dict)
    still: Mapping[str, datetime] = field(default_factory=dict)
    down: frozenset[str] = frozenset()
    legs: Legs | None = None
    absent: Sequence[Absent] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong; ``value`` says how much, in minutes."""

    rule: str
    about: str
    is_on: bool
    value: float
    order: str | None = None
    courier: str | None = None
    ref: str = ""
    place: str = ""
    priority: str = ""

    @property
    def urgency(self) -> str:
        """Its priority: the rule's own, unless this one is more or less urgent."""
        return self.priority or RULES[self.rule].priority


def findings(at: Situation) -> Mapping[str, Finding]:
    """All of them, by the id of their alarm."""
    return {id_of(one.rule, one.about): one for one in chain(_orders(at), _couriers(at), _absent(at), _system(at))}


def _system(at: Situation) -> Iterator[Finding]:
    """A9: a part is away."""
    for part in sorted(at.down):
        yield Finding(SYSTEM, part, True, 0.0, priority=SYSTEM_PRIORITY.get(part, ""))


def _absent(at: Situation) -> Iterator[Finding]:
    """A11: a recurring order should be there. It never gets worse, so that one answer is enough."""
    for one in at.absent:
        if at.now - one.due >= at.limits.minutes("absent"):
            yield Finding(ABSENT, one.order, True, 0.0, ref=one.when, place=one.place)


def look_ahead(board: Board, seen: Mapping[str, Seen], now: datetime, legs: Legs) -> Mapping[str, Ahead]:
    """When both ends of each order in hand are reached, of couriers whose place is known."""
    found: dict[str, Ahead] = {}
    for courier in {order.courier for order in board.orders.values() if order.courier and order.is_open}:
        if courier not in seen:
            continue
        orders = load(board, courier)
        ridden = in_hand(seen[courier].place, now, orders, legs)
        for order in orders:
            pickup, dropoff = ridden.at(order.id, PICKUP), ridden.at(order.id, DROPOFF)
            found[order.id] = Ahead(pickup.arrives if pickup else None, dropoff.arrives if dropoff else None)
    return found


def _orders(at: Situation) -> Iterator[Finding]:
    """Of what shares a pickup the worst stands for all, as long as it is about the pickup: one hand helps them all."""
    worst: dict[tuple[str, ...], Finding] = {}
    for one in _of_each(at):
        order = at.board.orders[one.about]
        if one.rule not in AT_THE_PICKUP or order.group is None:
            yield one
            continue
        key = one.rule, order.group, order.courier or ""
        worst[key] = max(worst.get(key, one), one, key=lambda each: each.value)
    yield from worst.values()


def _of_each(at: Situation) -> Iterator[Finding]:
    for order in at.board.orders.values():
        if not order.is_open:
            continue
        if order.courier is None:
            yield from _unassigned(order, at)
        else:
            yield from _not_at_pickup(order, at)
            yield from _waits(order, at)
        yield from _ready_alone(order, at)
        yield from _late(order, at)


def _unassigned(order: Order, at: Situation) -> Iterator[Finding]:
    """A1: the latest moment to give it has come."""
    over = at.now - _latest(order, at)
    if over >= timedelta():
        yield _about_order("A1", order, True, over)


def _latest(order: Order, at: Situation) -> datetime:
    """So that it can still be dropped off in time; without a promise, so many minutes after it could be fetched."""
    if order.dropoff.before is None or at.legs is None:
        return max(order.placed_at, order.pickup.after or order.placed_at) + at.limits.minutes("age")
    ride = timedelta(seconds=at.legs(order.pickup.point, order.dropoff.point).seconds)
    return order.dropoff.before - ride - timedelta(seconds=COUNTER.seconds) - at.limits.minutes("approach")


def _late(order: Order, at: Situation) -> Iterator[Finding]:
    """A2: expected later than promised."""
    if order.dropoff.before is None:
        return
    ahead = at.ahead.get(order.id)
    expected = max(ahead.dropoff, at.now) if ahead and ahead.dropoff else at.now
    late = expected - order.dropoff.before
    if late >= min(at.limits.minutes("late_clear"), at.limits.minutes("late")):
        yield _about_order("A2", order, late > at.limits.minutes("late"), late)


def _not_at_pickup(order: Order, at: Situation) -> Iterator[Finding]:
    """A3: the pickup is due, by the clock and by what was expected when it was given, and nobody is there."""
    seen, due = at.seen.get(order.courier or ""), order.ready_at or order.pickup.after or order.pickup.before
    if seen is None or due is None or order.state not in WAITING_STATES or order.id in at.arrived:
        return
    over = at.now - max(due, at.planned.get(order.id, due))
    away = metres_between(seen.place, order.pickup.point)
    if over > at.limits.minutes("pickup") and away > AT_A_STOP:
        yield _about_order("A3", order, away > at.limits.pickup_metres, over)


def _waits(order: Order, at: Situation) -> Iterator[Finding]:
    """A4: the courier is there, and has been for long after the food was to be ready: coming early is no alarm."""
    since = at.arrived.get(order.id)
    if since is None or order.state not in WAITING_STATES:
        return
    waited = at.now - max(since, order.ready_at or since)
    if waited > at.limits.minutes("wait"):
        yield _about_order("A4", order, True, waited)


def _ready_alone(order: Order, at: Situation) -> Iterator[Finding]:
    """A5: the restaurant said that it is ready, and nobody is there soon."""
    if order.state != "ready" or order.id in at.arrived:
        return
    limit, ahead = at.limits.minutes("ready"), at.ahead.get(order.id)
    if order.courier is None:
        yield _about_order("A5", order, True, limit)
    elif ahead and ahead.pickup and (rest := ahead.pickup - at.now) > limit - NEARER:
        yield _about_order("A5", order, rest > limit, rest)


def _couriers(at: Situation) -> Iterator[Finding]:
    for courier in at.board.couriers.values():
        orders = load(at.board, courier.id) if courier.can_be_located else ()
        if orders:
            carried = next((order for order in orders if order.state == "picked_up"), None)
            yield from _silent(courier.id, orders, carried, at)
            if carried:
                yield from _still(courier.id, carried, at)


def _silent(courier: str, orders: tuple[Order, ...], carried: Order | None, at: Situation) -> Iterator[Finding]:
    """A6: no fix. A phone that was never heard of raises nothing: it may be switched off for good."""
    seen = at.seen.get(courier)
    age = at.now - seen.at if seen else timedelta()
    if seen is None or age > at.limits.seconds("silent") or seen.run < FRESH:
        order = carried or orders[0]
        yield Finding(
            "A6", courier, seen is not None and age > at.limits.seconds("silent"), age / MINUTE, order.id, courier,
            order.ref, priority=MEDIUM if carried else LOW,
        )  # fmt: skip


def _still(courier: str, carried: Order, at: Situation) -> Iterator[Finding]:
    """A7: has hardly moved, and is at no stop."""
    seen, since = at.seen.get(courier), at.still.get(courier)
    if seen is None or since is None or at.now - seen.at > at.limits.seconds("silent"):
        return
    stood = at.now - since
    if stood >= at.limits.minutes("still"):
        yield Finding("A7", courier, True, stood / MINUTE, carried.id, courier, carried.ref)


def _about_order(rule: str, order: Order, is_on: bool, span: timedelta) -> Finding:
    return Finding(
        rule, order.id, is_on, span / MINUTE, order.id, order.courier, order.ref,
        order.pickup.name or order.pickup.address,
    )  # fmt: skip
