"""Who could take an order: the couriers in the order in which a dispatcher would think of them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from dashboard.domain.board import Board, load
from dashboard.domain.couriers import Courier
from dashboard.domain.orders import Order, Place

LonLat = tuple[float, float]
METRES_PER_DEGREE = 111_320
"""Of latitude; good to 0.5 % anywhere."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A courier beside an order: open orders in hand, metres to the pickup as the crow flies (None: not located).

    ``obstacle`` says why the order cannot go there: ``off``, ``break``, ``has it``; None where nothing is in the way.
    """

    courier: Courier
    load: int
    metres: float | None
    obstacle: str | None


def candidates(board: Board, order: Order, where: Callable[[str], LonLat | None]) -> tuple[Candidate, ...]:
    """All couriers: those who can take it first; fewest orders in hand, then nearest, then latest on shift.

    ``where`` knows where a courier is, or None.
    """
    found = [_beside(order, courier, board, where(courier.id)) for courier in board.couriers.values()]
    return tuple(sorted(found, key=_rank))


def metres_between(here: LonLat, there: LonLat) -> float:
    """As the crow flies, by the flat rule: within 0.5 % over a city."""
    east = (there[0] - here[0]) * math.cos(math.radians((here[1] + there[1]) / 2))
    return METRES_PER_DEGREE * math.hypot(east, there[1] - here[1])


def _beside(order: Order, courier: Courier, board: Board, spot: LonLat | None) -> Candidate:
    metres = None if spot is None else metres_between(spot, _lon_lat(order.pickup))
    obstacle = "has it" if order.courier == courier.id else None if courier.shift == "on" else courier.shift
    return Candidate(courier, len(load(board, courier.id)), metres, obstacle)


def _rank(one: Candidate) -> tuple[int, int, float, float, str]:
    obstacles = (None, "has it", "break", "off")
    metres = math.inf if one.metres is None else one.metres
    return obstacles.index(one.obstacle), one.load, metres, -_start(one.courier.shift_started_at), one.courier.name


def _start(at: datetime | None) -> float:
    return 0 if at is None else at.timestamp()


def _lon_lat(place: Place) -> LonLat:
    return place.lon, place.lat
