"""Who rides what next, for all couriers together: a plan that is made anew every few minutes.

Orders of one restaurant may be carried together (a bundle). A new order is fitted in where it costs least, then orders
are moved, and whole plans exchanged, as long as that makes the sum of all costs less. The cost of an order is its time
from click to door, and a little for each unit that its courier earns an hour above the lowest paid: so work goes to
those who have had little, where that costs the customers next to nothing.

Times are minutes on any clock, ways too. Nothing is assigned here: whoever asks decides which bundles shall leave.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import inf
from typing import NamedTuple

from dashboard.domain.ground import Point

Way = Callable[[Point, Point], float]
"""Minutes from one point to another."""
LEAST = 1e-6
HOPELESS = 10.0
"""Two whose first pickups would together be so many minutes later are not tried for an exchange."""


@dataclass(frozen=True, slots=True)
class Task:
    """An order: ``placed`` when it was clicked, ``ready`` when it can be picked up; nobody opens before ``opens``.

    ``due`` is what was promised, ``load`` its grams, ``needs`` what not every bicycle has, ``holder`` who has it now.
    Service takes as long as in the terms unless its minutes are known better.
    """

    id: str
    pickup: Point
    dropoff: Point
    placed: float
    ready: float
    opens: float = -inf
    due: float = inf
    load: float = 0
    needs: frozenset[str] = frozenset()
    holder: str | None = None
    counter_minutes: float | None = None
    door_minutes: float | None = None


@dataclass(frozen=True, slots=True)
class Rider:
    """A courier: ``free`` then, at ``place``, with what is on the bicycle delivered; ``orders`` so far, in ``hours``.

    No pickup after ``ends``, and everything done by ``done_by``. A break of ``pause`` minutes begins by ``pause_by``.
    ``way`` is for somebody who rides something else than the others.
    """

    id: str
    place: Point
    free: float
    ends: float
    orders: float
    hours: float
    done_by: float = inf
    room: float = inf
    has: frozenset[str] = frozenset()
    pause_by: float = inf
    pause: float = 0
    way: Way | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """Service takes a share ``before`` of its minutes before the pickup or drop-off, and the others after it.

    ``fairness``: minutes from click to door that it is worth to give an order to somebody who has a unit an hour less;
    ``per_order`` is what an order brings, in those units. ``looked_at``: couriers who are tried for an order, the
    soonest there first. ``late``: what a minute after the promise costs on top; ``hand_over``: minutes that taking an
    order from who has it must save.
    """

    pickup_minutes: float = 4
    dropoff_minutes: float = 4
    per_order: float = 10
    fairness: float = 0.3
    most_in_bundle: int = 3
    looked_at: int = 12
    rounds: int = 3
    late: float = 0
    hand_over: float = 0
    before: float = 0.5


type Bundle = tuple[Task, ...]
type Plan = tuple[Bundle, ...]


class Ride(NamedTuple):
    """A bundle on the road: picked up at once, delivered one after the other; ``free`` at ``place`` after the last.

    ``rest`` are the minutes of a break that is taken before it.
    """

    picked_up: float
    delivered: tuple[float, ...]
    free: float
    place: Point
    rest: float = 0


def ridden(start: Point, free: float, bundle: Bundle, ends: float, terms: Terms, way: Way) -> Ride | None:
    """The bundle by somebody who is free at ``start``; None when the shift ends before the pickup."""
    here, service, first = bundle[0].pickup, terms.pickup_minutes, terms.before
    known = [task.counter_minutes for task in bundle if task.counter_minutes is not None]
    if known:
        service = max(known)
    picked_up = max(free + way(start, here) + first * service, *(task.ready for task in bundle))
    if picked_up > ends:
        return None
    now, delivered = picked_up + (1 - first) * service, []
    for task in bundle:
        service = terms.dropoff_minutes if task.door_minutes is None else task.door_minutes
        now = max(now + way(here, task.dropoff), task.opens) + first * service
        delivered.append(now)
        here, now = task.dropoff, now + (1 - first) * service
    return Ride(picked_up, tuple(delivered), now, here)


def rides(rider: Rider, plan: Plan, now: float, terms: Terms, way: Way) -> Iterator[Ride]:
    """One bundle after the other, the break in its place; ends before the first bundle that the courier cannot take."""
    place, free, rested = rider.place, max(rider.free, now), rider.pause_by == inf
    way = rider.way or way
    for bundle in plan:
        ride = ridden(place, free, bundle, rider.ends, terms, way)
        if not rested and ride is not None and ride.free > rider.pause_by:
            rested = True
            ride = ridden(place, free + rider.pause, bundle, rider.ends, terms, way)
            ride = ride and ride._replace(rest=rider.pause)
        if ride is None or ride.free > rider.done_by or not fits(rider, bundle):
            return
        yield ride
        place, free = ride.place, ride.free


def fits(rider: Rider, bundle: Bundle) -> bool:
    """Whether it can be carried, all at once."""
    load = 0.0
    for task in bundle:
        load += task.load
        if task.needs and not task.needs <= rider.has:
            return False
    return load <= rider.room


def has_to_leave(rider: Rider, bundle: Bundle, now: float, before: float, terms: Terms, way: Way) -> bool:
    """Whether a rider who is free has to set out before that minute, so as not to be the one who is waited for."""
    ready = max(task.ready for task in bundle)
    return max(now, ready - terms.pickup_minutes / 2 - way(rider.place, bundle[0].pickup)) < before


class Planning:
    """A plan under improvement. ``plans`` are what is meant so far, by rider; riders who are not there any more, and
    plans that cannot be kept, give their orders back."""

    def __init__(self, riders: Iterable[Rider], plans: Mapping[str, Plan], now: float, terms: Terms, way: Way) -> None:
        self._riders = {rider.id: rider for rider in riders}
        self._now, self._terms, self._way = now, terms, way
        self.plans: dict[str, Plan] = dict.fromkeys(self._riders, ())
        self._lowest = min((self._rate(rider, 0) for rider in self._riders.values()), default=0.0)
        self.homeless: list[Task] = []
        for rider, plan in plans.items():
            if rider in self._riders and self._cost(self._riders[rider], plan) < inf:
                self.plans[rider] = plan
            else:
                self.homeless += [task for bundle in plan for task in bundle]

    def take_in(self, tasks: Iterable[Task]) -> list[Task]:
        """Fit these in, and those that were given back; gives the ones that nobody can fetch in time."""
        left = []
        for task in sorted([*self.homeless, *tasks], key=lambda one: (one.ready, one.id)):
            found = self._best(task)
            if found is None:
                left.append(task)
            else:
                self.plans[found[1]] = found[2]
        self.homeless = []
        return left

    def improve(self) -> None:
        """Move orders and exchange plans until that helps no more, or often enough."""
        for _ in range(self._terms.rounds):
            moved = [self._move(rider, task) for rider in self.plans for task in _tasks(self.plans[rider])]
            planned = [rider for rider, plan in self.plans.items() if plan]
            swapped = [self._swap(*pair) for pair in combinations(planned, 2)]
            if not any(moved) and not any(swapped):
                return

    def _move(self, id: str, task: Task) -> bool:
        plan, rider = self.plans[id], self._riders[id]
        if task not in _tasks(plan):
            return False  # it has been moved already
        less = _without(plan, task)
        saved = self._cost(rider, plan) - self._cost(rider, less) + self._dear(rider, less)
        self.plans[id] = less
        found = self._best(task)
        if found is None or found[0] >= saved - LEAST:
            self.plans[id] = plan
            return False
        self.plans[found[1]] = found[2]
        return True

    def _swap(self, one: str, other: str) -> bool:
        a, b, plan, other_plan = self._riders[one], self._riders[other], self.plans[one], self.plans[other]
        later = self._there(a, other_plan) + self._there(b, plan) - self._there(a, plan) - self._there(b, other_plan)
        if later >= HOPELESS:
            return False  # most pairs, found out cheaply
        before = self._cost(a, plan) + self._cost(b, other_plan)
        if self._cost(a, other_plan) + self._cost(b, plan) >= before - LEAST:
            return False
        self.plans[one], self.plans[other] = other_plan, plan
        return True

    def _best(self, task: Task) -> tuple[float, str, Plan] | None:
        """What it costs least, with whom, in which plan."""
        found: tuple[float, str, Plan] | None = None
        for rider in self._nearest(task):
            plan = self.plans[rider.id]
            before = self._cost(rider, plan) - self._dear(rider, plan)
            for tried in _with(plan, task, self._terms.most_in_bundle):
                least = found[0] if found else inf
                cost = self._cost(rider, tried, least + before) - before
                if cost < least:
                    found = cost, rider.id, tried
        return found

    def _nearest(self, task: Task) -> Sequence[Rider]:
        riders = list(self._riders.values())
        if len(riders) <= self._terms.looked_at:
            return riders
        riders.sort(key=lambda one: self._there(one, ((task,),)))
        return riders[: self._terms.looked_at]

    def _there(self, rider: Rider, plan: Plan) -> float:
        """When the rider is at the first counter of the plan."""
        return max(rider.free, self._now) + (rider.way or self._way)(rider.place, plan[0][0].pickup)

    def _cost(self, rider: Rider, plan: Plan, most: float = inf) -> float:
        """Minutes from click to door of all of it, and what is dear besides; infinite when it cannot be done.

        It is not reckoned to the end once it is more than ``most``.
        """
        cost, done, terms = 0.0, 0, self._terms
        for ride in rides(rider, plan, self._now, terms, self._way):
            for task, delivered in zip(plan[done], ride.delivered, strict=True):
                cost += delivered - task.placed
                if delivered > task.due:
                    cost += terms.late * (delivered - task.due)
                if task.holder is not None and task.holder != rider.id:
                    cost += terms.hand_over
            if cost > most:
                return inf
            done += 1
        return cost if done == len(plan) else inf

    def _dear(self, rider: Rider, plan: Plan) -> float:
        """What one order more costs for being given to somebody who has had more than others."""
        return self._terms.fairness * (self._rate(rider, sum(map(len, plan))) - self._lowest)

    def _rate(self, rider: Rider, more: int) -> float:
        return (rider.orders + more) * self._terms.per_order / rider.hours


def _with(plan: Plan, task: Task, most: int) -> Iterator[Plan]:
    """The plan with the order by itself at each place, and in each bundle of its restaurant."""
    for place in range(len(plan) + 1):
        yield (*plan[:place], (task,), *plan[place:])
    for number, bundle in enumerate(plan):
        if bundle[0].pickup == task.pickup and len(bundle) < most:
            for place in range(len(bundle) + 1):
                yield (*plan[:number], (*bundle[:place], task, *bundle[place:]), *plan[number + 1 :])


def _without(plan: Plan, task: Task) -> Plan:
    left = (tuple(one for one in bundle if one is not task) for bundle in plan)
    return tuple(bundle for bundle in left if bundle)


def _tasks(plan: Plan) -> list[Task]:
    return [task for bundle in plan for task in bundle]
