"""When the couriers of a co-op will be where they are awaited: reckoned once for all who ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from threading import Lock
from typing import Any

from dashboard.domain.arrivals import (
    Arrival,
    Ends,
    Sighting,
    Standing,
    ahead,
    arrivals,
    held,
    is_steady,
    standing_at,
)
from dashboard.domain.board import Board, load
from dashboard.domain.couriers import Courier
from dashboard.domain.events import Entry
from dashboard.domain.itinerary import DROPOFF, PICKUP, Itinerary
from dashboard.domain.orders import Order
from dashboard.domain.refusals import NotFound
from dashboard.domain.service_times import Learnt, ServiceTimes
from dashboard.domain.stop_order import Mark
from dashboard.domain.times import to_wire
from dashboard.ways import Ways, snapped

EVERY = timedelta(seconds=5)
"""Age at which what was reckoned is reckoned anew, if nothing was written meanwhile."""

type Seen = Callable[[str, str], tuple[float, float, datetime] | None]
type Forecasts = Mapping[str, Ends | None]
"""By order in somebody's hands; None: nobody knows where its courier is."""


@dataclass(slots=True)
class _Coop:
    """What was said last, and who stands where: as reported, and as seen."""

    at: datetime | None = None
    seq: int = -1
    told: Forecasts = field(default_factory=dict)
    reported: dict[str, Standing] = field(default_factory=dict)
    seen: dict[str, Standing] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)


