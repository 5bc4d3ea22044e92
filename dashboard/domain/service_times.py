"""How long a courier stands at a counter and at a door, and how much later than said a kitchen is: learnt from the last
weeks, each with the number of cases behind it.

A restaurant with few pickups is told about mostly by the co-op: its own median of n cases counts n, the co-op's counts
PRIOR. A median of three is luck, and a forecast for tonight must not hang on one bad Tuesday.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

DAYS = 28
"""What is older says little of tonight's kitchen."""
PRIOR = 8
"""How many cases of its own a restaurant needs to count as much as the co-op."""
RIDES = 30
"""Fewer say nothing of what a ride takes beside the way."""
LONGEST = 3600.0
"""Seconds: what took longer was somebody who forgot to press."""

type Seconds = NDArray[np.float64]
type Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Usual:
    """Median seconds, half the width of the middle half of the cases, and how many these were (0: nobody knows)."""

    seconds: float
    spread: float
    count: int = 0


COUNTER, DOOR = Usual(120.0, 60.0), Usual(120.0, 60.0)
"""At the counter once courier and food are there, and at the customer's door, as long as nothing is learnt."""
PUNCTUAL, COOKING = Usual(0.0, 180.0), Usual(900.0, 240.0)
"""Of a kitchen: ready after the time that it gave, and after the order where it gave none."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """One kind of time: the co-op's, and that of each restaurant which has cases of its own."""

    all: Usual
    of: Mapping[str, Usual] = field(default_factory=dict)

    def at(self, restaurant: str | None) -> Usual:
        """The restaurant's own, else the co-op's."""
        return self.of.get(restaurant or "", self.all)


@dataclass(frozen=True, slots=True)
class ServiceTimes:
    """All that a forecast needs to know of people at doors and of kitchens."""

    counter: Learnt = Learnt(COUNTER)
    door: Usual = DOOR
    late: Learnt = Learnt(PUNCTUAL)
    cooking: Learnt = Learnt(COOKING)
    off: Usual = Usual(0.0, 0.0)
    """From the press at a door until on the road, and from there to the next door: what no distance explains."""


UNLEARNT = ServiceTimes()


def paced(times: ServiceTimes, pace: float) -> ServiceTimes:
    """Where everything takes ``pace`` times less, as in a demo that lives faster."""
    if pace == 1.0:
        return times
    counter, late, cooking = (_kind_paced(kind, pace) for kind in (times.counter, times.late, times.cooking))
    return ServiceTimes(counter, _paced(times.door, pace), late, cooking, _paced(times.off, pace))


def _kind_paced(kind: Learnt, pace: float) -> Learnt:
    return Learnt(_paced(kind.all, pace), {name: _paced(one, pace) for name, one in kind.of.items()})


def _paced(one: Usual, pace: float) -> Usual:
    return Usual(one.seconds / pace, one.spread / pace, one.count)


def usual(seconds: Seconds, unknown: Usual) -> Usual:
    """Of all cases together; ``unknown`` counts as PRIOR cases, so that the first ones do not decide alone."""
    return _between(_of(seconds), unknown) if len(seconds) else unknown


def learnt(seconds: Seconds, restaurants: Numbers, names: tuple[str, ...], unknown: Usual) -> Learnt:
    """By restaurant: ``restaurants`` are positions in ``names``, below 0 where there is none."""
    everybody = usual(seconds, unknown)
    if not len(seconds):
        return Learnt(everybody)
    order = np.argsort(restaurants, kind="stable")
    codes, starts = np.unique(restaurants[order], return_index=True)
    groups = zip(codes.tolist(), np.split(seconds[order], starts[1:]), strict=True)
    return Learnt(everybody, {names[code]: _between(_of(group), everybody) for code, group in groups if code >= 0})


def setting_off(metres: Seconds, seconds: Seconds) -> Usual:
    """What rides without a stop in between take beside their way: where the line through them meets no distance.

    Tukey's resistant line: through the medians of the shortest and the longest third, so that no single ride counts.
    """
    if len(metres) < RIDES:
        return Usual(0.0, 0.0)
    order, third = np.argsort(metres, kind="stable"), len(metres) // 3
    short, long = order[:third], order[-third:]
    further = float(np.median(metres[long]) - np.median(metres[short]))
    pace = float(np.median(seconds[long]) - np.median(seconds[short])) / further if further > 0 else 0.0
    at_no_distance = float(np.median(seconds - max(0.0, pace) * metres))
    return Usual(max(0.0, at_no_distance), 0.0, len(metres)) if further > 0 else Usual(0.0, 0.0)


def sane(seconds: Seconds) -> NDArray[np.bool_]:
    """Which cases are believed."""
    return np.asarray(np.abs(seconds) <= LONGEST)


def _of(seconds: Seconds) -> Usual:
    low, middle, high = np.percentile(seconds, (25, 50, 75))
    return Usual(float(middle), float(high - low) / 2, len(seconds))


def _between(own: Usual, common: Usual) -> Usual:
    share = own.count / (own.count + PRIOR)
    return Usual(
        common.seconds + share * (own.seconds - common.seconds),
        common.spread + share * (own.spread - common.spread),
        own.count,
    )
