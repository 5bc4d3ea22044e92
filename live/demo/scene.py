"""What everybody in town can see at one moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboard.domain.ground import Point
from dashboard.domain.orders import Order
from dashboard.ports import Route
from live.demo.fate import Fate
from live.demo.pace import Pace


@dataclass(frozen=True, slots=True)
class Scene:
    """One moment of the town. ``seconds`` have gone by in the demo since the last one.

    ``hands``: the open orders of each courier. ``holders``: on whose bicycle the food of a picked-up order is, which
    after a hand-over is not yet the courier's who has the order. ``places``: where couriers are.
    """

    now: datetime
    seconds: float
    pace: Pace
    hands: Mapping[str, Sequence[Order]]
    holders: dict[str, str]
    places: Mapping[str, Point]
    fate: Callable[[Order], Fate]
    way: Callable[[Point, Point], Route | None]
    haunts: Sequence[Point]
