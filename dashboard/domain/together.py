"""Drop-offs of one pickup: orders of one group, which one courier fetches at once. Each stays an order of its own.

What happens at the pickup happens to all of them that wait there: given, handed over, taken back, packed (parcels),
picked up. What happens at a door (delivered, failed) and at the customer's (cancelled) happens to one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise

from dashboard.domain.ground import Point, metres_between
from dashboard.domain.itinerary import Legs
from dashboard.domain.orders import WAITING_STATES, Order, Place
from dashboard.domain.refusals import WrongState
from dashboard.domain.service_times import ServiceTimes

NEAR_M = 50.0
"""Two points of one door: as far apart as address books and fingers on a map are."""


@dataclass(frozen=True, slots=True)
class Share:
    """Which drop-off of how many an order is; ``refs`` of the others."""

    nth: int
    of: int
    refs: tuple[str, ...]


def shares(orders: Iterable[Order]) -> dict[str, Share]:
    """Of those that share a pickup, by id: in the order in which they were placed, without what never comes."""
    groups: dict[str, list[Order]] = {}
    for order in orders:
        if order.group and order.state not in ("cancelled", "refused"):
            groups.setdefault(order.group, []).append(order)
    found = {}
    for some in groups.values():
        some.sort(key=lambda one: (one.placed_at, one.ref))
        for nth, order in enumerate(some, start=1) if len(some) > 1 else ():
            found[order.id] = Share(nth, len(some), tuple(one.ref for one in some if one is not order))
    return found


def companions(order: Order, group: Iterable[Order]) -> tuple[Order, ...]:
    """Who shares what is done to it at its pickup: of its ``group`` those that wait too, with the same courier."""
    if order.group is None or order.state not in WAITING_STATES:
        return ()
    return tuple(one for one in _others(order, group) if one.state in WAITING_STATES and one.courier == order.courier)


def goes_along(step: str, order: Order, other: Order) -> bool:
    """Whether a step of MOVES of the order is one of a companion, too: fetched together; and a box is packed at once,
    while a kitchen says of each meal when it is ready."""
    if step == "ready":
        return order.kind == other.kind == "parcel" and other.state != "ready"
    return step == "pick_up"


def company(order: Order, group: Iterable[Order]) -> tuple[Order, ...]:
    """The other open orders of its group."""
    return tuple(one for one in _others(order, group) if one.is_open)


def further_doors(order: Order, along: Iterable[Order], legs: Legs, times: ServiceTimes) -> timedelta:
    """What the doors after the first take, each the nearest to the one before: the ride there, and the time at it.

    Orders for one door are handed over in one go.
    """
    doors = _nearest_first(order.pickup.point, {one.dropoff.point for one in (order, *along)}, legs)
    each = times.door.seconds + times.off.seconds
    return timedelta(seconds=sum(legs(a, b).seconds + each for a, b in pairwise(doors)))


def is_same_pickup(one: Order, other: Order) -> bool:
    """Whether both are fetched at one door, which two restaurants of one house are not."""
    if one.restaurant and other.restaurant and one.restaurant != other.restaurant:
        return False
    return is_same_place(one.pickup, other.pickup)


def is_same_place(one: Place, other: Place) -> bool:
    """Whether both are one door: the same address, or within NEAR_M."""
    address = one.address.strip().casefold()
    if address and address == other.address.strip().casefold():
        return True
    return metres_between(one.point, other.point) <= NEAR_M


def check_fits(order: Order, other: Order) -> None:
    """Raise WrongState unless the order can be a drop-off of the other's pickup; the courier who has one gets both."""
    for one in (order, other):
        if one.state not in WAITING_STATES:
            raise WrongState(
                "{ref} is {state}: only what waits at its pickup can be attached", ref=one.ref, state=one.state
            )
    if not is_same_pickup(order, other):
        raise WrongState(
            "{ref} and {other} are fetched at different places: give them the same pickup first", ref=order.ref,
            other=other.ref,
        )  # fmt: skip
    if order.courier and other.courier and order.courier != other.courier:
        raise WrongState(
            "{ref} is with {courier} and {other} is not: hand one of them over first, then attach it", ref=order.ref,
            courier=order.courier, other=other.ref,
        )  # fmt: skip


def attach(order: Order, to: Order, group: Iterable[Order], id: str) -> tuple[Order, ...]:
    """Both as drop-offs of one pickup: the order, and ``to`` where it had no group until now, which ``id`` names then.

    ``group`` are the orders of the order's own group. WrongState: see ``check_fits``; or it rides with others already.
    """
    if order.id == to.id:
        raise WrongState("{ref} cannot be attached to itself: name another order", ref=order.ref)
    if with_it := company(order, group):
        if order.group == to.group:
            raise WrongState("{ref} and {other} have one pickup already", ref=order.ref, other=to.ref)
        raise WrongState(
            "{ref} has one pickup with {others} already: detach it first", ref=order.ref, others=refs(with_it)
        )
    check_fits(order, to)
    found = replace(order, group=to.group or id, version=order.version + 1)
    return (found,) if to.group else (found, replace(to, group=id, version=to.version + 1))


def detach(order: Order, group: Iterable[Order]) -> tuple[Order, ...]:
    """The order by itself again, with whom it is; and the one that is left, because one alone is no group."""
    others = company(order, group)
    if not others:
        raise WrongState("{ref} has its pickup for itself: there is nothing to detach", ref=order.ref)
    if order.state not in WAITING_STATES:
        raise WrongState(
            "{ref} is {state}: each drop-off goes by itself from here on", ref=order.ref, state=order.state
        )
    left = [one for one in others if one.state in WAITING_STATES] if len(others) == 1 else []
    return tuple(replace(one, group=None, version=one.version + 1) for one in (order, *left))


def check_return(order: Order, group: Iterable[Order]) -> None:
    """Raise WrongState unless the order can be taken back into its group as it now is."""
    for other in company(order, group):
        check_fits(order, other)


def refs(some: Iterable[Order]) -> str:
    """What people call them, with commas."""
    return ", ".join(one.ref for one in some)


def _nearest_first(here: Point, places: Iterable[Point], legs: Legs) -> list[Point]:
    left, found = set(places), list[Point]()
    while left:
        here = min(left, key=lambda place: (legs(here, place).seconds, place))
        left.discard(here)
        found.append(here)
    return found


def _others(order: Order, group: Iterable[Order]) -> Iterable[Order]:
    return (one for one in group if one.id != order.id and one.group == order.group and order.group is not None)
