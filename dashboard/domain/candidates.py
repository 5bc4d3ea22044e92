"""Who could take an order: the couriers in the order in which a dispatcher would think of them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dashboard.domain.board import Board, load
from dashboard.domain.couriers import Courier
from dashboard.domain.ground import Point, metres_between
from dashboard.domain.orders import Order


@dataclass(frozen=True, slots=True)
class Candidate:
    """A courier beside an order: open orders in hand, metres to the pickup as the crow flies (None: not located).

    ``obstacle`` says why the order cannot go there: ``off``, ``break``, ``has it``; None where nothing is in the way.
    """

    courier: Courier
    load: int
    metres: float | None
    obstacle: str | None


@dataclass(frozen=True, slots=True)
class Criterion:
    """One of the things that couriers are ordered by; the lowest ``key`` comes first."""

    name: str
    key: Callable[[Candidate], Any]


OBSTACLES = (None, "has it", "break", "off")
RANKING: tuple[Criterion, ...] = (
    Criterion("able", lambda one: OBSTACLES.index(one.obstacle)),
    Criterion("load", lambda one: one.load),
    Criterion("near", lambda one: math.inf if one.metres is None else one.metres),
    Criterion("latest", lambda one: -_start(one.courier.shift_started_at)),
    Criterion("name", lambda one: one.courier.name),
)
"""The first counts; the next one only between those who are equal so far. The page /how is written from this table."""


def candidates(board: Board, order: Order, where: Callable[[str], Point | None]) -> tuple[Candidate, ...]:
    """All couriers, in the order of RANKING.

    ``where`` knows where a courier is, or None.
    """
    found = [_beside(order, courier, board, where(courier.id)) for courier in board.couriers.values()]
    return tuple(sorted(found, key=lambda one: tuple(criterion.key(one) for criterion in RANKING)))


def _beside(order: Order, courier: Courier, board: Board, spot: Point | None) -> Candidate:
    metres = None if spot is None else metres_between(spot, order.pickup.point)
    obstacle = "has it" if order.courier == courier.id else None if courier.shift == "on" else courier.shift
    return Candidate(courier, len(load(board, courier.id)), metres, obstacle)


def _start(at: datetime | None) -> float:
    return 0 if at is None else at.timestamp()
