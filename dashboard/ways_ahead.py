"""Ways learnt before anybody asks: as couriers move and orders come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from dashboard.domain.board import Board, load
from dashboard.domain.ground import Point
from dashboard.domain.itinerary import stops_of
from dashboard.domain.orders import Order
from dashboard.ways import Ways, snapped

MOST = 150
"""Stops between which all ways are learnt: 22,500 of them. With more, those that were given away longest ago have to
wait until somebody asks."""


@dataclass
class Ahead:
    """Follows the boards of the co-ops at whose desk somebody sits, step by step.

    ``where`` tells where a courier is; ``coops`` which there are, ``is_open`` whether anybody looks.
    """

    ways: Ways
    board: Callable[[str], Board]
    where: Callable[[str, str], Point | None]
    coops: Callable[[], Iterable[str]]
    is_open: Callable[[str], bool]
    _known: dict[tuple[str, str], Sequence[Point]] = field(default_factory=dict)

    def step(self) -> None:
        """Learn what has become of use since the last step."""
        for coop in list(self.coops()):
            if self.is_open(coop):
                self._follow(self.board(coop))

    def _follow(self, board: Board) -> None:
        orders, vehicles = open_orders(board), set[str]()
        waiting = _places(order for order in orders if order.courier is None)[:MOST]
        for courier in board.couriers.values():
            spot = self.where(board.coop, courier.id)
            if spot is not None:
                own = _places(load(board, courier.id))
                self.ways.learn(board.coop, [snapped(spot)], [*own, *waiting], courier.vehicle)
                vehicles.add(courier.vehicle)
        for vehicle in vehicles:
            self._between(board.coop, _places(orders)[:MOST], vehicle)

    def _between(self, coop: str, places: Sequence[Point], vehicle: str) -> None:
        """All ways between the stops: once for the same stops."""
        if self._known.get((coop, vehicle)) != places and self.ways.learn(coop, places, places, vehicle):
            self._known[coop, vehicle] = places


def _places(orders: Iterable[Order]) -> list[Point]:
    return [stop.place for order in orders for stop in stops_of(order)]


def open_orders(board: Board) -> list[Order]:
    """Those that wait for a courier first, then the newest."""
    found = [order for order in board.orders.values() if order.is_open]
    return sorted(found, key=lambda one: (one.courier is not None, -one.placed_at.timestamp()))
