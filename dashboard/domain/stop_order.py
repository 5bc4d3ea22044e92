"""In which order a courier rides to the stops in hand: as the desk decided, or the best that there is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from dashboard.domain.ground import Point
from dashboard.domain.itinerary import DROPOFF, PICKUP, Itinerary, Legs, Stop, in_hand, itinerary, stops_of, with_order
from dashboard.domain.orders import Order
from dashboard.domain.refusals import Invalid
from dashboard.domain.service_times import UNLEARNT, ServiceTimes

KEPT = 150
"""Beginnings that are looked at further: enough to find the best order of five jobs."""

type Mark = tuple[str, str]
"""An order, and which end of it."""


@dataclass(frozen=True, slots=True)
class StopOrder:
    """A courier's stops as they are, and in the best order."""

    courier: str
    version: int
    start: Point
    before: Itinerary
    after: Itinerary

    @property
    def gain(self) -> timedelta:
        """By how much sooner the last stop is left."""
        if not self.before.visits:
            return timedelta()
        return self.before.visits[-1].leaves - self.after.visits[-1].leaves

    @property
    def less_late(self) -> timedelta:
        """By how much less late all drop-offs are together."""
        return self.before.late - self.after.late


def mark(stop: Stop) -> Mark:
    """What the stop is called."""
    return stop.order, stop.end


def in_order(
    start: Point, at: datetime, orders: Iterable[Order], legs: Legs, times: ServiceTimes = UNLEARNT,
    wanted: Sequence[Mark] = (),
) -> Itinerary:  # fmt: skip
    """What a courier with these orders will do: the ``wanted`` stops as they stand, other orders fitted in.

    The pickups of a group are made in one go, whatever was decided.
    """
    known = sorted(orders, key=lambda one: (one.state != "picked_up", one.placed_at, one.id))
    places = {each: place for place, each in enumerate(wanted)}
    decided = [one for one in known if all(mark(stop) in places for stop in stops_of(one))]
    if not decided:
        return in_one_go(start, at, in_hand(start, at, known, legs, times), known, legs)
    stops = sorted((stop for one in decided for stop in stops_of(one, times)), key=lambda stop: places[mark(stop)])
    found = itinerary(start, at, stops, legs)
    for order in known:
        if order not in decided:
            found = with_order(start, at, [visit.stop for visit in found.visits], order, legs, times)
    return in_one_go(start, at, found, known, legs)


def with_orders(
    start: Point, at: datetime, way: Itinerary, hands: Iterable[Order], orders: Sequence[Order], legs: Legs,
    times: ServiceTimes = UNLEARNT,
) -> Itinerary:  # fmt: skip
    """The way of a courier who has ``hands`` with these orders of one pickup fitted in."""
    for order in orders:
        way = with_order(start, at, [visit.stop for visit in way.visits], order, legs, times)
    return in_one_go(start, at, way, (*hands, *orders), legs)


def in_one_go(start: Point, at: datetime, way: Itinerary, orders: Iterable[Order], legs: Legs) -> Itinerary:
    """The same with the pickups of each group one after the other, where the first of them stands."""
    groups = groups_of(orders)
    stops = [visit.stop for visit in way.visits]
    found: list[Stop] = []
    for stop in stops:
        if stop in found:
            continue
        group = _group(stop, groups)
        found += [each for each in stops if _group(each, groups) == group] if group else [stop]
    return way if found == stops else itinerary(start, at, found, legs)


def groups_of(orders: Iterable[Order]) -> Mapping[str, str]:
    """The group of each order that has one."""
    return {one.id: one.group for one in orders if one.group}


def _group(stop: Stop, groups: Mapping[str, str]) -> str | None:
    return groups.get(stop.order) if stop.end == PICKUP else None


def best_order(
    start: Point, at: datetime, stops: Sequence[Stop], legs: Legs, kept: int = KEPT,
    groups: Mapping[str, str] = MappingProxyType({}),
) -> Itinerary:  # fmt: skip
    """The order in which all drop-offs together are least late, then where it ends soonest; never a worse one.

    A pickup comes before its drop-off, and the pickups of one of ``groups`` in one go. Of beginnings that went to the
    same stops and end at the same one, those that are later and leave later are dropped, and of the others the ``kept``
    best are gone on with.
    """
    ways = [itinerary(start, at, (), legs)]
    if not stops:
        return ways[0]
    for _ in stops:
        grown = [itinerary(start, at, each, legs) for way in ways for each in _one_further(way, stops, groups)]
        ways = _promising(grown, kept)
    return min([*ways, itinerary(start, at, stops, legs)], key=_cost)


def check_order(orders: Iterable[Order], wanted: Sequence[Mark]) -> None:
    """Raise Invalid unless these are stops that lie ahead, each once, and each drop-off after its pickup.

    Orders that are left out are fitted in between the others.
    """
    ahead = {mark(stop) for one in orders for stop in stops_of(one)}
    if not ahead.issuperset(wanted) or len(set(wanted)) != len(wanted):
        raise Invalid("These are not the stops that the courier has: look at them again", field="stops")
    for place, (order, end) in enumerate(wanted):
        if end == DROPOFF and (order, PICKUP) in ahead and (order, PICKUP) not in wanted[:place]:
            raise Invalid("A drop-off comes before its pickup: move it behind", field="stops")
        if end == PICKUP and (order, DROPOFF) not in wanted:
            raise Invalid("A pickup without its drop-off: name both", field="stops")


def still_ahead(orders: Iterable[Order], wanted: Sequence[Mark]) -> tuple[Mark, ...]:
    """The wanted stops of orders whose stops are all in it and lie ahead still."""
    ends = {one.id: {mark(stop) for stop in stops_of(one)} for one in orders}
    return tuple(each for each in wanted if each in ends.get(each[0], ()) and ends[each[0]].issubset(wanted))


def _one_further(way: Itinerary, stops: Sequence[Stop], groups: Mapping[str, str]) -> Iterator[list[Stop]]:
    gone = [visit.stop for visit in way.visits]
    done = {mark(stop) for stop in gone}
    to_fetch = {stop.order for stop in stops if stop.end == PICKUP} - {order for order, end in done if end == PICKUP}
    here = _group(gone[-1], groups) if gone else None
    rest = [stop for stop in stops if here and _group(stop, groups) == here and mark(stop) not in done]
    for stop in rest or stops:
        if mark(stop) not in done and (stop.end == PICKUP or stop.order not in to_fetch):
            yield [*gone, stop]


def _promising(ways: Iterable[Itinerary], kept: int) -> list[Itinerary]:
    found: dict[tuple[frozenset[Mark], Mark], list[Itinerary]] = {}
    for way in sorted(ways, key=_cost):
        here = found.setdefault((frozenset(mark(v.stop) for v in way.visits), mark(way.visits[-1].stop)), [])
        if all(way.visits[-1].leaves < other.visits[-1].leaves for other in here):
            here.append(way)
    return sorted((way for here in found.values() for way in here), key=_cost)[:kept]


def _cost(way: Itinerary) -> tuple[timedelta, datetime]:
    return way.late, way.visits[-1].leaves
