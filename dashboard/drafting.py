"""What an order would mean that is only being written: how far it is, and when it could be there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from dashboard.domain.board import Board, load
from dashboard.domain.ground import Point
from dashboard.domain.itinerary import DROPOFF, PICKUP, Itinerary, Legs, Visit, lateness, with_order
from dashboard.domain.orders import Order
from dashboard.domain.service_times import ServiceTimes
from dashboard.domain.stop_order import in_order
from dashboard.ways import Ways, snapped

DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Prospect:
    """``metres`` and ``ride`` of the way between the ends; ``courier`` is who would be there first, or who has it.

    Without a courier in sight there are no times. ``guessed``: some ways are still being learnt.
    """

    metres: float
    ride: timedelta
    guessed: bool
    courier: str | None = None
    fetched: datetime | None = None
    there: datetime | None = None
    late: timedelta = timedelta()


class Drafting:
    """``where`` tells a courier's newest position, ``times`` how long people take at doors."""

    def __init__(
        self, board: Callable[[str], Board], where: Callable[[str, str], Point | None], ways: Ways,
        times: Callable[[str], ServiceTimes],
    ) -> None:  # fmt: skip
        self._board, self._where, self._ways, self._times = board, where, ways, times

    def look(self, draft: Order, at: datetime) -> Prospect:
        """What is to be expected of it; with its id, of an order that is there already, in the hands it is in."""
        board = self._board(draft.coop)
        order = draft if draft.id else replace(draft, id=DRAFT)
        rides = list(self._rides(board, order, at))
        leg = self._ways.leg(draft.coop, order.pickup.point, order.dropoff.point)
        found = Prospect(leg.metres, timedelta(seconds=leg.seconds), leg.guessed)
        first = min(rides, key=lambda one: _given(one[1], order).arrives, default=None)
        if first is None:
            return found
        courier, way = first
        fetch, give = way.at(order.id, PICKUP), _given(way, order)
        return replace(
            found, courier=courier, fetched=fetch.arrives if fetch else None, there=give.arrives, late=lateness(give),
            guessed=found.guessed or way.guessed,
        )  # fmt: skip

    def _rides(self, board: Board, order: Order, at: datetime) -> Iterator[tuple[str, Itinerary]]:
        """The way with it of everybody on shift who is in sight; or of whoever has it."""
        starts = {one: (snapped(spot), self._hands(board, one, order)) for one in self._askable(board, order)
                  if (spot := self._where(board.coop, one))}  # fmt: skip
        self._ways.prepare(order, [(order.pickup.point, ()), *starts.values()])
        times = self._times(board.coop)
        for courier, (start, hands) in starts.items():
            known = board.couriers[courier]
            legs: Legs = partial(self._ways.leg, board.coop, vehicle=known.vehicle)
            stops = [visit.stop for visit in in_order(start, at, hands, legs, times, known.stops).visits]
            yield courier, with_order(start, at, stops, order, legs, times)

    def _askable(self, board: Board, order: Order) -> list[str]:
        if order.courier:
            return [order.courier]
        return [one.id for one in board.couriers.values() if one.shift == "on"]

    def _hands(self, board: Board, courier: str, order: Order) -> tuple[Order, ...]:
        return tuple(one for one in load(board, courier) if one.id != order.id)


def _given(way: Itinerary, order: Order) -> Visit:
    visit = way.at(order.id, DROPOFF)
    assert visit is not None, "it was fitted in"
    return visit
