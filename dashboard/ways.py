"""The ways between stops: learnt from the roads once, guessed where no road is known."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from math import isnan
from threading import Lock
from typing import Any, Protocol

from dashboard.domain.ground import BICYCLE_SPEED, Point, metres_between
from dashboard.domain.itinerary import Leg, stops_of
from dashboard.domain.orders import Order

DETOUR = 1.35
"""Of a guessed way, times the straight line."""
KEPT = 100_000


type Start = tuple[Point, Sequence[Order]]
"""Where a courier is, and what he or she has in hand."""


class Roads(Protocol):
    """The ways through a co-op's city, seconds and metres from each source (row) to each target; NaN: none."""

    def times(self, coop: str, sources: Sequence[Point], targets: Sequence[Point]) -> Any: ...


@dataclass
class Ways:
    """Ways that were asked for already."""

    roads: Roads
    known: OrderedDict[tuple[str, Point, Point], Leg] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def learn(self, coop: str, sources: Iterable[Point], targets: Iterable[Point]) -> None:
        """Ask for all ways between them that are not known yet."""
        starts, ends = list(dict.fromkeys(sources)), list(dict.fromkeys(targets))
        starts = [a for a in starts if any((coop, a, b) not in self.known for b in ends)]
        ends = [b for b in ends if any((coop, a, b) not in self.known for a in starts)]
        if not starts or not ends:
            return
        found = self.roads.times(coop, starts, ends)
        with self.lock:
            for row, a in enumerate(starts):
                for column, b in enumerate(ends):
                    seconds, metres = float(found.seconds[row, column]), float(found.metres[row, column])
                    self.known[coop, a, b] = guess(a, b) if isnan(seconds) else Leg(seconds, metres)
            while len(self.known) > KEPT:
                self.known.popitem(last=False)

    def prepare(self, order: Order, starts: Collection[Start]) -> None:
        """Learn all that is needed to fit the order in between the stops that each courier has."""
        new = [stop.place for stop in stops_of(order)]
        self.learn(order.coop, [*(spot for spot, _ in starts), new[0]], new)
        for spot, hands in starts:
            own = [stop.place for each in hands for stop in stops_of(each)]
            if own:
                self.learn(order.coop, [spot], own)
                self.learn(order.coop, own, [*own, *new])
                self.learn(order.coop, new, own)

    def leg(self, coop: str, a: Point, b: Point) -> Leg:
        """The way, guessed where it was not learnt."""
        return self.known.get((coop, a, b)) or guess(a, b)


def guess(a: Point, b: Point) -> Leg:
    """As the crow flies, times a factor."""
    metres = metres_between(a, b) * DETOUR
    return Leg(metres / BICYCLE_SPEED, metres, guessed=True)


def snapped(point: Point) -> Point:
    """Rounded to a hundred metres, so that ways are learnt once: within half a minute a position is old anyway."""
    return round(point[0], 3), round(point[1], 3)
