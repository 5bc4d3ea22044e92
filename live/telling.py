"""What a screen is told, in its role: the snapshot, and each entry. Encoded once for all who may see the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec

from dashboard.domain.board import Board
from dashboard.domain.events import Entry, entry_to_wire
from dashboard.domain.times import to_wire
from live.coop import moment
from live.fleet import Fleet
from live.packets import Packet, event
from live.sight import (
    Visitor,
    alarms_seen,
    couriers_seen,
    entry_seen,
    orders_seen,
    restaurants_seen,
    sees_all,
    sees_entry,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """What a tick knows: the board and fleet as of now (epoch seconds), and since when Redis has been silent.

    ``routes``: since when (``since``) and ``by`` whom they are made otherwise than they should be. ``unwatched_since``:
    since when nobody watches for alarms.
    """

    board: Board
    fleet: Fleet
    now: float
    stale_since: str | None
    routes: Mapping[str, str] | None = None
    unwatched_since: str | None = None


@dataclass(frozen=True)
class Told:
    """An entry on its way to the screens."""

    entry: Entry
    board: Board

    def to(self, visitor: Visitor) -> Packet:
        """The entry; for those who may not see it, only that it exists."""
        if not sees_entry(visitor, self.entry, self.board):
            return self.bare
        return self._whole if sees_all(visitor) else self._in_part(visitor)

    def _in_part(self, visitor: Visitor) -> Packet:
        return event("journal", entry_seen(visitor, entry_to_wire(self.entry)))

    @property
    def alarm(self) -> dict[str, Any]:
        """Of an entry about an alarm: the alarm as it now is, for programs that keep no board."""
        return {**self.entry.data["changes"], "version": self.entry.version, "kind": self.entry.kind}

    @cached_property
    def _whole(self) -> Packet:
        return event("journal", entry_to_wire(self.entry))

    @cached_property
    def bare(self) -> Packet:
        """That there is an entry, and no more."""
        return event("journal", {"seq": self.entry.seq})


@dataclass(frozen=True)
class Snapshots:
    """The snapshots of one moment, for all who come in during one tick."""

    at: Moment

    def to(self, visitor: Visitor, person: str) -> Packet:
        """The snapshot that this visitor may see; ``person`` is who they are among those who are present."""
        seen = self._desk if sees_all(visitor) else self._seen_by(visitor)
        return event("snapshot", seen | {"visitor": {"id": person, "name": visitor.name, "role": visitor.role}})

    @cached_property
    def _desk(self) -> dict[str, Any]:
        whole = self._state(orders_seen(None, self.at.board), couriers_seen(None, self.at.board))
        whole["roster"] = roster(self.at.fleet)
        whole["restaurants"] = restaurants_seen(None, self.at.board)
        whole["alarms"] = alarms_seen(self.at.board)
        return {name: msgspec.Raw(msgspec.json.encode(value)) for name, value in whole.items()}

    def _seen_by(self, visitor: Visitor) -> dict[str, Any]:
        seen = self._state(orders_seen(visitor, self.at.board), couriers_seen(visitor, self.at.board))
        return seen | {"restaurants": restaurants_seen(visitor, self.at.board)}

    def _state(self, orders: Any, couriers: Any) -> dict[str, Any]:
        return {
            "coop": self.at.board.coop, "seq": self.at.board.seq, "at": to_wire(moment(self.at.now)),
            "orders": orders, "couriers": couriers, "roster": [], "stale_since": self.at.stale_since,
        }  # fmt: skip


def roster(fleet: Fleet) -> list[dict[str, Any]]:
    """Which courier each index of a frame means, and when each was seen last (epoch seconds, None: not this shift)."""
    seen = fleet.seen()
    return [{"courier": courier, "index": index, "seen": seen[courier]} for courier, index in list(fleet.index.items())]
