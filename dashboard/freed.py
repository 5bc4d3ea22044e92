"""A courier has become free: would it make a difference to an order that waits? Nothing is decided here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from dashboard.domain.board import Board, load
from dashboard.domain.couriers import Courier
from dashboard.domain.ground import Point
from dashboard.domain.itinerary import DROPOFF, Itinerary, Legs, in_hand, with_order
from dashboard.domain.orders import WAITING_STATES, Order
from dashboard.domain.service_times import ServiceTimes
from dashboard.domain.suggesting import Terms
from dashboard.ways import Ways, snapped

MATTERS = timedelta(minutes=4)
"""Less than this is nothing to interrupt anybody for."""
LOOKED_AT = 5
"""Orders of which the ways are learnt: those that seem to gain most as the crow flies."""


@dataclass(frozen=True, slots=True)
class Gain:
    """The order would be at its customer's ``sooner`` with the courier than with whoever has it (or could have it)."""

    courier: Courier
    order: Order
    sooner: timedelta


class Freed:
    """``where`` tells a courier's newest position, ``times`` how long people take at doors."""

    def __init__(
        self, board: Callable[[str], Board], where: Callable[[str, str], Point | None], ways: Ways,
        times: Callable[[str], ServiceTimes], terms: Callable[[str, datetime], Terms],
    ) -> None:  # fmt: skip
        self._board, self._where, self._ways, self._times, self._terms = board, where, ways, times, terms

    def gain(self, coop: str, courier: str, at: datetime) -> Gain | None:
        """The order that gains most, if that matters; None where suggestions are off, or the courier has enough to do.

        Rough at first, from the ways that are known; then exact for those that stand out.
        """
        board = self._board(coop)
        who, spot = board.couriers.get(courier), self._spot(coop, courier)
        if who is None or spot is None or who.shift != "on" or load(board, courier) or not self._terms(coop, at).is_on:
            return None
        rough = sorted(self._gains(board, who, spot, at, _waiting(board)), key=lambda one: one.sooner, reverse=True)
        likely = [one.order for one in rough[:LOOKED_AT] if one.sooner > timedelta()]
        for order in likely:
            self._ways.prepare(order, [(spot, ()), *self._starts(board, order)])
        best = max(self._gains(board, who, spot, at, likely), key=lambda one: one.sooner, default=None)
        return best if best and best.sooner >= MATTERS else None

    def _gains(self, board: Board, who: Courier, spot: Point, at: datetime, orders: Iterable[Order]) -> Iterator[Gain]:
        legs: Legs = partial(self._ways.leg, board.coop, vehicle=who.vehicle)
        rides: dict[str, Itinerary] = {}
        for order in orders:
            mine = _done(with_order(spot, at, (), order, legs, self._times(board.coop)), order)
            theirs = self._theirs(board, order, at, rides)
            if mine and theirs:
                yield Gain(who, order, theirs - mine)

    def _theirs(self, board: Board, order: Order, at: datetime, rides: dict[str, Itinerary]) -> datetime | None:
        """With whoever has it; of what nobody has, nothing is said: that it waits is to be seen in the list."""
        if order.courier is None:
            return None
        if order.courier not in rides:
            spot = self._spot(board.coop, order.courier)
            if spot is None:
                return None
            legs: Legs = partial(self._ways.leg, board.coop, vehicle=board.couriers[order.courier].vehicle)
            rides[order.courier] = in_hand(spot, at, load(board, order.courier), legs, self._times(board.coop))
        return _done(rides[order.courier], order)

    def _starts(self, board: Board, order: Order) -> list[tuple[Point, tuple[Order, ...]]]:
        spot = self._spot(board.coop, order.courier or "")
        return [(spot, load(board, order.courier or ""))] if spot else []

    def _spot(self, coop: str, courier: str) -> Point | None:
        spot = self._where(coop, courier) if courier else None
        return None if spot is None else snapped(spot)


def _waiting(board: Board) -> list[Order]:
    return [one for one in board.orders.values() if one.state in WAITING_STATES]


def _done(way: Itinerary, order: Order) -> datetime | None:
    visit = way.at(order.id, DROPOFF)
    return visit.arrives if visit else None
