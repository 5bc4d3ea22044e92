"""Which places a bicycle can get to and from: an extract cuts streets at its edge and leaves islands behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from live.city.pack import Door, Restaurant
from live.routes import Streets

_TRIES = 8
"""Anchors tried until one of them reaches more than half of all places."""

_BATCH = 2000
"""Places asked about at once: each question costs a look over the whole city."""


def reachable[Spot: (Door, Restaurant)](streets: Streets, spots: Sequence[Spot]) -> list[Spot]:
    """Those of the places from which, and to which, a bicycle can ride from most others."""
    points = [(one.lon, one.lat) for one in spots]
    best: list[bool] = []
    for anchor in points[:: max(1, len(points) // _TRIES)]:
        joined = list(_joined(streets, anchor, points))
        best = max(best, joined, key=sum)
        if sum(best) * 2 > len(points):
            break
    return [one for one, yes in zip(spots, best, strict=True) if yes]


def _joined(streets: Streets, anchor: tuple[float, float], points: Sequence[tuple[float, float]]) -> Iterator[bool]:
    for start in range(0, len(points), _BATCH):
        batch = points[start : start + _BATCH]
        out, back = streets.times([anchor], batch), streets.times(batch, [anchor])
        yield from (np.isfinite(out.seconds[0]) & np.isfinite(back.seconds[:, 0])).tolist()
