"""A plan for the desk: what would change if all orders that can still change hands were given anew, line by line.

It is made by domain/planning.py, the same that simulated days are planned by. What is on a bicycle stays on it and is
delivered first; what was assigned and not yet picked up changes hands only where that saves minutes. Nothing is
assigned here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from math import inf

from dashboard.domain.ground import Point, metres_between
from dashboard.domain.itinerary import DROPOFF, OVERDUE, PICKUP, Itinerary, Legs, Stop, itinerary, lateness, stops_of
from dashboard.domain.orders import WAITING_STATES, Order
from dashboard.domain.planning import Plan, Planning, Rider, Task, Terms, Way, rides
from dashboard.domain.refusals import Refusal
from dashboard.domain.service_times import UNLEARNT, ServiceTimes
from dashboard.domain.stop_order import Mark, in_order
from dashboard.domain.vehicles import BICYCLE

MINUTE = timedelta(minutes=1)
TERMS = Terms(before=0, looked_at=30, rounds=4, late=3, hand_over=5)
"""As on simulated days, but with more time to look: a desk asks now and then, not each minute of a day."""


@dataclass(frozen=True, slots=True)
class AtWork:
    """A courier who can be planned for: at ``place``, with ``hands``, in the order ``stops`` where one was decided.

    No drop-off after ``ends``; a break of ``breather`` has to begin by ``break_by``; ``room_g`` fit on the bicycle.
    ``earned`` is what the courier can expect at the end of a shift of ``hours``, in units of money.
    """

    courier: str
    place: Point
    hands: tuple[Order, ...] = ()
    stops: tuple[Mark, ...] = ()
    ends: datetime | None = None
    break_by: datetime | None = None
    breather: timedelta = timedelta()
    vehicle: str = BICYCLE
    room_g: float = inf
    earned: float = 0
    hours: float = 1


@dataclass(frozen=True, slots=True)
class Line:
    """One change: the order, as it was (``order.version``), from its courier (None: nobody) to ``taker``.

    ``late`` against the promise, at the drop-off; ``before`` and ``late_before`` as it stands, None where it waits.
    """

    order: Order
    taker: str
    picked_up: datetime
    arrives: datetime
    late: timedelta
    before: datetime | None
    late_before: timedelta | None


@dataclass(frozen=True, slots=True)
class Round:
    """A courier's way from ``start`` as it is, and as it would be; ``rest`` begins a break on it, if any."""

    courier: str
    start: Point
    before: Itinerary
    after: Itinerary
    rest: datetime | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What is proposed: the lines, the rounds of all whom they concern, and orders that nobody can take in time."""

    at: datetime
    lines: tuple[Line, ...]
    rounds: tuple[Round, ...]
    left: tuple[Order, ...]

    def others_late(self) -> tuple[timedelta, timedelta]:
        """Of the customers of these rounds who are in no line: how late they are all together, before and after."""
        moved = {line.order.id for line in self.lines}

        def late(ways: Iterable[Itinerary]) -> timedelta:
            visits = (visit for way in ways for visit in way.visits)
            return sum((lateness(visit) for visit in visits if visit.stop.order not in moved), timedelta())

        return late(each.before for each in self.rounds), late(each.after for each in self.rounds)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one line: ``given``, ``struck`` or ``refused`` with why. ``order`` empty: the order of stops."""

    order: str
    taker: str
    outcome: str
    refusal: Refusal | None = None
    version: int | None = None


def propose(
    at: datetime, people: Sequence[AtWork], waiting: Iterable[Order], legs: Callable[[str], Legs],
    times: ServiceTimes = UNLEARNT, terms: Terms = TERMS,
) -> Draft:  # fmt: skip
    """A plan for ``people``, with the orders that wait for somebody; ``legs`` are the ways of a vehicle."""
    desk = _Desk(at, people, waiting, legs, times)
    riders, meant = [desk.rider(one) for one in people], {one.courier: desk.meant(one) for one in people}
    planning = Planning(riders, meant, 0, terms, desk.way(BICYCLE))
    left = planning.take_in(desk.tasks[one] for one in dict.fromkeys(desk.first[order.id] for order in desk.waiting))
    planning.improve()
    changed = [rider for rider in riders if _ids(planning.plans[rider.id]) != _ids(meant[rider.id])]
    rounds = tuple(desk.round(rider, planning.plans[rider.id], terms) for rider in changed)
    lines = tuple(line for each in rounds for line in desk.lines(each))
    homeless = (order for task in left if task.holder is None for order in desk.units[task.id])
    return Draft(at, lines, rounds, tuple(homeless))


