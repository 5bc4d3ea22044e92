"""Each courier's list of stops, as it will be ridden to or as somebody thinks of having it ridden to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from dashboard.arriving import Arriving, arrival_to_wire
from dashboard.domain.board import Board, load
from dashboard.domain.couriers import Courier
from dashboard.domain.refusals import NotFound
from dashboard.domain.stop_list import EARLY, Listed, Load, StopList, marks_of, room, shift_end, stop_list
from dashboard.domain.stop_order import Mark, check_order, mark
from dashboard.domain.times import to_wire
from dashboard.exports.calendars import Planned

type Everybodys = Callable[[str, datetime, datetime], Mapping[str, Sequence[Planned]]]
"""Planned shifts of a co-op that end after one moment and begin before another, by courier."""


class StopLists:
    """``most_g`` how many grams fit on each vehicle (0: no limit)."""

    def __init__(
        self, board: Callable[[str], Board], arriving: Arriving, planned: Everybodys,
        most_g: Callable[[str, datetime], Mapping[str, int]],
    ) -> None:  # fmt: skip
        self._board, self._arriving, self._planned, self._most_g = board, arriving, planned, most_g

    def of(self, coop: str, courier: str, at: datetime, wanted: Sequence[Mark] | None = None) -> StopList:
        """The courier's stops; with ``wanted`` (empty: as it comes), as they would be if somebody decided so.

        NotFound: no such courier. Invalid: not what lies ahead, or a drop-off before its pickup.
        """
        board = self._board(coop)
        rider, orders = board.couriers.get(courier), load(board, courier)
        if rider is None:
            raise NotFound("There is no courier {id}", id=courier)
        if wanted is not None:
            check_order(orders, wanted)
        ends_at = self.ends_at(rider, at)
        found = self._arriving.ridden(coop, courier, at, wanted)
        if found is None:
            marks = marks_of(orders, rider.stops if wanted is None else wanted)
            return stop_list(orders, marks, {}, ends_at=ends_at)
        way, ends = found
        stops = [mark(visit.stop) for visit in way.visits]
        return stop_list(orders, stops, ends, way.visits[-1].leaves, ends_at, guessed=way.guessed)

    def ends_at(self, rider: Courier, at: datetime) -> datetime | None:
        """When the shift that runs should end, or should have ended."""
        if rider.shift_started_at is None:
            return None
        planned = self._planned(rider.coop, rider.shift_started_at, at + EARLY).get(rider.id, ())
        return shift_end(((one.starts_at, one.ends_at) for one in planned), rider.shift_started_at, at)

    def to_wire(self, coop: str, courier: str, at: datetime, wanted: Sequence[Mark] | None = None) -> dict[str, Any]:
        """The same as plain JSON values; grams and whole seconds."""
        found, board = self.of(coop, courier, at, wanted), self._board(coop)
        rider = board.couriers[courier]
        most_g = self._most_g(coop, at).get(rider.vehicle, 0)
        return {
            "courier": courier, "version": rider.version, "seq": board.seq, "at": to_wire(at),
            "decided": bool(rider.stops), "guessed": found.guessed,
            "stops": [_listed(one) for one in found.stops],
            "most_g": most_g or None, "room_g": room(found.fullest, most_g), "fullest": _load(found.fullest),
            "done_at": found.done_at and to_wire(found.done_at), "ends_at": found.ends_at and to_wire(found.ends_at),
            "beyond_seconds": round(found.beyond.total_seconds()),
        }  # fmt: skip


def _listed(one: Listed) -> dict[str, Any]:
    late = None if one.late is None else round(one.late.total_seconds())
    return {
        "order": one.order, "end": one.end, "arrival": one.arrival and arrival_to_wire(one.arrival),
        "late_seconds": late, "load": _load(one.after),
    }  # fmt: skip


def _load(load: Load) -> dict[str, int]:
    return {"orders": load.orders, "items": load.items, "grams": load.grams, "unweighed": load.unweighed}
