"""Who could take an order: the couriers in the order in which a dispatcher would think of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

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


def candidates(board: Board, order: Order, where: Callable[[str], Point | None]) -> tuple[Candidate, ...]:
    """All couriers, as the board has them; ``where`` knows where a courier is, or None."""
    return tuple(_beside(order, courier, board, where(courier.id)) for courier in board.couriers.values())


def _beside(order: Order, courier: Courier, board: Board, spot: Point | None) -> Candidate:
    metres = None if spot is None else metres_between(spot, order.pickup.point)
    obstacle = "has it" if order.courier == courier.id else None if courier.shift == "on" else courier.shift
    return Candidate(courier, len(load(board, courier.id)), metres, obstacle)
