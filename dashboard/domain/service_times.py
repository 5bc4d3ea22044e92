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


UNLEARNT = ServiceTimes()


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