class _Desk:
    """All that a plan is made from, in minutes from ``at`` on.

    ``units`` are what is planned as one, by the first order of each: orders that share a pickup, or one by itself.
    """

    def __init__(
        self, at: datetime, people: Sequence[AtWork], waiting: Iterable[Order], legs: Callable[[str], Legs],
        times: ServiceTimes,
    ) -> None:  # fmt: skip
        self.at, self.legs, self.times, self.waiting = at, legs, times, list(waiting)
        self.people = {one.courier: one for one in people}
        self.orders = {each.id: each for each in (*self.waiting, *(each for one in people for each in one.hands))}
        self._ways: dict[str, Way] = {}
        self.units = self._units()
        self.first = {order.id: first for first, unit in self.units.items() for order in unit}
        self.tasks = {first: self._task(unit) for first, unit in self.units.items()}
        self.now = {
            one.courier: in_order(one.place, at, one.hands, legs(one.vehicle), times, one.stops) for one in people
        }

    def way(self, vehicle: str) -> Way:
        """Minutes by that vehicle, each way looked up once."""
        if vehicle not in self._ways:
            self._ways[vehicle] = _minutes(self.legs(vehicle))
        return self._ways[vehicle]

    def rider(self, one: AtWork) -> Rider:
        """As the planning sees somebody: free once all that is on the bicycle is delivered."""
        way = itinerary(one.place, self.at, self._aboard(one), self.legs(one.vehicle))
        place, free = self._end(way, one)
        return Rider(
            one.courier, place, self._minute(free), inf, one.earned / TERMS.per_order, one.hours,
            done_by=self._minute(one.ends, inf), room=one.room_g, pause_by=self._minute(one.break_by, inf),
            pause=one.breather / MINUTE, way=self.way(one.vehicle),
        )  # fmt: skip

    def meant(self, one: AtWork) -> Plan:
        """The way as it is, in bundles: what is picked up at one counter, one after the other, goes together."""
        stops = [visit.stop for visit in self.now[one.courier].visits]
        doors = {stop.order: place for place, stop in enumerate(stops) if stop.end == DROPOFF}
        pickups = [(place, stop) for place, stop in enumerate(stops) if stop.end == PICKUP]
        counters = {stop.order: self.tasks[self.first[stop.order]].pickup for _, stop in pickups}
        together = groupby(enumerate(pickups), key=lambda one: (counters[one[1][1].order], one[1][0] - one[0]))
        firsts = (dict.fromkeys(self.first[stop.order] for _, (_, stop) in each) for _, each in together)
        bundles = ([self.tasks[first] for first in each] for each in firsts)
        return tuple(tuple(sorted(bundle, key=lambda task: doors[task.id])) for bundle in bundles)

    def round(self, rider: Rider, plan: Plan, terms: Terms) -> Round:
        """The way along the plan; where a break lies in it, all that follows is later by that much."""
        one, before = self.people[rider.id], self.now[rider.id]
        legs = self.legs(one.vehicle)
        rests = [ride.rest > 0 for ride in rides(rider, plan, 0, terms, self.way(one.vehicle))]
        first = rests.index(True) if any(rests) else len(plan)
        way = itinerary(one.place, self.at, [*self._aboard(one), *self._stops(plan[:first])], legs)
        if first == len(plan):
            return Round(one.courier, one.place, before, way)
        here, begins = self._end(way, one)
        rest = itinerary(here, begins + one.breather, self._stops(plan[first:]), legs)
        both = Itinerary(
            (*way.visits, *rest.visits), way.metres + rest.metres, way.seconds + rest.seconds,
            way.guessed or rest.guessed,
        )  # fmt: skip
        return Round(one.courier, one.place, before, both, begins)

    def lines(self, each: Round) -> Iterator[Line]:
        """The orders that the courier would gain."""
        for visit in each.after.visits:
            order = self.orders[visit.stop.order]
            if visit.stop.end == DROPOFF and order.courier != each.courier:
                pickup, holder = each.after.at(order.id, PICKUP), self.now.get(order.courier or "")
                stood = holder.at(order.id, DROPOFF) if holder else None
                assert pickup is not None, "what changes hands lies at its counter still"
                yield Line(
                    order, each.courier, pickup.arrives, visit.arrives, lateness(visit),
                    stood.arrives if stood else None, lateness(stood) if stood else None,
                )  # fmt: skip

    def _units(self) -> dict[str, list[Order]]:
        found: dict[tuple[str, str | None], list[Order]] = {}
        for order in sorted(self.orders.values(), key=lambda one: (one.placed_at, one.id)):
            if order.state in WAITING_STATES:
                found.setdefault((order.group or order.id, order.courier), []).append(order)
        return {unit[0].id: self._from_door_to_door(unit) for unit in found.values()}

    def _from_door_to_door(self, unit: list[Order]) -> list[Order]:
        """From the pickup to the nearest door, and so on."""
        here, left, found = unit[0].pickup.point, list(unit), []
        while left:
            found.append(min(left, key=lambda one: metres_between(here, one.dropoff.point)))
            left.remove(found[-1])
            here = found[-1].dropoff.point
        return found

    def _task(self, unit: Sequence[Order]) -> Task:
        """What it takes until the first door is at that door, all the rest of it in the time that it takes there."""
        ends = [stops_of(order, self.times) for order in unit]
        (pickup, door), order = ends[0], unit[0]
        cooking = OVERDUE / MINUTE if any(each.cooks for each, _ in ends) else -inf
        ready = max(self._minute(each.ready, -inf) for each, _ in ends)
        later, due, here = 0.0, inf, door.place
        for _, there in ends:
            later += self.way(BICYCLE)(here, there.place)
            due, here = min(due, self._minute(there.before, inf) - later), there.place
            later += there.service.seconds / 60
        first = min(unit, key=lambda one: (one.placed_at, one.id))
        return Task(
            first.id, pickup.place, door.place, self._minute(first.placed_at), max(cooking, ready),
            self._minute(door.ready, -inf), due, sum(one.weight_g or 0 for one in unit),
            holder=order.courier if order.courier in self.people else None,
            counter_minutes=pickup.service.seconds / 60, door_minutes=later,
        )  # fmt: skip

    def _aboard(self, one: AtWork) -> list[Stop]:
        """The drop-offs of what is on the bicycle, in their order."""
        carried = {order.id for order in one.hands if order.state == "picked_up"}
        return [visit.stop for visit in self.now[one.courier].visits if visit.stop.order in carried]

    def _stops(self, plan: Plan) -> list[Stop]:
        found: list[Stop] = []
        for bundle in plan:
            ends = [stops_of(order, self.times) for task in bundle for order in self.units[task.id]]
            found += [pickup for pickup, _ in ends]
            found += [dropoff for _, dropoff in ends]
        return found

    def _end(self, way: Itinerary, one: AtWork) -> tuple[Point, datetime]:
        return (way.visits[-1].stop.place, way.visits[-1].leaves) if way.visits else (one.place, self.at)

    def _minute(self, moment: datetime | None, unknown: float = 0) -> float:
        return unknown if moment is None else (moment - self.at) / MINUTE


def _minutes(legs: Legs) -> Way:
    known: dict[tuple[Point, Point], float] = {}

    def way(a: Point, b: Point) -> float:
        found = known.get((a, b))
        if found is None:
            found = known[a, b] = legs(a, b).seconds / 60
        return found

    return way


def _ids(plan: Plan) -> set[str]:
    return {task.id for bundle in plan for task in bundle}
