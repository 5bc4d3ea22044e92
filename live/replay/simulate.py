"""A day of the problem as fast as possible, with the planning and the trade-off that the desk has; no server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from dashboard.domain.ground import Point
from dashboard.domain.planning import Bundle, Plan, Planning, Ride, Rider, Task, Terms, has_to_leave, ridden
from dashboard.domain.tradeoff import Offer, ranking
from live.replay.instance import Courier, Instance
from live.replay.policy import pair_off

AHEAD = 15
"""Minutes before their shift in which couriers are planned for."""
LEAST_HOURS = 0.75
"""A shorter shift would make one order a fortune."""


@dataclass(slots=True)
class Wheel:
    """A courier of the day: free at ``place`` from ``free`` on; ``riding`` minutes so far."""

    courier: Courier
    place: Point
    free: float
    orders: int = 0
    riding: float = 0.0
    plan: Plan = ()
    moves: list[tuple[str, float, str, str]] = field(default_factory=list)
    at: str = "0"

    @property
    def hours(self) -> float:
        """Length of the shift."""
        return (self.courier.off_time - self.courier.on_time) / 60

    def as_rider(self) -> Rider:
        """As the planning sees it."""
        return Rider(self.courier.id, self.place, self.free, self.courier.off_time, self.orders,
                     max(self.hours, LEAST_HOURS))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trip:
    """A bundle that was given to a courier, who left then and arrived at the counter, and how it went."""

    given: float
    courier: str
    bundle: Bundle
    ride: Ride
    left: float
    arrived: float


@dataclass(frozen=True, slots=True)
class Day:
    """A day that is over: who did what, and what nobody could do."""

    instance: Instance
    trips: tuple[Trip, ...]
    wheels: tuple[Wheel, ...]


class Street:
    """The day under way at ``minute``; a policy looks at it and gives bundles to couriers."""

    def __init__(self, instance: Instance) -> None:
        self.instance, self.rules, self.minute = instance, instance.rules, float(instance.first_minute)
        self.wheels = {one.id: Wheel(one, one.spot, one.on_time) for one in instance.couriers.values()}
        self.waiting: list[Task] = []
        self.trips: list[Trip] = []
        self._coming = sorted(map(self._task, instance.orders), key=lambda task: task.placed, reverse=True)
        self._ways: dict[tuple[Point, Point], int] = {}
        rules = instance.rules
        self.terms = Terms(rules.pickup_minutes, rules.dropoff_minutes, rules.pay_per_order)

    def way(self, start: Point, end: Point) -> int:
        """Minutes; each way is reckoned once."""
        known = self._ways.get((start, end))
        if known is None:
            known = self._ways[start, end] = self.rules.travel(start, end)
        return known

    def live(self, policy: Policy, share: Callable[[float], None]) -> Day:
        """From the first minute to the last."""
        first, last = self.instance.first_minute, self.instance.last_minute
        for minute in range(first, last + 1):
            self.minute = float(minute)
            while self._coming and self._coming[-1].placed <= minute:
                self.waiting.append(self._coming.pop())
            policy(self)
            share((minute - first) / (last - first))
        return Day(self.instance, tuple(self.trips), tuple(self.wheels.values()))

    def on_shift(self, ahead: float = 0) -> Iterator[Wheel]:
        """Who rides now, or will soon."""
        for wheel in self.wheels.values():
            if wheel.courier.on_time <= self.minute + ahead and self.minute <= wheel.courier.off_time:
                yield wheel

    def ride(self, wheel: Wheel, bundle: Bundle) -> Ride | None:
        """How the bundle would go if the courier took it now, after what is in hand; None: too late for the shift."""
        free = max(wheel.free, self.minute)
        return ridden(wheel.place, free, bundle, wheel.courier.off_time, self.terms, self.way)

    def give(self, wheel: Wheel, bundle: Bundle, ride: Ride) -> None:
        """The courier takes it: accepts everything, and is not diverted on the way."""
        leaves, here = max(wheel.free, self.minute), wheel.place
        left, arrived = leaves, leaves + self.way(here, bundle[0].pickup)
        meal = self.instance.orders[bundle[0].id]
        stops = [(meal.restaurant, bundle[0].pickup, ride.picked_up + self.terms.pickup_minutes / 2)]
        stops += [
            (task.id, task.dropoff, at + self.terms.dropoff_minutes / 2)
            for task, at in zip(bundle, ride.delivered, strict=True)
        ]
        for name, point, goes_on in stops:
            wheel.moves.append((wheel.courier.id, leaves, wheel.at, name))
            wheel.riding += self.way(here, point)
            here, leaves, wheel.at = point, goes_on, name
        wheel.place, wheel.free, wheel.orders = ride.place, ride.free, wheel.orders + len(bundle)
        self.trips.append(Trip(self.minute, wheel.courier.id, bundle, ride, left, arrived))
        taken = {task.id for task in bundle}
        self.waiting = [task for task in self.waiting if task.id not in taken]

    def _task(self, id: str) -> Task:
        meal = self.instance.orders[id]
        counter = self.instance.restaurants[meal.restaurant].spot
        return Task(id, counter, meal.spot, meal.placement_time, meal.ready_time)


Policy = Callable[[Street], None]


def nearest(street: Street) -> None:
    """The oldest waiting order to the idle courier who is nearest to its restaurant, each courier once."""

    def way(task: Task, wheel: Wheel) -> float | None:
        return street.way(wheel.place, task.pickup) if street.ride(wheel, (task,)) else None

    idle = [wheel for wheel in street.on_shift() if wheel.free <= street.minute]
    for task, wheel in pair_off(street.waiting, idle, way):
        _give(street, wheel, (task,))


def suggest(street: Street) -> None:
    """Each order, as soon as it is there, to the first candidate of the trade-off that the desk shows."""
    for task in list(street.waiting):
        offers = [offer for wheel in street.on_shift() if (offer := _offer(street, wheel, task))]
        if offers:
            _give(street, street.wheels[ranking(offers)[0].courier], (task,))


def plan(street: Street) -> None:
    """A plan for all, made anew each minute; a bundle leaves when its courier has to."""
    riders = {wheel.courier.id: wheel for wheel in street.on_shift(AHEAD)}
    meant = {wheel.courier.id: wheel.plan for wheel in street.wheels.values() if wheel.plan}
    planned = {task.id for each in meant.values() for bundle in each for task in bundle}
    planning = Planning([wheel.as_rider() for wheel in riders.values()], meant, street.minute, street.terms, street.way)
    planning.take_in(task for task in street.waiting if task.id not in planned)
    planning.improve()
    for wheel in street.wheels.values():
        wheel.plan = planning.plans.get(wheel.courier.id, ())
    for wheel in riders.values():
        while wheel.plan and wheel.free <= street.minute and _leaves(street, wheel):
            bundle, wheel.plan = wheel.plan[0], wheel.plan[1:]
            _give(street, wheel, bundle)


POLICIES: dict[str, Policy] = {"nearest": nearest, "suggest": suggest, "plan": plan}


def simulate(instance: Instance, policy: str, share: Callable[[float], None] = lambda _: None) -> Day:
    """The whole day under one of POLICIES; ``share`` is told how much of it is behind."""
    return Street(instance).live(POLICIES[policy], share)


def _leaves(street: Street, wheel: Wheel) -> bool:
    return has_to_leave(wheel.as_rider(), wheel.plan[0], street.minute, street.minute + 1, street.terms, street.way)


def _give(street: Street, wheel: Wheel, bundle: Bundle) -> None:
    ride = street.ride(wheel, bundle)
    if ride is not None:
        street.give(wheel, bundle, ride)


def _offer(street: Street, wheel: Wheel, task: Task) -> Offer | None:
    ride = street.ride(wheel, (task,))
    if ride is None:
        return None
    late = max(0.0, ride.delivered[0] - task.placed - street.rules.target_click_to_door)
    rate = 100 * max(street.rules.guarantee_per_hour, wheel.orders * street.rules.pay_per_order / wheel.hours)
    metres = (
        street.way(wheel.place, task.pickup) + street.way(task.pickup, task.dropoff)
    ) * street.rules.metres_per_minute
    return Offer(wheel.courier.id, round(late), rate, metres)
