"""The ways between stops: learnt from the roads, guessed until they are, and where no road is known."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import batched
from math import isnan
from threading import Lock
from typing import Protocol

from dashboard.domain.ground import DETOUR, Point, metres_between
from dashboard.domain.itinerary import DROPOFF, PICKUP, Leg, stops_of
from dashboard.domain.orders import Order
from dashboard.domain.vehicles import BICYCLE, speed
from dashboard.ports import Matrix

KEPT = 100_000
"""Ways that a process remembers: 30 MB."""
PATIENCE = 0.03
"""Seconds that a question waits for roads: what has not come by then is guessed, and there the next time."""
AT_ONCE = 250
"""Ways that are asked for together: some 30 ms of a core."""


type Start = tuple[Point, Sequence[Order]]
"""Where a courier is, and what he or she has in hand."""
type Block = tuple[Collection[Point], Collection[Point]]
"""All ways from these to those."""


class Roads(Protocol):
    """The ways through a co-op's city, seconds and metres from each source (row) to each target; NaN: none."""

    def times(
        self, coop: str, sources: Sequence[Point], targets: Sequence[Point], vehicle: str = BICYCLE
    ) -> Matrix: ...


@dataclass
class Ways:
    """Ways that were asked for already, shared by the whole process.

    They are learnt in a thread of its own, by one at a time. A way that was guessed because nobody answered is not
    kept; one that does not exist is, as a guess. ``pace``: how many times as fast as life a demo's city rides.
    """

    roads: Roads
    patience: float = PATIENCE
    kept: int = KEPT
    pace: float = 1.0
    _known: OrderedDict[tuple[str, str, Point, Point], Leg] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)
    _learner: ThreadPoolExecutor | None = None

    def learn(self, coop: str, sources: Iterable[Point], targets: Iterable[Point], vehicle: str = BICYCLE) -> bool:
        """Ask for all ways between them that are not known yet, and wait for the answers."""
        ends = list(dict.fromkeys(targets))
        wanting = [(a, missing) for a in dict.fromkeys(sources) if (missing := self._missing(coop, a, ends, vehicle))]
        for rows in batched(wanting, max(1, AT_ONCE // max(1, len(ends)))):
            wanted = list(dict.fromkeys(b for _, missing in rows for b in missing))
            for columns in batched(wanted, AT_ONCE):
                if not self._ask(coop, [a for a, _ in rows], columns, vehicle):
                    return False
        return True

    def prepare(self, order: Order, starts: Collection[Start], vehicle: str = BICYCLE) -> None:
        """Learn all that is needed to fit the order in between the stops that each courier has.

        Waits ``patience`` seconds at most; the rest is learnt meanwhile.
        """
        self._wait_for(order.coop, fitting(order, starts), vehicle, self.patience)

    def prepare_all(
        self, coop: str, starts: Collection[Start], waiting: Iterable[Order], vehicle: str, patience: float
    ) -> None:
        """Learn all that is needed to give any of these orders to any of these couriers; waits so many seconds."""
        self._wait_for(coop, giving(starts, waiting), vehicle, patience)

    def _wait_for(self, coop: str, wanted: Iterable[Block], vehicle: str, patience: float) -> None:
        blocks = [block for block in wanted if self._lacks(coop, block, vehicle)]
        if not blocks:
            return
        learning = self._beside().submit(self._learn_all, coop, blocks, vehicle)
        try:
            learning.result(patience)
        except TimeoutError:
            return  # what is not known is guessed

    def leg(self, coop: str, a: Point, b: Point, vehicle: str = BICYCLE) -> Leg:
        """The way, guessed where it was not learnt."""
        leg = self._known.get((coop, vehicle, a, b)) or guess(a, b, vehicle)
        return leg if self.pace == 1.0 else replace(leg, seconds=leg.seconds / self.pace)

    def _missing(self, coop: str, a: Point, ends: Iterable[Point], vehicle: str) -> list[Point]:
        return [b for b in ends if (coop, vehicle, a, b) not in self._known]

    def _lacks(self, coop: str, block: Block, vehicle: str) -> bool:
        return any(self._missing(coop, a, block[1], vehicle) for a in block[0])

    def _learn_all(self, coop: str, blocks: Iterable[Block], vehicle: str) -> None:
        for sources, targets in blocks:
            if not self.learn(coop, sources, targets, vehicle):
                return

    def _ask(self, coop: str, sources: Sequence[Point], targets: Sequence[Point], vehicle: str) -> bool:
        found = self.roads.times(coop, sources, targets, vehicle)
        if found.guessed:
            return False
        legs = {
            (coop, vehicle, a, b): guess(a, b, vehicle) if isnan(seconds) else Leg(float(seconds), float(metres))
            for a, times, lengths in zip(sources, found.seconds, found.metres, strict=True)
            for b, seconds, metres in zip(targets, times, lengths, strict=True)
        }
        with self._lock:
            self._known.update(legs)
            while len(self._known) > self.kept:
                self._known.popitem(last=False)
        return True

    def _beside(self) -> ThreadPoolExecutor:
        """Made at the first question, so after a fork."""
        with self._lock:
            self._learner = self._learner or ThreadPoolExecutor(1, "learn ways")
            return self._learner


def fitting(order: Order, starts: Collection[Start]) -> Iterator[Block]:
    """The ways by which the order can be fitted in, what matters most first."""
    new = [stop.place for stop in stops_of(order)]
    hands = [(spot, [stop.place for each in orders for stop in stops_of(each)]) for spot, orders in starts]
    every = [place for _, own in hands for place in own]
    yield [*(spot for spot, _ in hands), new[0]], new
    for spot, own in hands:
        yield [spot], own
        yield own, own
    yield every, new
    yield new, every


def giving(starts: Collection[Start], waiting: Iterable[Order]) -> Iterator[Block]:
    """The ways by which any of the orders can be given to anybody, what matters most first.

    To counters, and between the doors of one restaurant's orders: food of two is not carried together.
    """
    hands = [(spot, [stop for each in orders for stop in stops_of(each)]) for spot, orders in starts]
    stops = [*(stop for each in waiting for stop in stops_of(each)), *(stop for _, own in hands for stop in own)]
    counters = {stop.order: stop.place for stop in stops if stop.end == PICKUP}
    doors: dict[Point, list[Point]] = {counter: [] for counter in counters.values()}
    for stop in stops:
        if stop.end == DROPOFF and stop.order in counters:
            doors[counters[stop.order]].append(stop.place)
    yield [spot for spot, _ in starts], list(doors)
    for counter, places in doors.items():
        yield [counter], [counter, *places]
        yield places, places
    for spot, own in hands:
        places = [stop.place for stop in own]
        yield [spot], places
        yield places, places
    yield [stop.place for stop in stops if stop.end == DROPOFF], list(doors)


def guess(a: Point, b: Point, vehicle: str = BICYCLE) -> Leg:
    """As the crow flies, times a factor."""
    metres = metres_between(a, b) * DETOUR
    return Leg(metres / speed(vehicle), metres, guessed=True)


def snapped(point: Point) -> Point:
    """Rounded to a hundred metres, so that ways are learnt once: within half a minute a position is old anyway."""
    return round(point[0], 3), round(point[1], 3)