class Arriving:
    """``seen`` tells a courier's newest position and when that was, ``times`` how long people take at doors.

    ``hear`` is told of every entry: a courier who says to be there is there.
    """

    def __init__(
        self, board: Callable[[str], Board], seen: Seen, ways: Ways, times: Callable[[str], ServiceTimes]
    ) -> None:
        self._board, self._seen, self._ways, self.times = board, seen, ways, times
        self._coops: defaultdict[str, _Coop] = defaultdict(_Coop)

    def hear(self, entry: Entry, board: Board) -> None:
        """Note who has arrived, and forget it when the order is under way, done, or with somebody else."""
        reported = self._coops[entry.coop].reported
        if entry.kind == "courier.arrived":
            reported[entry.subject] = Standing(str(entry.data["order"]), str(entry.data["place"]), entry.at)
        elif entry.kind.startswith("order."):
            order = board.orders.get(entry.subject)
            for courier, standing in list(reported.items()):
                if standing.order == entry.subject and (order is None or not _is_ahead(standing, order, courier)):
                    del reported[courier]

    def of(self, coop: str, now: datetime) -> Forecasts:
        """All orders that somebody has, as said last or reckoned now. NotFound: no such co-op."""
        board, known = self._board(coop), self._coops[coop]
        with known.lock:
            if known.at is None or known.seq != board.seq or not timedelta() <= now - known.at < EVERY:
                known.told = {order: self._steadied(known, order, ends, now)
                              for order, ends in self._reckoned(known, board, now)}  # fmt: skip
                known.at, known.seq = now, board.seq
            return known.told

    def to_wire(self, coop: str, now: datetime) -> dict[str, Any]:
        """The same as plain JSON values, with what is usual at the counter; nothing where there is no such co-op."""
        try:
            forecasts, orders = self.of(coop, now), self._board(coop).orders
        except NotFound:
            return {}
        counters = self.times(coop).counter
        return {
            order: ends if ends is None else {
                **{end: arrival_to_wire(one) for end, one in ends.items()},
                **({"counter": counter_to_wire(counters, orders[order].restaurant)} if PICKUP in ends else {}),
            }
            for order, ends in forecasts.items() if order in orders
        }  # fmt: skip

    def _reckoned(self, known: _Coop, board: Board, now: datetime) -> Iterator[tuple[str, Ends | None]]:
        hands: dict[str, list[Order]] = {}
        for order in board.orders.values():
            if order.courier and order.is_open:
                hands.setdefault(order.courier, []).append(order)
        for courier, orders in hands.items():
            rider = board.couriers.get(courier)
            yield from self._of_one(known, rider or Courier(courier, board.coop, courier), orders, now)
        for gone in known.seen.keys() - hands.keys():
            del known.seen[gone]

    def ridden(
        self, coop: str, courier: str, now: datetime, wanted: Sequence[Mark] | None = None
    ) -> tuple[Itinerary, Mapping[str, Ends]] | None:
        """The courier's stops as they will be ridden to, and when; with ``wanted``: if they stood so.

        None: nobody knows where the courier is. NotFound: no such co-op.
        """
        told, board = self.of(coop, now), self._board(coop)
        rider, orders = board.couriers.get(courier), list(load(board, courier))
        if rider is None or not orders:
            return None
        known = self._coops[coop]
        with known.lock:
            found = self._ridden(known, rider if wanted is None else replace(rider, stops=tuple(wanted)), orders, now)
        if found is None:
            return None
        way, ends = found
        if wanted is not None:
            return way, ends
        said = {order: told.get(order) for order in ends}
        return way, {order: said[order] or one for order, one in ends.items()}

    def _of_one(
        self, known: _Coop, rider: Courier, orders: list[Order], now: datetime
    ) -> Iterator[tuple[str, Ends | None]]:
        found = self._ridden(known, rider, orders, now)
        if found is None:
            yield from ((order.id, None) for order in orders)
            return
        yield from found[1].items()

    def _ridden(
        self, known: _Coop, rider: Courier, orders: list[Order], now: datetime
    ) -> tuple[Itinerary, Mapping[str, Ends]] | None:
        courier, vehicle = rider.id, rider.vehicle
        seen, standing = self._sighting(known, courier, orders, now), known.reported.get(courier)
        if seen is None:
            return None
        coop, corner = orders[0].coop, replace(seen, place=snapped(seen.place))
        self._ways.prepare(orders[0], [(corner.place, orders)], vehicle)
        legs = partial(self._ways.leg, coop, vehicle=vehicle)
        look = partial(ahead, orders, corner, now, legs, self.times(coop), wanted=rider.stops)
        found = look(standing)
        if standing is None and (standing := self._since_when(known, courier, standing_at(found, seen), seen.at)):
            found = look(standing)
        return found, arrivals(found, now, standing)

    def _sighting(self, known: _Coop, courier: str, orders: list[Order], now: datetime) -> Sighting | None:
        """Where the phone was last; without one, at the door where the courier said to be."""
        fix, standing = self._seen(orders[0].coop, courier), known.reported.get(courier)
        if fix is not None:
            return Sighting((fix[0], fix[1]), min(fix[2], now))
        order = next((one for one in orders if standing and one.id == standing.order), None)
        if order is None or standing is None:
            return None
        return Sighting((order.pickup if standing.end == PICKUP else order.dropoff).point, min(standing.since, now))

    def _since_when(self, known: _Coop, courier: str, door: tuple[str, str] | None, at: datetime) -> Standing | None:
        if door is None:
            known.seen.pop(courier, None)
            return None
        before = known.seen.get(courier)
        if before is None or (before.order, before.end) != door:
            before = known.seen[courier] = Standing(*door, at)
        return before

    def _steadied(self, known: _Coop, order: str, ends: Ends | None, now: datetime) -> Ends | None:
        before = known.told.get(order)
        if ends is None or before is None:
            return ends
        after = {end: held(before.get(end), one, now) for end, one in ends.items()}
        return before if is_steady(before, after) else after


def arrival_to_wire(one: Arrival) -> dict[str, Any]:
    """One arrival as it goes over the wire."""
    return {
        "earliest": to_wire(one.earliest), "expected": to_wire(one.expected), "latest": to_wire(one.latest),
        "here": one.here, "guessed": one.guessed,
    }  # fmt: skip


def counter_to_wire(counters: Learnt, restaurant: str | None) -> dict[str, Any] | None:
    """How long it usually takes at a counter, and of how many pickups, ``own`` or everywhere; None: nobody knows."""
    usual, own = counters.at(restaurant), restaurant in counters.of
    return {"seconds": round(usual.seconds), "pickups": usual.count, "own": own} if usual.count else None


def _is_ahead(standing: Standing, order: Order, courier: str) -> bool:
    is_carried = order.state == "picked_up"
    return order.is_open and order.courier == courier and (standing.end == DROPOFF) == is_carried
